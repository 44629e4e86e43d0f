import { and, count, desc, eq, gt, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import type { OneTimeTokenStatus } from './one-time-tokens.contract.ts';
import { oneTimeTokens } from './one-time-tokens.table.ts';

export type OneTimeTokenRow = typeof oneTimeTokens.$inferSelect;

export interface OneTimeTokenFilter {
  email?: string | undefined;
  status?: OneTimeTokenStatus | undefined;
}

/** A token whose time is over counts as expired without anybody having written it down. */
function hasStatus(status: OneTimeTokenStatus, now: Date): SQL | undefined {
  if (status === 'active') return and(eq(oneTimeTokens.status, 'active'), gt(oneTimeTokens.expiresAt, now));
  if (status !== 'expired') return eq(oneTimeTokens.status, status);
  return sql`(${oneTimeTokens.status} = 'expired' or (${oneTimeTokens.status} = 'active' and ${lte(oneTimeTokens.expiresAt, now)}))`;
}

/** One page, the newest first, and how many there are in all. */
export async function listTokens(
  db: Database,
  tenantId: string,
  { email, status }: OneTimeTokenFilter,
  now: Date,
  page: Page,
): Promise<{ rows: OneTimeTokenRow[]; total: number }> {
  const where = and(
    eq(oneTimeTokens.tenantId, tenantId),
    email === undefined ? undefined : sql`one_time_tokens.email_folded = lower(${email})`,
    status && hasStatus(status, now),
  );
  const [rows, totals] = await Promise.all([
    db
      .select()
      .from(oneTimeTokens)
      .where(where)
      .orderBy(desc(oneTimeTokens.createdAt), oneTimeTokens.id)
      .limit(page.limit)
      .offset(page.offset),
    db.select({ total: count() }).from(oneTimeTokens).where(where),
  ]);
  return { rows, total: totals[0]?.total ?? 0 };
}

async function findOne(db: Database, tenantId: string, condition: SQL): Promise<OneTimeTokenRow | undefined> {
  const rows = await db
    .select()
    .from(oneTimeTokens)
    .where(and(eq(oneTimeTokens.tenantId, tenantId), condition));
  return rows[0];
}

export const findToken = (db: Database, tenantId: string, id: string) =>
  findOne(db, tenantId, eq(oneTimeTokens.id, id));

export const findTokenByHash = (db: Database, tenantId: string, tokenHash: string) =>
  findOne(db, tenantId, eq(oneTimeTokens.tokenHash, tokenHash));

export async function insertToken(db: Database, row: OneTimeTokenRow): Promise<void> {
  await db.insert(oneTimeTokens).values(row);
}

/** Ends an active token. False when it has ended already: of fifty at once one is told true. */
export async function endToken(
  db: Database,
  tenantId: string,
  id: string,
  status: OneTimeTokenStatus,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(oneTimeTokens)
    .set({ status })
    .where(
      and(
        eq(oneTimeTokens.tenantId, tenantId),
        eq(oneTimeTokens.id, id),
        eq(oneTimeTokens.status, 'active'),
        gt(oneTimeTokens.expiresAt, now),
      ),
    )
    .returning({ id: oneTimeTokens.id });
  return rows.length === 1;
}

export async function deleteToken(db: Database, tenantId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(oneTimeTokens)
    .where(and(eq(oneTimeTokens.tenantId, tenantId), eq(oneTimeTokens.id, id)))
    .returning({ id: oneTimeTokens.id });
  return rows.length === 1;
}

/** What the master key has sealed. */
export const listSealed = (db: Database, tenantId: string) =>
  db
    .select({ id: oneTimeTokens.id, tokenSealed: oneTimeTokens.tokenSealed })
    .from(oneTimeTokens)
    .where(eq(oneTimeTokens.tenantId, tenantId));

export async function updateSealed(db: Database, tenantId: string, id: string, tokenSealed: string): Promise<void> {
  await db
    .update(oneTimeTokens)
    .set({ tokenSealed })
    .where(and(eq(oneTimeTokens.tenantId, tenantId), eq(oneTimeTokens.id, id)));
}

/** Removes what expired before, of every tenant. */
export async function deleteExpired(db: Database, before: Date): Promise<void> {
  await db.delete(oneTimeTokens).where(lt(oneTimeTokens.expiresAt, before));
}
