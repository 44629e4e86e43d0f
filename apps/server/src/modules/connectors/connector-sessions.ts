import type { ConnectorSession } from '@latchkey/connector-kit';
import { and, eq, gt, lt } from 'drizzle-orm';
import { pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { Database } from '../../kernel/database.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret, type SecretBox } from '../../kernel/secrets.ts';

const LIFETIME_MS = 10 * 60_000;

const connectorSessions = pgTable(
  'connector_sessions',
  {
    tenantId: varchar('tenant_id').notNull(),
    connectorId: varchar('connector_id').notNull(),
    stateHash: varchar('state_hash').notNull(),
    sessionSealed: text('session_sealed').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.connectorId, table.stateHash] })],
);

const purposeOf = ({ tenantId }: Scope, connectorId: string) => `connector-session:${tenantId}:${connectorId}`;

export type ConnectorSessions = ReturnType<typeof createConnectorSessions>;

/** Sessions of sign-ins at providers that an administrator has begun for a user, kept until the answer comes. */
export function createConnectorSessions({ secretBox }: { secretBox: SecretBox }) {
  return {
    async keep(scope: Scope, connectorId: string, session: ConnectorSession): Promise<void> {
      const row = {
        tenantId: scope.tenantId,
        connectorId,
        stateHash: hashSecret(session.state),
        sessionSealed: secretBox.seal(JSON.stringify(session), purposeOf(scope, connectorId)),
        expiresAt: new Date(scope.now.getTime() + LIFETIME_MS),
      };
      const { sessionSealed, expiresAt } = row;
      await scope.db
        .insert(connectorSessions)
        .values(row)
        .onConflictDoUpdate({
          target: [connectorSessions.tenantId, connectorSessions.connectorId, connectorSessions.stateHash],
          set: { sessionSealed, expiresAt },
        });
    },

    /** Takes the session that belongs to an answer; a second answer finds none. */
    async take(scope: Scope, connectorId: string, state: string): Promise<ConnectorSession | undefined> {
      const rows = await scope.db
        .delete(connectorSessions)
        .where(
          and(
            eq(connectorSessions.tenantId, scope.tenantId),
            eq(connectorSessions.connectorId, connectorId),
            eq(connectorSessions.stateHash, hashSecret(state)),
            gt(connectorSessions.expiresAt, scope.now),
          ),
        )
        .returning();
      const [row] = rows;
      return row && JSON.parse(secretBox.open(row.sessionSealed, purposeOf(scope, connectorId)));
    },
  };
}

/** Removes what is over, of every tenant. */
export async function deleteExpiredSessions(db: Database, before: Date): Promise<void> {
  await db.delete(connectorSessions).where(lt(connectorSessions.expiresAt, before));
}
