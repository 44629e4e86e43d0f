import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { epochMilliseconds } from '../../kernel/paging.ts';

/** Who is a member: a user, or a machine application. */
export type Member = { userId: string } | { applicationId: string };

/** What tells the two kinds of members apart in SQL. */
const tablesOf = (member: Member) =>
  'userId' in member
    ? { members: sql`organization_users`, roles: sql`organization_user_roles`, column: sql`user_id`, id: member.userId }
    : {
        members: sql`organization_applications`,
        roles: sql`organization_application_roles`,
        column: sql`application_id`,
        id: member.applicationId,
      };

export interface Membership {
  organizationId: string;
  name: string;
  description: string | null;
  isMfaRequired: boolean;
  roles: { id: string; name: string }[];
  joinedAt: number;
  /** Users only. */
  lastActiveAt: number | null;
}

/** Every organization of a member, with the roles held there, in one statement. */
export async function listMemberships(db: Database, tenantId: string, member: Member): Promise<Membership[]> {
  const { members, roles, column, id } = tablesOf(member);
  const lastActive = 'userId' in member ? epochMilliseconds(sql`m.last_active_at`) : sql`null`;
  const result = await db.execute<Record<keyof Membership, never>>(sql`
    select o.id as "organizationId", o.name, o.description, o.is_mfa_required as "isMfaRequired",
      ${epochMilliseconds(sql`m.joined_at`)} as "joinedAt", ${lastActive} as "lastActiveAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by r.name)
        from ${roles} h join organization_roles r on r.tenant_id = h.tenant_id and r.id = h.organization_role_id
        where h.tenant_id = m.tenant_id and h.organization_id = m.organization_id and h.${column} = m.${column}), '[]') as roles
    from ${members} m join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
    where m.tenant_id = ${tenantId} and m.${column} = ${id}
    order by m.joined_at, o.id`);
  return result.rows;
}

/** Whether the member belongs to the organization, and what the organization asks of members; undefined for no member. */
export async function findMembership(
  db: Database,
  tenantId: string,
  organizationId: string,
  member: Member,
): Promise<{ isMfaRequired: boolean } | undefined> {
  const { members, column, id } = tablesOf(member);
  const result = await db.execute<{ isMfaRequired: boolean }>(sql`
    select o.is_mfa_required as "isMfaRequired"
    from ${members} m join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
    where m.tenant_id = ${tenantId} and m.organization_id = ${organizationId} and m.${column} = ${id}`);
  return result.rows[0];
}

export interface OrganizationScope {
  id: string;
  name: string;
  description: string | null;
}

/** The organization scopes that the member's roles in the organization hold. */
export async function listOrganizationScopesOf(
  db: Database,
  tenantId: string,
  organizationId: string,
  member: Member,
): Promise<OrganizationScope[]> {
  const { roles, column, id } = tablesOf(member);
  const result = await db.execute<Record<keyof OrganizationScope, never>>(sql`
    select distinct s.id, s.name, s.description
    from ${roles} h
    join organization_role_scopes rs on rs.tenant_id = h.tenant_id and rs.organization_role_id = h.organization_role_id
    join organization_scopes s on s.tenant_id = rs.tenant_id and s.id = rs.organization_scope_id
    where h.tenant_id = ${tenantId} and h.organization_id = ${organizationId} and h.${column} = ${id}
    order by s.name`);
  return result.rows;
}

/**
 * Names of an API's scopes that the member holds: by own roles, and by roles in organizations;
 * of the latter only those in `organizationId` when it is given (features 7).
 */
export async function listResourceScopesOf(
  db: Database,
  tenantId: string,
  resourceId: string,
  member: Member,
  organizationId?: string,
): Promise<string[]> {
  const { roles, column, id } = tablesOf(member);
  const own = 'userId' in member ? sql`users_roles` : sql`applications_roles`;
  const chosen = organizationId === undefined ? sql`` : sql`and h.organization_id = ${organizationId}`;
  const result = await db.execute<{ name: string }>(sql`
    select s.name from ${own} h
    join roles_scopes rs on rs.tenant_id = h.tenant_id and rs.role_id = h.role_id
    join scopes s on s.tenant_id = rs.tenant_id and s.id = rs.scope_id
    where h.tenant_id = ${tenantId} and h.${column} = ${id} and s.resource_id = ${resourceId}
    union
    select s.name from ${roles} h
    join organization_role_resource_scopes rs
      on rs.tenant_id = h.tenant_id and rs.organization_role_id = h.organization_role_id
    join scopes s on s.tenant_id = rs.tenant_id and s.id = rs.scope_id
    where h.tenant_id = ${tenantId} and h.${column} = ${id} and s.resource_id = ${resourceId} ${chosen}
    order by 1`);
  return result.rows.map(({ name }) => name);
}

/** How exact the noted time of the last activity is: a member's tokens within it cost no further write. */
const ACTIVITY_STEP = "interval '5 minutes'";

/** Notes that a user acts in the organization. */
export async function recordActivity(
  db: Database,
  key: { tenantId: string; organizationId: string; userId: string },
  now: Date,
): Promise<void> {
  await db.execute(sql`
    update organization_users set last_active_at = ${now}
    where tenant_id = ${key.tenantId} and organization_id = ${key.organizationId} and user_id = ${key.userId}
      and (last_active_at is null or last_active_at < ${now}::timestamptz - ${sql.raw(ACTIVITY_STEP)})`);
}
