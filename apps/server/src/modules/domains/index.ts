import type { FastifyInstance } from 'fastify';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Log } from '../../kernel/log.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import {
  type Addressing,
  addressOf,
  addressOfDomain,
  hostnameOf,
  isOwnOrigin,
  requestOrigin,
  type TenantAddress,
  tenantByOrigin,
} from '../../kernel/tenancy.ts';
import { parseDomain } from './domain-names.ts';
import type { ResolveTxt } from './domain-proof.ts';
import { mountDomains } from './domains.mount.ts';
import { domainsRoutes } from './domains.routes.ts';
import { createDomainsService, OWNERS_TOPIC } from './domains.service.ts';
import { type DomainRow, findOwner, findPrimaryName, listDue, listVerifiedNames } from './domains.store.ts';

export type { ResolveTxt } from './domain-proof.ts';

interface DomainsModuleDependencies {
  addressing: Addressing;
  database: DatabasePool;
  caches: Caches;
  log: Log;
  now: () => Date;
  resolveTxt: ResolveTxt;
  tenantExists(tenantId: string): Promise<boolean>;
  announceIssuers(tx: Scope): Promise<void>;
}

interface DomainsApi {
  /** The tenant whose verified domain the origin is, with the address that its answers carry there. */
  findAddress(origin: string): Promise<TenantAddress | undefined>;
  /** Addresses of the tenant at domains of its own. */
  endpointsOf(tenantId: string): Promise<string[]>;
  /** Where links in messages lead: the primary domain, or the address that ENDPOINT gives; never what was asked. */
  primaryEndpoint(scope: Scope): Promise<string>;
}

export interface DomainsModule {
  routes: Routes;
  api: DomainsApi;
  jobs: Job[];
  /** Mounts the files of the domains, and the question of proxies. */
  mount(app: FastifyInstance): void;
}

/** Domains looked at in one go, and at the same time. */
const BATCH = 500;
const AT_ONCE = 20;

/** Domains of a tenant's own: who asks at one is at the tenant. */
export function createDomainsModule(deps: DomainsModuleDependencies): DomainsModule {
  const { addressing, database } = deps;
  const originOf = (hostname: string): string => addressOfDomain(addressing, '', hostname).endpoint;
  const service = createDomainsService({
    ...deps,
    isEncrypted: addressing.endpoint.startsWith('https:'),
    isOwnHost: (hostname) =>
      isOwnOrigin(originOf(hostname), addressing) || hostname === hostnameOf(addressing.adminEndpoint),
  });

  // Names that nobody has are remembered too: a stranger's Host header costs one look into the database.
  const owners = deps.caches.create<{ row: DomainRow | undefined }>(OWNERS_TOPIC, async (_all, domain) => ({
    row: await findOwner(database.forSystem('whose the domain of a request is'), domain),
  }));
  const ownerOf = async (hostname: string): Promise<DomainRow | undefined> =>
    parseDomain(hostname) === hostname ? (await owners.get('*', hostname))?.row : undefined;
  const scopeOf = (row: DomainRow, why: string): Scope => ({
    ...systemScope(deps, row.tenantId, why),
    now: deps.now(),
  });

  const checkOne = async (row: DomainRow): Promise<void> => {
    try {
      await service.check(scopeOf(row, 'look for the records of a domain'), row);
    } catch (error) {
      deps.log.warn({ err: error, domain: row.domain }, 'the records of a domain could not be looked for');
    }
  };

  /** Looks for the records of the domains that are due. */
  const checkDue = async (): Promise<void> => {
    const due = await listDue(database.forSystem('domains whose records are due'), deps.now(), BATCH);
    while (due.length > 0) await Promise.all(due.splice(0, AT_ONCE).map(checkOne));
  };

  const api: DomainsApi = {
    async findAddress(origin) {
      const row = await ownerOf(hostnameOf(origin) ?? '');
      if (!row) return undefined;
      const address = addressOfDomain(addressing, row.tenantId, row.domain);
      if (address.endpoint !== origin) return undefined;
      if (row.status === 'PendingSsl') await service.activate(scopeOf(row, 'a domain is asked over TLS'), row);
      return address;
    },
    async endpointsOf(tenantId) {
      const names = await listVerifiedNames(database.forTenant(tenantId), tenantId);
      return names.map((name) => addressOfDomain(addressing, tenantId, name).endpoint);
    },
    async primaryEndpoint({ db, tenantId }) {
      const name = await findPrimaryName(db, tenantId);
      return (name === undefined ? addressOf(addressing, tenantId) : addressOfDomain(addressing, tenantId, name))
        .endpoint;
    },
  };

  return {
    api,
    jobs: [{ name: 'check-domains', schedule: '* * * * *', run: checkDue }],
    routes: domainsRoutes(service, hostnameOf(addressing.endpoint.replace('*.', '')) ?? ''),
    mount: (app) =>
      mountDomains(app, {
        hostOf: (request) => hostnameOf(requestOrigin(request.raw, addressing)),
        filesOf: async (hostname) => (await ownerOf(hostname))?.verificationFiles,
        async serves(hostname) {
          const origin = originOf(hostname);
          const tenantId = tenantByOrigin(origin, addressing);
          if (tenantId !== undefined) return deps.tenantExists(tenantId);
          if (isOwnOrigin(origin, addressing) || hostname === hostnameOf(addressing.adminEndpoint)) return true;
          return (await ownerOf(hostname)) !== undefined;
        },
      }),
  };
}
