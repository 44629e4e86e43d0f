import type { Routes } from '../../kernel/operations.ts';
import * as contract from './organization-jit.contract.ts';
import type { JitService } from './organization-jit.service.ts';

const unique = (ids: string[]) => [...new Set(ids)];

export function jitRoutes(service: JitService): Routes {
  return (route) => {
    route(contract.replaceJitRules, ({ scope, params, body }) =>
      service.replaceRules(scope, params.id, {
        domains: body.emailDomains && unique(body.emailDomains),
        ssoConnectorIds: body.ssoConnectorIds && unique(body.ssoConnectorIds),
        roleIds: body.organizationRoleIds && unique(body.organizationRoleIds),
      }),
    );
    route(contract.listJitEmailDomains, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listDomains(scope, params.id, page);
      setTotal(total);
      return rows;
    });
    route(contract.addJitEmailDomain, async ({ scope, params, body }) => {
      await service.addDomain(scope, params.id, body.emailDomain);
      return { tenantId: scope.tenantId, organizationId: params.id, emailDomain: body.emailDomain };
    });
    route(contract.replaceJitEmailDomains, ({ scope, params, body }) =>
      service.replaceDomains(scope, params.id, unique(body.emailDomains)),
    );
    route(contract.removeJitEmailDomain, ({ scope, params }) =>
      service.removeDomain(scope, params.id, params.emailDomain),
    );
    route(contract.listJitRoles, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listRoles(scope, params.id, page);
      setTotal(total);
      return rows;
    });
    route(contract.addJitRoles, ({ scope, params, body }) =>
      service.addRoles(scope, params.id, unique(body.organizationRoleIds)),
    );
    route(contract.replaceJitRoles, ({ scope, params, body }) =>
      service.replaceRoles(scope, params.id, unique(body.organizationRoleIds)),
    );
    route(contract.removeJitRole, ({ scope, params }) =>
      service.removeRole(scope, params.id, params.organizationRoleId),
    );
    route(contract.listJitSsoConnectors, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listSsoConnectors(scope, params.id, page);
      setTotal(total);
      return rows;
    });
    route(contract.addJitSsoConnectors, ({ scope, params, body }) =>
      service.addSsoConnectors(scope, params.id, unique(body.ssoConnectorIds)),
    );
    route(contract.replaceJitSsoConnectors, ({ scope, params, body }) =>
      service.replaceSsoConnectors(scope, params.id, unique(body.ssoConnectorIds)),
    );
    route(contract.removeJitSsoConnector, ({ scope, params }) =>
      service.removeSsoConnector(scope, params.id, params.ssoConnectorId),
    );
  };
}
