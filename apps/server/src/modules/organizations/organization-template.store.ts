import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { epochMilliseconds, type Listed, readList } from '../../kernel/paging.ts';
import { textArray } from '../../kernel/relations.ts';
import { containingPattern } from '../../kernel/search.ts';
import { organizationRoles, organizationScopes } from './organizations.table.ts';

export type OrganizationScopeRow = typeof organizationScopes.$inferSelect;
export type OrganizationRoleRow = typeof organizationRoles.$inferSelect;
type Named = { id: string; name: string };
export type OrganizationRoleInList = Omit<OrganizationRoleRow, 'createdAt'> & {
  scopes: Named[];
  resourceScopes: (Named & { resource: Named })[];
};

/** Text in name, description or id. */
function matching(alias: SQL, q: string | undefined): SQL {
  const pattern = containingPattern(q);
  if (pattern === undefined) return sql``;
  return sql`and (${alias}.name || ' ' || coalesce(${alias}.description, '') || ' ' || ${alias}.id) ilike ${pattern}`;
}

// Scopes -------------------------------------------------------------------------------------------------------------

const scopeColumns = sql`s.tenant_id as "tenantId", s.id, s.name, s.description`;
export type OrganizationScopeInList = Omit<OrganizationScopeRow, 'createdAt'>;

export const listScopes = (db: Database, tenantId: string, q: string | undefined, page: Page | undefined) =>
  readList<OrganizationScopeInList>(
    db,
    {
      columns: scopeColumns,
      from: sql`organization_scopes s where s.tenant_id = ${tenantId} ${matching(sql`s`, q)}`,
      order: sql`s.name, s.id`,
    },
    page,
  );

export const listScopesOfRole = (db: Database, tenantId: string, roleId: string, page: Page | undefined) =>
  readList<OrganizationScopeInList>(
    db,
    {
      columns: scopeColumns,
      from: sql`organization_role_scopes rs
        join organization_scopes s on s.tenant_id = rs.tenant_id and s.id = rs.organization_scope_id
        where rs.tenant_id = ${tenantId} and rs.organization_role_id = ${roleId}`,
      order: sql`s.name, s.id`,
    },
    page,
  );

const isScope = (tenantId: string, id: string) =>
  and(eq(organizationScopes.tenantId, tenantId), eq(organizationScopes.id, id));

export async function findScope(db: Database, tenantId: string, id: string): Promise<OrganizationScopeRow | undefined> {
  const rows = await db.select().from(organizationScopes).where(isScope(tenantId, id));
  return rows[0];
}

export async function insertScope(db: Database, row: OrganizationScopeRow): Promise<void> {
  await db.insert(organizationScopes).values(row);
}

export async function updateScope(
  db: Database,
  row: OrganizationScopeRow,
  change: Partial<Pick<OrganizationScopeRow, 'name' | 'description'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.update(organizationScopes).set(change).where(isScope(row.tenantId, row.id));
}

export async function deleteScope(db: Database, row: OrganizationScopeRow): Promise<void> {
  await db.delete(organizationScopes).where(isScope(row.tenantId, row.id));
}

// Roles --------------------------------------------------------------------------------------------------------------

/** Columns of a role as the wire has them; the statement calls it `r`. */
export const roleColumns = sql`r.tenant_id as "tenantId", r.id, r.name, r.description, r.type,
  r.organization_id as "organizationId"`;

/** The template's roles, and the own ones of `organizationId`, with what each allows: one statement a page. */
export function listRoles(
  db: Database,
  tenantId: string,
  filter: { q?: string | undefined; organizationId?: string | undefined },
  page: Page | undefined,
): Promise<Listed<OrganizationRoleInList>> {
  const scopes = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name), '[]')
    from organization_role_scopes rs
    join organization_scopes s on s.tenant_id = rs.tenant_id and s.id = rs.organization_scope_id
    where rs.tenant_id = r.tenant_id and rs.organization_role_id = r.id) as scopes`;
  const resourceScopes = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name,
      'resource', jsonb_build_object('id', a.id, 'name', a.name)) order by a.name, s.name), '[]')
    from organization_role_resource_scopes rs
    join scopes s on s.tenant_id = rs.tenant_id and s.id = rs.scope_id
    join resources a on a.tenant_id = s.tenant_id and a.id = s.resource_id
    where rs.tenant_id = r.tenant_id and rs.organization_role_id = r.id) as "resourceScopes"`;
  const own = filter.organizationId === undefined ? sql`` : sql`or r.organization_id = ${filter.organizationId}`;
  return readList<OrganizationRoleInList>(
    db,
    {
      columns: sql`${roleColumns}, ${scopes}, ${resourceScopes}`,
      from: sql`organization_roles r
        where r.tenant_id = ${tenantId} and (r.organization_id is null ${own}) ${matching(sql`r`, filter.q)}`,
      order: sql`r.name, r.id`,
    },
    page,
  );
}

