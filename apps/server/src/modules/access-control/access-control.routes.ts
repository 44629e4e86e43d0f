import type { Routes } from '../../kernel/operations.ts';
import * as contract from './access-control.contract.ts';
import type { AccessControlService } from './access-control.service.ts';

export function accessControlRoutes(service: AccessControlService): Routes {
  return (route) => {
    route(contract.getAccessRules, ({ scope, params }) => service.getRules(scope, params.applicationId));

    route(contract.replaceAccessRules, ({ scope, params, body }) =>
      service.replaceRules(scope, params.applicationId, body),
    );

    route(contract.checkAccess, ({ scope, params }) => service.check(scope, params.applicationId, params.userId));
  };
}
