import { standardId } from '../src/kernel/ids.ts';
import type { TestApp } from './harness.ts';

export interface TestOrganization {
  id: string;
  /** Id of its role. */
  roleId: string;
}

/**
 * An organization with one role, which gives the scopes named: the organization's own, and those of an API by their
 * ids. Its members hold the role.
 */
export async function createOrganization(
  app: TestApp,
  options: {
    name?: string;
    isMfaRequired?: boolean;
    scopes?: string[];
    resourceScopeIds?: string[];
    users?: string[];
    applications?: string[];
  } = {},
): Promise<TestOrganization> {
  const id = standardId();
  const roleId = standardId();
  await asSystem(app, async (run) => {
    await run(
      `insert into organizations (tenant_id, id, name, is_mfa_required, created_at) values ($1, $2, $3, $4, now())`,
      id,
      options.name ?? 'Test organization',
      options.isMfaRequired ?? false,
    );
    await run(
      `insert into organization_roles (tenant_id, id, name, type, created_at) values ($1, $2, $3, 'User', now())`,
      roleId,
      `role-${roleId}`,
    );
    for (const name of options.scopes ?? []) {
      await run(
        `insert into organization_scopes (tenant_id, id, name, created_at) values ($1, $2, $3, now())
         on conflict (tenant_id, name) do nothing`,
        standardId(),
        name,
      );
      await run(
        `insert into organization_role_scopes (tenant_id, organization_role_id, organization_scope_id)
         select tenant_id, $2, id from organization_scopes where tenant_id = $1 and name = $3`,
        roleId,
        name,
      );
    }
    for (const scopeId of options.resourceScopeIds ?? []) {
      await run(
        `insert into organization_role_resource_scopes (tenant_id, organization_role_id, scope_id) values ($1, $2, $3)`,
        roleId,
        scopeId,
      );
    }
    for (const userId of options.users ?? []) {
      await run(
        `insert into organization_users (tenant_id, organization_id, user_id, joined_at) values ($1, $2, $3, now())`,
        id,
        userId,
      );
      await run(
        `insert into organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
         values ($1, $2, $3, $4)`,
        id,
        userId,
        roleId,
      );
    }
    for (const applicationId of options.applications ?? []) {
      await run(
        `insert into organization_applications (tenant_id, organization_id, application_id, joined_at)
         values ($1, $2, $3, now())`,
        id,
        applicationId,
      );
      await run(
        `insert into organization_application_roles (tenant_id, organization_id, application_id, organization_role_id)
         values ($1, $2, $3, $4)`,
        id,
        applicationId,
        roleId,
      );
    }
  });
  return { id, roleId };
}

type Run = (text: string, ...values: unknown[]) => Promise<unknown>;

/** Writes rows of the default tenant, which is the first value of each statement, in one transaction. */
export async function asSystem(app: TestApp, work: (run: Run) => Promise<void>): Promise<void> {
  const client = await app.world.database.pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('latchkey.tenant', '*', true)");
    await work((text, ...values) => client.query(text, ['default', ...values]));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** A user's role of the tenant that gives scopes of an API; answers the role's id. */
export async function giveRole(app: TestApp, userId: string, scopeIds: string[]): Promise<string> {
  const roleId = standardId();
  await asSystem(app, async (run) => {
    await run(
      `insert into roles (tenant_id, id, name, description, type, created_at)
       values ($1, $2, $3, 'test', 'User', now())`,
      roleId,
      `role-${roleId}`,
    );
    for (const scopeId of scopeIds) {
      await run(`insert into roles_scopes (tenant_id, role_id, scope_id) values ($1, $2, $3)`, roleId, scopeId);
    }
    await run(`insert into users_roles (tenant_id, user_id, role_id) values ($1, $2, $3)`, userId, roleId);
  });
  return roleId;
}

/** An API with scopes; answers the scopes' ids by name. */
export async function createResource(
  app: TestApp,
  indicator: string,
  scopes: string[],
): Promise<{ id: string; scopeIds: Record<string, string> }> {
  const id = standardId();
  const scopeIds = Object.fromEntries(scopes.map((name) => [name, standardId()]));
  await asSystem(app, async (run) => {
    await run(
      `insert into resources (tenant_id, id, name, indicator, created_at) values ($1, $2, 'Test API', $3, now())`,
      id,
      indicator,
    );
    for (const [name, scopeId] of Object.entries(scopeIds)) {
      await run(
        `insert into scopes (tenant_id, id, resource_id, name, created_at) values ($1, $2, $3, $4, now())`,
        scopeId,
        id,
        name,
      );
    }
  });
  return { id, scopeIds };
}