const isRole = (tenantId: string, id: string) =>
  and(eq(organizationRoles.tenantId, tenantId), eq(organizationRoles.id, id));

export async function findRole(db: Database, tenantId: string, id: string): Promise<OrganizationRoleRow | undefined> {
  const rows = await db.select().from(organizationRoles).where(isRole(tenantId, id));
  return rows[0];
}

export const findRoles = (db: Database, tenantId: string, ids: string[]): Promise<OrganizationRoleRow[]> =>
  db
    .select()
    .from(organizationRoles)
    .where(and(eq(organizationRoles.tenantId, tenantId), inArray(organizationRoles.id, ids)));

/** Roles of these names that members of the organization may hold: the template's and its own. */
export const findRolesByName = (
  db: Database,
  tenantId: string,
  organizationId: string,
  names: string[],
): Promise<OrganizationRoleRow[]> =>
  db
    .select()
    .from(organizationRoles)
    .where(
      and(
        eq(organizationRoles.tenantId, tenantId),
        inArray(organizationRoles.name, names),
        sql`(${organizationRoles.organizationId} is null or ${organizationRoles.organizationId} = ${organizationId})`,
      ),
    );

/** Kept from other changes until the transaction ends. */
export async function lockRole(db: Database, tenantId: string, id: string): Promise<OrganizationRoleRow | undefined> {
  const rows = await db.select().from(organizationRoles).where(isRole(tenantId, id)).for('no key update');
  return rows[0];
}

/**
 * True when a role of the name would be mistaken for this one: within an organization a name stands for one role,
 * because tokens carry names. Holds others back who want the same name, until the transaction ends.
 */
export async function nameIsTaken(
  db: Database,
  role: Pick<OrganizationRoleRow, 'tenantId' | 'id' | 'name' | 'organizationId'>,
): Promise<boolean> {
  const key = `organization-role:${role.tenantId}:${role.name}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  // An own role meets the template's and the organization's; one of the template meets all.
  const among =
    role.organizationId === null
      ? sql`true`
      : sql`(organization_id is null or organization_id = ${role.organizationId})`;
  const result = await db.execute(sql`
    select 1 from organization_roles
    where tenant_id = ${role.tenantId} and name = ${role.name} and id <> ${role.id} and ${among} limit 1`);
  return result.rows.length > 0;
}

export async function roleIsHeld(db: Database, tenantId: string, id: string): Promise<boolean> {
  const result = await db.execute(sql`
    select 1 from organization_user_roles where tenant_id = ${tenantId} and organization_role_id = ${id}
    union all select 1 from organization_application_roles where tenant_id = ${tenantId} and organization_role_id = ${id}
    union all select 1 from organization_jit_roles where tenant_id = ${tenantId} and organization_role_id = ${id}
    union all select 1 from organization_invitation_roles where tenant_id = ${tenantId} and organization_role_id = ${id}
    limit 1`);
  return result.rows.length > 0;
}

export async function insertRole(db: Database, row: OrganizationRoleRow): Promise<void> {
  await db.insert(organizationRoles).values(row);
}

export async function updateRole(
  db: Database,
  row: OrganizationRoleRow,
  change: Partial<Pick<OrganizationRoleRow, 'name' | 'description' | 'type'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.update(organizationRoles).set(change).where(isRole(row.tenantId, row.id));
}

export async function deleteRole(db: Database, row: OrganizationRoleRow): Promise<void> {
  await db.delete(organizationRoles).where(isRole(row.tenantId, row.id));
}

export interface ResourceScopeInList {
  tenantId: string;
  id: string;
  resourceId: string;
  name: string;
  description: string | null;
  createdAt: number;
}

export const listResourceScopesOfRole = (db: Database, tenantId: string, roleId: string, page: Page | undefined) =>
  readList<ResourceScopeInList>(
    db,
    {
      columns: sql`s.tenant_id as "tenantId", s.id, s.resource_id as "resourceId", s.name, s.description,
        ${epochMilliseconds(sql`s.created_at`)} as "createdAt"`,
      from: sql`organization_role_resource_scopes rs join scopes s on s.tenant_id = rs.tenant_id and s.id = rs.scope_id
        where rs.tenant_id = ${tenantId} and rs.organization_role_id = ${roleId}`,
      order: sql`s.name, s.id`,
    },
    page,
  );

/** Indicators of the APIs that the scopes belong to. */
export async function findIndicators(db: Database, tenantId: string, scopeIds: readonly string[]): Promise<string[]> {
  const result = await db.execute<{ indicator: string }>(sql`
    select distinct a.indicator from scopes s join resources a on a.tenant_id = s.tenant_id and a.id = s.resource_id
    where s.tenant_id = ${tenantId} and s.id = any(${textArray(scopeIds)})`);
  return result.rows.map(({ indicator }) => indicator);
}
