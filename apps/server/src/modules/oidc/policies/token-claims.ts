import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider';
import { ORGANIZATIONS_RESOURCE, requestedOrganization } from './organizations.ts';
import { exchangeOf } from './token-exchange.ts';

type Token = AccessToken | ClientCredentials;

/** Claims beyond the standard's in access tokens: who acts, and in which organization (features 1.9). */
export function tokenClaims() {
  return async (ctx: KoaContextWithOIDC, _token: Token): Promise<Record<string, unknown> | undefined> => {
    const actor = exchangeOf(ctx)?.actor;
    const organizationId = requestedOrganization(ctx);
    // In a token for the organization itself, the audience says which one.
    const isForApi = organizationId !== undefined && ctx.oidc.params?.resource !== ORGANIZATIONS_RESOURCE;
    return {
      ...(actor && { act: { sub: actor } }),
      ...(isForApi && { organization_id: organizationId }),
    };
  };
}
