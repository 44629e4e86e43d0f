import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { EgressAgent } from '../../kernel/egress.ts';
import type { HostGate } from '../../kernel/http.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Log } from '../../kernel/log.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { Addressing } from '../../kernel/tenancy.ts';
import type { AccessControlApi } from '../access-control/index.ts';
import type { ApplicationsApi, ProtectedHosts } from '../applications/index.ts';
import type { DomainsApi } from '../domains/index.ts';
import type { OidcApi } from '../oidc/index.ts';
import { createEntries } from './entry.ts';
import { createForwarding } from './forwarding.ts';
import { createGate } from './gate.ts';
import { createHostsService } from './hosts.service.ts';
import { createIdentities } from './identity.ts';
import { deleteExpiredSessions } from './protected-app-sessions.store.ts';
import { protectedApplicationsRoutes } from './protected-applications.routes.ts';

export interface ProtectedApplicationsDependencies {
  addressing: Addressing;
  database: DatabasePool;
  caches: Caches;
  secretBox: SecretBox;
  egressAgent: EgressAgent;
  metrics: Metrics;
  log: Log;
  now: () => Date;
  tenantExists(tenantId: string): Promise<boolean>;
  applications: Pick<ApplicationsApi, 'find' | 'findProtected'>;
  domains: Pick<DomainsApi, 'findApplicationHost' | 'primaryAddress' | 'hosts'>;
  protocol: Pick<OidcApi, 'redeemCode' | 'issueIdentityToken'>;
  accessControl: AccessControlApi;
}

export interface ProtectedApplicationsApi {
  hosts: ProtectedHosts;
}

/** Applications of the type Protected: this server stands in front of a web app and signs people in for it. */
export function createProtectedApplicationsModule(deps: ProtectedApplicationsDependencies): {
  routes: Routes;
  /** Removes sessions of browsers that are over. */
  jobs: Job[];
  api: ProtectedApplicationsApi;
  gate: HostGate;
} {
  const { applications, domains, protocol } = deps;
  const hosts = createHostsService({ applications, hosts: domains.hosts });
  const gate = createGate({
    ...deps,
    findApplication: applications.findProtected,
    findHost: domains.findApplicationHost,
    primaryAddress: domains.primaryAddress,
    entries: createEntries({ ...deps, ...domains, ...protocol }),
    identities: createIdentities({ ...deps, ...domains, ...protocol }),
    forwarding: createForwarding(deps.egressAgent),
  });
  return {
    gate,
    routes: protectedApplicationsRoutes(hosts),
    api: { hosts: { ...domains.hosts, plan: hosts.plan } },
    jobs: [
      {
        name: 'delete-expired-protected-app-sessions',
        schedule: '3 * * * *',
        run: () =>
          deleteExpiredSessions(
            deps.database.forSystem('delete expired sessions at protected applications'),
            deps.now(),
          ),
      },
    ],
  };
}
