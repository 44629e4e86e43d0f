import { and, eq, getTableColumns, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Database, prepareOnce, violates } from '../../kernel/database.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import { resources } from '../resources/resources.table.ts';
import { oidcKeys, oidcModels, tenantSettings } from './oidc.table.ts';

export type ModelRow = typeof oidcModels.$inferSelect;
export type KeyRow = typeof oidcKeys.$inferSelect;
export type KeyKind = KeyRow['kind'];
export type ResourceRow = typeof resources.$inferSelect;

// Protocol rows ---------------------------------------------------------------------------------------------------

/** What a browser and its connection say of themselves. */
export interface Device {
  userAgent: string | null;
  ip: string | null;
}

export interface ModelKey {
  tenantId: string;
  model: string;
  id: string;
}

export interface ModelColumns {
  payload: Record<string, unknown>;
  grantId: string | null;
  uid: string | null;
  userCode: string | null;
  accountId: string | null;
  clientId: string | null;
  expiresAt: Date;
}

export type NewModel = ModelKey & ModelColumns;

/** A token with the grant that it stands on. */
export interface TokenRow {
  token: ModelRow;
  grant: ModelRow | null;
}

const byKey = () =>
  and(
    eq(oidcModels.tenantId, sql.placeholder('tenantId')),
    eq(oidcModels.model, sql.placeholder('model')),
    eq(oidcModels.id, sql.placeholder('id')),
  );

const values = {
  tenantId: sql.placeholder('tenantId'),
  model: sql.placeholder('model'),
  id: sql.placeholder('id'),
  payload: sql.placeholder('payload'),
  grantId: sql.placeholder('grantId'),
  uid: sql.placeholder('uid'),
  userCode: sql.placeholder('userCode'),
  accountId: sql.placeholder('accountId'),
  clientId: sql.placeholder('clientId'),
  expiresAt: sql.placeholder('expiresAt'),
};

/** What an upsert changes of the row that is there. */
const replaced = Object.entries(getTableColumns(oidcModels)).filter(
  ([name]) => name in values && !['tenantId', 'model', 'id'].includes(name),
);

const upsertStatement = prepareOnce((db) =>
  db
    .insert(oidcModels)
    .values(values)
    .onConflictDoUpdate({
      target: [oidcModels.tenantId, oidcModels.model, oidcModels.id],
      set: Object.fromEntries(
        replaced.map(([name, { name: column }]) => [name, sql`excluded.${sql.identifier(column)}`]),
      ),
    })
    .prepare('oidc_upsert_model'),
);

/** A session has one id at a time, though it gets new ones. */
const SESSION_UID = 'oidc_models_by_uid';

/**
 * Writes a protocol row, over the one that may be there. False, and nothing is written, when another request has given
 * the session another id since it was read.
 */
export async function upsertModel(db: Database, row: NewModel): Promise<boolean> {
  try {
    await upsertStatement(db).execute({ ...row });
    return true;
  } catch (error) {
    if (violates(error, SESSION_UID)) return false;
    throw error;
  }
}

/** As JSON for `jsonb_to_recordset`. */
const recordset = (rows: readonly NewModel[]) =>
  JSON.stringify(
    rows.map((row) => ({
      model: row.model,
      id: row.id,
      payload: row.payload,
      grant_id: row.grantId,
      uid: row.uid,
      user_code: row.userCode,
      account_id: row.accountId,
      client_id: row.clientId,
      expires_at: row.expiresAt,
    })),
  );

const issue = (tenantId: string, rows: readonly NewModel[]) => sql`
  insert into oidc_models (tenant_id, model, id, payload, grant_id, uid, user_code, account_id, client_id, expires_at)
  select ${tenantId}, issued.*
  from jsonb_to_recordset(${recordset(rows)}) as issued (model text, id text, payload jsonb, grant_id text, uid text,
    user_code text, account_id text, client_id text, expires_at timestamptz)`;

/**
 * Marks a code or token as spent and writes what is issued for it, in one statement: the condition, the mark and the
 * rows are one, so one caller wins. False when it was spent before; then nothing is written.
 */
export async function spendAndIssue(
  db: Database,
  { tenantId, model, id }: ModelKey,
  issued: readonly NewModel[],
  now: Date,
): Promise<boolean> {
  const result = await db.execute(sql`
    with spent as (
      update oidc_models set consumed_at = ${now}
      where tenant_id = ${tenantId} and model = ${model} and id = ${id} and consumed_at is null
      returning 1
    ), written as (${issue(tenantId, issued)} where exists (select from spent) on conflict do nothing)
    select from spent`);
  return result.rowCount === 1;
}

