import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import type { EventName } from '../../kernel/events.contract.ts';
import { emitEvent } from '../../kernel/events.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { addRelated, type Relation, removeRelated, replaceRelated } from '../../kernel/relations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import * as store from './organization-template.store.ts';
import { fail, missing } from './organizations.errors.ts';
import { findOrganization } from './organizations.store.ts';

export type TemplateService = ReturnType<typeof createTemplateService>;

/** What a role may allow: scopes within organizations, and scopes of APIs. */
export type RoleScopeKind = 'scopes' | 'resource-scopes';

interface NewRole {
  name: string;
  description?: string | null | undefined;
  type?: store.OrganizationRoleRow['type'] | undefined;
  organizationScopeIds: string[];
  resourceScopeIds: string[];
  organizationId?: string | undefined;
}
interface Change {
  name?: string | undefined;
  description?: string | null | undefined;
}

export interface TemplateDependencies {
  /** Announces that what somebody holds has changed, in the transaction in progress. */
  announceGrant(scope: Scope): Promise<void>;
  isManagementApi(indicator: string): boolean;
}

const relationOf = (tenantId: string, roleId: string, kind: RoleScopeKind): Relation => ({
  table: kind === 'scopes' ? 'organization_role_scopes' : 'organization_role_resource_scopes',
  owner: { tenant_id: tenantId, organization_role_id: roleId },
  column: kind === 'scopes' ? 'organization_scope_id' : 'scope_id',
});

