import type { Routes } from '../../kernel/operations.ts';
import type { HostState } from '../domains/index.ts';
import type { HostsService } from './hosts.service.ts';
import * as contract from './protected-applications.contract.ts';

const toWire = (host: HostState) => ({ ...host, cloudflareData: null });

export function protectedApplicationsRoutes(hosts: HostsService): Routes {
  return (route) => {
    route(contract.listProtectedAppDomains, async ({ scope, params }) =>
      (await hosts.list(scope, params.id)).map(toWire),
    );
    route(contract.addProtectedAppDomain, async ({ scope, params, body }) =>
      toWire(await hosts.add(scope, params.id, body.domain)),
    );
    route(contract.removeProtectedAppDomain, ({ scope, params }) => hosts.remove(scope, params.id, params.domain));
  };
}
