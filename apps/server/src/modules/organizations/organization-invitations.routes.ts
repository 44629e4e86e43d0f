import { fail } from '../../kernel/errors.ts';
import type { Routes } from '../../kernel/operations.ts';
import * as contract from './organization-invitations.contract.ts';
import type { InvitationsService } from './organization-invitations.service.ts';

export function invitationsRoutes(service: InvitationsService): Routes {
  return (route) => {
    route(contract.listOrganizationInvitations, async ({ scope, query, page, setTotal }) => {
      const { rows, total } = await service.list(scope, query, page);
      setTotal(total);
      return rows;
    });
    route(contract.createOrganizationInvitation, ({ scope, body }) => service.create(scope, body));
    route(contract.getOrganizationInvitation, ({ scope, params }) => service.get(scope, params.id));
    route(contract.sendOrganizationInvitation, ({ scope, params, body }) => service.resend(scope, params.id, body));
    route(contract.updateOrganizationInvitationStatus, ({ scope, params: { id }, body }) => {
      if (body.status === 'Revoked') return service.revoke(scope, id);
      if (!body.acceptedUserId) {
        throw fail('guard.invalid_input', { details: 'body.acceptedUserId: is needed to accept' });
      }
      return service.acceptFor(scope, id, body.acceptedUserId);
    });
    route(contract.deleteOrganizationInvitation, ({ scope, params }) => service.remove(scope, params.id));
  };
}
