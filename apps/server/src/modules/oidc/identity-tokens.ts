import type { Scope } from '../../kernel/scope.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { findAccount } from './provider.ts';
import type { ProviderPool } from './provider-pool.ts';

/** Whom a token is about, and for whom it is. */
export interface IdentityTokenRequest {
  clientId: string;
  userId: string;
  /** Scopes that unlock the claims, `openid` among them. */
  scopes: readonly string[];
  signedInAt: Date;
  /** The address whose issuer signs. */
  address: TenantAddress;
}

/** An ID token; undefined for nobody who may sign in. */
export type IssueIdentityToken = (
  scope: Scope,
  request: IdentityTokenRequest,
) => Promise<{ token: string; claims: Readonly<Record<string, unknown>> } | undefined>;

/** ID tokens for an application that this very server stands in front of, made anew as the user's claims change. */
export const createIdentityTokens =
  (deps: {
    pool: ProviderPool;
    findAccount(scope: Scope, userId: string): ReturnType<typeof findAccount>;
  }): IssueIdentityToken =>
  async (scope, { clientId, userId, scopes, signedInAt, address }) => {
    const { provider } = await deps.pool.get(scope.tenantId, address);
    const [client, account] = await Promise.all([provider.Client.find(clientId), deps.findAccount(scope, userId)]);
    if (!client || !account) return undefined;
    const claims = await account.claims('id_token', scopes.join(' '));
    const token = new provider.IdToken(claims, { client });
    // Which of the claims it may carry; a member that the engine's types leave out.
    Object.assign(token, { scope: scopes.join(' ') });
    token.set('auth_time', Math.floor(signedInAt.getTime() / 1000));
    return { token: await token.issue({ use: 'idtoken' }), claims };
  };
