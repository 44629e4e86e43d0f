import {
  acceptMyInvitation,
  declineMyInvitation,
  leaveMyOrganization,
  listMyInvitations,
  listMyOrganizations,
} from '../../account/account-holdings.contract.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountRoutes } from '../routes.ts';

/** Memberships, and invitations to new ones. */
export function mountOrganizations(routes: AccountRoutes): void {
  routes.page(accountPaths.organizations, 'organizations', async (visit) => ({
    page: 'account-organizations',
    organizations: await visit.call(listMyOrganizations, {}),
    invitations: await visit.call(listMyInvitations, {}),
    editable: visit.may('organization', 'edit'),
  }));

  routes.confirm({
    path: `${accountPaths.organizations}/:organizationId/leave`,
    section: 'organizations',
    what: 'organization-leave',
    cancel: accountPaths.organizations,
    describe: async (visit) => {
      const all = await visit.call(listMyOrganizations, {});
      const found = all.find(({ id }) => id === visit.params.organizationId);
      return found && { name: found.name };
    },
    async act(visit) {
      await visit.call(leaveMyOrganization, { params: { organizationId: visit.params.organizationId ?? '' } });
      return { to: accountPaths.organizations, done: 'organization-leave' };
    },
  });

  for (const [verb, operation] of [
    ['accept', acceptMyInvitation],
    ['decline', declineMyInvitation],
  ] as const) {
    routes.form(`${accountPaths.invitations}/:invitationId/${verb}`, async (visit) => {
      await visit.call(operation, { params: { invitationId: visit.params.invitationId ?? '' } });
      return { to: accountPaths.organizations, done: `invitation-${verb}` };
    });
  }
}
