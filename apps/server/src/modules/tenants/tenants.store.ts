import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { textArray } from '../../kernel/relations.ts';
import { ADMIN_TENANT } from '../../kernel/tenancy.ts';
import { operatorLinks, tenants } from './tenants.table.ts';

export type TenantRow = typeof tenants.$inferSelect;
export type OperatorLinkRow = typeof operatorLinks.$inferSelect;

/** Inserts the tenant; false when there is one with this id. */
export async function insertTenant(db: Database, row: TenantRow): Promise<boolean> {
  const rows = await db.insert(tenants).values(row).onConflictDoNothing().returning({ id: tenants.id });
  return rows.length === 1;
}

export async function findTenant(db: Database, id: string): Promise<TenantRow | undefined> {
  const rows = await db.select().from(tenants).where(eq(tenants.id, id));
  return rows[0];
}

export const listTenantIds = async (db: Database): Promise<string[]> =>
  (await db.select({ id: tenants.id }).from(tenants).orderBy(tenants.id)).map((row) => row.id);

// Authorization that every tenant starts with -----------------------------------------------------------------------

export interface ApiSeed {
  resourceId: string;
  name: string;
  indicator: string;
  scopeId: string;
  scopeDescription: string;
  roleId: string;
  roleName: string;
  roleDescription: string;
  roleType: 'User' | 'MachineToMachine';
}

/** A resource with its one scope `all` and a role that holds it. Leaves what exists as it is. */
export async function seedApi(db: Database, tenantId: string, now: Date, seed: ApiSeed): Promise<void> {
  await db.execute(sql`
    insert into resources (tenant_id, id, name, indicator, created_at)
    values (${tenantId}, ${seed.resourceId}, ${seed.name}, ${seed.indicator}, ${now}) on conflict do nothing`);
  await db.execute(sql`
    insert into scopes (tenant_id, id, resource_id, name, description, created_at)
    values (${tenantId}, ${seed.scopeId}, ${seed.resourceId}, 'all', ${seed.scopeDescription}, ${now}) on conflict do nothing`);
  await db.execute(sql`
    insert into roles (tenant_id, id, name, description, type, created_at)
    values (${tenantId}, ${seed.roleId}, ${seed.roleName}, ${seed.roleDescription}, ${seed.roleType}, ${now}) on conflict do nothing`);
  await db.execute(sql`
    insert into roles_scopes (tenant_id, role_id, scope_id)
    values (${tenantId}, ${seed.roleId}, ${seed.scopeId}) on conflict do nothing`);
}

/** Adds what is missing of the Management API's scopes, in one tenant or in all. */
export async function seedManagementScopes(
  db: Database,
  now: Date,
  list: readonly { name: string; description: string }[],
  tenantId?: string,
): Promise<void> {
  const within = tenantId === undefined ? sql`` : sql`and r.tenant_id = ${tenantId}`;
  await db.execute(sql`
    insert into scopes (tenant_id, id, resource_id, name, description, created_at)
    select r.tenant_id, left(md5(r.id || ' ' || s.name), 21), r.id, s.name, s.description, ${now}::timestamptz
    from resources r cross join unnest(
      ${textArray(list.map(({ name }) => name))}, ${textArray(list.map(({ description }) => description))}
    ) as s (name, description)
    where r.indicator ~ '^https://[a-z0-9-]+[.]logto[.]app/api$' ${within}
    on conflict do nothing`);
}

const FINGERPRINT_SETTING = 'management-scopes';

/** Which list of scopes the tenants have been given. */
export async function findScopesFingerprint(db: Database): Promise<string | undefined> {
  const result = await db.execute<{ value: string }>(
    sql`select value from tenant_settings where tenant_id = ${ADMIN_TENANT} and key = ${FINGERPRINT_SETTING}`,
  );
  return result.rows[0]?.value;
}

