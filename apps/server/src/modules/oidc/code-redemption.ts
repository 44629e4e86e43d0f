import { createHash } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { equalSecrets, hashSecret } from '../../kernel/secrets.ts';
import * as store from './oidc.store.ts';
import type { ProviderPool } from './provider-pool.ts';

/** What the client must know of its own request. */
export interface CodeRequest {
  code: string;
  clientId: string;
  redirectUri: string;
  codeVerifier: string;
}

/** Who signed in by the code, when, in which session and by which grant; undefined for a code that is no good. */
export type CodeRedemption = (
  scope: Scope,
  request: CodeRequest,
) => Promise<{ userId: string; sessionUid: string; grantHash: string; signedInAt: Date } | undefined>;

/**
 * The token endpoint's judgement of a code (RFC 6749 §4.1.3, RFC 7636 §4.6) without the tokens: pages that the server
 * draws itself need to know who is there, and hold nothing that could leak.
 */
export const createCodeRedemption =
  (pool: ProviderPool): CodeRedemption =>
  async (scope, { code, clientId, redirectUri, codeVerifier }) => {
    const { provider } = await pool.get(scope.tenantId);
    const found = await provider.AuthorizationCode.find(code);
    if (!found?.accountId || !found.sessionUid || !found.grantId || !found.codeChallenge) return undefined;
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
    const isOurs = found.clientId === clientId && found.redirectUri === redirectUri;
    if (!isOurs || !equalSecrets(found.codeChallenge, challenge)) return undefined;
    const key = { tenantId: scope.tenantId, model: 'AuthorizationCode', id: hashSecret(code) };
    // The condition and the mark are one statement: of many who bring the code, one is let in.
    if (!(await store.consumeModel(scope.db, key, scope.now))) return undefined;
    const signedInAt = found.authTime === undefined ? scope.now : new Date(found.authTime * 1000);
    const { accountId: userId, sessionUid, grantId } = found;
    return { userId, sessionUid, grantHash: hashSecret(grantId), signedInAt };
  };
