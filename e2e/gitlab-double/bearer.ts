import type { Exchange } from './http.ts';
import { hasExpired, type IssuedToken } from './model.ts';
import { sendOAuthError } from './oauth-errors.ts';

/** RFC 6750 §2: the header, the form or the query. */
function bearerToken({ request, form, url }: Exchange): string | undefined {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? form.get('access_token') ?? url.searchParams.get('access_token') ?? undefined;
}

/** The good access token of a request; without one the refusal is sent, a different sentence for each reason. */
export function requireToken(exchange: Exchange): IssuedToken | undefined {
  const sent = bearerToken(exchange);
  const found = exchange.state.tokens.find(({ accessToken }) => accessToken === sent);
  if (!found) sendOAuthError(exchange, 'token_unknown');
  else if (found.revoked) sendOAuthError(exchange, 'token_revoked');
  else if (hasExpired(exchange.state, found)) sendOAuthError(exchange, 'token_expired');
  else return found;
  return undefined;
}