/** Scopes and roles of organizations. What they give is read for each token, so a change is felt at the next one. */
export function createTemplateService(deps: TemplateDependencies) {
  /** What opens the Management API is for machines. */
  const checkResourceScopes = async (tx: Scope, type: store.OrganizationRoleRow['type'], ids: string[]) => {
    if (type !== 'User' || ids.length === 0) return;
    const indicators = await store.findIndicators(tx.db, tx.tenantId, ids);
    if (indicators.some((indicator) => deps.isManagementApi(indicator))) {
      throw fail('role.management_api_scopes_not_assignable_to_user_role');
    }
  };

  const changeScope = <Result>(
    scope: Scope,
    id: string,
    work: (tx: Scope, row: store.OrganizationScopeRow) => Promise<Result>,
  ) =>
    transaction(scope, async (tx) => {
      const row = await store.findScope(tx.db, tx.tenantId, id);
      if (!row) throw missing('organization scope', id);
      const result = await uniquely(() => work(tx, row));
      await deps.announceGrant(tx);
      return result;
    });

  const getRole = async (scope: Scope, id: string): Promise<store.OrganizationRoleRow> => {
    const row = await store.findRole(scope.db, scope.tenantId, id);
    if (!row) throw missing('organization role', id);
    return row;
  };

  const changeRole = <Result>(
    scope: Scope,
    id: string,
    work: (tx: Scope, row: store.OrganizationRoleRow) => Promise<Result>,
  ) =>
    transaction(scope, async (tx) => {
      const row = await store.lockRole(tx.db, tx.tenantId, id);
      if (!row) throw missing('organization role', id);
      const result = await work(tx, row);
      await deps.announceGrant(tx);
      return result;
    });

  /** `ids` are those that the role is about to get. */
  const changeRoleScopes = (
    scope: Scope,
    { id, kind, ids }: { id: string; kind: RoleScopeKind; ids: string[] },
    work: (tx: Scope, held: Relation) => Promise<object>,
  ) =>
    changeRole(scope, id, async (tx, role) => {
      if (kind === 'resource-scopes') await checkResourceScopes(tx, role.type, ids);
      const details = await work(tx, relationOf(tx.tenantId, id, kind));
      await record(tx, 'OrganizationRole.Scopes.Updated', id, { details: { kind, ...details } }, { kind, ...details });
    });

  /** Sets what a role allows, in the transaction in progress. */
  const setScopes = async (tx: Scope, role: store.OrganizationRoleRow, kind: RoleScopeKind, ids: string[]) => {
    if (kind === 'resource-scopes') await checkResourceScopes(tx, role.type, ids);
    const details = { kind, ...(await replaceRelated(tx.db, relationOf(tx.tenantId, role.id, kind), ids)) };
    await record(tx, 'OrganizationRole.Scopes.Updated', role.id, { details }, details);
  };

  return {
    listScopes: (scope: Scope, q: string | undefined, page: Page | undefined) =>
      store.listScopes(scope.db, scope.tenantId, q, page),

    async getScope(scope: Scope, id: string): Promise<store.OrganizationScopeRow> {
      const row = await store.findScope(scope.db, scope.tenantId, id);
      if (!row) throw missing('organization scope', id);
      return row;
    },

    createScope: (scope: Scope, input: Change & { name: string }): Promise<store.OrganizationScopeRow> =>
      transaction(scope, async (tx) => {
        checkScopeName(input.name);
        const row: store.OrganizationScopeRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          name: input.name,
          description: input.description ?? null,
          createdAt: tx.now,
        };
        await uniquely(() => store.insertScope(tx.db, row));
        await record(tx, 'OrganizationScope.Created', row.id, { after: row }, row);
        return row;
      }),

    updateScope: (scope: Scope, id: string, input: Change): Promise<store.OrganizationScopeRow> =>
      changeScope(scope, id, async (tx, before) => {
        if (input.name !== undefined) checkScopeName(input.name);
        const change = sent(input);
        const after = { ...before, ...change };
        await store.updateScope(tx.db, before, change);
        await record(tx, 'OrganizationScope.Data.Updated', id, { before, after }, after);
        return after;
      }),

    removeScope: (scope: Scope, id: string): Promise<void> =>
      changeScope(scope, id, async (tx, before) => {
        await store.deleteScope(tx.db, before);
        await record(tx, 'OrganizationScope.Deleted', id, { before }, null);
      }),

    getRole,

    listRoles: (
      scope: Scope,
      filter: { q?: string | undefined; organizationId?: string | undefined },
      page: Page | undefined,
    ) => store.listRoles(scope.db, scope.tenantId, filter, page),

    createRole: (scope: Scope, input: NewRole): Promise<store.OrganizationRoleRow> =>
      transaction(scope, async (tx) => {
        const { organizationId = null } = input;
        if (organizationId !== null && !(await findOrganization(tx.db, tx.tenantId, organizationId))) {
          throw fail('entity.relation_foreign_key_not_found', { data: { ids: [organizationId] } });
        }
        const row: store.OrganizationRoleRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          organizationId,
          name: input.name,
          description: input.description ?? null,
          type: input.type ?? 'User',
          createdAt: tx.now,
        };
        await checkResourceScopes(tx, row.type, input.resourceScopeIds);
        if (await store.nameIsTaken(tx.db, row)) throw fail('entity.unique_integrity_violation');
        await store.insertRole(tx.db, row);
        await addRelated(tx.db, relationOf(tx.tenantId, row.id, 'scopes'), input.organizationScopeIds);
        await addRelated(tx.db, relationOf(tx.tenantId, row.id, 'resource-scopes'), input.resourceScopeIds);
        const { organizationScopeIds, resourceScopeIds } = input;
        const after = { ...row, organizationScopeIds, resourceScopeIds };
        await record(tx, 'OrganizationRole.Created', row.id, { after }, after);
        return row;
      }),

    updateRole: (
      scope: Scope,
      id: string,
      input: Change & { type?: store.OrganizationRoleRow['type'] | undefined },
      allowed: { [Kind in RoleScopeKind]: string[] | undefined },
    ): Promise<store.OrganizationRoleRow> =>
      changeRole(scope, id, async (tx, before) => {
        const change = sent(input);
        const after = { ...before, ...change };
        if (after.name !== before.name && (await store.nameIsTaken(tx.db, after))) {
          throw fail('entity.unique_integrity_violation');
        }
        if (after.type !== before.type && (await store.roleIsHeld(tx.db, tx.tenantId, id))) {
          throw fail('entity.db_constraint_violated', { details: 'type: the role is held, so its type is fixed' });
        }
        if (after.type !== before.type && allowed['resource-scopes'] === undefined) {
          const { rows } = await store.listResourceScopesOfRole(tx.db, tx.tenantId, id, undefined);
          await checkResourceScopes(
            tx,
            after.type,
            rows.map((row) => row.id),
          );
        }
        await store.updateRole(tx.db, before, change);
        await record(tx, 'OrganizationRole.Data.Updated', id, { before, after }, after);
        for (const kind of ['scopes', 'resource-scopes'] as const) {
          const ids = allowed[kind];
          if (ids) await setScopes(tx, after, kind, ids);
        }
        return after;
      }),

    removeRole: (scope: Scope, id: string): Promise<void> =>
      changeRole(scope, id, async (tx, before) => {
        await store.deleteRole(tx.db, before);
        await record(tx, 'OrganizationRole.Deleted', id, { before }, null);
      }),

    async listRoleScopes(scope: Scope, id: string, page: Page | undefined) {
      await getRole(scope, id);
      return store.listScopesOfRole(scope.db, scope.tenantId, id, page);
    },

    async listRoleResourceScopes(scope: Scope, id: string, page: Page | undefined) {
      await getRole(scope, id);
      return store.listResourceScopesOfRole(scope.db, scope.tenantId, id, page);
    },

    addRoleScopes: (scope: Scope, id: string, kind: RoleScopeKind, ids: string[]): Promise<void> =>
      changeRoleScopes(scope, { id, kind, ids }, async (tx, held) => ({ added: await addRelated(tx.db, held, ids) })),

    replaceRoleScopes: (scope: Scope, id: string, kind: RoleScopeKind, ids: string[]): Promise<void> =>
      changeRoleScopes(scope, { id, kind, ids }, (tx, held) => replaceRelated(tx.db, held, ids)),

    removeRoleScope: (scope: Scope, id: string, kind: RoleScopeKind, scopeId: string): Promise<void> =>
      changeRoleScopes(scope, { id, kind, ids: [] }, async (tx, held) => {
        const removed = await removeRelated(tx.db, held, [scopeId]);
        if (removed.length === 0) throw fail('entity.not_found');
        return { removed };
      }),
  };
}

type Sent<Input> = { [Key in keyof Input]?: Exclude<Input[Key], undefined> };

const sent = <Input extends object>(input: Input): Sent<Input> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Sent<Input>;

/** RFC 6749 §3.3: scopes are separated by spaces. */
function checkScopeName(name: string): void {
  if (/\s/.test(name)) throw fail('scope.name_with_space');
}

async function record(
  tx: Scope,
  key: EventName & `Organization${'Role' | 'Scope'}.${string}`,
  id: string,
  change: { before?: unknown; after?: unknown; details?: Record<string, unknown> },
  data: object | null,
): Promise<void> {
  const type = key.split('.')[0] as 'OrganizationRole' | 'OrganizationScope';
  await audit(tx, { key, target: { type, id }, ...change });
  await emitEvent(tx, { event: key, object: { type, id }, payload: { data } });
}

async function uniquely<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violates(error, 'organization_scopes_name_key')) {
      throw fail('entity.unique_integrity_violation', { cause: error });
    }
    throw error;
  }
}
