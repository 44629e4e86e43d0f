import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { emitEvent } from '../../kernel/events.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { addRelated, type Relation, removeRelated } from '../../kernel/relations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SearchQuery } from '../../kernel/search.ts';
import { ADMIN_TENANT } from '../../kernel/tenancy.ts';
import type { Role } from './roles.contract.ts';
import { fail } from './roles.errors.ts';
import * as store from './roles.store.ts';

export interface RolesDependencies {
  /** Announces that what somebody holds has changed, in the transaction in progress. */
  announceGrant(scope: Scope): Promise<void>;
  isManagementApi(indicator: string): boolean;
  /** Roles that the product itself stands on. */
  isBuiltIn(tenantId: string, roleId: string): boolean;
}

export type RolesService = ReturnType<typeof createRolesService>;

interface NewRole {
  name: string;
  description: string;
  type?: Role['type'] | undefined;
  isDefault?: boolean | undefined;
  scopeIds?: string[] | undefined;
}

const missing = (name: string, id: string) => fail('entity.not_exists_with_id', { data: { name, id } });
const unknown = (ids: string[]) => fail('entity.relation_foreign_key_not_found', { data: { ids } });
const scopesOf = (row: store.RoleRow): Relation => ({
  table: 'roles_scopes',
  owner: { tenant_id: row.tenantId, role_id: row.id },
  column: 'scope_id',
});

