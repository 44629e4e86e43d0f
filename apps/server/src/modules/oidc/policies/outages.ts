import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { asRequestError } from '../../../kernel/http.ts';
import type { Log } from '../../../kernel/log.ts';

const UNAVAILABLE = {
  error: 'temporarily_unavailable',
  error_description: 'the server cannot answer right now, try again in a moment',
};

/** True when the request failed because the database is away, which passes. */
const isOutage = (error: unknown): boolean => asRequestError(error).status === 503;

/** The engine calls every unknown error `server_error`; an absent database is said as what it is (RFC 6749 §4.1.2.1). */
export const nameOutage = <Out extends { error: string; error_description?: string }>(out: Out, error: unknown) =>
  isOutage(error) ? { ...out, ...UNAVAILABLE } : out;

function answerUnavailable(ctx: KoaContextWithOIDC): void {
  // A page that could be drawn stays; everything else becomes the JSON body.
  if (typeof ctx.body !== 'string') ctx.body = { ...UNAVAILABLE };
  ctx.status = 503;
  ctx.set('retry-after', '2');
}

/** Catches an outage that kept the engine's own error answer from being made. */
export async function answerOutages(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!isOutage(error)) throw error;
    answerUnavailable(ctx);
  }
}

/** The engine keeps the errors it answers with 500 to itself: they belong in the log. */
export function reportServerErrors(provider: Provider, log: Log): void {
  provider.on('server_error', (ctx, error) => {
    if (isOutage(error)) answerUnavailable(ctx);
    else log.error({ err: error, route: ctx.oidc?.route }, 'protocol request failed');
  });
}
