import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import * as store from './oidc.store.ts';
import type { Membership } from './policies/claims.ts';
import type { OrganizationSource, TokenHolder } from './policies/organizations.ts';
import type { ResourceSource } from './policies/resources.ts';

/** Topics by which the modules that own these rows announce their changes. */
export const GRANTED_SCOPES_TOPIC = 'granted-scopes';
export const RESOURCE_TOPIC = 'resource';
export const DEFAULT_RESOURCE_TOPIC = 'default-resource';

/** What tokens ask of organizations; the organizations module answers, each in one statement. */
export interface OrganizationReads {
  findMembership(
    scope: Scope,
    organizationId: string,
    holder: TokenHolder,
  ): Promise<{ isMfaRequired: boolean } | undefined>;
  membershipsOf(scope: Scope, holder: TokenHolder): Promise<(Omit<Membership, 'id'> & { organizationId: string })[]>;
  scopesOf(scope: Scope, organizationId: string, holder: TokenHolder): Promise<{ name: string }[]>;
  /** Scopes of an API by own roles and by roles in organizations: in all, or in the one that is given. */
  resourceScopesOf(scope: Scope, resourceId: string, holder: TokenHolder, organizationId?: string): Promise<string[]>;
}

/** What the tokens of one tenant are made of. */
export interface TokenReads {
  resources: ResourceSource;
  organizations: Pick<OrganizationSource, 'findMembership' | 'scopes'>;
  roleNames(userId: string): Promise<string[]>;
  memberships(userId: string): Promise<Membership[]>;
}

/**
 * What every token asks for. Resources and the scopes of machines are cached: a warm client-credentials token costs no
 * statement. A user's are read for each token, because users are many and their roles change.
 */
export function createTokenReads(deps: {
  database: DatabasePool;
  caches: Caches;
  organizations: OrganizationReads;
}): (tenantId: string) => TokenReads {
  const { database, caches, organizations } = deps;
  const ofMachines = caches.create(GRANTED_SCOPES_TOPIC, async (tenantId, key) => {
    const [resourceId = '', applicationId = ''] = key.split('/');
    return {
      scopes: await store.findGrantedScopes(database.forTenant(tenantId), tenantId, resourceId, { applicationId }),
    };
  });
  const resource = caches.create(RESOURCE_TOPIC, (tenantId, indicator) =>
    store.findResource(database.forTenant(tenantId), tenantId, indicator),
  );
  const defaultResource = caches.create(DEFAULT_RESOURCE_TOPIC, async (tenantId) => ({
    row: await store.findDefaultResource(database.forTenant(tenantId), tenantId),
  }));

  return (tenantId) => {
    const scope = systemScope(deps, tenantId, 'what tokens carry');
    const grantedScopes = async (resourceId: string, holder: TokenHolder, organizationId: string | undefined) => {
      if ('userId' in holder || organizationId !== undefined) {
        return organizations.resourceScopesOf(scope, resourceId, holder, organizationId);
      }
      return (await ofMachines.get(tenantId, `${resourceId}/${holder.applicationId}`))?.scopes ?? [];
    };
    return {
      resources: {
        findResource: (indicator) => resource.get(tenantId, indicator),
        findDefaultResource: async () => (await defaultResource.get(tenantId, 'default'))?.row,
        grantedScopes,
      },
      organizations: {
        findMembership: (id, holder) => organizations.findMembership(scope, id, holder),
        scopes: async (id, holder) => (await organizations.scopesOf(scope, id, holder)).map(({ name }) => name),
      },
      roleNames: (userId) => store.findRoleNames(scope.db, tenantId, userId),
      memberships: async (userId) =>
        (await organizations.membershipsOf(scope, { userId })).map(({ organizationId, ...membership }) => ({
          id: organizationId,
          ...membership,
        })),
    };
  };
}
