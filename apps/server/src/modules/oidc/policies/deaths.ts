import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Database } from '../../../kernel/database.ts';
import { hashSecret } from '../../../kernel/secrets.ts';
import { type EndReason, findEnding } from '../endings.store.ts';
import { findToken } from '../oidc.store.ts';

type Death = EndReason | 'expired' | 'grant_expired';

/** What the developer reads in `error_description` (RFC 6749 §5.2). */
const SENTENCES: Record<Death, string> = {
  expired: 'the refresh token has expired',
  grant_expired: 'the grant of the refresh token has expired, the user must sign in again',
  reused: 'the refresh token, or one of its family, was used after it was replaced, so all of them were ended',
  revoked_by_user: 'the user ended the access that the refresh token was issued for',
  revoked_by_administrator: 'an administrator ended the access that the refresh token was issued for',
  revoked_by_application: 'the application itself revoked the refresh token',
  signed_out: 'the user signed out of the session that the refresh token was issued in',
  session_ended: 'the session that the refresh token was issued in has ended',
  user_suspended: 'the user is suspended',
  user_deleted: 'the user does not exist any more',
  password_changed: 'the password of the user was changed, which ended all tokens',
  grant_limit: 'newer sign-ins of the user to this application took its place, as the limit of grants demands',
};

const deaths = new WeakMap<object, Death>();

/** Why the refresh token that this request showed is dead, once the request is answered. */
export const deathOf = (ctx: object): Death | undefined => deaths.get(ctx);

/** Says in the answer why a refresh token is dead, to the client that it was issued to and to nobody else. */
export function explainDeaths(source: {
  db: Database;
  tenantId: string;
  now(): Date;
  findUser(userId: string): Promise<{ isSuspended: boolean } | undefined>;
}) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const body = ctx.body as { error?: string } | undefined;
    const { refresh_token: token, grant_type: grantType } = (ctx.oidc?.params ?? {}) as Record<string, unknown>;
    if (body?.error !== 'invalid_grant' || grantType !== 'refresh_token' || typeof token !== 'string') return;
    const death = await findDeath(hashSecret(token), ctx.oidc.client?.clientId);
    if (!death) return;
    deaths.set(ctx, death);
    ctx.body = { ...body, error_description: SENTENCES[death] };
  };

  async function findDeath(id: string, clientId: string | undefined): Promise<Death | undefined> {
    const ending = await findEnding(source.db, source.tenantId, id);
    if (ending) return ending.clientId === clientId ? ending.reason : undefined;
    const found = await findToken(source.db, source.tenantId, id);
    if (found?.token.model !== 'RefreshToken' || found.token.clientId !== clientId) return undefined;
    const { token, grant } = found;
    const now = source.now();
    if (token.expiresAt <= now) return 'expired';
    if (!grant || grant.expiresAt <= now) return 'grant_expired';
    const user = token.accountId === null ? undefined : await source.findUser(token.accountId);
    if (!user) return 'user_deleted';
    if (user.isSuspended) return 'user_suspended';
    // What is left of the engine's reasons: a token that was bound to a session, which is gone.
    return token.payload.expiresWithSession === true ? 'session_ended' : undefined;
  }
}
