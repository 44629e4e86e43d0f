import { decodeJwt } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { VerifiedToken } from '../token-verifier.ts';
import { clientExtras } from './clients.ts';

interface Asking {
  clientId?: string;
  tokenEndpointAuthMethod?: string;
}

/** RFC 7662 §4: only whom the token was made for, or a confidential client of the tenant's own, may look into it. */
export function introspectionAllowed(_ctx: unknown, client: Asking, token: { clientId?: string }): boolean {
  if (client.tokenEndpointAuthMethod === 'none') return token.clientId === client.clientId;
  return !clientExtras(client).isThirdParty || token.clientId === client.clientId;
}

/**
 * Introspection of access tokens that are JWTs (RFC 7662 §2.2, RFC 9068): an API that asks hears at once that a user is
 * suspended or gone, which the token itself does not say until it expires. The engine stores no JWT and refuses to look
 * into one, after it has authenticated the client; the answer takes that refusal's place.
 */
export function introspectSignedTokens(find: (token: string) => Promise<VerifiedToken | undefined>) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const { route, client, params } = ctx.oidc ?? {};
    const refusal = ctx.body as { error?: unknown } | undefined;
    if (route !== 'introspection' || !client || refusal?.error !== 'unsupported_token_type') return;
    const token = String(params?.token);
    const found = await find(token);
    const mayLook = found && introspectionAllowed(ctx, client, found);
    ctx.status = 200;
    ctx.body = mayLook ? { ...decodeJwt(token), active: true, token_type: 'Bearer' } : { active: false };
  };
}
