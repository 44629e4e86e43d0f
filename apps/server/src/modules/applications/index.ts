import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Page, Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import type { ClientRecord } from '../oidc/index.ts';
import type {
  Application,
  CreateApplication,
  ProtectedAppMetadata,
  UpdateApplication,
} from './applications.contract.ts';
import { applicationsRoutes, toApplication } from './applications.routes.ts';
import {
  type ApplicationSecret,
  type ApplicationsDependencies,
  CLIENT_TOPIC,
  createApplicationsService,
} from './applications.service.ts';
import type { ApplicationExperienceRow, ApplicationFilter, ApplicationRow } from './applications.store.ts';
import * as store from './applications.store.ts';
import { type BuiltInClientAddresses, builtInClient, protectedClient, samlClient } from './built-in-clients.ts';

export { CLIENT_TOPIC, type ProtectedHosts } from './applications.service.ts';
export type { ApplicationRow } from './applications.store.ts';
export { ACCOUNT_CENTER_CLIENT, protectedCallbackPath } from './built-in-clients.ts';

export interface ApplicationsModuleDependencies extends ApplicationsDependencies {
  database: DatabasePool;
  caches: Caches;
  builtInAddresses(tenantId: string): BuiltInClientAddresses;
}

/** What whoever stands in front of a protected application knows of it. */
export interface ProtectedApplication {
  client: ClientRecord;
  settings: ProtectedAppMetadata;
}

export interface ApplicationsApi {
  /** The client as the protocol needs it, cached; built-in clients included. */
  findClient(tenantId: string, clientId: string): Promise<ClientRecord | undefined>;
  /** A protected application with its settings, cached. */
  findProtected(tenantId: string, id: string): Promise<ProtectedApplication | undefined>;
  /** What the application overrides of the tenant's sign-in experience, cached. */
  findExperience(scope: Pick<Scope, 'tenantId'>, applicationId: string): Promise<ApplicationExperienceRow | undefined>;
  find(scope: Scope, id: string): Promise<ApplicationRow | undefined>;
  /** Undefined for an application that is no machine. */
  findMachine(scope: Scope, id: string): Promise<ApplicationRow | undefined>;
  /** The application that an address belongs to: registered itself, or of the origin of one that is. */
  findByAddress(scope: Scope, url: string): Promise<{ id: string; name: string } | undefined>;
  /** One page of applications as the API shows them, the newest first. */
  list(
    scope: Scope,
    filter: ApplicationFilter,
    page: Page | undefined,
  ): Promise<{ rows: Application[]; total: number }>;
  create(scope: Scope, input: CreateApplication): Promise<ApplicationRow>;
  update(scope: Scope, id: string, input: UpdateApplication): Promise<ApplicationRow>;
  remove(scope: Scope, id: string): Promise<void>;
  listSecrets(scope: Scope, id: string): Promise<ApplicationSecret[]>;
  /** Seals anew the secrets that an earlier master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

/** Applications: the OIDC clients of a tenant. */
export function createApplicationsModule(deps: ApplicationsModuleDependencies): {
  routes: Routes;
  api: ApplicationsApi;
} {
  const service = createApplicationsService(deps);
  /** What signing in needs of an application; one entry, because both parts change under one announcement. */
  const clients = deps.caches.create(CLIENT_TOPIC, async (tenantId, id) => {
    const scope = systemScope(deps, tenantId, 'load a client');
    const row = await store.findApplication(scope.db, tenantId, id);
    if (!row) return undefined;
    const [secrets, experience, endpoints] = await Promise.all([
      service.listSecrets(scope, id),
      store.findExperience(scope.db, tenantId, id),
      row.type === 'Protected' ? deps.protectedHosts().endpointsOf(scope, id) : [],
    ]);
    const client: ClientRecord = {
      ...row,
      secrets: secrets.map(({ value, expiresAt }) => ({ value, expiresAt })),
    };
    return { client: protectedClient(client, endpoints), experience, settings: row.protectedAppMetadata };
  });

  return {
    routes: applicationsRoutes(service),
    api: {
      async findClient(tenantId, clientId) {
        const addresses = deps.builtInAddresses(tenantId);
        const client = builtInClient(clientId, addresses) ?? (await clients.get(tenantId, clientId))?.client;
        return client?.type === 'SAML' ? samlClient(client, addresses) : client;
      },
      async findProtected(tenantId, id) {
        const found = await clients.get(tenantId, id);
        return found?.settings ? { client: found.client, settings: found.settings } : undefined;
      },
      findExperience: async ({ tenantId }, applicationId) => (await clients.get(tenantId, applicationId))?.experience,
      find: (scope, id) => store.findApplication(scope.db, scope.tenantId, id),
      async findMachine(scope, id) {
        const application = await store.findApplication(scope.db, scope.tenantId, id);
        return application?.type === 'MachineToMachine' ? application : undefined;
      },
      findByAddress: async (scope, url) => {
        if (!URL.canParse(url)) return undefined;
        const { protocol, origin } = new URL(url);
        const isWeb = protocol === 'https:' || protocol === 'http:';
        return store.findByAddress(scope.db, scope.tenantId, { url, origin: isWeb ? origin : null });
      },
      async list(...args) {
        const { rows, total } = await service.list(...args);
        return { rows: rows.map(toApplication), total };
      },
      create: service.create,
      update: service.update,
      remove: service.remove,
      listSecrets: service.listSecrets,
      reseal: service.reseal,
    },
  };
}
