import { eq } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { SignInSettings } from './sign-in-experience.contract.ts';
import { signInExperiences } from './sign-in-experience.table.ts';

type StoredSettings = Partial<SignInSettings>;

export async function findSettings(db: Database, tenantId: string): Promise<StoredSettings> {
  const rows = await db.select().from(signInExperiences).where(eq(signInExperiences.tenantId, tenantId));
  return rows[0]?.settings ?? {};
}

/** The same, kept from other changes until the transaction ends; the row is made when there is none to hold. */
export async function lockSettings(db: Database, tenantId: string, now: Date): Promise<StoredSettings> {
  await db.insert(signInExperiences).values({ tenantId, settings: {}, updatedAt: now }).onConflictDoNothing();
  const rows = await db.select().from(signInExperiences).where(eq(signInExperiences.tenantId, tenantId)).for('update');
  return rows[0]?.settings ?? {};
}

export async function updateSettings(
  db: Database,
  tenantId: string,
  settings: StoredSettings,
  now: Date,
): Promise<void> {
  await db.update(signInExperiences).set({ settings, updatedAt: now }).where(eq(signInExperiences.tenantId, tenantId));
}
