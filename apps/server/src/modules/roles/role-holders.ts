import { audit } from '../../kernel/audit.ts';
import { emitEvent } from '../../kernel/events.ts';
import type { Page } from '../../kernel/operations.ts';
import { addRelated, type Relation, removeRelated, replaceRelated } from '../../kernel/relations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SearchQuery } from '../../kernel/search.ts';
import { fail } from './roles.errors.ts';
import type { RolesDependencies } from './roles.service.ts';
import * as store from './roles.store.ts';

interface Holder {
  kind: store.HolderKind;
  id: string;
}

/** What differs between the two kinds of holders. */
const KINDS = {
  users: {
    table: 'users_roles',
    column: 'user_id',
    name: 'user',
    target: 'User',
    roleType: 'User',
    wrongType: 'user.invalid_role_type',
    exists: 'role.user_exists',
  },
  applications: {
    table: 'applications_roles',
    column: 'application_id',
    name: 'application',
    target: 'Application',
    roleType: 'MachineToMachine',
    wrongType: 'application.invalid_role_type',
    exists: 'role.application_exists',
  },
} as const;

const rolesOf = (tenantId: string, { kind, id }: Holder): Relation => ({
  table: KINDS[kind].table,
  owner: { tenant_id: tenantId, [KINDS[kind].column]: id },
  column: 'role_id',
});

const holdersOf = (tenantId: string, roleId: string, kind: store.HolderKind): Relation => ({
  table: KINDS[kind].table,
  owner: { tenant_id: tenantId, role_id: roleId },
  column: KINDS[kind].column,
});

export type RoleHolders = ReturnType<typeof createRoleHolders>;

/** Who holds which roles, from both ends. */
export function createRoleHolders(deps: Pick<RolesDependencies, 'announceGrant'>) {
  const checkRoles = async (tx: Scope, kind: store.HolderKind, roleIds: string[]): Promise<void> => {
    const roles = await store.findRoles(tx.db, tx.tenantId, roleIds);
    const strangers = roleIds.filter((id) => !roles.some((role) => role.id === id));
    if (strangers.length > 0) throw fail('entity.relation_foreign_key_not_found', { data: { ids: strangers } });
    const wrong = roles.filter(({ type }) => type !== KINDS[kind].roleType).map(({ id }) => id);
    if (wrong.length > 0) throw fail(KINDS[kind].wrongType, { data: { roleIds: wrong } });
  };

  const checkMachines = async (tx: Scope, applicationIds: string[]): Promise<void> => {
    const wrong = (await store.findHolderType(tx.db, tx.tenantId, applicationIds))
      .filter(({ type }) => type !== 'MachineToMachine')
      .map(({ id }) => id);
    if (wrong.length > 0) throw fail('application.invalid_role_type', { data: { applicationIds: wrong } });
  };

  /** Runs a change of one holder's roles in a transaction that holds its row. */
  const change = <Result>(scope: Scope, holder: Holder, work: (tx: Scope, held: Relation) => Promise<Result>) =>
    transaction(scope, async (tx) => {
      if (!(await store.lockHolder(tx.db, tx.tenantId, holder))) {
        throw fail('entity.not_exists_with_id', { data: { name: KINDS[holder.kind].name, id: holder.id } });
      }
      if (holder.kind === 'applications') await checkMachines(tx, [holder.id]);
      const result = await work(tx, rolesOf(tx.tenantId, holder));
      await deps.announceGrant(tx);
      return result;
    });

  /** Runs a change of a role's holders. */
  const changeRole = (scope: Scope, roleId: string, work: (tx: Scope) => Promise<void>): Promise<void> =>
    transaction(scope, async (tx) => {
      if (!(await store.findRole(tx.db, tx.tenantId, roleId))) {
        throw fail('entity.not_exists_with_id', { data: { name: 'role', id: roleId } });
      }
      await work(tx);
      await deps.announceGrant(tx);
    });

  return {
    async list(scope: Scope, holder: Holder, search: SearchQuery | undefined, page: Page | undefined) {
      return store.listRolesOf(scope.db, scope.tenantId, holder, search, page);
    },

    add: (scope: Scope, holder: Holder, roleIds: string[]): Promise<string[]> =>
      change(scope, holder, async (tx, held) => {
        await checkRoles(tx, holder.kind, roleIds);
        const added = await addRelated(tx.db, held, roleIds);
        await record(tx, holder, { addedRoleIds: added });
        return added;
      }),

    replace: (scope: Scope, holder: Holder, roleIds: string[]): Promise<void> =>
      change(scope, holder, async (tx, held) => {
        await checkRoles(tx, holder.kind, roleIds);
        const { added, removed } = await replaceRelated(tx.db, held, roleIds);
        await record(tx, holder, { addedRoleIds: added, removedRoleIds: removed });
      }),

    remove: (scope: Scope, holder: Holder, roleId: string): Promise<void> =>
      change(scope, holder, async (tx, held) => {
        if ((await removeRelated(tx.db, held, [roleId])).length === 0) throw fail('entity.not_found');
        await record(tx, holder, { removedRoleIds: [roleId] });
      }),

    addHolders: (scope: Scope, roleId: string, kind: store.HolderKind, ids: string[]): Promise<void> =>
      changeRole(scope, roleId, async (tx) => {
        await checkRoles(tx, kind, [roleId]);
        if (kind === 'applications') await checkMachines(tx, ids);
        const added = await addRelated(tx.db, holdersOf(tx.tenantId, roleId, kind), ids);
        const already = ids.filter((id) => !added.includes(id));
        if (already.length > 0) throw fail(KINDS[kind].exists, { data: { ids: already } });
        for (const id of added) await record(tx, { kind, id }, { addedRoleIds: [roleId] });
      }),

    removeHolder: (scope: Scope, roleId: string, holder: Holder): Promise<void> =>
      changeRole(scope, roleId, async (tx) => {
        const removed = await removeRelated(tx.db, rolesOf(tx.tenantId, holder), [roleId]);
        if (removed.length === 0) throw fail('entity.not_found');
        await record(tx, holder, { removedRoleIds: [roleId] });
      }),
  };
}

async function record(tx: Scope, { kind, id }: Holder, details: Record<string, string[]>): Promise<void> {
  const { target } = KINDS[kind];
  await audit(tx, { key: `${target}.Roles.Updated`, target: { type: target, id }, details });
  if (kind === 'users') {
    await emitEvent(tx, { event: 'User.Roles.Updated', object: { type: 'User', id }, payload: { data: details } });
  }
}
