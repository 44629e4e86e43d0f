import { eq, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { captchaProviders, captchaSolutions } from './captcha-provider.table.ts';

export type CaptchaProviderRow = typeof captchaProviders.$inferSelect;

export async function findProvider(db: Database, tenantId: string): Promise<CaptchaProviderRow | undefined> {
  const rows = await db.select().from(captchaProviders).where(eq(captchaProviders.tenantId, tenantId));
  return rows[0];
}

/** Keeps the id and the time of creation of the one there was. */
export async function upsertProvider(db: Database, row: CaptchaProviderRow): Promise<CaptchaProviderRow> {
  const { configSealed, updatedAt } = row;
  const rows = await db
    .insert(captchaProviders)
    .values(row)
    .onConflictDoUpdate({ target: captchaProviders.tenantId, set: { configSealed, updatedAt } })
    .returning();
  return rows[0] as CaptchaProviderRow;
}

/** Answers whether there was one. */
export async function deleteProvider(db: Database, tenantId: string): Promise<boolean> {
  const { rowCount } = await db.delete(captchaProviders).where(eq(captchaProviders.tenantId, tenantId));
  return (rowCount ?? 0) > 0;
}

/** Notes a solution; false when it was spent before, by whichever of many requests came first. */
export async function spendSolution(
  db: Database,
  row: { tenantId: string; solutionHash: string; expiresAt: Date },
): Promise<boolean> {
  const { rowCount } = await db.insert(captchaSolutions).values(row).onConflictDoNothing();
  return rowCount === 1;
}

/** Removes what has expired, of every tenant. */
export async function deleteExpiredSolutions(db: Database, before: Date): Promise<void> {
  await db.delete(captchaSolutions).where(lt(captchaSolutions.expiresAt, before));
}
