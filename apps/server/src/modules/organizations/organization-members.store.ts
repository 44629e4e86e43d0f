import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { epochMilliseconds, readList } from '../../kernel/paging.ts';
import { type Relation, textArray } from '../../kernel/relations.ts';
import { type OrganizationRoleRow, roleColumns } from './organization-template.store.ts';

/** Users and machine applications are members in tables of their own, of the same shape. */
export type MemberKind = 'users' | 'applications';

const TABLES = {
  users: { members: 'organization_users', roles: 'organization_user_roles', column: 'user_id' },
  applications: {
    members: 'organization_applications',
    roles: 'organization_application_roles',
    column: 'application_id',
  },
} as const;

interface Place {
  tenantId: string;
  organizationId: string;
  kind: MemberKind;
}

/** The roles of one member as a relation. */
export const rolesRelation = ({ tenantId, organizationId, kind }: Place, memberId: string): Relation => ({
  table: TABLES[kind].roles,
  owner: { tenant_id: tenantId, organization_id: organizationId, [TABLES[kind].column]: memberId },
  column: 'organization_role_id',
});

/** The members of an organization as a relation, for removal. */
export const membersRelation = ({ tenantId, organizationId, kind }: Place): Relation => ({
  table: TABLES[kind].members,
  owner: { tenant_id: tenantId, organization_id: organizationId },
  column: TABLES[kind].column,
});

/** Adds members; answers who was none before. */
export async function addMembers(db: Database, place: Place, ids: readonly string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return [];
  const { members, column } = TABLES[place.kind];
  const result = await db.execute<{ id: string }>(sql`
    insert into ${sql.identifier(members)} (tenant_id, organization_id, ${sql.identifier(column)}, joined_at)
    select ${place.tenantId}, ${place.organizationId}, id, ${now}::timestamptz from unnest(${textArray(ids)}) as added (id)
    on conflict do nothing returning ${sql.identifier(column)} as id`);
  return result.rows.map(({ id }) => id);
}

/** Makes one a member of organizations; answers in which there was no membership before. */
export async function addMemberships(
  db: Database,
  { tenantId, kind, memberId }: Omit<Place, 'organizationId'> & { memberId: string },
  organizationIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const { members, column } = TABLES[kind];
  const result = await db.execute<{ id: string }>(sql`
    insert into ${sql.identifier(members)} (tenant_id, organization_id, ${sql.identifier(column)}, joined_at)
    select ${tenantId}, id, ${memberId}, ${now}::timestamptz from unnest(${textArray(organizationIds)}) as joined (id)
    on conflict do nothing returning organization_id as id`);
  return result.rows.map(({ id }) => id);
}

/** Removes everybody but `ids`; answers who was removed. */
export async function removeOtherMembers(db: Database, place: Place, ids: readonly string[]): Promise<string[]> {
  const { members, column } = TABLES[place.kind];
  const result = await db.execute<{ id: string }>(sql`
    delete from ${sql.identifier(members)}
    where tenant_id = ${place.tenantId} and organization_id = ${place.organizationId}
      and not (${sql.identifier(column)} = any(${textArray(ids)}))
    returning ${sql.identifier(column)} as id`);
  return result.rows.map(({ id }) => id);
}

/** Which of `ids` are members. */
export async function findMembers(db: Database, place: Place, ids: readonly string[]): Promise<{ id: string }[]> {
  const { members, column } = TABLES[place.kind];
  const result = await db.execute<{ id: string }>(sql`
    select ${sql.identifier(column)} as id from ${sql.identifier(members)}
    where tenant_id = ${place.tenantId} and organization_id = ${place.organizationId}
      and ${sql.identifier(column)} = any(${textArray(ids)})`);
  return result.rows;
}

export interface MemberFacts {
  id: string;
  joinedAt: number;
  lastActiveAt: number | null;
  organizationRoles: { id: string; name: string }[];
}

/** Roles and times of some members of an organization: one statement for a page of them. */
export async function findMemberFacts(
  db: Database,
  place: Place,
  ids: readonly string[],
): Promise<Map<string, MemberFacts>> {
  const { members, roles, column } = TABLES[place.kind];
  const member = sql.identifier(column);
  const lastActive = place.kind === 'users' ? epochMilliseconds(sql`m.last_active_at`) : sql`null`;
  const result = await db.execute<Record<keyof MemberFacts, never>>(sql`
    select m.${member} as id, ${epochMilliseconds(sql`m.joined_at`)} as "joinedAt", ${lastActive} as "lastActiveAt",
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by r.name), '[]')
        from ${sql.identifier(roles)} h
        join organization_roles r on r.tenant_id = h.tenant_id and r.id = h.organization_role_id
        where h.tenant_id = m.tenant_id and h.organization_id = m.organization_id and h.${member} = m.${member}
      ) as "organizationRoles"
    from ${sql.identifier(members)} m
    where m.tenant_id = ${place.tenantId} and m.organization_id = ${place.organizationId}
      and m.${member} = any(${textArray(ids)})`);
  return new Map(result.rows.map((row) => [row.id, row]));
}

/** The roles of one member, by name. */
export function listRolesOfMember(db: Database, place: Place, memberId: string, page: Page | undefined) {
  const { roles, column } = TABLES[place.kind];
  return readList<Omit<OrganizationRoleRow, 'createdAt'>>(
    db,
    {
      columns: roleColumns,
      from: sql`${sql.identifier(roles)} h
        join organization_roles r on r.tenant_id = h.tenant_id and r.id = h.organization_role_id
        where h.tenant_id = ${place.tenantId} and h.organization_id = ${place.organizationId}
          and h.${sql.identifier(column)} = ${memberId}`,
      order: sql`r.name, r.id`,
    },
    page,
  );
}

/** Gives each of the members each of the roles; what is held already stays. */
export async function assignRoles(
  db: Database,
  place: Place,
  memberIds: readonly string[],
  roleIds: readonly string[],
): Promise<void> {
  const { roles, column } = TABLES[place.kind];
  await db.execute(sql`
    insert into ${sql.identifier(roles)} (tenant_id, organization_id, ${sql.identifier(column)}, organization_role_id)
    select ${place.tenantId}, ${place.organizationId}, m.id, r.id
    from unnest(${textArray(memberIds)}) as m (id) cross join unnest(${textArray(roleIds)}) as r (id)
    on conflict do nothing`);
}

/** Ids of applications among `ids` that are not machines. */
export async function findOtherThanMachines(db: Database, tenantId: string, ids: readonly string[]): Promise<string[]> {
  const result = await db.execute<{ id: string }>(sql`
    select id from applications
    where tenant_id = ${tenantId} and id = any(${textArray(ids)}) and type <> 'MachineToMachine'`);
  return result.rows.map(({ id }) => id);
}
