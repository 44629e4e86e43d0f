import { and, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { backupCodes, passkeyHandles, passkeys, totpFactors } from './factors.table.ts';

export type TotpRow = typeof totpFactors.$inferSelect;
export type PasskeyRow = typeof passkeys.$inferSelect;
export type BackupCodeRow = typeof backupCodes.$inferSelect;

/** Holds other changes of the same user's factors back until the transaction ends. */
export async function lockFactors(db: Database, tenantId: string, userId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`factors:${tenantId}:${userId}`}, 0))`);
}

// Authenticator app --------------------------------------------------------------------------------------------------

export async function findTotp(db: Database, tenantId: string, userId: string): Promise<TotpRow | undefined> {
  const rows = await db
    .select()
    .from(totpFactors)
    .where(and(eq(totpFactors.tenantId, tenantId), eq(totpFactors.userId, userId)));
  return rows[0];
}

export async function insertTotp(db: Database, row: TotpRow): Promise<void> {
  await db.insert(totpFactors).values(row);
}

/** Spends a time step: of all who come with a code of it, or of an earlier one, the first wins. */
export async function spendTotpStep(db: Database, row: TotpRow, step: number, now: Date): Promise<boolean> {
  const rows = await db
    .update(totpFactors)
    .set({ lastStep: step, lastUsedAt: now })
    .where(
      and(
        eq(totpFactors.tenantId, row.tenantId),
        eq(totpFactors.userId, row.userId),
        eq(totpFactors.id, row.id),
        or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step)),
      ),
    )
    .returning({ id: totpFactors.id });
  return rows.length === 1;
}

export async function deleteTotp(db: Database, tenantId: string, userId: string): Promise<void> {
  await db.delete(totpFactors).where(and(eq(totpFactors.tenantId, tenantId), eq(totpFactors.userId, userId)));
}

export const lockAllTotp = (db: Database, tenantId: string): Promise<TotpRow[]> =>
  db.select().from(totpFactors).where(eq(totpFactors.tenantId, tenantId)).for('update');

export async function updateTotpSecret(db: Database, row: TotpRow, secretSealed: string): Promise<void> {
  await db
    .update(totpFactors)
    .set({ secretSealed })
    .where(and(eq(totpFactors.tenantId, row.tenantId), eq(totpFactors.userId, row.userId)));
}

// Passkeys -----------------------------------------------------------------------------------------------------------

export const findPasskeys = (db: Database, tenantId: string, userId: string): Promise<PasskeyRow[]> =>
  db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.tenantId, tenantId), eq(passkeys.userId, userId)))
    .orderBy(desc(passkeys.createdAt), passkeys.id);

export async function findPasskeyByCredential(
  db: Database,
  tenantId: string,
  credentialId: string,
): Promise<PasskeyRow | undefined> {
  const rows = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.tenantId, tenantId), eq(passkeys.credentialId, credentialId)));
  return rows[0];
}

/** Whether a tenant has this key at all, be it another one: tenants of one domain share what browsers offer there. */
export async function isPasskeyOfAny(everywhere: Database, credentialId: string): Promise<boolean> {
  const rows = await everywhere
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(eq(passkeys.credentialId, credentialId))
    .limit(1);
  return rows.length > 0;
}

export async function insertPasskey(db: Database, row: PasskeyRow): Promise<void> {
  await db.insert(passkeys).values(row);
}

/**
 * Notes a use. A key that counts must have counted on (WebAuthn §7.2 step 22): of two answers with one count, one wins.
 * Synchronised keys do not count and always say 0.
 */
export async function recordPasskeyUse(db: Database, row: PasskeyRow, signCount: number, now: Date): Promise<boolean> {
  const rows = await db
    .update(passkeys)
    .set({ signCount, lastUsedAt: now })
    .where(
      and(
        eq(passkeys.tenantId, row.tenantId),
        eq(passkeys.id, row.id),
        signCount === 0 ? eq(passkeys.signCount, 0) : lt(passkeys.signCount, signCount),
      ),
    )
    .returning({ id: passkeys.id });
  return rows.length === 1;
}

export async function renamePasskey(
  db: Database,
  key: { tenantId: string; userId: string; id: string },
  name: string,
): Promise<boolean> {
  const rows = await db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.tenantId, key.tenantId), eq(passkeys.userId, key.userId), eq(passkeys.id, key.id)))
    .returning({ id: passkeys.id });
  return rows.length === 1;
}

/** Gives all keys of a user to another one; authenticators go on to give the id that they were made with. */
export async function movePasskeys(
  db: Database,
  tenantId: string,
  { sourceId, targetId }: { sourceId: string; targetId: string },
): Promise<string[]> {
  const rows = await db
    .update(passkeys)
    .set({ userId: targetId, userHandle: sql`coalesce(user_handle, user_id)` })
    .where(and(eq(passkeys.tenantId, tenantId), eq(passkeys.userId, sourceId)))
    .returning({ id: passkeys.id, handle: passkeys.userHandle });
  if (rows.some(({ handle }) => handle === sourceId))
    await db.insert(passkeyHandles).values({ tenantId, userId: targetId, handle: sourceId });
  // Those of accounts that were merged into the source before.
  await db
    .update(passkeyHandles)
    .set({ userId: targetId })
    .where(and(eq(passkeyHandles.tenantId, tenantId), eq(passkeyHandles.userId, sourceId)));
  return rows.map(({ id }) => id);
}

/** Ids besides the user's own, under which devices keep passkeys of the user or have kept some. */
export async function findPasskeyHandles(db: Database, tenantId: string, userId: string): Promise<string[]> {
  const rows = await db
    .select({ handle: passkeyHandles.handle })
    .from(passkeyHandles)
    .where(and(eq(passkeyHandles.tenantId, tenantId), eq(passkeyHandles.userId, userId)));
  return rows.map(({ handle }) => handle);
}

export async function deletePasskeys(db: Database, tenantId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.delete(passkeys).where(and(eq(passkeys.tenantId, tenantId), inArray(passkeys.id, [...ids])));
}

// Backup codes -------------------------------------------------------------------------------------------------------

export const findBackupCodes = (db: Database, tenantId: string, userId: string): Promise<BackupCodeRow[]> =>
  db
    .select()
    .from(backupCodes)
    .where(and(eq(backupCodes.tenantId, tenantId), eq(backupCodes.userId, userId)))
    .orderBy(backupCodes.position);

export async function insertBackupCodes(db: Database, rows: BackupCodeRow[]): Promise<void> {
  await db.insert(backupCodes).values(rows);
}

/** Spends a code: of all who come with it at once, one wins. */
export async function spendBackupCode(db: Database, row: BackupCodeRow, now: Date): Promise<boolean> {
  const rows = await db
    .update(backupCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(backupCodes.tenantId, row.tenantId),
        eq(backupCodes.userId, row.userId),
        eq(backupCodes.position, row.position),
        eq(backupCodes.setId, row.setId),
        isNull(backupCodes.usedAt),
      ),
    )
    .returning({ position: backupCodes.position });
  return rows.length === 1;
}

export async function deleteBackupCodes(db: Database, tenantId: string, userId: string): Promise<void> {
  await db.delete(backupCodes).where(and(eq(backupCodes.tenantId, tenantId), eq(backupCodes.userId, userId)));
}

export const lockAllBackupCodes = (db: Database, tenantId: string): Promise<BackupCodeRow[]> =>
  db.select().from(backupCodes).where(eq(backupCodes.tenantId, tenantId)).for('update');

export async function updateSealedCode(db: Database, row: BackupCodeRow, codeSealed: string): Promise<void> {
  await db
    .update(backupCodes)
    .set({ codeSealed })
    .where(
      and(
        eq(backupCodes.tenantId, row.tenantId),
        eq(backupCodes.userId, row.userId),
        eq(backupCodes.position, row.position),
      ),
    );
}
