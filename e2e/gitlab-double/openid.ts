import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { requireToken } from './bearer.ts';
import { type Exchange, sendJson } from './http.ts';
import { type DoubleState, type GitlabUser, ID_TOKEN_SECONDS, type IssuedToken } from './model.ts';
import { sendOAuthError } from './oauth-errors.ts';

const hasScope = (token: IssuedToken, scope: string): boolean => token.scope.split(' ').includes(scope);

const sublegacy = (user: GitlabUser): string => createHash('sha256').update(`${user.id}-secret-key-base`).digest('hex');

/** The primary address for the scope `email`, else the public one, which GitLab lets nobody choose unproved. */
function emailClaims(token: IssuedToken, user: GitlabUser): Record<string, unknown> {
  if (hasScope(token, 'email')) return { email: user.email, email_verified: user.emailConfirmed ?? true };
  return user.publicEmail ? { email: user.publicEmail, email_verified: true } : {};
}

export async function signIdToken(state: DoubleState, token: IssuedToken, nonce?: string): Promise<string | undefined> {
  const { user, application } = token;
  if (!user) return undefined;
  const now = state.now();
  return new SignJWT({
    iss: state.url,
    sub: String(user.id),
    aud: application.clientId,
    exp: now + ID_TOKEN_SECONDS,
    iat: now,
    nonce: nonce || undefined,
    auth_time: token.signedInAt,
    sub_legacy: sublegacy(user),
    ...emailClaims(token, user),
    groups_direct: (user.groups ?? []).filter(({ direct = true }) => direct).map(({ path }) => path),
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: state.publicJwk.kid })
    .sign(state.privateKey);
}

function roleClaims(user: GitlabUser): Record<string, string[]> {
  const claims: Record<string, string[]> = {};
  for (const { path, role } of user.groups ?? []) {
    if (!role) continue;
    const claim = `https://gitlab.org/claims/groups/${role}`;
    claims[claim] = [...(claims[claim] ?? []), path];
  }
  return claims;
}

const avatarOf = (state: DoubleState, user: GitlabUser): string =>
  user.picture ?? `${state.url}/uploads/-/system/user/avatar/${user.id}/avatar.svg`;

export function userInfo(exchange: Exchange): void {
  const token = requireToken(exchange);
  if (!token) return;
  const { state } = exchange;
  const { user } = token;
  if (!user || !hasScope(token, 'openid')) {
    sendOAuthError(exchange, 'insufficient_scope');
    return;
  }
  sendJson(exchange, 200, {
    sub: String(user.id),
    sub_legacy: sublegacy(user),
    name: user.name || undefined,
    nickname: user.username,
    preferred_username: user.username,
    ...emailClaims(token, user),
    website: user.website || undefined,
    profile: `${state.url}/${user.username}`,
    picture: avatarOf(state, user) || undefined,
    groups: (user.groups ?? []).map(({ path }) => path),
    ...roleClaims(user),
  });
}

/** GET /api/v4/user, the part of it that sign-in integrations read. */
export function apiUser(exchange: Exchange): void {
  const token = requireToken(exchange);
  if (!token) return;
  const { user } = token;
  if (!user || !['api', 'read_api', 'read_user'].some((scope) => hasScope(token, scope))) {
    sendOAuthError(exchange, 'insufficient_scope');
    return;
  }
  sendJson(exchange, 200, {
    id: user.id,
    username: user.username,
    name: user.name,
    state: 'active',
    avatar_url: avatarOf(exchange.state, user),
    web_url: `${exchange.state.url}/${user.username}`,
    public_email: user.publicEmail ?? null,
    email: user.email,
  });
}
