import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { epochMilliseconds, type Listed, readList } from '../../kernel/paging.ts';
import { textArray } from '../../kernel/relations.ts';
import { runSearch, type SearchQuery, searchCondition } from '../../kernel/search.ts';
import { resources, scopes } from '../resources/resources.table.ts';
import type { Role, RoleInList } from './roles.contract.ts';
import { roles } from './roles.table.ts';

export type RoleRow = typeof roles.$inferSelect;

const columns = sql`roles.tenant_id as "tenantId", roles.id, roles.name, roles.description, roles.type,
  roles.is_default as "isDefault"`;
const searchColumns = { id: roles.id, name: roles.name, description: roles.description };
/** Roles that the product itself stands on are not shown. */
const INTERNAL_PREFIX = '#internal:';

export interface RoleFilter {
  type?: Role['type'] | undefined;
  excludeUserId?: string | undefined;
  excludeApplicationId?: string | undefined;
  search?: SearchQuery | undefined;
}

const matching = (search: SearchQuery | undefined): SQL =>
  search ? sql`and ${searchCondition(search, searchColumns)}` : sql``;

export function listRoles(
  db: Database,
  tenantId: string,
  filter: RoleFilter,
  page: Page | undefined,
): Promise<Listed<Role>> {
  const { type, excludeUserId, excludeApplicationId, search } = filter;
  const from = sql`roles where roles.tenant_id = ${tenantId} and not starts_with(roles.name, ${INTERNAL_PREFIX})
    ${type === undefined ? sql`` : sql`and roles.type = ${type}`}
    ${excludeUserId === undefined ? sql`` : sql`and not exists (${held('users', tenantId, excludeUserId)} and h.role_id = roles.id)`}
    ${excludeApplicationId === undefined ? sql`` : sql`and not exists (${held('applications', tenantId, excludeApplicationId)} and h.role_id = roles.id)`}
    ${matching(search)}`;
  return runSearch(db, search, (tx) => readList<Role>(tx, { columns, from, order: sql`roles.name, roles.id` }, page));
}

/** Who holds roles: each kind has a table of its own. */
export type HolderKind = 'users' | 'applications';
const HELD = {
  users: { table: sql`users_roles`, column: sql`user_id` },
  applications: { table: sql`applications_roles`, column: sql`application_id` },
} as const;

const held = (kind: HolderKind, tenantId: string, holderId: string): SQL =>
  sql`select 1 from ${HELD[kind].table} h where h.tenant_id = ${tenantId} and h.${HELD[kind].column} = ${holderId}`;

export function listRolesOf(
  db: Database,
  tenantId: string,
  holder: { kind: HolderKind; id: string },
  search: SearchQuery | undefined,
  page: Page | undefined,
): Promise<Listed<Role>> {
  const { table, column } = HELD[holder.kind];
  const from = sql`${table} h join roles on roles.tenant_id = h.tenant_id and roles.id = h.role_id
    where h.tenant_id = ${tenantId} and h.${column} = ${holder.id} ${matching(search)}`;
  return runSearch(db, search, (tx) => readList<Role>(tx, { columns, from, order: sql`roles.name, roles.id` }, page));
}

type Holders = Omit<RoleInList, keyof Role>;

/** How many of a kind hold a role, as the database keeps count of it (migration 0300). */
const holderCount = (kind: HolderKind, tenantId: string, roleId: SQL): SQL => sql`
  (select coalesce(sum(${sql.identifier(kind)}), 0)::int from role_holders c
    where c.tenant_id = ${tenantId} and c.role_id = ${roleId})`;

/** How many hold each of the roles, and three of them: one statement for any number of roles. */
export async function findHolders(db: Database, tenantId: string, roleIds: string[]): Promise<Map<string, Holders>> {
  const featured = (kind: HolderKind, shown: SQL) => sql`
    (select coalesce(jsonb_agg(featured), '[]') from (
      select holder.* from ${HELD[kind].table} h cross join lateral (
        select ${shown} from ${sql.identifier(kind)} where tenant_id = ${tenantId} and id = h.${HELD[kind].column}) holder
      where h.tenant_id = ${tenantId} and h.role_id = wanted.id order by h.${HELD[kind].column} limit 3) featured)`;
  const { rows } = await db.execute<Record<keyof Holders | 'id', never>>(sql`
    select wanted.id,
      ${holderCount('users', tenantId, sql`wanted.id`)} as "usersCount",
      ${featured('users', sql`id, avatar, name`)} as "featuredUsers",
      ${holderCount('applications', tenantId, sql`wanted.id`)} as "applicationsCount",
      ${featured('applications', sql`id, name, type`)} as "featuredApplications"
    from unnest(${textArray(roleIds)}) as wanted (id)`);
  return new Map(rows.map(({ id, ...holders }) => [id, holders]));
}

const isRole = (tenantId: string, id: string) => and(eq(roles.tenantId, tenantId), eq(roles.id, id));

export async function findRole(db: Database, tenantId: string, id: string): Promise<RoleRow | undefined> {
  const rows = await db.select().from(roles).where(isRole(tenantId, id));
  return rows[0];
}

export const findRoles = (db: Database, tenantId: string, ids: string[]): Promise<RoleRow[]> =>
  db
    .select()
    .from(roles)
    .where(and(eq(roles.tenantId, tenantId), inArray(roles.id, ids)));

