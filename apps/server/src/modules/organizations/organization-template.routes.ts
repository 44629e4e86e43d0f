import type { Routes } from '../../kernel/operations.ts';
import * as contract from './organization-template.contract.ts';
import type { TemplateService } from './organization-template.service.ts';

const unique = (ids: string[]) => [...new Set(ids)];

export function templateRoutes(service: TemplateService): Routes {
  return (route) => {
    route(contract.listOrganizationScopes, async ({ scope, query, page, setTotal }) => {
      const { rows, total } = await service.listScopes(scope, query.q, page);
      setTotal(total);
      return rows;
    });
    route(contract.createOrganizationScope, ({ scope, body }) => service.createScope(scope, body));
    route(contract.getOrganizationScope, ({ scope, params }) => service.getScope(scope, params.id));
    route(contract.updateOrganizationScope, ({ scope, params, body: { name, description } }) =>
      service.updateScope(scope, params.id, { name, description }),
    );
    route(contract.deleteOrganizationScope, ({ scope, params }) => service.removeScope(scope, params.id));

    route(contract.listOrganizationRoles, async ({ scope, query, page, setTotal }) => {
      const { rows, total } = await service.listRoles(scope, query, page);
      setTotal(total);
      return rows;
    });
    route(contract.createOrganizationRole, ({ scope, body }) =>
      service.createRole(scope, {
        ...body,
        organizationScopeIds: unique(body.organizationScopeIds),
        resourceScopeIds: unique(body.resourceScopeIds),
      }),
    );
    route(contract.getOrganizationRole, ({ scope, params }) => service.getRole(scope, params.id));
    route(contract.updateOrganizationRole, ({ scope, params, body }) => {
      const { tenantId: _tenant, organizationScopeIds, resourceScopeIds, ...change } = body;
      return service.updateRole(scope, params.id, change, {
        scopes: organizationScopeIds && unique(organizationScopeIds),
        'resource-scopes': resourceScopeIds && unique(resourceScopeIds),
      });
    });
    route(contract.deleteOrganizationRole, ({ scope, params }) => service.removeRole(scope, params.id));

    route(contract.listOrganizationRoleScopes, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listRoleScopes(scope, params.id, page);
      setTotal(total);
      return rows;
    });
    route(contract.addOrganizationRoleScopes, ({ scope, params, body }) =>
      service.addRoleScopes(scope, params.id, 'scopes', unique(body.organizationScopeIds)),
    );
    route(contract.replaceOrganizationRoleScopes, ({ scope, params, body }) =>
      service.replaceRoleScopes(scope, params.id, 'scopes', unique(body.organizationScopeIds)),
    );
    route(contract.removeOrganizationRoleScope, ({ scope, params }) =>
      service.removeRoleScope(scope, params.id, 'scopes', params.organizationScopeId),
    );

    route(contract.listOrganizationRoleResourceScopes, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listRoleResourceScopes(scope, params.id, page);
      setTotal(total);
      return rows;
    });
    route(contract.addOrganizationRoleResourceScopes, ({ scope, params, body }) =>
      service.addRoleScopes(scope, params.id, 'resource-scopes', unique(body.scopeIds)),
    );
    route(contract.replaceOrganizationRoleResourceScopes, ({ scope, params, body }) =>
      service.replaceRoleScopes(scope, params.id, 'resource-scopes', unique(body.scopeIds)),
    );
    route(contract.removeOrganizationRoleResourceScope, ({ scope, params }) =>
      service.removeRoleScope(scope, params.id, 'resource-scopes', params.scopeId),
    );
  };
}
