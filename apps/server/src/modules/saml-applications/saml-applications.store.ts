import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { samlApplicationConfigs, samlApplicationSecrets, samlSignIns } from './saml-applications.table.ts';

export type ConfigRow = typeof samlApplicationConfigs.$inferSelect;
export type SecretRow = typeof samlApplicationSecrets.$inferSelect;
type SignInRow = typeof samlSignIns.$inferSelect;

const configOf = (tenantId: string, applicationId: string) =>
  and(eq(samlApplicationConfigs.tenantId, tenantId), eq(samlApplicationConfigs.applicationId, applicationId));

export async function findConfig(
  db: Database,
  tenantId: string,
  applicationId: string,
): Promise<ConfigRow | undefined> {
  const rows = await db.select().from(samlApplicationConfigs).where(configOf(tenantId, applicationId));
  return rows[0];
}

/** The same, kept from other changes until the transaction ends. */
export async function lockConfig(
  db: Database,
  tenantId: string,
  applicationId: string,
): Promise<ConfigRow | undefined> {
  const rows = await db.select().from(samlApplicationConfigs).where(configOf(tenantId, applicationId)).for('update');
  return rows[0];
}

export async function insertConfig(db: Database, row: ConfigRow): Promise<void> {
  await db.insert(samlApplicationConfigs).values(row);
}

export async function updateConfig(db: Database, row: ConfigRow): Promise<void> {
  const { tenantId, applicationId, ...columns } = row;
  await db.update(samlApplicationConfigs).set(columns).where(configOf(tenantId, applicationId));
}

// Keys that sign -----------------------------------------------------------------------------------------------------

const secretsOf = (tenantId: string, applicationId: string) =>
  and(eq(samlApplicationSecrets.tenantId, tenantId), eq(samlApplicationSecrets.applicationId, applicationId));

const secretOf = ({ tenantId, applicationId, id }: Pick<SecretRow, 'tenantId' | 'applicationId' | 'id'>) =>
  and(secretsOf(tenantId, applicationId), eq(samlApplicationSecrets.id, id));

export const listSecrets = (db: Database, tenantId: string, applicationId: string): Promise<SecretRow[]> =>
  db
    .select()
    .from(samlApplicationSecrets)
    .where(secretsOf(tenantId, applicationId))
    .orderBy(desc(samlApplicationSecrets.createdAt), samlApplicationSecrets.id);

/** Every key of the tenant, held until the transaction ends. */
export const lockAllSecrets = (db: Database, tenantId: string): Promise<SecretRow[]> =>
  db.select().from(samlApplicationSecrets).where(eq(samlApplicationSecrets.tenantId, tenantId)).for('update');

export async function insertSecret(db: Database, row: SecretRow): Promise<void> {
  await db.insert(samlApplicationSecrets).values(row);
}

export async function deactivateSecrets(db: Database, tenantId: string, applicationId: string): Promise<void> {
  await db.update(samlApplicationSecrets).set({ active: false }).where(secretsOf(tenantId, applicationId));
}

export async function updateSecret(
  db: Database,
  key: Pick<SecretRow, 'tenantId' | 'applicationId' | 'id'>,
  change: Partial<Pick<SecretRow, 'active' | 'privateKeySealed'>>,
): Promise<void> {
  await db.update(samlApplicationSecrets).set(change).where(secretOf(key));
}

export async function deleteSecret(
  db: Database,
  key: Pick<SecretRow, 'tenantId' | 'applicationId' | 'id'>,
): Promise<void> {
  await db.delete(samlApplicationSecrets).where(secretOf(key));
}

// Sign-ins under way ---------------------------------------------------------------------------------------------------

/**
 * Begins a sign-in; false when the request has been answered already. Whoever brings an unanswered one again, by
 * reloading the page, begins anew: the earlier state is void.
 */
export async function beginSignIn(db: Database, row: SignInRow): Promise<boolean> {
  const { stateHash, browserHash, relayState, expiresAt } = row;
  const rows = await db
    .insert(samlSignIns)
    .values(row)
    .onConflictDoUpdate({
      target: [samlSignIns.tenantId, samlSignIns.applicationId, samlSignIns.requestId],
      set: { stateHash, browserHash, relayState, expiresAt },
      setWhere: isNull(samlSignIns.answeredAt),
    })
    .returning({ requestId: samlSignIns.requestId });
  return rows.length === 1;
}

/** Marks a sign-in as answered, for the one caller that gets it. */
export async function spendSignIn(
  db: Database,
  key: Pick<SignInRow, 'tenantId' | 'applicationId' | 'stateHash' | 'browserHash'>,
  now: Date,
): Promise<SignInRow | undefined> {
  const rows = await db
    .update(samlSignIns)
    .set({ answeredAt: now })
    .where(
      and(
        eq(samlSignIns.tenantId, key.tenantId),
        eq(samlSignIns.applicationId, key.applicationId),
        eq(samlSignIns.stateHash, key.stateHash),
        eq(samlSignIns.browserHash, key.browserHash),
        isNull(samlSignIns.answeredAt),
        gt(samlSignIns.expiresAt, now),
      ),
    )
    .returning();
  return rows[0];
}

/** Of every tenant. */
export async function deleteExpired(db: Database, before: Date): Promise<void> {
  await db.delete(samlSignIns).where(lt(samlSignIns.expiresAt, before));
}