export async function saveScopesFingerprint(db: Database, fingerprint: string): Promise<void> {
  await db.execute(sql`
    insert into tenant_settings (tenant_id, key, value)
    values (${ADMIN_TENANT}, ${FINGERPRINT_SETTING}, ${JSON.stringify(fingerprint)}::jsonb)
    on conflict (tenant_id, key) do update set value = excluded.value`);
}

export async function insertRole(
  db: Database,
  row: { tenantId: string; id: string; name: string; description: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    insert into roles (tenant_id, id, name, description, type, created_at)
    values (${row.tenantId}, ${row.id}, ${row.name}, ${row.description}, 'User', ${row.now}) on conflict do nothing`);
}

/** Gives a user every role of the tenant whose name ends in `:admin`: an administrator of each tenant there is. */
export async function grantAdminRoles(db: Database, tenantId: string, userId: string): Promise<void> {
  await db.execute(sql`
    insert into users_roles (tenant_id, user_id, role_id)
    select tenant_id, ${userId}, id from roles where tenant_id = ${tenantId} and (name like '%:admin' or name = 'user')
    on conflict do nothing`);
}

export async function listAdministratorIds(db: Database, tenantId: string): Promise<string[]> {
  const result = await db.execute<{ user_id: string }>(sql`
    select distinct users_roles.user_id from users_roles
    join roles on roles.tenant_id = users_roles.tenant_id and roles.id = users_roles.role_id
    where users_roles.tenant_id = ${tenantId} and roles.name like '%:admin' order by users_roles.user_id`);
  return result.rows.map((row) => row.user_id);
}

export async function countAdministrators(db: Database, tenantId: string): Promise<number> {
  const result = await db.execute<{ count: string }>(sql`
    select count(distinct users_roles.user_id) as count from users_roles
    join roles on roles.tenant_id = users_roles.tenant_id and roles.id = users_roles.role_id
    where users_roles.tenant_id = ${tenantId} and roles.name like '%:admin'`);
  return Number(result.rows[0]?.count ?? 0);
}

/** Gives an application every machine role that holds scope `all` of the resource. */
export async function grantApiToApplication(
  db: Database,
  tenantId: string,
  applicationId: string,
  roleId: string,
): Promise<void> {
  await db.execute(sql`
    insert into applications_roles (tenant_id, application_id, role_id)
    values (${tenantId}, ${applicationId}, ${roleId}) on conflict do nothing`);
}

// Operators' one-time links ------------------------------------------------------------------------------------------

export async function insertOperatorLink(db: Database, row: OperatorLinkRow): Promise<void> {
  await db.insert(operatorLinks).values(row);
}

/** A link that can still be used. */
export async function findOpenLink(
  db: Database,
  tenantId: string,
  secretHash: string,
  now: Date,
): Promise<OperatorLinkRow | undefined> {
  const rows = await db
    .select()
    .from(operatorLinks)
    .where(
      and(
        eq(operatorLinks.tenantId, tenantId),
        eq(operatorLinks.secretHash, secretHash),
        isNull(operatorLinks.consumedAt),
        gt(operatorLinks.expiresAt, now),
      ),
    );
  return rows[0];
}

/** Spends a link. False when somebody was quicker: look and mark are one statement. */
export async function consumeLink(db: Database, tenantId: string, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(operatorLinks)
    .set({ consumedAt: now })
    .where(and(eq(operatorLinks.tenantId, tenantId), eq(operatorLinks.id, id), isNull(operatorLinks.consumedAt)))
    .returning({ id: operatorLinks.id });
  return rows.length === 1;
}

/** Whether a set-up link was ever given out, used or not. */
export async function hasSetupLink(db: Database, tenantId: string): Promise<boolean> {
  const rows = await db
    .select({ id: operatorLinks.id })
    .from(operatorLinks)
    .where(and(eq(operatorLinks.tenantId, tenantId), eq(operatorLinks.kind, 'setup')))
    .limit(1);
  return rows.length > 0;
}
