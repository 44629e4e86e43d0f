import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import type { NewConsentScopes, ScopeType, UserScope } from './consents.contract.ts';

/** Whose ceiling: one application's, or that of all clients known by a metadata document (null). */
export type ScopeOwner = string | null;

const ownerOf = (owner: ScopeOwner): string => owner ?? 'cimd';

/** Ids as one parameter, whatever their number. */
const list = (ids: readonly string[]): SQL => sql`unnest(${sql.param([...ids])}::text[])`;

export interface ScopeRow extends Record<string, unknown> {
  id: string;
  name: string;
  description: string | null;
}

export interface ResourceScopeRow extends ScopeRow {
  resourceId: string;
  resourceName: string;
  indicator: string;
  inOrganization: boolean;
}

export async function listUserScopes(db: Database, tenantId: string, owner: ScopeOwner): Promise<UserScope[]> {
  const result = await db.execute<{ name: UserScope }>(sql`
    select user_scope as name from consent_user_scopes
    where tenant_id = ${tenantId} and owner = ${ownerOf(owner)} order by 1`);
  return result.rows.map(({ name }) => name);
}

export async function listResourceScopes(
  db: Database,
  tenantId: string,
  owner: ScopeOwner,
): Promise<ResourceScopeRow[]> {
  const result = await db.execute<ResourceScopeRow>(sql`
    select s.id, s.name, s.description, r.id as "resourceId", r.name as "resourceName", r.indicator,
      c.in_organization as "inOrganization"
    from consent_resource_scopes c
    join scopes s on s.tenant_id = c.tenant_id and s.id = c.scope_id
    join resources r on r.tenant_id = s.tenant_id and r.id = s.resource_id
    where c.tenant_id = ${tenantId} and c.owner = ${ownerOf(owner)}
    order by r.indicator, s.name`);
  return result.rows;
}

export async function listOrganizationScopes(db: Database, tenantId: string, owner: ScopeOwner): Promise<ScopeRow[]> {
  const result = await db.execute<ScopeRow>(sql`
    select s.id, s.name, s.description
    from consent_organization_scopes c
    join organization_scopes s on s.tenant_id = c.tenant_id and s.id = c.organization_scope_id
    where c.tenant_id = ${tenantId} and c.owner = ${ownerOf(owner)}
    order by s.name`);
  return result.rows;
}

/** True when one of the scopes belongs to the API of this indicator. */
export async function belongToResource(
  db: Database,
  tenantId: string,
  scopeIds: readonly string[],
  indicator: string,
): Promise<boolean> {
  const result = await db.execute(sql`
    select from scopes s join resources r on r.tenant_id = s.tenant_id and r.id = s.resource_id
    where s.tenant_id = ${tenantId} and s.id in (select ${list(scopeIds)}) and r.indicator = ${indicator} limit 1`);
  return result.rowCount === 1;
}

/** Adds what is not allowed yet; an id of nothing violates its foreign key. */
export async function addScopes(
  db: Database,
  tenantId: string,
  owner: ScopeOwner,
  added: NewConsentScopes,
): Promise<void> {
  const { userScopes = [], organizationScopes = [] } = added;
  if (userScopes.length > 0) {
    await db.execute(sql`insert into consent_user_scopes (tenant_id, application_id, user_scope)
      select ${tenantId}, ${owner}, ${list(userScopes)} on conflict do nothing`);
  }
  if (organizationScopes.length > 0) {
    await db.execute(sql`insert into consent_organization_scopes (tenant_id, application_id, organization_scope_id)
      select ${tenantId}, ${owner}, ${list(organizationScopes)} on conflict do nothing`);
  }
  for (const inOrganization of [false, true]) {
    const ids = (inOrganization ? added.organizationResourceScopes : added.resourceScopes) ?? [];
    if (ids.length === 0) continue;
    await db.execute(sql`insert into consent_resource_scopes (tenant_id, application_id, in_organization, scope_id)
      select ${tenantId}, ${owner}, ${inOrganization}, ${list(ids)} on conflict do nothing`);
  }
}

export async function removeAllScopes(db: Database, tenantId: string, owner: ScopeOwner): Promise<void> {
  const of = sql`where tenant_id = ${tenantId} and owner = ${ownerOf(owner)}`;
  await db.execute(sql`delete from consent_user_scopes ${of}`);
  await db.execute(sql`delete from consent_organization_scopes ${of}`);
  await db.execute(sql`delete from consent_resource_scopes ${of}`);
}

