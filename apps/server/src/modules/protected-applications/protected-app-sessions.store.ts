import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { protectedAppSessions } from './protected-app-sessions.table.ts';

export type SessionRow = typeof protectedAppSessions.$inferSelect;
export type SessionKey = Pick<SessionRow, 'tenantId' | 'id' | 'applicationId' | 'host'>;

const byKey = ({ tenantId, id, applicationId, host }: SessionKey) =>
  and(
    eq(protectedAppSessions.tenantId, tenantId),
    eq(protectedAppSessions.id, id),
    eq(protectedAppSessions.applicationId, applicationId),
    eq(protectedAppSessions.host, host),
  );

export async function insertSession(db: Database, row: SessionRow): Promise<void> {
  await db.insert(protectedAppSessions).values(row);
}

/**
 * The session, as long as everything that it stands on is there: the user, the session of the protocol that it came
 * from, and what the user let the application have.
 */
export async function findSession(db: Database, key: SessionKey, now: Date): Promise<SessionRow | undefined> {
  const { tenantId } = key;
  const standing = (model: string, match: ReturnType<typeof sql>) => sql`exists (
    select from oidc_models where tenant_id = ${tenantId} and model = ${model} and expires_at > ${now} and ${match})`;
  const rows = await db
    .select()
    .from(protectedAppSessions)
    .where(
      and(
        byKey(key),
        sql`${protectedAppSessions.expiresAt} > ${now}`,
        sql`exists (select from users where tenant_id = ${tenantId} and id = ${protectedAppSessions.userId} and not is_suspended)`,
        standing(
          'Session',
          sql`uid = ${protectedAppSessions.sessionUid} and account_id = ${protectedAppSessions.userId}`,
        ),
        standing('Grant', sql`id = ${protectedAppSessions.grantHash}`),
      ),
    );
  return rows[0];
}

export async function deleteSession(db: Database, key: SessionKey): Promise<void> {
  await db.delete(protectedAppSessions).where(byKey(key));
}

export async function deleteExpiredSessions(db: Database, now: Date): Promise<void> {
  await db.delete(protectedAppSessions).where(lt(protectedAppSessions.expiresAt, now));
}
