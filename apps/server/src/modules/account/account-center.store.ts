import { eq } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { AccountCenterSettings } from './account-center.contract.ts';
import { accountCenters } from './account-center.table.ts';

type Stored = Partial<AccountCenterSettings>;

export async function findSettings(db: Database, tenantId: string): Promise<Stored> {
  const rows = await db.select().from(accountCenters).where(eq(accountCenters.tenantId, tenantId));
  return rows[0]?.settings ?? {};
}

/** The same, kept from other changes until the transaction ends. */
export async function lockSettings(db: Database, tenantId: string, now: Date): Promise<Stored> {
  await db.insert(accountCenters).values({ tenantId, settings: {}, updatedAt: now }).onConflictDoNothing();
  const rows = await db.select().from(accountCenters).where(eq(accountCenters.tenantId, tenantId)).for('update');
  return rows[0]?.settings ?? {};
}

export async function updateSettings(db: Database, tenantId: string, settings: Stored, now: Date): Promise<void> {
  await db.update(accountCenters).set({ settings, updatedAt: now }).where(eq(accountCenters.tenantId, tenantId));
}