export async function removeScope(
  db: Database,
  tenantId: string,
  owner: ScopeOwner,
  type: ScopeType,
  scopeId: string,
): Promise<boolean> {
  const targets: Record<ScopeType, SQL> = {
    'user-scopes': sql`consent_user_scopes where user_scope = ${scopeId}`,
    'organization-scopes': sql`consent_organization_scopes where organization_scope_id = ${scopeId}`,
    'resource-scopes': sql`consent_resource_scopes where scope_id = ${scopeId} and not in_organization`,
    'organization-resource-scopes': sql`consent_resource_scopes where scope_id = ${scopeId} and in_organization`,
  };
  const result = await db.execute(
    sql`delete from ${targets[type]} and tenant_id = ${tenantId} and owner = ${ownerOf(owner)}`,
  );
  return (result.rowCount ?? 0) > 0;
}

// Organizations ----------------------------------------------------------------------------------------------------

export interface ConsentKey {
  userId: string;
  clientId: string;
}

export interface OrganizationRow extends Record<string, unknown> {
  tenantId: string;
  id: string;
  name: string;
  description: string | null;
  customData: Record<string, unknown>;
  isMfaRequired: boolean;
  color: Record<string, never>;
  branding: Record<string, never>;
  customCss: string | null;
  createdAt: Date;
}

const granted = (tenantId: string, { userId, clientId }: ConsentKey): SQL =>
  sql`c.tenant_id = ${tenantId} and c.user_id = ${userId} and c.client_id = ${clientId}`;

export async function listOrganizations(
  db: Database,
  tenantId: string,
  key: ConsentKey,
  page: Page | undefined,
): Promise<{ rows: OrganizationRow[]; total: number }> {
  const paging = page ? sql`limit ${page.limit} offset ${page.offset}` : sql``;
  const result = await db.execute<OrganizationRow & { total: string }>(sql`
    select o.tenant_id as "tenantId", o.id, o.name, o.description, o.custom_data as "customData",
      o.is_mfa_required as "isMfaRequired", o.color, o.branding, o.custom_css as "customCss",
      o.created_at as "createdAt", count(*) over () as total
    from consent_organizations c
    join organizations o on o.tenant_id = c.tenant_id and o.id = c.organization_id
    where ${granted(tenantId, key)} order by c.created_at, o.id ${paging}`);
  return {
    rows: result.rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) })),
    total: Number(result.rows[0]?.total ?? 0),
  };
}

export async function isOrganizationGranted(
  db: Database,
  tenantId: string,
  key: ConsentKey,
  organizationId: string,
): Promise<boolean> {
  const result = await db.execute(sql`
    select from consent_organizations c where ${granted(tenantId, key)} and c.organization_id = ${organizationId}`);
  return result.rowCount === 1;
}

/** How many of the organizations the user is a member of. */
export async function countMemberships(
  db: Database,
  tenantId: string,
  userId: string,
  organizationIds: readonly string[],
): Promise<number> {
  const result = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from organization_users
    where tenant_id = ${tenantId} and user_id = ${userId} and organization_id in (select ${list(organizationIds)})`);
  return result.rows[0]?.count ?? 0;
}

export async function addOrganizations(
  db: Database,
  tenantId: string,
  key: ConsentKey & { isCimd: boolean },
  organizationIds: readonly string[],
  now: Date,
): Promise<void> {
  if (organizationIds.length === 0) return;
  const column = key.isCimd ? sql`cimd_client_id` : sql`application_id`;
  await db.execute(sql`
    insert into consent_organizations (tenant_id, user_id, ${column}, created_at, organization_id)
    select ${tenantId}, ${key.userId}, ${key.clientId}, ${now.toISOString()}::timestamptz, ${list(organizationIds)}
    on conflict do nothing`);
}

export async function removeOrganizations(db: Database, tenantId: string, key: ConsentKey): Promise<void> {
  await db.execute(sql`delete from consent_organizations c where ${granted(tenantId, key)}`);
}

export async function removeOrganization(
  db: Database,
  tenantId: string,
  key: ConsentKey,
  organizationId: string,
): Promise<boolean> {
  const result = await db.execute(sql`
    delete from consent_organizations c where ${granted(tenantId, key)} and c.organization_id = ${organizationId}`);
  return (result.rowCount ?? 0) > 0;
}
