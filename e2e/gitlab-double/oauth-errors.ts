import { type Exchange, sendJson } from './http.ts';

/** Our own sentences: nobody may depend on GitLab's wording. */
const descriptions = {
  access_denied: 'The user or the server said no.',
  expired_token: 'The access token is past its time.',
  insufficient_scope: 'The access token lacks the scope that this needs.',
  invalid_client: 'No application with these credentials.',
  invalid_code_challenge_method: 'The code challenge method is one of plain and S256.',
  invalid_grant: 'The grant is wrong, spent, expired, or made for another application or redirect URI.',
  invalid_redirect_uri: 'The redirect URI is not one of those registered.',
  invalid_request: 'A parameter is missing, repeated or malformed.',
  invalid_scope: 'A requested scope is unknown or not enabled on the application.',
  revoked_token: 'The access token was revoked.',
  unauthorized_client: 'The application may not do this.',
  unknown_token: 'The access token is unknown.',
  unsupported_grant_type: 'No such grant type here.',
  unsupported_response_type: 'No such response type here.',
} as const;

type Reason = keyof typeof descriptions;

// RFC 6750 §3.1 has one code for three reasons.
const codes: Partial<Record<Reason, string>> = {
  expired_token: 'invalid_token',
  revoked_token: 'invalid_token',
  unknown_token: 'invalid_token',
};

// Doorkeeper 5.5: 401 for the client's and the bearer token's faults, 403 for a scope, 400 for the rest.
const statuses: Partial<Record<Reason, number>> = {
  invalid_client: 401,
  unauthorized_client: 401,
  expired_token: 401,
  revoked_token: 401,
  unknown_token: 401,
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
