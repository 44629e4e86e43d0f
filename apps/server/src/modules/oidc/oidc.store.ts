import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { oidcKeys, oidcModels, resources, tenantSettings } from './oidc.table.ts';

export type ModelRow = typeof oidcModels.$inferSelect;
export type KeyRow = typeof oidcKeys.$inferSelect;
export type KeyKind = KeyRow['kind'];
export type ResourceRow = typeof resources.$inferSelect;

// Protocol rows ---------------------------------------------------------------------------------------------------

export interface ModelColumns {
  payload: Record<string, unknown>;
  grantId: string | null;
  uid: string | null;
  userCode: string | null;
  accountId: string | null;
  clientId: string | null;
  expiresAt: Date;
}

/** Writes a protocol row; `onlyNew` leaves an existing one as it is (a successor that another request has made). */
export async function upsertModel(
  db: Database,
  key: { tenantId: string; model: string; id: string },
  columns: ModelColumns,
  onlyNew: boolean,
): Promise<void> {
  const insert = db.insert(oidcModels).values({ ...key, ...columns });
  if (onlyNew) await insert.onConflictDoNothing();
  else
    await insert.onConflictDoUpdate({ target: [oidcModels.tenantId, oidcModels.model, oidcModels.id], set: columns });
}

export async function findModel(
  db: Database,
  tenantId: string,
  model: string,
  by: { id: string } | { uid: string } | { userCode: string },
): Promise<ModelRow | undefined> {
  const match =
    'id' in by
      ? eq(oidcModels.id, by.id)
      : 'uid' in by
        ? eq(oidcModels.uid, by.uid)
        : eq(oidcModels.userCode, by.userCode);
  const rows = await db
    .select()
    .from(oidcModels)
    .where(and(eq(oidcModels.tenantId, tenantId), eq(oidcModels.model, model), match));
  return rows[0];
}

/** Marks a row as spent. False when it was spent before: the condition and the mark are one statement, so one caller wins. */
export async function consumeModel(
  db: Database,
  tenantId: string,
  model: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(oidcModels)
    .set({ consumedAt: now })
    .where(
      and(
        eq(oidcModels.tenantId, tenantId),
        eq(oidcModels.model, model),
        eq(oidcModels.id, id),
        sql`${oidcModels.consumedAt} is null`,
      ),
    )
    .returning({ id: oidcModels.id });
  return rows.length === 1;
}

export async function deleteModel(db: Database, tenantId: string, model: string, id: string): Promise<void> {
  await db
    .delete(oidcModels)
    .where(and(eq(oidcModels.tenantId, tenantId), eq(oidcModels.model, model), eq(oidcModels.id, id)));
}

export async function deleteModelsOfGrant(
  db: Database,
  tenantId: string,
  model: string,
  grantId: string,
): Promise<void> {
  await db
    .delete(oidcModels)
    .where(and(eq(oidcModels.tenantId, tenantId), eq(oidcModels.grantId, grantId), eq(oidcModels.model, model)));
}

/** Ends everything that a user holds: sessions, grants, codes and tokens. */
export async function deleteModelsOfAccount(db: Database, tenantId: string, accountId: string): Promise<void> {
  await db.delete(oidcModels).where(and(eq(oidcModels.tenantId, tenantId), eq(oidcModels.accountId, accountId)));
}

/** Removes one batch of rows that expired before `before`; answers how many. Needs the system's view. */
export async function deleteExpiredModels(db: Database, before: Date, batch: number): Promise<number> {
  const doomed = db.select({ ctid: sql`ctid` }).from(oidcModels).where(lt(oidcModels.expiresAt, before)).limit(batch);
  const result = await db.delete(oidcModels).where(sql`ctid in ${doomed}`);
  return result.rowCount ?? 0;
}

// Keys and settings -----------------------------------------------------------------------------------------------

export const findKeys = (db: Database, tenantId: string, kind: KeyKind): Promise<KeyRow[]> =>
  db
    .select()
    .from(oidcKeys)
    .where(and(eq(oidcKeys.tenantId, tenantId), eq(oidcKeys.kind, kind)))
    .orderBy(sql`${oidcKeys.createdAt} desc`);

