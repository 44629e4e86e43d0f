import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { OrganizationsApi } from '../organizations/index.ts';
import type { SessionsApi } from '../sessions/index.ts';
import { type SubjectTokensApi, toToken } from '../subject-tokens/index.ts';
import type { AccountService } from './account.service.ts';
import type { AccountDeletion } from './account-deletion.ts';
import type { AccountGate, Gate } from './account-gate.ts';
import * as contract from './account-holdings.contract.ts';
import { wholeViewOf } from './account-view.ts';

export interface HoldingsDependencies {
  service: AccountService;
  gate: AccountGate;
  sessions: SessionsApi;
  organizations: Pick<OrganizationsApi, 'membershipsOf' | 'leave' | 'invitations'>;
  personalTokens: SubjectTokensApi['personal'];
  deletion: Pick<AccountDeletion, 'request'>;
}

const sessionsGate = (access: 'read' | 'edit'): Gate => ({
  field: ['session', access],
  scope: 'urn:logto:scope:sessions',
});
const organizationsGate = (access: 'read' | 'edit'): Gate => ({
  field: ['organization', access],
  scope: 'urn:logto:scope:organizations',
});
const tokensGate = (access: 'read' | 'edit'): Gate => ({
  field: ['personalAccessToken', access],
  firstPartyOnly: true,
});

/** What an owner holds beside the account itself. */
export function holdingsRoutes(deps: HoldingsDependencies): Routes {
  const { service, gate, sessions, organizations, personalTokens, deletion } = deps;

  const membershipsOf = async (scope: Scope, userId: string) =>
    (await organizations.membershipsOf(scope, { userId })).map(({ organizationId, name, description, roles }) => ({
      id: organizationId,
      name,
      description,
      roles,
    }));

  return (route) => {
    const own = gate.bind(route);

    own(contract.listMySessions, sessionsGate('read'), async ({ scope }, caller) => {
      await service.requireProof(scope, caller);
      const all = await sessions.list(scope, caller.userId);
      return { sessions: all.map((one) => ({ ...one, isCurrent: one.payload.uid === caller.sessionUid })) };
    });
    own(contract.revokeMySession, sessionsGate('edit'), async ({ scope, params, query }, caller) => {
      await service.requireProof(scope, caller);
      await sessions.revoke(scope, caller.userId, params.sessionId, query.revokeGrantsTarget);
    });
    own(contract.listMyGrants, sessionsGate('read'), async ({ scope, query }, caller) => {
      await service.requireProof(scope, caller);
      return { grants: await sessions.listGrants(scope, caller.userId, query.appType) };
    });
    own(contract.revokeMyGrant, sessionsGate('edit'), async ({ scope, params }, caller) => {
      await service.requireProof(scope, caller);
      await sessions.revokeGrant(scope, caller.userId, params.grantId);
    });

    own(contract.listMyOrganizations, organizationsGate('read'), ({ scope }, caller) =>
      membershipsOf(scope, caller.userId),
    );
    own(contract.leaveMyOrganization, organizationsGate('edit'), async ({ scope, params }, caller) => {
      await service.requireProof(scope, caller);
      await organizations.leave(scope, params.organizationId, caller.userId);
    });

    own(contract.listMyInvitations, organizationsGate('read'), async ({ scope }, caller) =>
      (await organizations.invitations.pendingFor(scope, caller.userId)).map(
        ({ id, organizationId, organizationName, organizationRoles, expiresAt }) => ({
          id,
          organization: { id: organizationId, name: organizationName },
          roles: organizationRoles,
          expiresAt,
        }),
      ),
    );
    own(contract.acceptMyInvitation, organizationsGate('edit'), async ({ scope, params }, { userId }) => {
      await organizations.invitations.accept(scope, { id: params.invitationId, userId });
    });
    own(contract.declineMyInvitation, organizationsGate('edit'), async ({ scope, params }, { userId }) => {
      await organizations.invitations.decline(scope, { id: params.invitationId, userId });
    });

    own(contract.listMyPersonalAccessTokens, tokensGate('read'), async ({ scope }, caller) => {
      await service.requireProof(scope, caller);
      return (await personalTokens.list(scope, caller.userId)).map((row) => toToken(row));
    });
    own(contract.createMyPersonalAccessToken, tokensGate('edit'), async ({ scope, body }, caller) => {
      await service.requireProof(scope, caller);
      const { row, value } = await personalTokens.create(scope, caller.userId, body);
      return toToken(row, value);
    });
    own(contract.deleteMyPersonalAccessToken, tokensGate('edit'), async ({ scope, body }, caller) => {
      await service.requireProof(scope, caller);
      await personalTokens.remove(scope, caller.userId, body.name);
    });

    own(
      contract.requestMyDeletion,
      { field: ['accountDeletion', 'edit'], firstPartyOnly: true },
      async ({ scope }, caller, { deletionGraceDays }) => {
        await service.requireProof(scope, caller);
        return { dueAt: (await deletion.request(scope, caller.userId, deletionGraceDays)).getTime() };
      },
    );

    own(
      contract.exportMyAccount,
      { field: ['dataExport', 'read'], firstPartyOnly: true },
      async ({ scope }, caller) => {
        await service.requireProof(scope, caller);
        const { userId } = caller;
        const user = await service.getUser(scope, caller);
        return {
          exportedAt: scope.now.toISOString(),
          account: wholeViewOf(user, service.hasSecurityMethod(user)),
          mfaVerifications: await service.listFactors(scope, caller),
          sessions: await sessions.list(scope, userId),
          grants: await sessions.listGrants(scope, userId, undefined),
          organizations: await membershipsOf(scope, userId),
          personalAccessTokens: (await personalTokens.list(scope, userId)).map((row) => toToken(row)),
        };
      },
    );
  };
}
