import { createHash } from 'node:crypto';
import { requireToken } from './bearer.ts';
import { findUser, grantedScope } from './browser.ts';
import { pollDevice } from './device.ts';
import { type Exchange, sameText, sendJson } from './http.ts';
import {
  ACCESS_TOKEN_SECONDS,
  type Grant,
  hasExpired,
  hexToken,
  type IssuedToken,
  type RegisteredApplication,
} from './model.ts';
import { type OAuthErrorReason, sendOAuthError } from './oauth-errors.ts';
import { signIdToken } from './openid.ts';

const formDecode = (text: string): string => new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';

/** RFC 6749 §2.3.1: HTTP Basic, or both halves in the body. */
function credentials({ request, form }: Exchange): { id: string; secret: string } {
  const encoded = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!encoded) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 2);
  return { id: formDecode(id), secret: formDecode(secret) };
}

function authenticate(exchange: Exchange): RegisteredApplication | undefined {
  const { id, secret } = credentials(exchange);
  const application = exchange.state.applications.find(({ clientId }) => clientId === id);
  if (!application) return undefined;
  if (!application.confidential && secret === '') return application;
  return sameText(application.clientSecret, secret) ? application : undefined;
}

interface NewToken {
  application: RegisteredApplication;
  user?: Grant['user'];
  scope: string;
  redirectUri?: string;
  signedInAt?: number;
  nonce?: string;
}

async function sendToken(exchange: Exchange, grant: NewToken): Promise<void> {
  const { state } = exchange;
  const { application, user, scope } = grant;
  const createdAt = state.now();
  const token: IssuedToken = {
    accessToken: hexToken(),
    refreshToken: user ? hexToken() : undefined,
    application,
    user,
    scope,
    redirectUri: grant.redirectUri,
    signedInAt: grant.signedInAt ?? createdAt,
    createdAt,
    revoked: false,
  };
  state.tokens.push(token);
  // JSON leaves out undefined members, as GitLab drops blank ones.
  sendJson(exchange, 200, {
    access_token: token.accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: token.refreshToken,
    scope,
    created_at: createdAt,
    id_token: scope.split(' ').includes('openid') ? await signIdToken(state, token, grant.nonce) : undefined,
  });
}

const challengeOf = (verifier: string, method: Grant['challengeMethod']): string =>
  method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;

/** RFC 7636 §4.6; a verifier without a challenge is as wrong as a challenge without a verifier. */
function pkceProblem(grant: Grant, verifier: string | null): OAuthErrorReason | null {
  if (!grant.challenge) return verifier ? 'invalid_grant' : null;
  if (!verifier) return 'invalid_request';
  return sameText(challengeOf(verifier, grant.challengeMethod), grant.challenge) ? null : 'invalid_grant';
}

type GrantHandler = (exchange: Exchange, application: RegisteredApplication) => void | Promise<void>;

const authorizationCode: GrantHandler = async (exchange, application) => {
  const { state, form } = exchange;
  const code = form.get('code') ?? '';
  const grant = state.codes.get(code);
  if (!code || !form.get('redirect_uri')) return sendOAuthError(exchange, 'invalid_request');
  if (grant?.application !== application || grant.expiresAt <= state.now()) {
    return sendOAuthError(exchange, 'invalid_grant');
  }
  if (grant.redirectUri !== form.get('redirect_uri')) return sendOAuthError(exchange, 'invalid_grant');
  const problem = pkceProblem(grant, form.get('code_verifier'));
  if (problem) return sendOAuthError(exchange, problem);
  state.codes.delete(code);
  return sendToken(exchange, grant);
};

const refreshToken: GrantHandler = async (exchange, application) => {
  const { state, form } = exchange;
  const sent = form.get('refresh_token');
  if (!sent) return sendOAuthError(exchange, 'invalid_request');
  const old = state.tokens.find((token) => token.refreshToken === sent);
  if (!old || old.revoked || old.application !== application) return sendOAuthError(exchange, 'invalid_grant');
  const redirectUri = form.get('redirect_uri');
  if (redirectUri !== null && redirectUri !== old.redirectUri) return sendOAuthError(exchange, 'invalid_grant');
  const scope = form.get('scope') ?? old.scope;
  if (!scope.split(' ').every((part) => old.scope.split(' ').includes(part))) {
    return sendOAuthError(exchange, 'invalid_scope');
  }
  old.revoked = true;
  return sendToken(exchange, { ...old, scope });
};

