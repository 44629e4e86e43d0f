import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { emitEvent } from '../../kernel/events.ts';
import { secretValue, standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { addRelated } from '../../kernel/relations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import type { MessagesApi } from '../messages/index.ts';
import type { UsersApi } from '../users/index.ts';
import type { InvitationMessage } from './organization-invitations.contract.ts';
import { invitationPath } from './organization-invitations.paths.ts';
import * as store from './organization-invitations.store.ts';
import { checkRoles, type MembersService } from './organization-members.service.ts';
import { fail, missing } from './organizations.errors.ts';
import { getOrganization } from './organizations.service.ts';
import { lockOrganization } from './organizations.store.ts';

export interface InvitationDependencies {
  users: Pick<UsersApi, 'find' | 'update'>;
  sendMessage: MessagesApi['send'];
  /** Where links in messages lead, whatever address the tenant is asked at. */
  primaryEndpoint(scope: Scope): Promise<string>;
}

export type InvitationsService = ReturnType<typeof createInvitationsService>;

export interface InvitationInput {
  inviterId?: string | null | undefined;
  invitee: string;
  organizationId: string;
  expiresAt: number;
  organizationRoleIds?: string[] | undefined;
  messagePayload: InvitationMessage | false;
  redirectUri?: string | undefined;
}

/** An invitation as its link shows it. */
export type OpenedInvitation = store.InvitationRow & { organizationName: string };

/** Addresses that are invited to organizations. */
export function createInvitationsService(deps: InvitationDependencies, members: Pick<MembersService, 'join'>) {
  const get = async (scope: Scope, id: string): Promise<store.InvitationRow> => {
    const row = await store.findInvitation(scope.db, scope.tenantId, id, scope.now);
    if (!row) throw missing('organization_invitation', id);
    return row;
  };

  /** A link to the hosted page. Only the message has the secret, so who brings it has read the invitee's mail. */
  const makeLink = async (scope: Scope, row: store.InvitationRow): Promise<string> => {
    const secret = secretValue();
    if (!(await store.setSecret(scope.db, row, hashSecret(secret)))) throw notPending(row.status);
    return `${await deps.primaryEndpoint(scope)}${invitationPath}?token=${secret}`;
  };

  const send = async (scope: Scope, row: store.InvitationRow, message: InvitationMessage): Promise<void> => {
    const { code, locale, uiLocales = '' } = message;
    const link = message.link ?? (await makeLink(scope, row));
    const { id, name, branding } = await getOrganization(scope, row.organizationId);
    const inviter = row.inviterId === null ? undefined : await deps.users.find(scope, row.inviterId);
    await deps.sendMessage(scope, {
      recipient: { type: 'email', value: row.invitee },
      type: 'OrganizationInvitation',
      ...(code !== undefined && { code }),
      link,
      locales: [locale ?? '', ...uiLocales.split(/\s+/)].filter((tag) => tag !== ''),
      context: {
        organization: { id, name, branding },
        ...(inviter && {
          inviter: { id: inviter.id, name: inviter.name, avatar: inviter.avatar, primaryEmail: inviter.primaryEmail },
        }),
      },
    });
  };

  const insert = (scope: Scope, input: InvitationInput): Promise<store.InvitationRow> =>
    transaction(scope, async (tx) => {
      const { organizationId, invitee, inviterId = null, organizationRoleIds = [] } = input;
      const id = standardId();
      const row = {
        tenantId: tx.tenantId,
        id,
        organizationId,
        inviterId,
        invitee,
        expiresAt: new Date(input.expiresAt),
        redirectUri: input.redirectUri ?? null,
      };
      if (!(await lockOrganization(tx.db, tx.tenantId, organizationId))) {
        throw fail('entity.relation_foreign_key_not_found', { data: { ids: [organizationId] } });
      }
      await checkRoles(tx, { organizationId, kind: 'users' }, organizationRoleIds);
      if (await store.isAddressOfMember(tx.db, row)) throw fail('organization_invitation.invitee_is_member');
      await store.expireInvitations(tx.db, row, tx.now);
      await insertOnly(tx, row);
      await addRelated(tx.db, store.invitationRoles(tx.tenantId, id), organizationRoleIds);
      const created = await get(tx, id);
      await record(tx, 'OrganizationInvitation.Created', created, { after: created });
      return created;
    });

  const remove = (scope: Scope, id: string): Promise<void> =>
    transaction(scope, async (tx) => {
      const before = await get(tx, id);
      await store.deleteInvitation(tx.db, tx.tenantId, id);
      await record(tx, 'OrganizationInvitation.Deleted', before, { before });
    });

  /** Ends a pending invitation in one statement, so that it ends one way and once. */
  const end = async (
    tx: Scope,
    before: store.InvitationRow,
    status: 'Accepted' | 'Revoked',
    acceptedUserId: string | null,
  ): Promise<store.InvitationRow> => {
    if (!(await store.endInvitation(tx.db, before, { status, acceptedUserId }, tx.now))) {
      throw notPending((await get(tx, before.id)).status);
    }
    const after = { ...before, status, acceptedUserId, updatedAt: tx.now.getTime() };
    await record(tx, 'OrganizationInvitation.Status.Updated', after, { before, after });
    return after;
  };

  /** Makes the user a member, in the transaction in progress. */
  const admit = async (tx: Scope, before: store.InvitationRow, userId: string): Promise<store.InvitationRow> => {
    const after = await end(tx, before, 'Accepted', userId);
    const roleIds = before.organizationRoles.map((role) => role.id);
    await members.join(tx, before.organizationId, userId, roleIds);
    return after;
  };

  /** `trusts`: the caller vouches that the address is the user's; otherwise somebody must have proved it. */
  const accept = (
    scope: Scope,
    { id, userId, trusts }: { id: string; userId: string; trusts: boolean },
  ): Promise<store.InvitationRow> =>
    transaction(scope, async (tx) => {
      const before = await get(tx, id);
      const address = await store.findAddress(tx.db, tx.tenantId, userId);
      if (!address) throw fail('entity.relation_foreign_key_not_found', { data: { ids: [userId] } });
      const isInvitee = address.email?.toLowerCase() === before.invitee.toLowerCase();
      if (!isInvitee || !(trusts || address.isVerified)) throw fail('organization_invitation.address_mismatch');
      return admit(tx, before, userId);
    });

  /** The address that the user has proved; an invitation is for nobody who has merely typed it. */
  const provedAddress = async (scope: Scope, userId: string): Promise<string | undefined> => {
    const address = await store.findAddress(scope.db, scope.tenantId, userId);
    return address?.isVerified && address.email !== null ? address.email : undefined;
  };

  const find = (scope: Scope, secret: string) =>
    store.findInvitationBySecret(scope.db, scope.tenantId, hashSecret(secret), scope.now);

  const getBySecret = async (scope: Scope, secret: string): Promise<store.InvitationRow> => {
    const row = await find(scope, secret);
    if (!row) throw fail('organization_invitation.link_not_valid');
    return row;
  };

  return {
    get,
    remove,

    list: (scope: Scope, filter: store.InvitationFilter, page: Page | undefined) =>
      store.listInvitations(scope.db, scope.tenantId, filter, scope.now, page),

    async create(scope: Scope, input: InvitationInput): Promise<store.InvitationRow> {
      if (input.expiresAt <= scope.now.getTime()) {
        throw fail('guard.invalid_input', { details: 'body.expiresAt: must be in the future' });
      }
      const created = await insert(scope, input);
      if (!input.messagePayload) return created;
      try {
        // A provider may take its time, so no transaction stays open for it: what could not be sent is taken back.
        await send(scope, created, input.messagePayload);
      } catch (error) {
        await remove(scope, created.id);
        throw error;
      }
      return created;
    },

    async resend(scope: Scope, id: string, message: InvitationMessage): Promise<void> {
      const row = await get(scope, id);
      if (row.status !== 'Pending') throw notPending(row.status);
      await send(scope, row, message);
    },

    revoke: (scope: Scope, id: string): Promise<store.InvitationRow> =>
      transaction(scope, async (tx) => end(tx, await get(tx, id), 'Revoked', null)),

    /** An administrator accepts for a user. */
    acceptFor: (scope: Scope, id: string, userId: string) => accept(scope, { id, userId, trusts: true }),

    /** The signed-in user accepts: nobody who has merely typed the invited address into a profile. */
    accept: (scope: Scope, { id, userId }: { id: string; userId: string }) =>
      accept(scope, { id, userId, trusts: false }),

    /** What waits for the signed-in user's answer, with the organizations' names. */
    async pendingFor(scope: Scope, userId: string): Promise<OpenedInvitation[]> {
      const invitee = await provedAddress(scope, userId);
      if (invitee === undefined) return [];
      const { rows } = await store.listInvitations(scope.db, scope.tenantId, { invitee }, scope.now, undefined);
      const pending = rows.filter(({ status }) => status === 'Pending');
      return Promise.all(
        pending.map(async (row) => ({
          ...row,
          organizationName: (await getOrganization(scope, row.organizationId)).name,
        })),
      );
    },

    /** The signed-in user declines. */
    decline: (scope: Scope, { id, userId }: { id: string; userId: string }): Promise<store.InvitationRow> =>
      transaction(scope, async (tx) => {
        const before = await get(tx, id);
        const invitee = await provedAddress(tx, userId);
        if (invitee?.toLowerCase() !== before.invitee.toLowerCase()) {
          throw fail('organization_invitation.address_mismatch');
        }
        return end(tx, before, 'Revoked', null);
      }),

    /** What the holder of a link may do, who has read the mail of the invited address. */
    byLink: {
      /** With the organization's name. */
      async find(scope: Scope, secret: string): Promise<OpenedInvitation | undefined> {
        const row = await find(scope, secret);
        return row && { ...row, organizationName: (await getOrganization(scope, row.organizationId)).name };
      },

      /** For the account of the address, or one that has none yet and gets this one; the link is the proof of it. */
      accept: (scope: Scope, secret: string, userId: string): Promise<store.InvitationRow> =>
        transaction(scope, async (tx) => {
          const before = await getBySecret(tx, secret);
          const address = await store.findAddress(tx.db, tx.tenantId, userId);
          const claim = address && claimOf(address.email, before.invitee);
          if (!claim) throw fail('organization_invitation.address_mismatch');
          const after = await admit(tx, before, userId);
          if (!address.isVerified)
            await deps.users.update(tx, userId, { primaryEmail: address.email ?? before.invitee });
          return after;
        }),

      decline: (scope: Scope, secret: string): Promise<store.InvitationRow> =>
        transaction(scope, async (tx) => end(tx, await getBySecret(tx, secret), 'Revoked', null)),
    },
  };
}

/** How an account with this address stands to an invitation: its invitee, able to become it, or somebody else. */
export function claimOf(email: string | null, invitee: string): 'own' | 'new' | undefined {
  if (email === null) return 'new';
  return email.toLowerCase() === invitee.toLowerCase() ? 'own' : undefined;
}

const notPending = (status: store.InvitationRow['status']) =>
  fail('organization_invitation.not_pending', { data: { status } });

async function insertOnly(tx: Scope, row: store.NewInvitation): Promise<void> {
  try {
    await store.insertInvitation(tx.db, row, tx.now);
  } catch (error) {
    if (violates(error, 'organization_invitations_one_pending')) {
      throw fail('entity.unique_integrity_violation', { cause: error });
    }
    throw error;
  }
}

async function record(
  tx: Scope,
  key: `OrganizationInvitation.${'Created' | 'Deleted' | 'Status.Updated'}`,
  row: store.InvitationRow,
  change: { before?: store.InvitationRow; after?: store.InvitationRow },
): Promise<void> {
  const object = { type: 'OrganizationInvitation' as const, id: row.id };
  await audit(tx, { key, target: object, ...change });
  await emitEvent(tx, { event: key, object, payload: { data: key === 'OrganizationInvitation.Deleted' ? null : row } });
}
