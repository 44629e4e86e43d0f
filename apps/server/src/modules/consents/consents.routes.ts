import type { Routes } from '../../kernel/operations.ts';
import * as contract from './consents.contract.ts';
import type { ConsentsService } from './consents.service.ts';

export function consentsRoutes(service: ConsentsService): Routes {
  return (route) => {
    route(contract.getConsentScopes, ({ scope, params }) => service.listScopes(scope, params.applicationId));

    route(contract.addConsentScopes, ({ scope, params, body }) => service.addScopes(scope, params.applicationId, body));

    route(contract.removeConsentScope, ({ scope, params }) =>
      service.removeScope(scope, params.applicationId, params.scopeType, params.scopeId),
    );

    route(contract.getCimdConsentScopes, ({ scope }) => service.listScopes(scope, null));

    route(contract.addCimdConsentScopes, ({ scope, body }) => service.addScopes(scope, null, body));

    route(contract.replaceCimdConsentScopes, ({ scope, body }) => service.replaceScopes(scope, null, body));
    route(contract.removeCimdConsentScope, ({ scope, params }) =>
      service.removeScope(scope, null, params.scopeType, params.scopeId),
    );

    route(contract.listConsentOrganizations, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listOrganizations(
        scope,
        { clientId: params.id, userId: params.userId },
        page,
      );
      setTotal(total);
      return { organizations: rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() })) };
    });

    route(contract.replaceConsentOrganizations, ({ scope, params, body }) =>
      service.grantOrganizations(scope, { clientId: params.id, userId: params.userId }, body.organizationIds, {
        replace: true,
      }),
    );

    route(contract.addConsentOrganizations, ({ scope, params, body }) =>
      service.grantOrganizations(scope, { clientId: params.id, userId: params.userId }, body.organizationIds, {
        replace: false,
      }),
    );

    route(contract.removeConsentOrganization, ({ scope, params }) =>
      service.withdrawOrganization(scope, { clientId: params.id, userId: params.userId }, params.organizationId),
    );
  };
}
