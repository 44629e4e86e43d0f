import { and, asc, eq, isNull, lt, or, type SQL } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { type SecretKind, secrets } from './secrets.table.ts';

export type SecretRow = typeof secrets.$inferSelect;

/** What a user's tokens are found by. */
export interface SecretKey {
  userId: string;
  kind: SecretKind;
  provider: string;
}

const ofTenant = (tenantId: string, ...conditions: (SQL | undefined)[]) =>
  and(eq(secrets.tenantId, tenantId), ...conditions);

const byKey = (tenantId: string, { userId, kind, provider }: SecretKey) =>
  ofTenant(tenantId, eq(secrets.userId, userId), eq(secrets.kind, kind), eq(secrets.provider, provider));

/** The row as it was read: whoever renewed it meanwhile has made another of it. */
const unchanged = ({ tenantId, id, tokensSealed }: SecretRow) =>
  ofTenant(tenantId, eq(secrets.id, id), eq(secrets.tokensSealed, tokensSealed));

export async function findSecret(db: Database, tenantId: string, key: SecretKey): Promise<SecretRow | undefined> {
  const rows = await db.select().from(secrets).where(byKey(tenantId, key));
  return rows[0];
}

export const listSecretsOfUser = (db: Database, tenantId: string, userId: string): Promise<SecretRow[]> =>
  db
    .select()
    .from(secrets)
    .where(ofTenant(tenantId, eq(secrets.userId, userId)))
    .orderBy(asc(secrets.provider));

export const listSecrets = (db: Database, tenantId: string): Promise<SecretRow[]> =>
  db.select().from(secrets).where(ofTenant(tenantId)).for('update');

/** Keeps tokens in the place of those that were kept for the same account. */
export async function upsertSecret(db: Database, row: SecretRow): Promise<void> {
  const { connectorId, identityId, tokensSealed, metadata, updatedAt } = row;
  await db
    .insert(secrets)
    .values(row)
    .onConflictDoUpdate({
      target: [secrets.tenantId, secrets.userId, secrets.kind, secrets.provider],
      set: { connectorId, identityId, tokensSealed, metadata, updatedAt, renewingUntil: null },
    });
}

/** True for the one caller that may now ask the provider for fresh tokens. */
export async function claimRenewal(db: Database, row: SecretRow, now: Date, until: Date): Promise<boolean> {
  const { rowCount } = await db
    .update(secrets)
    .set({ renewingUntil: until })
    .where(and(unchanged(row), or(isNull(secrets.renewingUntil), lt(secrets.renewingUntil, now))));
  return rowCount === 1;
}

export async function endRenewal(
  db: Database,
  row: SecretRow,
  change: Partial<Pick<SecretRow, 'tokensSealed' | 'metadata' | 'updatedAt'>> = {},
): Promise<void> {
  await db
    .update(secrets)
    .set({ ...change, renewingUntil: null })
    .where(unchanged(row));
}

export async function replaceSeal(db: Database, row: SecretRow, tokensSealed: string): Promise<void> {
  await db.update(secrets).set({ tokensSealed }).where(unchanged(row));
}

export async function deleteUnchanged(db: Database, row: SecretRow): Promise<void> {
  await db.delete(secrets).where(unchanged(row));
}

export async function deleteSecret(db: Database, tenantId: string, id: string): Promise<SecretRow | undefined> {
  const rows = await db
    .delete(secrets)
    .where(ofTenant(tenantId, eq(secrets.id, id)))
    .returning();
  return rows[0];
}

export async function deleteSecretsOfConnector(
  db: Database,
  tenantId: string,
  kind: SecretKind,
  connectorId: string,
): Promise<number> {
  const { rowCount } = await db
    .delete(secrets)
    .where(ofTenant(tenantId, eq(secrets.kind, kind), eq(secrets.connectorId, connectorId)));
  return rowCount ?? 0;
}