/** Writes rows that may be there already: the same successor that another request has made stays as it is. */
export async function insertModels(db: Database, rows: readonly NewModel[]): Promise<void> {
  const tenantId = rows[0]?.tenantId;
  if (tenantId !== undefined) await db.execute(sql`${issue(tenantId, rows)} on conflict do nothing`);
}

/**
 * Writes rows over those that may be there, and removes others, in one statement.
 * `once`: the one among the removed that must be there still; false when another request has removed it or has given
 * the session another id, and then nothing is written.
 */
export async function replaceModels(
  db: Database,
  tenantId: string,
  {
    written,
    removed,
    once,
  }: { written: readonly NewModel[]; removed: readonly ModelKey[]; once?: ModelKey | undefined },
): Promise<boolean> {
  const keys = removed.map(({ model, id }) => sql`(${model}, ${id})`);
  const remove = sql`delete from oidc_models where tenant_id = ${tenantId} and (model, id) in (${sql.join(keys, sql`, `)}) returning model, id`;
  // Reading from `gone` makes it come first: a session that gets a new id keeps its `uid`, which is unique.
  const gone = keys.length > 0 ? remove : sql`select '' as model, '' as id where false`;
  const found = once ? sql`exists (select from gone where model = ${once.model} and id = ${once.id})` : sql`true`;
  const set = replaced.map(([, { name }]) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`);
  const write =
    written.length > 0
      ? sql`, written as (${issue(tenantId, written)} where ${found} and (select count(*) from gone) >= 0
          on conflict (tenant_id, model, id) do update set ${sql.join(set, sql`, `)})`
      : sql``;
  try {
    const result = await db.execute<{ found: boolean }>(sql`with gone as (${gone})${write} select ${found} as found`);
    return result.rows[0]?.found === true;
  } catch (error) {
    if (violates(error, SESSION_UID)) return false;
    throw error;
  }
}

const modelById = prepareOnce((db) => db.select().from(oidcModels).where(byKey()).prepare('oidc_model_by_id'));

export async function findModel(
  db: Database,
  tenantId: string,
  model: string,
  by: { id: string } | { uid: string } | { userCode: string },
): Promise<ModelRow | undefined> {
  if ('id' in by) return (await modelById(db).execute({ tenantId, model, id: by.id }))[0];
  const match = 'uid' in by ? eq(oidcModels.uid, by.uid) : eq(oidcModels.userCode, by.userCode);
  const rows = await db
    .select()
    .from(oidcModels)
    .where(and(eq(oidcModels.tenantId, tenantId), eq(oidcModels.model, model), match));
  return rows[0];
}

/** Whether what the user granted has neither been revoked nor expired. */
export async function isGrantInForce(db: Database, tenantId: string, grantId: string, now: Date): Promise<boolean> {
  const row = await findModel(db, tenantId, 'Grant', { id: hashSecret(grantId) });
  return row !== undefined && row.expiresAt > now;
}

const tokenById = prepareOnce((db) => {
  const grants = alias(oidcModels, 'grants');
  // A row's id is the hash of the value (`hashSecret`, in SQL), and a token names its grant by the value.
  const grantKey = sql`translate(rtrim(encode(sha256(convert_to(${oidcModels.grantId}, 'UTF8')), 'base64'), '='), '+/', '-_')`;
  return db
    .select({ token: oidcModels, grant: grants })
    .from(oidcModels)
    .leftJoin(
      grants,
      and(eq(grants.tenantId, oidcModels.tenantId), eq(grants.model, sql`'Grant'`), eq(grants.id, grantKey)),
    )
    .where(
      and(
        eq(oidcModels.tenantId, sql.placeholder('tenantId')),
        sql`${oidcModels.model} in ('AccessToken', 'AuthorizationCode', 'ClientCredentials', 'RefreshToken')`,
        eq(oidcModels.id, sql.placeholder('id')),
      ),
    )
    .prepare('oidc_token_by_id');
});

/** The token of a value's hash, of whichever kind: the values are random, so no two kinds share one. */
export async function findToken(db: Database, tenantId: string, id: string): Promise<TokenRow | undefined> {
  return (await tokenById(db).execute({ tenantId, id }))[0];
}

/** Marks a row as spent. False when it was spent before: the condition and the mark are one statement, so one caller wins. */
export const consumeModel = (db: Database, key: ModelKey, now: Date): Promise<boolean> =>
  spendAndIssue(db, key, [], now);

export async function deleteModel(db: Database, tenantId: string, model: string, id: string): Promise<void> {
  await db
    .delete(oidcModels)
    .where(and(eq(oidcModels.tenantId, tenantId), eq(oidcModels.model, model), eq(oidcModels.id, id)));
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
