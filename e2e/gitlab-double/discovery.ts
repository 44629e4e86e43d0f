import { type Exchange, sendJson } from './http.ts';
import { SCOPES } from './model.ts';
import { sendOAuthError } from './oauth-errors.ts';
import { GRANT_TYPES } from './tokens.ts';

export function discovery(exchange: Exchange): void {
  const { url } = exchange.state;
  sendJson(exchange, 200, {
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    revocation_endpoint: `${url}/oauth/revoke`,
    introspection_endpoint: `${url}/oauth/introspect`,
    userinfo_endpoint: `${url}/oauth/userinfo`,
    device_authorization_endpoint: `${url}/oauth/authorize_device`,
    jwks_uri: `${url}/oauth/discovery/keys`,
    scopes_supported: SCOPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: GRANT_TYPES,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claim_types_supported: ['normal'],
    claims_supported: [
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'sub_legacy',
      'name',
      'nickname',
      'preferred_username',
      'email',
      'email_verified',
      'website',
      'profile',
      'picture',
      'groups',
      'groups_direct',
      'https://gitlab.org/claims/groups/owner',
      'https://gitlab.org/claims/groups/maintainer',
      'https://gitlab.org/claims/groups/developer',
    ],
    code_challenge_methods_supported: ['plain', 'S256'],
  });
}

export function keys(exchange: Exchange): void {
  sendJson(exchange, 200, { keys: [exchange.state.publicJwk] });
}

/** RFC 7033 with the one relation that OIDC Discovery §2 asks for. */
export function webfinger(exchange: Exchange): void {
  const subject = exchange.url.searchParams.get('resource');
  if (!subject) sendOAuthError(exchange, 'invalid_request');
  else {
    const rel = 'http://openid.net/specs/connect/1.0/issuer';
    sendJson(exchange, 200, { subject, links: [{ rel, href: exchange.state.url }] });
  }
}
