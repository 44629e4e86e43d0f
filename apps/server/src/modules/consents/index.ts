import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { ConsentCeiling } from '../oidc/index.ts';
import { consentsRoutes } from './consents.routes.ts';
import {
  CIMD_OWNER,
  CONSENT_SCOPES_TOPIC,
  type ConsentsDependencies,
  type ConsentsService,
  createConsentsService,
} from './consents.service.ts';
import * as store from './consents.store.ts';

export interface ConsentsApi {
  /** The ceiling of a third-party application, or of all metadata-document clients (null); cached. */
  ceilingOf(tenantId: string, applicationId: string | null): Promise<ConsentCeiling>;
  /** Whether the user let the client act for the organization. */
  isOrganizationGranted(
    scope: Scope,
    key: { userId: string; clientId: string },
    organizationId: string,
  ): Promise<boolean>;
  grantOrganizations: ConsentsService['grantOrganizations'];
  startWith: ConsentsService['startWith'];
}

/** Consent to third-party applications. */
export function createConsentsModule(deps: ConsentsDependencies & { database: DatabasePool; caches: Caches }): {
  routes: Routes;
  api: ConsentsApi;
} {
  const service = createConsentsService(deps);
  const ceilings = deps.caches.create(CONSENT_SCOPES_TOPIC, async (tenantId, key): Promise<ConsentCeiling> => {
    const db = deps.database.forTenant(tenantId);
    const owner = key === CIMD_OWNER ? null : key;
    const resourceScopes = await store.listResourceScopes(db, tenantId, owner);
    return {
      userScopes: await store.listUserScopes(db, tenantId, owner),
      organizationScopes: (await store.listOrganizationScopes(db, tenantId, owner)).map(({ name }) => name),
      resourceScopes: namesByIndicator(resourceScopes.filter(({ inOrganization }) => !inOrganization)),
      organizationResourceScopes: namesByIndicator(resourceScopes.filter(({ inOrganization }) => inOrganization)),
    };
  });

  return {
    routes: consentsRoutes(service),
    api: {
      ceilingOf: async (tenantId, applicationId) =>
        (await ceilings.get(tenantId, applicationId ?? CIMD_OWNER)) ?? NOTHING,
      isOrganizationGranted: (scope, key, organizationId) =>
        store.isOrganizationGranted(scope.db, scope.tenantId, key, organizationId),
      grantOrganizations: service.grantOrganizations,
      startWith: service.startWith,
    },
  };
}

const NOTHING: ConsentCeiling = {
  userScopes: [],
  organizationScopes: [],
  resourceScopes: {},
  organizationResourceScopes: {},
};

const namesByIndicator = (rows: readonly store.ResourceScopeRow[]): Record<string, string[]> => {
  const groups = Map.groupBy(rows, ({ indicator }) => indicator);
  return Object.fromEntries([...groups].map(([indicator, scopes]) => [indicator, scopes.map(({ name }) => name)]));
};
