import { and, eq, gt, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { accountSessions } from './account-sessions.table.ts';

export type SessionRow = typeof accountSessions.$inferSelect;
type Key = Pick<SessionRow, 'tenantId' | 'id'>;

const byKey = ({ tenantId, id }: Key) => and(eq(accountSessions.tenantId, tenantId), eq(accountSessions.id, id));

export async function insertSession(db: Database, row: SessionRow): Promise<void> {
  await db.insert(accountSessions).values(row);
}

export async function findSession(db: Database, key: Key, now: Date): Promise<SessionRow | undefined> {
  const rows = await db
    .select()
    .from(accountSessions)
    .where(and(byKey(key), gt(accountSessions.expiresAt, now)));
  return rows[0];
}

export async function updateSession(
  db: Database,
  key: Key,
  change: Partial<Pick<SessionRow, 'proofId' | 'proofExpiresAt' | 'taskSealed' | 'returnTo'>>,
): Promise<void> {
  await db.update(accountSessions).set(change).where(byKey(key));
}

export async function deleteSession(db: Database, key: Key): Promise<void> {
  await db.delete(accountSessions).where(byKey(key));
}

export async function deleteExpiredSessions(db: Database, now: Date): Promise<void> {
  await db.delete(accountSessions).where(lt(accountSessions.expiresAt, now));
}
