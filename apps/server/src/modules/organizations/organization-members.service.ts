import { audit } from '../../kernel/audit.ts';
import { emitEvent } from '../../kernel/events.ts';
import type { Page } from '../../kernel/operations.ts';
import { addRelated, removeRelated, replaceRelated } from '../../kernel/relations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { MemberKind } from './organization-members.store.ts';
import * as store from './organization-members.store.ts';
import { findRoles, findRolesByName, type OrganizationRoleRow } from './organization-template.store.ts';
import { fail, refuseUnknown } from './organizations.errors.ts';
import { changeOrganization, getOrganization } from './organizations.service.ts';
import { lockOrganizations } from './organizations.store.ts';

export type MembersService = ReturnType<typeof createMembersService>;

/** One kind of members of one organization. */
export interface Place {
  organizationId: string;
  kind: MemberKind;
}

/** The roles of one member are written here. */
export interface Seat extends Place {
  memberId: string;
}

const WRONG_TYPE = { users: 'user.invalid_role_type', applications: 'application.invalid_role_type' } as const;
const ROLE_TYPE = { users: 'User', applications: 'MachineToMachine' } as const;

/** Refuses roles that are unknown, another organization's own, or for the other kind of member. */
export async function checkRoles(tx: Scope, place: Place, roleIds: string[]): Promise<void> {
  if (roleIds.length === 0) return;
  const roles = await findRoles(tx.db, tx.tenantId, roleIds);
  refuseUnknown(
    roleIds,
    roles.filter(({ organizationId }) => organizationId === null || organizationId === place.organizationId),
  );
  const wrong = roles.filter(({ type }) => type !== ROLE_TYPE[place.kind]).map(({ id }) => id);
  if (wrong.length > 0) throw fail(WRONG_TYPE[place.kind], { data: { organizationRoleIds: wrong } });
}

const within = (scope: Scope, place: Place) => ({ tenantId: scope.tenantId, ...place });

async function checkMembers(tx: Scope, place: Place, ids: string[]): Promise<void> {
  const members = await store.findMembers(tx.db, within(tx, place), ids);
  if (members.length < new Set(ids).size) throw fail('organization.require_membership');
}

async function checkMachines(tx: Scope, { kind }: Pick<Place, 'kind'>, ids: string[]): Promise<void> {
  if (kind === 'users') return;
  const wrong = await store.findOtherThanMachines(tx.db, tx.tenantId, ids);
  if (wrong.length > 0) {
    throw fail('entity.db_constraint_violated', {
      details: 'applicationIds: only machine-to-machine applications can be members',
      data: { applicationIds: wrong },
    });
  }
}