const password: GrantHandler = async (exchange, application) => {
  const { form } = exchange;
  const user = findUser(exchange, form.get('username') ?? '', form.get('password') ?? '');
  if (!user) return sendOAuthError(exchange, 'invalid_grant');
  const scope = grantedScope(application, form.get('scope'));
  return scope === null ? sendOAuthError(exchange, 'invalid_scope') : sendToken(exchange, { application, user, scope });
};

const clientCredentials: GrantHandler = async (exchange, application) => {
  if (!application.confidential) return sendOAuthError(exchange, 'invalid_client');
  const scope = grantedScope(application, exchange.form.get('scope'));
  return scope === null ? sendOAuthError(exchange, 'invalid_scope') : sendToken(exchange, { application, scope });
};

const deviceCode: GrantHandler = async (exchange, application) => {
  const poll = pollDevice(exchange, application);
  if ('error' in poll) return sendOAuthError(exchange, poll.error);
  return sendToken(exchange, { application, ...poll });
};

const grants: Readonly<Record<string, GrantHandler>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  password,
  client_credentials: clientCredentials,
  'urn:ietf:params:oauth:grant-type:device_code': deviceCode,
};

export const GRANT_TYPES = Object.keys(grants);

export async function token(exchange: Exchange): Promise<void> {
  const grantType = exchange.form.get('grant_type');
  if (!grantType) return sendOAuthError(exchange, 'invalid_request');
  const grant = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined;
  if (!grant) return sendOAuthError(exchange, 'unsupported_grant_type');
  const application = authenticate(exchange);
  return application ? grant(exchange, application) : sendOAuthError(exchange, 'invalid_client');
}

const findToken = ({ state }: Exchange, sent: string | null | undefined): IssuedToken | undefined =>
  sent
    ? state.tokens.find(({ accessToken, refreshToken }) => accessToken === sent || refreshToken === sent)
    : undefined;

/** RFC 7009 §2.2: an unknown token is as good as a revoked one; another's token is refused. */
export function revoke(exchange: Exchange): void {
  const found = findToken(exchange, exchange.form.get('token'));
  const application = authenticate(exchange);
  const allowed = application && (!found || found.application === application);
  if (!allowed) {
    sendOAuthError(exchange, 'unauthorized_client', 403);
    return;
  }
  if (found) found.revoked = true;
  sendJson(exchange, 200, {});
}

/** RFC 7662 §2.2 */
export function introspect(exchange: Exchange): void {
  const application = authenticate(exchange);
  if (!application) {
    sendOAuthError(exchange, 'invalid_client');
    return;
  }
  const found = findToken(exchange, exchange.form.get('token'));
  const active = found && found.application === application && !found.revoked && !hasExpired(exchange.state, found);
  if (!active) {
    sendJson(exchange, 200, { active: false });
    return;
  }
  sendJson(exchange, 200, {
    active: true,
    scope: found.scope,
    client_id: application.clientId,
    token_type: 'Bearer',
    exp: found.createdAt + ACCESS_TOKEN_SECONDS,
    iat: found.createdAt,
  });
}

export function tokenInfo(exchange: Exchange): void {
  const found = requireToken(exchange);
  if (!found) return;
  const left = found.createdAt + ACCESS_TOKEN_SECONDS - exchange.state.now();
  const scopes = found.scope.split(' ');
  sendJson(exchange, 200, {
    resource_owner_id: found.user?.id ?? null,
    scope: scopes,
    expires_in: left,
    application: { uid: found.application.clientId },
    created_at: found.createdAt,
    // Names of an older answer, which GitLab still sends.
    scopes,
    expires_in_seconds: left,
  });
}
