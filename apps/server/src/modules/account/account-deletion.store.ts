import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { accountDeletions } from './account-deletion.table.ts';

export type DeletionRow = typeof accountDeletions.$inferSelect;

const ofUser = (tenantId: string, userId: string) =>
  and(eq(accountDeletions.tenantId, tenantId), eq(accountDeletions.userId, userId));

const keptBy = (tenantId: string, keepHash: string, now: Date) =>
  and(
    eq(accountDeletions.tenantId, tenantId),
    eq(accountDeletions.keepHash, keepHash),
    gt(accountDeletions.keepExpiresAt, now),
  );

/** False when the owner has asked before. */
export async function insertDeletion(
  db: Database,
  row: Pick<DeletionRow, 'tenantId' | 'userId' | 'requestedAt' | 'dueAt'>,
): Promise<boolean> {
  const result = await db.insert(accountDeletions).values(row).onConflictDoNothing();
  return result.rowCount === 1;
}

/** Lets the owner who has just signed in keep the account by a secret; undefined when nothing is to be deleted. */
export async function offerKeeping(
  db: Database,
  { tenantId, userId }: Pick<DeletionRow, 'tenantId' | 'userId'>,
  keep: { hash: string; expiresAt: Date },
): Promise<boolean> {
  const result = await db
    .update(accountDeletions)
    .set({ keepHash: keep.hash, keepExpiresAt: keep.expiresAt })
    .where(ofUser(tenantId, userId));
  return result.rowCount === 1;
}

export async function findByKeeping(
  db: Database,
  tenantId: string,
  keepHash: string,
  now: Date,
): Promise<DeletionRow | undefined> {
  const rows = await db
    .select()
    .from(accountDeletions)
    .where(keptBy(tenantId, keepHash, now));
  return rows[0];
}

/** Takes the request back: the condition and the removal are one, so that a secret counts once. */
export async function spendKeeping(
  db: Database,
  tenantId: string,
  keepHash: string,
  now: Date,
): Promise<DeletionRow | undefined> {
  const rows = await db
    .delete(accountDeletions)
    .where(keptBy(tenantId, keepHash, now))
    .returning();
  return rows[0];
}

/** What is due in any tenant, the longest overdue first. Needs the system's view. */
export async function listDue(
  db: Database,
  now: Date,
  limit: number,
): Promise<Pick<DeletionRow, 'tenantId' | 'userId'>[]> {
  const { tenantId, userId } = accountDeletions;
  return db
    .select({ tenantId, userId })
    .from(accountDeletions)
    .where(lte(accountDeletions.dueAt, now))
    .orderBy(asc(accountDeletions.dueAt))
    .limit(limit);
}

/** Takes a due request, for the one process that carries it out. */
export async function takeDue(db: Database, tenantId: string, userId: string, now: Date): Promise<boolean> {
  const result = await db
    .delete(accountDeletions)
    .where(and(ofUser(tenantId, userId), lte(accountDeletions.dueAt, now)));
  return result.rowCount === 1;
}
