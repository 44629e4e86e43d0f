import { createHmac } from 'node:crypto';
import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { clientExtras } from './clients.ts';

const YEAR_SECONDS = 365.25 * 86_400;
const ROTATE_AFTER_PERCENT = 70;

/** Whether this use of a refresh token replaces it (features 1.6, RFC 9700 §4.14.2). */
export function rotateRefreshToken(ctx: KoaContextWithOIDC): boolean {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities;
  if (!token || !client) return false;
  if (!clientExtras(client).rotateRefreshToken) return false;
  if (token.totalLifetime() >= YEAR_SECONDS) return false;
  if (client.tokenEndpointAuthMethod === 'none') return true;
  return token.ttlPercentagePassed() >= ROTATE_AFTER_PERCENT;
}

/** A refresh token is issued for offline_access, or always when the (web) app is set so. */
export function issueRefreshToken(
  _ctx: unknown,
  client: { grantTypeAllowed(type: string): boolean },
  code: { scopes: Set<string> },
): boolean {
  if (!client.grantTypeAllowed('refresh_token')) return false;
  const { appType, alwaysIssueRefreshToken } = clientExtras(client);
  return code.scopes.has('offline_access') || (alwaysIssueRefreshToken && appType !== 'Native');
}

/** Lifetime in seconds, at most that of the grant: a token never outlives what it stands on. A single-page app's tokens do not slide: the successor ends when the first one would have. */
export function refreshTokenTtl(ctx: KoaContextWithOIDC, _token: unknown, client: unknown): number {
  const { appType, refreshTokenTtl: ttl } = clientExtras(client);
  const rotated = ctx?.oidc?.entities.RotatedRefreshToken;
  const sliding = appType === 'SPA' && rotated ? rotated.remainingTTL : ttl;
  const grantEnds = ctx?.oidc?.entities.Grant?.exp;
  const remaining = grantEnds === undefined ? sliding : grantEnds - Math.floor(Date.now() / 1000);
  return Math.max(1, Math.min(sliding, remaining));
}

/**
 * Makes the successor of a refresh token a function of that token: whoever shows the same token at the same time gets
 * the same successor, so a rotation has one outcome however many tabs, or thieves, take part in it.
 */
export function nameSuccessors(provider: Provider, key: Buffer): void {
  // The engine's types leave this method out; its base class calls it for every model without an id.
  const prototype = provider.RefreshToken.prototype as unknown as { generateTokenId(): string };
  const generate = prototype.generateTokenId;
  prototype.generateTokenId = function generateTokenId(this: unknown) {
    const rotated = (Provider.ctx as KoaContextWithOIDC | undefined)?.oidc.entities.RotatedRefreshToken;
    if (!rotated) return generate.call(this);
    return createHmac('sha256', key).update(rotated.jti).digest('base64url');
  };
}