/** The same, holding the rows until the transaction ends, so that two rotations follow each other. */
export const lockKeys = (db: Database, tenantId: string, kind: KeyKind): Promise<KeyRow[]> =>
  db
    .select()
    .from(oidcKeys)
    .where(and(eq(oidcKeys.tenantId, tenantId), eq(oidcKeys.kind, kind)))
    .orderBy(sql`${oidcKeys.createdAt} desc`)
    .for('update');

export async function insertKey(db: Database, row: KeyRow): Promise<void> {
  await db.insert(oidcKeys).values(row);
}

export async function updateKey(
  db: Database,
  tenantId: string,
  kind: KeyKind,
  id: string,
  change: Partial<Pick<KeyRow, 'status' | 'activatesAt' | 'valueSealed'>>,
): Promise<void> {
  await db
    .update(oidcKeys)
    .set(change)
    .where(and(eq(oidcKeys.tenantId, tenantId), eq(oidcKeys.kind, kind), eq(oidcKeys.id, id)));
}

export async function deleteKey(db: Database, tenantId: string, kind: KeyKind, id: string): Promise<void> {
  await db.delete(oidcKeys).where(and(eq(oidcKeys.tenantId, tenantId), eq(oidcKeys.kind, kind), eq(oidcKeys.id, id)));
}

export async function findSetting(db: Database, tenantId: string, key: string): Promise<unknown> {
  const rows = await db
    .select({ value: tenantSettings.value })
    .from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, tenantId), eq(tenantSettings.key, key)));
  return rows[0]?.value;
}

export async function upsertSetting(db: Database, tenantId: string, key: string, value: unknown): Promise<void> {
  await db
    .insert(tenantSettings)
    .values({ tenantId, key, value })
    .onConflictDoUpdate({ target: [tenantSettings.tenantId, tenantSettings.key], set: { value } });
}

// What tokens are made from -----------------------------------------------------------------------------------------

export async function findResource(
  db: Database,
  tenantId: string,
  indicator: string,
): Promise<ResourceRow | undefined> {
  const rows = await db
    .select()
    .from(resources)
    .where(and(eq(resources.tenantId, tenantId), eq(resources.indicator, indicator)));
  return rows[0];
}

export async function findDefaultResource(db: Database, tenantId: string): Promise<ResourceRow | undefined> {
  const rows = await db
    .select()
    .from(resources)
    .where(and(eq(resources.tenantId, tenantId), eq(resources.isDefault, true)));
  return rows[0];
}

/** Names of the scopes of a resource that a user or an application holds through roles. */
export async function findGrantedScopes(
  db: Database,
  tenantId: string,
  resourceId: string,
  holder: { userId: string } | { applicationId: string },
): Promise<string[]> {
  const holders =
    'userId' in holder
      ? sql`select role_id from users_roles where tenant_id = ${tenantId} and user_id = ${holder.userId}`
      : sql`select role_id from applications_roles where tenant_id = ${tenantId} and application_id = ${holder.applicationId}`;
  const result = await db.execute<{ name: string }>(sql`
    select distinct scopes.name
    from roles_scopes join scopes on scopes.tenant_id = roles_scopes.tenant_id and scopes.id = roles_scopes.scope_id
    where roles_scopes.tenant_id = ${tenantId} and scopes.resource_id = ${resourceId} and roles_scopes.role_id in (${holders})
    order by scopes.name`);
  return result.rows.map((row) => row.name);
}

/** Names of a user's roles. */
export async function findRoleNames(db: Database, tenantId: string, userId: string): Promise<string[]> {
  const result = await db.execute<{ name: string }>(sql`
    select roles.name from users_roles join roles on roles.tenant_id = users_roles.tenant_id and roles.id = users_roles.role_id
    where users_roles.tenant_id = ${tenantId} and users_roles.user_id = ${userId} order by roles.name`);
  return result.rows.map((row) => row.name);
}
