import type { ConsolePhrases } from '@latchkey/phrases/console';
import { ApiError, SignedOutError } from '../api/api-error.ts';

/** The sentence to show for a failure: the server's own where it wrote one for readers. */
export function errorMessage(error: unknown, { failure }: ConsolePhrases['shell']): string {
  if (error instanceof SignedOutError) return failure.sessionEnded;
  if (error instanceof ApiError) {
    if (error.status === 403) return failure.forbidden;
    return error.status < 500 && error.message !== '' ? error.message : failure.unexpected;
  }
  // `fetch` rejects with a TypeError when no answer arrived.
  return error instanceof TypeError ? failure.network : failure.unexpected;
}