/** Kept from other changes until the transaction ends; rows that refer to it may come meanwhile. */
export async function lockRole(db: Database, tenantId: string, id: string): Promise<RoleRow | undefined> {
  const rows = await db.select().from(roles).where(isRole(tenantId, id)).for('no key update');
  return rows[0];
}

/** Holds a user or an application, so that two replacements of its roles follow each other; false for nobody. */
export async function lockHolder(
  db: Database,
  tenantId: string,
  holder: { kind: HolderKind; id: string },
): Promise<boolean> {
  const result = await db.execute(sql`
    select 1 from ${sql.identifier(holder.kind)} where tenant_id = ${tenantId} and id = ${holder.id} for no key update`);
  return result.rows.length > 0;
}

export async function findHolderType(
  db: Database,
  tenantId: string,
  applicationIds: string[],
): Promise<{ id: string; type: string }[]> {
  const result = await db.execute<{ id: string; type: string }>(sql`
    select id, type from applications where tenant_id = ${tenantId} and id = any(${textArray(applicationIds)})`);
  return result.rows;
}

export async function insertRole(db: Database, row: RoleRow): Promise<void> {
  await db.insert(roles).values(row);
}

export async function updateRole(
  db: Database,
  row: RoleRow,
  change: Partial<Pick<RoleRow, 'name' | 'description' | 'isDefault'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.update(roles).set(change).where(isRole(row.tenantId, row.id));
}

export async function deleteRole(db: Database, row: RoleRow): Promise<void> {
  await db.delete(roles).where(isRole(row.tenantId, row.id));
}

/** Gives a new user every default role; one statement, none of its rows may exist yet. */
export async function assignDefaultRoles(db: Database, tenantId: string, userId: string): Promise<void> {
  await db.execute(sql`
    insert into users_roles (tenant_id, user_id, role_id)
    select tenant_id, ${userId}, id from roles where tenant_id = ${tenantId} and is_default and type = 'User'`);
}

/** Gives new users every default role and the roles named for each; names that no role for users has are passed over. */
export async function assignRolesByName(
  db: Database,
  tenantId: string,
  assignments: { userId: string; roleNames: readonly string[] }[],
): Promise<void> {
  const named = assignments.flatMap(({ userId, roleNames }) => roleNames.map((name) => ({ userId, name })));
  await db.execute(sql`
    insert into users_roles (tenant_id, user_id, role_id)
    select r.tenant_id, u.id, r.id from roles r cross join unnest(${textArray(assignments.map(({ userId }) => userId))}) as u (id)
      where r.tenant_id = ${tenantId} and r.is_default and r.type = 'User'
    union
    select r.tenant_id, n.id, r.id
      from unnest(${textArray(named.map(({ userId }) => userId))}, ${textArray(named.map(({ name }) => name))}) as n (id, name)
      join roles r on r.tenant_id = ${tenantId} and r.name = n.name and r.type = 'User'`);
}

/** Which of these names no role for users has. */
export async function findUnknownRoleNames(
  db: Database,
  tenantId: string,
  names: readonly string[],
): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select name from unnest(${textArray(names)}) as wanted (name) where not exists (
      select 1 from roles r where r.tenant_id = ${tenantId} and r.name = wanted.name and r.type = 'User')`);
  return rows.map(({ name }) => name);
}

// Scopes of roles ----------------------------------------------------------------------------------------------------

const scopeColumns = sql`scopes.tenant_id as "tenantId", scopes.id, scopes.resource_id as "resourceId", scopes.name,
  scopes.description, ${epochMilliseconds(sql`scopes.created_at`)} as "createdAt",
  jsonb_build_object('tenantId', resources.tenant_id, 'id', resources.id, 'name', resources.name,
    'indicator', resources.indicator, 'isDefault', resources.is_default,
    'accessTokenTtl', resources.access_token_ttl) as resource`;

export interface RoleScope {
  tenantId: string;
  id: string;
  resourceId: string;
  name: string;
  description: string | null;
  createdAt: number;
  resource: {
    tenantId: string;
    id: string;
    name: string;
    indicator: string;
    isDefault: boolean;
    accessTokenTtl: number;
  };
}

const scopeSearch = { id: scopes.id, name: scopes.name, description: scopes.description };
const withResource = sql`join ${scopes} on scopes.tenant_id = rs.tenant_id and scopes.id = rs.scope_id
  join ${resources} on resources.tenant_id = scopes.tenant_id and resources.id = scopes.resource_id`;

export function listScopesOfRole(
  db: Database,
  tenantId: string,
  roleId: string,
  search: SearchQuery | undefined,
  page: Page | undefined,
): Promise<Listed<RoleScope>> {
  const from = sql`roles_scopes rs ${withResource} where rs.tenant_id = ${tenantId} and rs.role_id = ${roleId}
    ${search ? sql`and ${searchCondition(search, scopeSearch)}` : sql``}`;
  const order = sql`resources.name, scopes.name, scopes.id`;
  return runSearch(db, search, (tx) => readList<RoleScope>(tx, { columns: scopeColumns, from, order }, page));
}

/** Scopes by id, with the API of each. */
export async function findScopes(db: Database, tenantId: string, ids: readonly string[]): Promise<RoleScope[]> {
  const { rows } = await db.execute(sql`
    select ${scopeColumns} from scopes
    join resources on resources.tenant_id = scopes.tenant_id and resources.id = scopes.resource_id
    where scopes.tenant_id = ${tenantId} and scopes.id = any(${textArray(ids)}) order by scopes.name`);
  return rows as unknown as RoleScope[];
}
