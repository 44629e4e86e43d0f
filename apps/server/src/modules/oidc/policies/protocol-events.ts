import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { deathOf } from './deaths.ts';

/** What the protocol endpoints did, for whoever records it; nothing in it is secret. */
export interface ProtocolEvent {
  /** A key of features 11.2. */
  key: string;
  result: 'Success' | 'Error';
  userId: string | undefined;
  applicationId: string | undefined;
  sessionId: string | undefined;
  ip: string;
  userAgent: string | undefined;
  requestId: string;
  /** What was asked for: scope, resource and the like. */
  params: Record<string, unknown>;
  error: string | undefined;
}

const GRANT_KEYS: Record<string, string> = {
  authorization_code: 'AuthorizationCode',
  refresh_token: 'RefreshToken',
  client_credentials: 'ClientCredentials',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'TokenExchange',
  'urn:ietf:params:oauth:grant-type:device_code': 'DeviceCode',
};

/** Parameters that are told; the rest are tokens, codes and secrets. */
const TOLD = ['grant_type', 'scope', 'resource', 'organization_id', 'redirect_uri', 'prompt', 'token_type_hint'];

const told = (params: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(TOLD.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]));

let requests = 0;

function eventOf(ctx: KoaContextWithOIDC, key: string, error?: unknown): ProtocolEvent {
  const { oidc } = ctx;
  requests += 1;
  const death = deathOf(ctx);
  const entities = (oidc?.entities ?? {}) as Record<string, { accountId?: string; sessionUid?: string } | undefined>;
  const grant = entities.RefreshToken ?? entities.AuthorizationCode ?? entities.DeviceCode ?? entities.AccessToken;
  return {
    key,
    result: error ? 'Error' : 'Success',
    userId: oidc?.account?.accountId ?? grant?.accountId ?? oidc?.session?.accountId,
    applicationId: oidc?.client?.clientId,
    sessionId: grant?.sessionUid ?? oidc?.session?.uid,
    ip: ctx.ip,
    userAgent: ctx.get('user-agent') || undefined,
    requestId: `oidc-${process.pid}-${requests}`,
    params: { ...told(oidc?.params as Record<string, unknown> | undefined), ...(death && { reason: death }) },
    error: error ? String((error as { error?: string }).error ?? 'server_error') : undefined,
  };
}

/** Tells of every token request, revocation and authorization interaction of a provider. */
export function tellProtocolEvents(provider: Provider, tell: (event: ProtocolEvent) => void): void {
  const exchange = (ctx: KoaContextWithOIDC) =>
    `ExchangeTokenBy.${GRANT_KEYS[String(ctx.oidc?.params?.grant_type)] ?? 'Unknown'}`;
  // Told when the answer is made, for only then it is known why a token was dead.
  const failures = new WeakMap<object, Error>();
  provider.on('grant.success', (ctx) => tell(eventOf(ctx, exchange(ctx))));
  provider.on('grant.error', (ctx, error) => {
    // A device that waits is no news (RFC 8628 §3.5).
    if (error.error !== 'authorization_pending') failures.set(ctx, error);
  });
  provider.on('interaction.started', (ctx) => tell(eventOf(ctx, 'Interaction.Create')));
  provider.on('interaction.ended', (ctx) => tell(eventOf(ctx, 'Interaction.End')));
  provider.on('revocation.error', (ctx, error) => tell(eventOf(ctx, 'RevokeToken', error)));
  provider.use(async (ctx, next) => {
    await next();
    const answered = ctx as KoaContextWithOIDC;
    const failure = failures.get(ctx);
    if (failure) tell(eventOf(answered, exchange(answered), failure));
    if (answered.oidc?.route === 'revocation' && ctx.status === 200) tell(eventOf(answered, 'RevokeToken'));
  });
}