/** Roles and their scopes. Who holds them is `role-holders.ts`. */
export function createRolesService(deps: RolesDependencies) {
  const get = async (scope: Scope, id: string): Promise<store.RoleRow> => {
    const row = await store.findRole(scope.db, scope.tenantId, id);
    if (!row) throw missing('role', id);
    return row;
  };

  const refuseInternal = (tenantId: string, row: { id?: string; name: string }): void => {
    const builtIn = row.id !== undefined && deps.isBuiltIn(tenantId, row.id);
    if (builtIn || row.name.startsWith('#internal:')) throw fail('role.internal_role_violation');
  };

  /** Runs a change of one role in a transaction that holds its row. */
  const change = <Result>(scope: Scope, id: string, work: (tx: Scope, row: store.RoleRow) => Promise<Result>) =>
    transaction(scope, async (tx) => {
      const row = await store.lockRole(tx.db, tx.tenantId, id);
      if (!row) throw missing('role', id);
      refuseInternal(tx.tenantId, row);
      const result = await uniquely(() => work(tx, row));
      await deps.announceGrant(tx);
      return result;
    });

  /**
   * Adds scopes; answers them. People get the Management API from the admin tenant alone, whose operators it is made for.
   */
  const addScopes = async (tx: Scope, row: store.RoleRow, ids: string[]): Promise<store.RoleScope[]> => {
    const scopes = await store.findScopes(tx.db, tx.tenantId, ids);
    const known = new Set(scopes.map(({ id }) => id));
    const strangers = ids.filter((id) => !known.has(id));
    if (strangers.length > 0) throw unknown(strangers);
    const forPeople = row.type === 'User' && tx.tenantId !== ADMIN_TENANT;
    if (forPeople && scopes.some(({ resource }) => deps.isManagementApi(resource.indicator))) {
      throw fail('role.management_api_scopes_not_assignable_to_user_role');
    }
    const added = await addRelated(tx.db, scopesOf(row), ids);
    const held = ids.filter((id) => !added.includes(id));
    if (held.length > 0) throw fail('role.scope_exists', { data: { scopeIds: held } });
    return scopes;
  };

  return {
    get,

    async list(scope: Scope, filter: store.RoleFilter, page: Page | undefined) {
      const { rows, total } = await store.listRoles(scope.db, scope.tenantId, filter, page);
      const holders = await store.findHolders(
        scope.db,
        scope.tenantId,
        rows.map(({ id }) => id),
      );
      const nobody = { usersCount: 0, featuredUsers: [], applicationsCount: 0, featuredApplications: [] };
      return { rows: rows.map((row) => ({ ...row, ...(holders.get(row.id) ?? nobody) })), total };
    },

    create: (scope: Scope, input: NewRole): Promise<store.RoleRow> =>
      transaction(scope, async (tx) => {
        refuseInternal(tx.tenantId, input);
        const row: store.RoleRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          name: input.name,
          description: input.description,
          type: input.type ?? 'User',
          isDefault: input.isDefault ?? false,
          createdAt: tx.now,
        };
        checkDefault(row);
        await uniquely(() => store.insertRole(tx.db, row));
        await addScopes(tx, row, [...new Set(input.scopeIds ?? [])]);
        const after = { ...row, scopeIds: input.scopeIds ?? [] };
        await audit(tx, { key: 'Role.Created', target: { type: 'Role', id: row.id }, after });
        await emitEvent(tx, { event: 'Role.Created', object: { type: 'Role', id: row.id }, payload: { data: after } });
        return row;
      }),

    update: (scope: Scope, id: string, input: Partial<Pick<store.RoleRow, 'name' | 'description' | 'isDefault'>>) =>
      change(scope, id, async (tx, before) => {
        const after = { ...before, ...input };
        refuseInternal(tx.tenantId, { name: after.name });
        checkDefault(after);
        await store.updateRole(tx.db, before, input);
        await audit(tx, { key: 'Role.Data.Updated', target: { type: 'Role', id }, before, after });
        await emitEvent(tx, { event: 'Role.Data.Updated', object: { type: 'Role', id }, payload: { data: after } });
        return after;
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      change(scope, id, async (tx, before) => {
        await store.deleteRole(tx.db, before);
        await audit(tx, { key: 'Role.Deleted', target: { type: 'Role', id }, before });
        await emitEvent(tx, { event: 'Role.Deleted', object: { type: 'Role', id }, payload: { data: null } });
      }),

    async listScopes(scope: Scope, id: string, search: SearchQuery | undefined, page: Page | undefined) {
      await get(scope, id);
      return store.listScopesOfRole(scope.db, scope.tenantId, id, search, page);
    },

    addScopes: (scope: Scope, id: string, scopeIds: string[]): Promise<store.RoleScope[]> =>
      change(scope, id, async (tx, row) => {
        const scopes = await addScopes(tx, row, [...new Set(scopeIds)]);
        await recordScopes(tx, id, { addedScopeIds: scopeIds });
        return scopes;
      }),

    removeScope: (scope: Scope, id: string, scopeId: string): Promise<void> =>
      change(scope, id, async (tx, row) => {
        if ((await removeRelated(tx.db, scopesOf(row), [scopeId])).length === 0) throw fail('entity.not_found');
        await recordScopes(tx, id, { removedScopeIds: [scopeId] });
      }),

    assignByName: (tx: Scope, assignments: { userId: string; roleNames: readonly string[] }[]) =>
      store.assignRolesByName(tx.db, tx.tenantId, assignments),

    findUnknownNames: (scope: Scope, names: readonly string[]): Promise<string[]> =>
      store.findUnknownRoleNames(scope.db, scope.tenantId, names),

    assignDefaults: (tx: Scope, userId: string) => store.assignDefaultRoles(tx.db, tx.tenantId, userId),
  };
}

/** Only users are given roles when they appear. */
function checkDefault(row: store.RoleRow): void {
  if (row.isDefault && row.type !== 'User') throw fail('user.invalid_role_type');
}

async function recordScopes(tx: Scope, id: string, details: Record<string, string[]>): Promise<void> {
  await audit(tx, { key: 'Role.Scopes.Updated', target: { type: 'Role', id }, details });
  await emitEvent(tx, { event: 'Role.Scopes.Updated', object: { type: 'Role', id }, payload: { data: details } });
}

async function uniquely<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violates(error, 'roles_name_key')) throw fail('role.name_in_use', { cause: error });
    throw error;
  }
}
