import { hash } from 'node:crypto';
import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Caches } from '../../kernel/cache.ts';
import { PROVIDER_TOPIC, type SigningKey } from './keys.ts';

/** What a verified JWT access token says. */
export interface VerifiedToken {
  subject: string;
  clientId: string;
  scopes: ReadonlySet<string>;
  /** The tenant that issued it. */
  issuerTenantId: string;
  /** What its user granted, while that is in force; undefined where nobody was asked. */
  grantId: string | undefined;
}

/**
 * Verifies a JWT access token for one of our own APIs (RFC 9068 §4): type, signature, issuer, audience and times.
 * Answers undefined for anything that is not right; why is nobody's business but the log's.
 */
export type TokenVerifier = (
  token: string,
  /** Without an audience, any API's token of the issuer is good: token exchange asks only who the user is. */
  expected: { audience: string | undefined; issuerTenantIds: readonly string[] },
) => Promise<VerifiedToken | undefined>;

/**
 * A JWT access token that the tenant issued, for the audience if one is given, unless whom it was issued to is gone or
 * suspended or what it stands on was revoked.
 */
export type FindSignedToken = (
  tenantId: string,
  token: string,
  audience?: string,
) => Promise<VerifiedToken | undefined>;

/** Names the grant that a token stands on, because a JWT is kept nowhere where it could be looked up. */
export const GRANT_CLAIM = 'grant_id';

/** A token that was found right before, and until when it stays so (milliseconds). */
interface Seen {
  token: VerifiedToken;
  expiresAt: number;
}

/** Tokens remembered for each issuer: a client sends one for an hour, and its signature needs one look. */
const MAX_SEEN = 1000;

const PRIVATE_MEMBERS = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']);
const publicPart = (jwk: JWK): JWK =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => !PRIVATE_MEMBERS.has(name))) as JWK;

export function createTokenVerifier(options: {
  /** Where the tenant is whatever domains it has. */
  endpointOf(tenantId: string): string;
  domainEndpoints(tenantId: string): Promise<string[]>;
  caches: Caches;
  now: () => Date;
  loadKeys(tenantId: string): Promise<SigningKey[]>;
}): TokenVerifier {
  const keySets = options.caches.create(`${PROVIDER_TOPIC}`, async (tenantId) => {
    const keys = await options.loadKeys(tenantId);
    const endpoints = [options.endpointOf(tenantId), ...(await options.domainEndpoints(tenantId))];
    return {
      issuers: endpoints.map((endpoint) => `${endpoint}/oidc`),
      find: createLocalJWKSet({ keys: keys.map((key) => publicPart(key.jwk)) }),
      algorithms: [...new Set(keys.map((key) => key.algorithm))],
      // Goes with the keys: when one is deleted, nothing that it signed is remembered.
      seen: new LRUCache<string, Seen>({ max: MAX_SEEN }),
    };
  });

  return async (token, { audience, issuerTenantIds }) => {
    for (const issuerTenantId of issuerTenantIds) {
      const keySet = await keySets.get(issuerTenantId, '*');
      if (!keySet) continue;
      const key = hash('sha256', `${audience ?? ''} ${token}`, 'base64');
      const seen = keySet.seen.get(key);
      if (seen && options.now().getTime() < seen.expiresAt) return seen.token;
      try {
        const { payload } = await jwtVerify(token, keySet.find, {
          typ: 'at+jwt',
          issuer: keySet.issuers,
          ...(audience !== undefined && { audience }),
          algorithms: keySet.algorithms,
          currentDate: options.now(),
          requiredClaims: ['sub', 'client_id', 'exp', 'iat'],
        });
        const verified: VerifiedToken = {
          subject: String(payload.sub),
          clientId: String(payload.client_id),
          scopes: new Set(typeof payload.scope === 'string' ? payload.scope.split(' ').filter(Boolean) : []),
          issuerTenantId,
          grantId: typeof payload[GRANT_CLAIM] === 'string' ? payload[GRANT_CLAIM] : undefined,
        };
        keySet.seen.set(key, { token: verified, expiresAt: (payload.exp ?? 0) * 1000 });
        return verified;
      } catch (error) {
        // The next issuer may know it; anything that is not about the token is a fault of ours.
        if (!(error instanceof errors.JOSEError)) throw error;
      }
    }
    return undefined;
  };
}
