import { and, eq, gt, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { verificationRecords } from './verifications.table.ts';

export type RecordRow = typeof verificationRecords.$inferSelect;
type Key = Pick<RecordRow, 'tenantId' | 'userId' | 'id'>;

/** A user's own record that is not over yet. */
const living = ({ tenantId, userId, id }: Key, now: Date) =>
  and(
    eq(verificationRecords.tenantId, tenantId),
    eq(verificationRecords.userId, userId),
    eq(verificationRecords.id, id),
    gt(verificationRecords.expiresAt, now),
  );

export async function insertRecord(db: Database, row: RecordRow): Promise<void> {
  await db.insert(verificationRecords).values(row);
}

export async function findRecord(db: Database, key: Key, now: Date): Promise<RecordRow | undefined> {
  const rows = await db.select().from(verificationRecords).where(living(key, now));
  return rows[0];
}

/** Marks a proof as given; false when it was given before. */
export async function verifyRecord(
  db: Database,
  key: Key,
  change: { data: RecordRow['data']; now: Date },
): Promise<boolean> {
  const { rowCount } = await db
    .update(verificationRecords)
    .set({ data: change.data, verified: true })
    .where(and(living(key, change.now), eq(verificationRecords.verified, false)));
  return rowCount === 1;
}

/** Takes a proof that was given, for the one use that it is good for. */
export async function takeRecord(db: Database, key: Key, now: Date): Promise<RecordRow | undefined> {
  const rows = await db
    .delete(verificationRecords)
    .where(and(living(key, now), eq(verificationRecords.verified, true)))
    .returning();
  return rows[0];
}

/** Removes what is over, of every tenant. */
export async function deleteExpiredRecords(db: Database, before: Date): Promise<void> {
  await db.delete(verificationRecords).where(lt(verificationRecords.expiresAt, before));
}
