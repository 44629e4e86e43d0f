import { lt } from 'drizzle-orm';
import { pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { Database } from '../../kernel/database.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';

const spentCredentials = pgTable(
  'spent_credentials',
  {
    tenantId: varchar('tenant_id').notNull(),
    credentialHash: varchar('credential_hash').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.credentialHash] })],
);

/** Clocks may differ: a credential is remembered a little longer than it is good. */
const MARGIN_MS = 5 * 60_000;

/** Notes a credential; false when it was spent before, by whichever of many requests came first. */
export async function spendCredential(scope: Scope, credential: string, expiresAt: number): Promise<boolean> {
  const { rowCount } = await scope.db
    .insert(spentCredentials)
    .values({
      tenantId: scope.tenantId,
      credentialHash: hashSecret(credential),
      expiresAt: new Date(expiresAt + MARGIN_MS),
    })
    .onConflictDoNothing();
  return rowCount === 1;
}

/** Removes what nobody would take any more, of every tenant. */
export async function deleteExpiredCredentials(db: Database, before: Date): Promise<void> {
  await db.delete(spentCredentials).where(lt(spentCredentials.expiresAt, before));
}
