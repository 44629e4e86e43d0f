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
import { dnsRecords, domainsRoutes } from './domains.routes.ts';
import { createDomainsService, OWNERS_TOPIC } from './domains.service.ts';
import { type DomainRow, findOwner, findPrimaryName, listDue, listVerifiedNames } from './domains.store.ts';

export { parseDomain } from './domain-names.ts';
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
  announceClient(tx: Scope, applicationId: string): Promise<void>;
}

/** A host that leads to a protected application. */
export interface ApplicationHost extends TenantAddress {
  applicationId: string;
  domain: string;
}

/** The same as it is set up. */
export interface HostState {
  domain: string;
  status: DomainRow['status'];
  errorMessage: string | null;
  dnsRecords: ReturnType<typeof dnsRecords>;
}

export interface DomainsApi {
  /** The tenant whose verified domain the origin is, with the address that its answers carry there. */
  findAddress(origin: string): Promise<TenantAddress | undefined>;
  /** Addresses of the tenant at domains of its own. */
  endpointsOf(tenantId: string): Promise<string[]>;
  /** Where links in messages lead: the primary domain, or the address that ENDPOINT gives; never what was asked. */
  primaryAddress(scope: Scope): Promise<TenantAddress>;
  /** The protected application that answers at the origin. */
  findApplicationHost(origin: string): Promise<ApplicationHost | undefined>;
  /** Hosts of protected applications; what changes them is called in a transaction. */
  hosts: {
    /** Below what name hosts are given out that need no proof; undefined where the install has no such name. */
    givenBelow: string | undefined;
    /** Names of the tenant's own, looked for in DNS once more while they are awaited. */
    list(scope: Scope, applicationId: string): Promise<HostState[]>;
    /** Whether it has names of the tenant's own, proven or not. */
    hasOwn(scope: Scope, applicationId: string): Promise<boolean>;
    /** The addresses that serve. */
    endpointsOf(scope: Scope, applicationId: string): Promise<string[]>;
    claim(tx: Scope, applicationId: string, domain: string): Promise<HostState>;
    /** False when somebody has the label. */
    give(tx: Scope, applicationId: string, label: string): Promise<boolean>;
    /** False when the application has no such name of its own. */
    remove(tx: Scope, applicationId: string, domain: string): Promise<boolean>;
    forget(tx: Scope, applicationId: string): Promise<void>;
  };
}

export interface DomainsModule {
  routes: Routes;
  api: DomainsApi;
  jobs: Job[];
  /** Mounts the files of the domains, and the question of proxies. */
  mount(app: FastifyInstance): void;
}

/** Names for which nobody has to prove anything: below a wildcard ENDPOINT, or on one's own machine. */
function givenBelowOf({ endpoint }: Addressing): string | undefined {
  const hostname = hostnameOf(endpoint.replace('*.', ''));
  return endpoint.includes('*') || hostname === 'localhost' ? hostname : undefined;
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
      isOwnOrigin(originOf(hostname), addressing) ||
      hostname === hostnameOf(addressing.adminEndpoint) ||
      hostname.endsWith('.localhost'),
  });

  // Names that nobody has are remembered too: a stranger's Host header costs one look into the database.
  const owners = deps.caches.create<{ row: DomainRow | undefined }>(OWNERS_TOPIC, async (_all, domain) => ({
    row: await findOwner(database.forSystem('whose the domain of a request is'), domain),
  }));
  const ownerOf = async (hostname: string): Promise<DomainRow | undefined> =>
    parseDomain(hostname) === hostname ? (await owners.get('*', hostname))?.row : undefined;
  const isOwned = (row: DomainRow): boolean => !row.isGiven;
  const stateOf = (row: DomainRow): HostState => ({ ...row, dnsRecords: dnsRecords(row, target) });
  const target = hostnameOf(addressing.endpoint.replace('*.', '')) ?? '';
  const givenBelow = givenBelowOf(addressing);
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

  /** The verified domain that the origin is; the first request over TLS shows that it has a certificate. */
  const rowAt = async (origin: string): Promise<DomainRow | undefined> => {
    const row = await ownerOf(hostnameOf(origin) ?? '');
    if (!row || addressOfDomain(addressing, row.tenantId, row.domain).endpoint !== origin) return undefined;
    if (row.status === 'PendingSsl') await service.activate(scopeOf(row, 'a domain is asked over TLS'), row);
    return row;
  };

  const api: DomainsApi = {
    async findAddress(origin) {
      const row = await rowAt(origin);
      return row?.applicationId === null ? addressOfDomain(addressing, row.tenantId, row.domain) : undefined;
    },
    async findApplicationHost(origin) {
      const row = await rowAt(origin);
      const applicationId = row?.applicationId;
      if (!row || !applicationId) return undefined;
      return { ...addressOfDomain(addressing, row.tenantId, row.domain), domain: row.domain, applicationId };
    },
    hosts: {
      givenBelow,
      async list(scope, applicationId) {
        const rows = (await service.hosts.list(scope, applicationId)).filter(isOwned);
        const looked = await Promise.all(rows.map((row) => (row.verifiedAt ? row : service.check(scope, row))));
        return looked.map(stateOf);
      },
      hasOwn: async (scope, applicationId) => (await service.hosts.list(scope, applicationId)).some(isOwned),
      async endpointsOf(scope, applicationId) {
        const rows = await service.hosts.list(scope, applicationId);
        const serving = rows.filter(({ verifiedAt }) => verifiedAt !== null);
        return serving.map(({ tenantId, domain }) => addressOfDomain(addressing, tenantId, domain).endpoint);
      },
      claim: async (tx, applicationId, domain) => stateOf(await service.hosts.claim(tx, applicationId, domain)),
      give: async (tx, applicationId, label) => {
        // A tenant's own address comes first, whoever asks.
        if (await deps.tenantExists(label)) return false;
        return service.hosts.give(tx, applicationId, `${label}.${givenBelow}`);
      },
      async remove(tx, applicationId, domain) {
        const rows = await service.hosts.list(tx, applicationId);
        const row = rows.find((host) => host.domain === domain && isOwned(host));
        if (row) await service.hosts.remove(tx, row);
        return row !== undefined;
      },
      forget: service.hosts.forget,
    },
    async endpointsOf(tenantId) {
      const names = await listVerifiedNames(database.forTenant(tenantId), tenantId);
      return names.map((name) => addressOfDomain(addressing, tenantId, name).endpoint);
    },
    async primaryAddress({ db, tenantId }) {
      const name = await findPrimaryName(db, tenantId);
      return name === undefined ? addressOf(addressing, tenantId) : addressOfDomain(addressing, tenantId, name);
    },
  };

  return {
    api,
    jobs: [{ name: 'check-domains', schedule: '* * * * *', run: checkDue }],
    routes: domainsRoutes(service, target),
    mount: (app) =>
      mountDomains(app, {
        hostOf: (request) => hostnameOf(requestOrigin(request.raw, addressing)),
        filesOf: async (hostname) => (await ownerOf(hostname))?.verificationFiles,
        async serves(hostname) {
          const origin = originOf(hostname);
          const tenantId = tenantByOrigin(origin, addressing);
          if (tenantId !== undefined && (await deps.tenantExists(tenantId))) return true;
          if (
            (tenantId === undefined && isOwnOrigin(origin, addressing)) ||
            hostname === hostnameOf(addressing.adminEndpoint)
          )
            return true;
          return (await ownerOf(hostname)) !== undefined;
        },
      }),
  };
}
