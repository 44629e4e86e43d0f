import { and, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { factorRecoveryLinks, trustedDevices } from './factors.table.ts';

export type TrustedDeviceRow = typeof trustedDevices.$inferSelect;
export type RecoveryLinkRow = typeof factorRecoveryLinks.$inferSelect;

export const listTrustedDevices = (
  db: Database,
  tenantId: string,
  userId: string,
  now: Date,
): Promise<TrustedDeviceRow[]> =>
  db
    .select()
    .from(trustedDevices)
    .where(
      and(eq(trustedDevices.tenantId, tenantId), eq(trustedDevices.userId, userId), gt(trustedDevices.expiresAt, now)),
    )
    .orderBy(desc(trustedDevices.createdAt), trustedDevices.id);

export async function insertTrustedDevice(db: Database, row: TrustedDeviceRow): Promise<void> {
  await db.insert(trustedDevices).values(row);
}

/** The device with this secret, when it is this user's and still trusted. */
export async function findTrustedDevice(
  db: Database,
  key: { tenantId: string; userId: string; id: string },
  now: Date,
): Promise<TrustedDeviceRow | undefined> {
  const rows = await db
    .select()
    .from(trustedDevices)
    .where(
      and(
        eq(trustedDevices.tenantId, key.tenantId),
        eq(trustedDevices.id, key.id),
        eq(trustedDevices.userId, key.userId),
        gt(trustedDevices.expiresAt, now),
      ),
    );
  return rows[0];
}

export async function recordTrustedDeviceUse(db: Database, tenantId: string, id: string, now: Date): Promise<void> {
  await db
    .update(trustedDevices)
    .set({ lastUsedAt: now })
    .where(and(eq(trustedDevices.tenantId, tenantId), eq(trustedDevices.id, id)));
}

/** Without an id all of the user's. Answers how many there were. */
export async function deleteTrustedDevices(
  db: Database,
  key: { tenantId: string; userId: string; id?: string | undefined },
): Promise<string[]> {
  const rows = await db
    .delete(trustedDevices)
    .where(
      and(
        eq(trustedDevices.tenantId, key.tenantId),
        eq(trustedDevices.userId, key.userId),
        key.id === undefined ? undefined : eq(trustedDevices.id, key.id),
      ),
    )
    .returning({ id: trustedDevices.id });
  return rows.map(({ id }) => id);
}

export async function insertRecoveryLink(db: Database, row: RecoveryLinkRow): Promise<void> {
  await db.insert(factorRecoveryLinks).values(row);
}

/** A new link replaces the user's earlier ones. */
export async function deleteRecoveryLinks(db: Database, tenantId: string, userId: string): Promise<void> {
  await db
    .delete(factorRecoveryLinks)
    .where(and(eq(factorRecoveryLinks.tenantId, tenantId), eq(factorRecoveryLinks.userId, userId)));
}

const usable = (tenantId: string, tokenHash: string, now: Date) =>
  and(
    eq(factorRecoveryLinks.tenantId, tenantId),
    eq(factorRecoveryLinks.tokenHash, tokenHash),
    gt(factorRecoveryLinks.expiresAt, now),
    sql`${factorRecoveryLinks.spentAt} is null`,
  );

export async function findRecoveryLink(
  db: Database,
  tenantId: string,
  tokenHash: string,
  now: Date,
): Promise<RecoveryLinkRow | undefined> {
  const rows = await db
    .select()
    .from(factorRecoveryLinks)
    .where(usable(tenantId, tokenHash, now));
  return rows[0];
}

/** Spends a link: of all who come with it at once, one wins. */
export async function spendRecoveryLink(
  db: Database,
  key: { tenantId: string; userId: string; tokenHash: string },
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(factorRecoveryLinks)
    .set({ spentAt: now })
    .where(and(usable(key.tenantId, key.tokenHash, now), eq(factorRecoveryLinks.userId, key.userId)))
    .returning({ tokenHash: factorRecoveryLinks.tokenHash });
  return rows.length === 1;
}

/** Removes what is over, of every tenant. */
export async function deleteExpired(db: Database, before: Date): Promise<void> {
  await db.delete(trustedDevices).where(lt(trustedDevices.expiresAt, before));
  await db.delete(factorRecoveryLinks).where(lt(factorRecoveryLinks.expiresAt, before));
}
