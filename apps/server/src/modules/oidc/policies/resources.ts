import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { SigningAlgorithm } from '../keys.ts';
import type { ResourceRow } from '../oidc.store.ts';

/** The reserved resource by which clients ask for organization tokens (features 1.6). */
export const ORGANIZATIONS_RESOURCE = 'urn:logto:resource:organizations';

export interface ResourceSource {
  findResource(indicator: string): Promise<ResourceRow | undefined>;
  findDefaultResource(): Promise<ResourceRow | undefined>;
  /** Scopes of the resource held through roles at this moment; a role taken away is felt at the next token. */
  grantedScopes(resourceId: string, holder: { userId: string } | { applicationId: string }): Promise<string[]>;
}

/** Resource indicators (RFC 8707): which APIs exist, and which of their scopes this token may carry. */
export function resourceIndicators(source: ResourceSource, algorithm: () => SigningAlgorithm) {
  return {
    enabled: true,

    async defaultResource(ctx: KoaContextWithOIDC, _client: unknown, oneOf?: string[]) {
      // Several were granted and none is asked for: the token for userinfo, not one picked by us.
      if (oneOf) return undefined as unknown as string;
      const resource = await source.findDefaultResource();
      if (resource) return resource.indicator;
      // A machine has no userinfo to read, so a token for nothing is a mistake (clients.md 1.6).
      if (ctx.oidc.route === 'token' && ctx.oidc.params?.grant_type === 'client_credentials') {
        throw new errors.InvalidTarget('a resource or an organization_id is required');
      }
      return undefined as unknown as string;
    },

    async getResourceServerInfo(ctx: KoaContextWithOIDC, indicator: string): Promise<ResourceServer> {
      const jwt = { sign: { alg: algorithm() } };
      if (indicator === ORGANIZATIONS_RESOURCE) {
        return { audience: indicator, scope: '', accessTokenFormat: 'jwt', accessTokenTTL: 3600, jwt };
      }
      const resource = await source.findResource(indicator);
      if (!resource) throw new errors.InvalidTarget(`no API resource is registered as ${indicator}`);
      const scopes = await scopesFor(ctx, resource);
      return {
        audience: indicator,
        scope: scopes.join(' '),
        accessTokenFormat: 'jwt',
        accessTokenTTL: resource.accessTokenTtl,
        jwt,
      };
    },

    /** Never: a token without `resource` in the request is opaque and for userinfo (features 1.6). */
    useGrantedResource: () => false,
  };

  async function scopesFor(ctx: KoaContextWithOIDC, resource: ResourceRow): Promise<string[]> {
    const userId = ctx.oidc.account?.accountId;
    if (userId) return source.grantedScopes(resource.id, { userId });
    const applicationId = ctx.oidc.client?.clientId;
    if (applicationId && ctx.oidc.params?.grant_type === 'client_credentials') {
      return source.grantedScopes(resource.id, { applicationId });
    }
    // Before anybody has signed in nothing is granted; what is asked for is kept with the grant and filtered per token.
    return ctx.oidc.params?.scope ? String(ctx.oidc.params.scope).split(' ') : [];
  }
}
