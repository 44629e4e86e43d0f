import { type AccessToken, type ClientCredentials, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { ORGANIZATIONS_RESOURCE, requestedOrganization } from './organizations.ts';
import { accessDenied } from './refusals.ts';
import { exchangeOf } from './token-exchange.ts';

type Token = AccessToken | ClientCredentials;

/** A token that is about to be issued, as the tenant's script is told of it. */
export interface CustomClaimsRequest {
  kind: 'AccessToken' | 'ClientCredentials';
  token: Record<string, unknown>;
  clientId: string;
  userId: string | undefined;
  sessionUid: string | undefined;
  organizationId: string | undefined;
  grant: { type: string; subjectTokenContext: Record<string, unknown> } | undefined;
}

export type CustomClaims = (
  request: CustomClaimsRequest,
) => Promise<
  | { kind: 'claims'; claims: Record<string, unknown> }
  | { kind: 'denied'; message: string | undefined }
  | { kind: 'blocked' }
>;

/** What a script sees of a token (features 1.9). */
const TOKEN_FIELDS = [
  'jti',
  'aud',
  'scope',
  'clientId',
  'accountId',
  'expiresWithSession',
  'grantId',
  'gty',
  'sessionUid',
  'sid',
  'kind',
] as const;

/**
 * Claims beyond the standard's in access tokens: who acts, in which organization, and what the tenant's script adds,
 * which comes last and so wins (features 1.9). The standard's own claims are none of these to change.
 */
export function tokenClaims(customClaims: CustomClaims) {
  return async (ctx: KoaContextWithOIDC, token: Token): Promise<Record<string, unknown> | undefined> => {
    // An opaque token shows its claims to nobody.
    if (token.aud === undefined) return undefined;
    const exchange = exchangeOf(ctx);
    const organizationId = requestedOrganization(ctx);
    // In a token for the organization itself, the audience says which one.
    const isForApi = organizationId !== undefined && ctx.oidc.params?.resource !== ORGANIZATIONS_RESOURCE;
    const fields = token as unknown as Record<string, unknown>;
    const answer = await customClaims({
      kind: token.kind,
      token: Object.fromEntries(TOKEN_FIELDS.map((name) => [name, fields[name]])),
      clientId: token.clientId ?? '',
      userId: 'accountId' in token ? token.accountId : undefined,
      sessionUid: 'sessionUid' in token ? token.sessionUid : undefined,
      organizationId,
      grant: exchange && { type: String(ctx.oidc.params?.grant_type), subjectTokenContext: exchange.context ?? {} },
    });
    if (answer.kind === 'denied') throw accessDenied(answer.message ?? 'the token was denied');
    if (answer.kind === 'blocked') {
      throw new errors.CustomOIDCProviderError(
        'custom_claims_script_error',
        'the script for the claims of this token failed',
      );
    }
    return {
      ...(exchange?.actor && { act: { sub: exchange.actor } }),
      ...(isForApi && { organization_id: organizationId }),
      ...answer.claims,
    };
  };
}
