import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { GrantingRole, PermissionPath } from './authorization.contract.ts';

export type Subject = { userId: string } | { applicationId: string };

/** A permission: a scope of an API, or one of organizations themselves. */
export type Permission = { kind: 'resource-scope' | 'organization-scope'; id: string };

/** The scope of an API by their names; `resourceId` alone where the API has no such scope. */
export async function findResourceScope(
  db: Database,
  tenantId: string,
  { indicator, name }: { indicator: string; name: string },
): Promise<{ resourceId: string; scopeId: string | null } | undefined> {
  const result = await db.execute<{ resourceId: string; scopeId: string | null }>(sql`
    select r.id as "resourceId", s.id as "scopeId" from resources r
    left join scopes s on s.tenant_id = r.tenant_id and s.resource_id = r.id and s.name = ${name}
    where r.tenant_id = ${tenantId} and r.indicator = ${indicator}`);
  return result.rows[0];
}

export async function findOrganizationScope(db: Database, tenantId: string, name: string): Promise<string | undefined> {
  const result = await db.execute<{ id: string }>(
    sql`select id from organization_scopes where tenant_id = ${tenantId} and name = ${name}`,
  );
  return result.rows[0]?.id;
}

const tenantRole = sql`jsonb_build_object('kind', 'role', 'id', r.id, 'name', r.name, 'isDefault', r.is_default)`;
const organizationRole = sql`jsonb_build_object('kind', 'organization-role', 'id', r.id, 'name', r.name, 'isDefault', false)`;

/** What organization roles give a permission by. */
const organizationGrants = ({ kind, id }: Permission): SQL =>
  kind === 'resource-scope'
    ? sql`organization_role_resource_scopes g on g.tenant_id = r.tenant_id and g.organization_role_id = r.id
        and g.scope_id = ${id}`
    : sql`organization_role_scopes g on g.tenant_id = r.tenant_id and g.organization_role_id = r.id
        and g.organization_scope_id = ${id}`;

const tenantGrants = ({ id }: Permission): SQL =>
  sql`roles_scopes g on g.tenant_id = r.tenant_id and g.role_id = r.id and g.scope_id = ${id}`;

/** Every way by which the subject holds the permission; in one organization only when it is given (features 7). */
export async function listPaths(
  db: Database,
  tenantId: string,
  asked: { subject: Subject; permission: Permission; organizationId: string | undefined },
): Promise<PermissionPath[]> {
  const { subject, permission, organizationId } = asked;
  const [holders, members, holder] =
    'userId' in subject
      ? [sql`users_roles`, sql`organization_user_roles`, sql`h.user_id = ${subject.userId}`]
      : [
          sql`applications_roles`,
          sql`organization_application_roles`,
          sql`h.application_id = ${subject.applicationId}`,
        ];
  const chosen = organizationId === undefined ? sql`` : sql`and h.organization_id = ${organizationId}`;
  const byTenantRoles = sql`
    select ${tenantRole} as role, null::jsonb as organization
    from ${holders} h join roles r on r.tenant_id = h.tenant_id and r.id = h.role_id join ${tenantGrants(permission)}
    where h.tenant_id = ${tenantId} and ${holder}
    union all`;
  const result = await db.execute<Record<keyof PermissionPath, never>>(sql`
    ${permission.kind === 'resource-scope' ? byTenantRoles : sql``}
    select ${organizationRole} as role, jsonb_build_object('id', o.id, 'name', o.name) as organization
    from ${members} h
    join organization_roles r on r.tenant_id = h.tenant_id and r.id = h.organization_role_id
    join ${organizationGrants(permission)}
    join organizations o on o.tenant_id = h.tenant_id and o.id = h.organization_id
    where h.tenant_id = ${tenantId} and ${holder} ${chosen}`);
  return result.rows;
}

/** The roles that give the permission to somebody of the subject's kind; of organizations' own roles only the chosen one's. */
export async function listGrantingRoles(
  db: Database,
  tenantId: string,
  asked: { subject: Subject; permission: Permission; organizationId: string | undefined },
): Promise<GrantingRole[]> {
  const { subject, permission, organizationId } = asked;
  const type = 'userId' in subject ? 'User' : 'MachineToMachine';
  const byTenantRoles = sql`
    select ${tenantRole} as role, 0 as place, r.name from roles r join ${tenantGrants(permission)}
    where r.tenant_id = ${tenantId} and r.type = ${type}
    union all`;
  const result = await db.execute<{ role: GrantingRole }>(sql`
    ${permission.kind === 'resource-scope' ? byTenantRoles : sql``}
    select ${organizationRole} as role, 1 as place, r.name
    from organization_roles r join ${organizationGrants(permission)}
    where r.tenant_id = ${tenantId} and r.type = ${type}
      and (r.organization_id is null or r.organization_id = ${organizationId ?? null})
    order by place, name`);
  return result.rows.map(({ role }) => role);
}