/** Members of organizations and the roles they hold there. */
export function createMembersService() {
  /** Runs a change of an organization's members in a transaction that holds its row. */
  const change = (scope: Scope, place: Place, work: (tx: Scope) => Promise<object>): Promise<void> =>
    changeOrganization(scope, place.organizationId, async (tx) => {
      await recordMembership(tx, place, await work(tx));
    });

  const changeRoles = (scope: Scope, seat: Seat, work: (tx: Scope) => Promise<object>): Promise<void> =>
    change(scope, seat, async (tx) => {
      await checkMembers(tx, seat, [seat.memberId]);
      return { memberId: seat.memberId, ...(await work(tx)) };
    });

  return {
    /** Roles and times of members, by id. */
    async factsOf(scope: Scope, place: Place, ids: string[]) {
      return store.findMemberFacts(scope.db, within(scope, place), ids);
    },

    add: (scope: Scope, place: Place, ids: string[]): Promise<void> =>
      change(scope, place, async (tx) => {
        await checkMachines(tx, place, ids);
        return { added: await store.addMembers(tx.db, within(tx, place), ids, tx.now) };
      }),

    /** Makes somebody a member of each of the organizations, or of none; answers which are new. */
    joinAll: (scope: Scope, member: Omit<Seat, 'organizationId'>, organizationIds: string[]): Promise<string[]> =>
      transaction(scope, async (tx) => {
        refuseUnknown(organizationIds, await lockOrganizations(tx.db, tx.tenantId, organizationIds));
        const { kind, memberId } = member;
        await checkMachines(tx, member, [memberId]);
        const joined = await store.addMemberships(tx.db, { tenantId: tx.tenantId, ...member }, organizationIds, tx.now);
        for (const organizationId of joined)
          await recordMembership(tx, { organizationId, kind }, { added: [memberId] });
        return joined;
      }),

    replace: (scope: Scope, place: Place, ids: string[]): Promise<void> =>
      change(scope, place, async (tx) => {
        await checkMachines(tx, place, ids);
        const removed = await store.removeOtherMembers(tx.db, within(tx, place), ids);
        return { added: await store.addMembers(tx.db, within(tx, place), ids, tx.now), removed };
      }),

    remove: (scope: Scope, { memberId, ...place }: Seat): Promise<void> =>
      change(scope, place, async (tx) => {
        const removed = await removeRelated(tx.db, store.membersRelation(within(tx, place)), [memberId]);
        if (removed.length === 0) throw fail('entity.not_found');
        return { removed };
      }),

    assignRoles: (scope: Scope, place: Place, ids: string[], roleIds: string[]): Promise<void> =>
      change(scope, place, async (tx) => {
        await checkMembers(tx, place, ids);
        await checkRoles(tx, place, roleIds);
        await store.assignRoles(tx.db, within(tx, place), ids, roleIds);
        return { memberIds: ids, addedRoleIds: roleIds };
      }),

    async listRoles(scope: Scope, { memberId, ...place }: Seat, page: Page | undefined) {
      await getOrganization(scope, place.organizationId);
      await checkMembers(scope, place, [memberId]);
      return store.listRolesOfMember(scope.db, within(scope, place), memberId, page);
    },

    addRoles: (scope: Scope, seat: Seat, roleIds: string[]): Promise<void> =>
      changeRoles(scope, seat, async (tx) => {
        await checkRoles(tx, seat, roleIds);
        return { addedRoleIds: await addRelated(tx.db, store.rolesRelation(within(tx, seat), seat.memberId), roleIds) };
      }),

    replaceRoles: (scope: Scope, seat: Seat, roleIds: string[]): Promise<void> =>
      changeRoles(scope, seat, async (tx) => {
        await checkRoles(tx, seat, roleIds);
        return replaceRelated(tx.db, store.rolesRelation(within(tx, seat), seat.memberId), roleIds);
      }),

    removeRole: (scope: Scope, seat: Seat, roleId: string): Promise<void> =>
      changeRoles(scope, seat, async (tx) => {
        const removed = await removeRelated(tx.db, store.rolesRelation(within(tx, seat), seat.memberId), [roleId]);
        if (removed.length === 0) throw fail('entity.not_found');
        return { removedRoleIds: removed };
      }),

    async checkMember(scope: Scope, { memberId, ...place }: Seat): Promise<void> {
      await getOrganization(scope, place.organizationId);
      await checkMembers(scope, place, [memberId]);
    },

    /** Ids of roles by id and by name, as far as the organization knows the names. */
    async roleIdsOf(
      scope: Scope,
      organizationId: string,
      wanted: { organizationRoleIds?: string[] | undefined; organizationRoleNames?: string[] | undefined },
    ): Promise<string[]> {
      const { organizationRoleIds: ids = [], organizationRoleNames: names = [] } = wanted;
      const found: OrganizationRoleRow[] =
        names.length === 0 ? [] : await findRolesByName(scope.db, scope.tenantId, organizationId, names);
      const unknown = names.filter((name) => !found.some((role) => role.name === name));
      if (unknown.length > 0) throw fail('organization.role_names_not_found', { data: { names: unknown } });
      return [...new Set([...ids, ...found.map(({ id }) => id)])];
    },

    /** Makes a user a member with roles, in the transaction in progress; who is a member already keeps what is held. */
    async join(tx: Scope, organizationId: string, userId: string, roleIds: string[]): Promise<void> {
      const place = { organizationId, kind: 'users' } as const;
      const added = await store.addMembers(tx.db, within(tx, place), [userId], tx.now);
      await store.assignRoles(tx.db, within(tx, place), [userId], roleIds);
      await recordMembership(tx, place, { added, addedRoleIds: roleIds });
    },
  };
}

async function recordMembership(tx: Scope, { organizationId, kind }: Place, details: object): Promise<void> {
  const key = 'Organization.Membership.Updated';
  await audit(tx, { key, target: { type: 'Organization', id: organizationId }, details: { kind, ...details } });
  const object = { type: 'Organization', id: organizationId };
  await emitEvent(tx, { event: key, object, payload: { organizationId, data: { kind, ...details } } });
}
