import type { KoaContextWithOIDC } from 'oidc-provider';

/** Errors with more to say on the web (features 1.1). */
const ERROR_URIS: Record<string, string> = { invalid_grant: 'https://openid.sh/debug/invalid_grant' };

interface OAuthError {
  error: string;
  error_description?: string;
  scope?: string;
  state?: string;
  iss?: string;
}

const isOAuthError = (body: unknown): body is OAuthError =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';

/**
 * An OAuth error with the wire's `code` and `message` beside RFC 6749's members: the SDKs refuse a body without them.
 */
export function withWireError(body: OAuthError): Record<string, unknown> {
  const { error, error_description: description, scope } = body;
  const sessionLost =
    description === 'authorization request has expired' || /interaction session/.test(description ?? '');
  return {
    code: sessionLost ? 'session.not_found' : `oidc.${error}`,
    message: description ?? error,
    error,
    ...(description && { error_description: description }),
    ...(scope && { scope }),
    ...(ERROR_URIS[error] && { error_uri: ERROR_URIS[error] }),
  };
}

/** Finishes what the engine answers: wire errors, and `scope` in every token response (features 20.3). */
export async function shapeResponses(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const body: unknown = ctx.body;
  if (isOAuthError(body)) {
    if (ctx.query.parse_error !== 'false') ctx.body = withWireError(body);
    return;
  }
  if (typeof body === 'object' && body !== null && 'access_token' in body && !('scope' in body)) {
    ctx.body = { ...body, scope: '' };
  }
  if (ctx.status === 404 && body === undefined) {
    ctx.status = 404;
    ctx.body = withWireError({
      error: 'invalid_request',
      error_description: `unrecognized route: ${ctx.method} ${ctx.path}`,
    });
  }
}
