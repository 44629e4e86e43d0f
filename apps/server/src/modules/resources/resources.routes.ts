import type { Routes } from '../../kernel/operations.ts';
import * as contract from './resources.contract.ts';
import type { ResourcesService } from './resources.service.ts';
import type { ScopeRow } from './resources.store.ts';

export const toScope = (row: ScopeRow) => ({ ...row, createdAt: row.createdAt.getTime() });

export function resourcesRoutes(service: ResourcesService): Routes {
  return (route) => {
    route(contract.listResources, async ({ scope, query, search, page, setTotal }) => {
      const { rows, total } = await service.list(scope, search, page);
      setTotal(total);
      if (!query.includeScopes) return rows;
      const scopes = await service.listScopesOf(
        scope,
        rows.map(({ id }) => id),
      );
      const byResource = Map.groupBy(scopes, ({ resourceId }) => resourceId);
      return rows.map((row) => ({ ...row, scopes: (byResource.get(row.id) ?? []).map(toScope) }));
    });

    route(contract.createResource, async ({ scope, body }) => ({ ...(await service.create(scope, body)), scopes: [] }));
    route(contract.getResource, ({ scope, params }) => service.get(scope, params.id));
    route(contract.updateResource, ({ scope, params, body }) =>
      service.update(scope, params.id, { name: body.name, accessTokenTtl: body.accessTokenTtl }),
    );
    route(contract.deleteResource, ({ scope, params }) => service.remove(scope, params.id));
    route(contract.updateResourceIsDefault, ({ scope, params, body }) =>
      service.setDefault(scope, params.id, body.isDefault),
    );

    route(contract.listResourceScopes, async ({ scope, params, search, page, setTotal }) => {
      const { rows, total } = await service.listScopes(scope, params.resourceId, search, page);
      setTotal(total);
      return rows.map(toScope);
    });
    route(contract.createResourceScope, async ({ scope, params, body }) =>
      toScope(await service.createScope(scope, params.resourceId, body)),
    );
    route(contract.updateResourceScope, async ({ scope, params, body }) =>
      toScope(await service.updateScope(scope, params, body)),
    );
    route(contract.deleteResourceScope, ({ scope, params }) => service.removeScope(scope, params));
  };
}
