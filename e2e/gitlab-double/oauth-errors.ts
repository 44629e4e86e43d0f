import { type Exchange, sendJson } from './http.ts';

/** Our own sentences: nobody may depend on GitLab's wording. */
const descriptions = {
  access_denied: 'The user or the server said no.',
  authorization_pending: 'The user has not decided yet.',
  expired_token: 'The device code is past its time.',
  insufficient_scope: 'The access token lacks the scope that this needs.',
  invalid_client: 'No application with these credentials.',
  invalid_code_challenge_method: 'The code challenge method is one of plain and S256.',
  invalid_grant: 'The grant is wrong, spent, expired, or made for another application or redirect URI.',
  invalid_redirect_uri: 'The redirect URI is not one of those registered.',
  invalid_request: 'A parameter is missing, repeated or malformed.',
  invalid_scope: 'A requested scope is unknown or not enabled on the application.',
  slow_down: 'The device asks too often.',
  token_expired: 'The access token is past its time.',
  token_revoked: 'The access token was revoked.',
  token_unknown: 'The access token is unknown.',
  unauthorized_client: 'The application may not do this.',
  unsupported_grant_type: 'No such grant type here.',
  unsupported_response_type: 'No such response type here.',
} as const;

type Reason = keyof typeof descriptions;

// RFC 6750 §3.1 has one code for three reasons.
const codes: Partial<Record<Reason, string>> = {
  token_expired: 'invalid_token',
  token_revoked: 'invalid_token',
  token_unknown: 'invalid_token',
};

// Doorkeeper 5.5: 401 for the client's and the bearer token's faults, 403 for a scope, 400 for the rest.
const statuses: Partial<Record<Reason, number>> = {
  invalid_client: 401,
  unauthorized_client: 401,
  token_expired: 401,
  token_revoked: 401,
  token_unknown: 401,
  insufficient_scope: 403,
};

export type OAuthErrorReason = Reason;

export const oauthError = (reason: Reason): { error: string; error_description: string } => ({
  error: codes[reason] ?? reason,
  error_description: descriptions[reason],
});

export const errorStatus = (reason: Reason): number => statuses[reason] ?? 400;

/** Doorkeeper's error answer: the JSON and a challenge that says the same. */
export function sendOAuthError(exchange: Exchange, reason: Reason, status = errorStatus(reason)): void {
  const body = oauthError(reason);
  exchange.response.setHeader(
    'www-authenticate',
    `Bearer realm="Doorkeeper", error="${body.error}", error_description="${body.error_description}"`,
  );
  sendJson(exchange, status, body);
}
