import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { AccessDecision, AccessRules } from './access-control.contract.ts';

const ofApplication = (tenantId: string, applicationId: string): SQL =>
  sql`tenant_id = ${tenantId} and application_id = ${applicationId}`;

export async function findRules(db: Database, tenantId: string, applicationId: string): Promise<AccessRules> {
  const own = ofApplication(tenantId, applicationId);
  const result = await db.execute<Record<keyof AccessRules, never>>(sql`
    select
      array(select user_id from access_users where ${own} order by 1) as "userIds",
      array(select role_id from access_roles where ${own} order by 1) as "userRoleIds",
      array(select organization_id from access_organizations where ${own} order by 1) as "organizationIds",
      coalesce((
        select jsonb_agg(jsonb_build_object('organizationId', id, 'organizationRoleIds', roles) order by id)
        from (
          select organization_id as id, jsonb_agg(organization_role_id order by organization_role_id) as roles
          from access_organization_roles where ${own} group by organization_id
        ) rules
      ), '[]') as "organizationRoleRules"`);
  const [rules] = result.rows;
  if (!rules) throw new Error('a select without a table answers one row');
  return rules;
}

const list = (ids: readonly string[]): SQL => sql`unnest(${sql.param([...ids])}::text[])`;

/** Puts other rules in the place of all; an id of nothing violates its foreign key. */
export async function replaceRules(
  db: Database,
  tenantId: string,
  applicationId: string,
  rules: AccessRules,
): Promise<void> {
  for (const table of ['access_users', 'access_roles', 'access_organizations', 'access_organization_roles']) {
    await db.execute(sql`delete from ${sql.identifier(table)} where ${ofApplication(tenantId, applicationId)}`);
  }
  const simple = [
    ['access_users', 'user_id', rules.userIds],
    ['access_roles', 'role_id', rules.userRoleIds],
    ['access_organizations', 'organization_id', rules.organizationIds],
  ] as const;
  for (const [table, column, ids] of simple) {
    if (ids.length === 0) continue;
    await db.execute(sql`insert into ${sql.identifier(table)} (tenant_id, application_id, ${sql.identifier(column)})
      select ${tenantId}, ${applicationId}, ${list(ids)} on conflict do nothing`);
  }
  for (const { organizationId, organizationRoleIds } of rules.organizationRoleRules) {
    await db.execute(sql`
      insert into access_organization_roles (tenant_id, application_id, organization_id, organization_role_id)
      select ${tenantId}, ${applicationId}, ${organizationId}, ${list(organizationRoleIds)} on conflict do nothing`);
  }
}

/** The rules that let a user in, in one statement. */
export async function findReasons(
  db: Database,
  tenantId: string,
  applicationId: string,
  userId: string,
): Promise<AccessDecision['reasons']> {
  const rule = sql`a.tenant_id = ${tenantId} and a.application_id = ${applicationId}`;
  const result = await db.execute<AccessDecision['reasons'][number]>(sql`
    select 'user' as rule, a.user_id as id, null as "organizationRoleId"
    from access_users a where ${rule} and a.user_id = ${userId}
    union all
    select 'role', a.role_id, null
    from access_roles a join users_roles m on m.tenant_id = a.tenant_id and m.role_id = a.role_id
    where ${rule} and m.user_id = ${userId}
    union all
    select 'organization', a.organization_id, null
    from access_organizations a
    join organization_users m on m.tenant_id = a.tenant_id and m.organization_id = a.organization_id
    where ${rule} and m.user_id = ${userId}
    union all
    select 'organization-role', a.organization_id, a.organization_role_id
    from access_organization_roles a
    join organization_user_roles m on m.tenant_id = a.tenant_id and m.organization_id = a.organization_id
      and m.organization_role_id = a.organization_role_id
    where ${rule} and m.user_id = ${userId}
    order by 1, 2, 3`);
  return result.rows.map(({ rule: kind, id, organizationRoleId }) => ({
    rule: kind,
    id,
    ...(organizationRoleId && { organizationRoleId }),
  }));
}
