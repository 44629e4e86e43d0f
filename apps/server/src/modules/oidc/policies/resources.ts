import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { SigningAlgorithm } from '../keys.ts';
import type { ResourceRow } from '../oidc.store.ts';
import { clientExtras } from './clients.ts';
import {
  ORGANIZATIONS_RESOURCE,
  type OrganizationGate,
  type OrganizationSource,
  organizationServer,
  requestedOrganization,
  type TokenHolder,
  tokenHolder,
} from './organizations.ts';

export interface ResourceSource {
  findResource(indicator: string): Promise<ResourceRow | undefined>;
  findDefaultResource(): Promise<ResourceRow | undefined>;
  /**
   * Scopes of the resource held at this moment, so that a role taken away is felt at the next token: through roles of
   * the tenant and through roles in organizations, of these only the one that is given (features 7).
   */
  grantedScopes(resourceId: string, holder: TokenHolder, organizationId: string | undefined): Promise<string[]>;
}

/** Resource indicators (RFC 8707): which APIs exist, and which of their scopes this token may carry. */
export function resourceIndicators(
  sources: { resources: ResourceSource; organizations: OrganizationSource; gate: OrganizationGate },
  algorithm: () => SigningAlgorithm,
) {
  const { resources, organizations, gate } = sources;
  return {
    enabled: true,

    async defaultResource(ctx: KoaContextWithOIDC, _client: unknown, oneOf?: string[]) {
      // Several were granted and none is asked for: the token for userinfo, not one picked by us.
      if (oneOf) return undefined as unknown as string;
      const resource = await resources.findDefaultResource();
      if (resource) return resource.indicator;
      // A machine has no userinfo to read, so a token for nothing is a mistake (clients.md 1.6).
      if (ctx.oidc.route === 'token' && ctx.oidc.params?.grant_type === 'client_credentials') {
        throw new errors.InvalidTarget('a resource or an organization_id is required');
      }
      return undefined as unknown as string;
    },

    async getResourceServerInfo(ctx: KoaContextWithOIDC, indicator: string): Promise<ResourceServer> {
      await gate.check(ctx);
      if (indicator === ORGANIZATIONS_RESOURCE) return organizationServer(ctx, organizations, algorithm());
      const resource = await resources.findResource(indicator);
      if (!resource) throw new errors.InvalidTarget(`no API resource is registered as ${indicator}`);
      const scopes = await scopesFor(ctx, resource);
      return {
        audience: indicator,
        scope: scopes.join(' '),
        accessTokenFormat: 'jwt',
        accessTokenTTL: resource.accessTokenTtl,
        jwt: { sign: { alg: algorithm() } },
      };
    },

    /** Never: a token without `resource` in the request is opaque and for userinfo (features 1.6). */
    useGrantedResource: () => false,
  };

  async function scopesFor(ctx: KoaContextWithOIDC, resource: ResourceRow): Promise<string[]> {
    const { ceiling } = clientExtras(ctx.oidc.client);
    const organizationId = requestedOrganization(ctx);
    const holder = tokenHolder(ctx);
    const byRoles = ceiling?.resourceScopes[resource.indicator] ?? [];
    const inOrganizations = ceiling?.organizationResourceScopes[resource.indicator] ?? [];
    if (holder) {
      const held = await resources.grantedScopes(resource.id, holder, organizationId);
      return ceiling ? within(held, organizationId === undefined ? byRoles : inOrganizations) : held;
    }
    // Authorization: what is asked for is kept with the grant and filtered at each token, so that roles can change.
    const asked = ctx.oidc.params?.scope ? String(ctx.oidc.params.scope).split(' ') : [];
    if (!ceiling) return asked;
    const allowed = within(asked, [...byRoles, ...inOrganizations]);
    const userId = ctx.oidc.session?.accountId;
    if (!userId) return allowed;
    // Nobody is asked to allow what they do not hold themselves.
    return within(allowed, await resources.grantedScopes(resource.id, { userId }, undefined));
  }
}

const within = (names: readonly string[], allowed: readonly string[]): string[] =>
  names.filter((name) => allowed.includes(name));
