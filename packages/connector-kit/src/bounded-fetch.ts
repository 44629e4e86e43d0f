import type { ConnectorFetch } from './connector.ts';

/** A failure in the shape the server's egress function gives it. */
class BoundedFetchError extends Error {
  readonly reason: 'timeout' | 'too_large' | 'unreachable';
  constructor(reason: BoundedFetchError['reason'], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BoundedFetchError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Keeps `ConnectorFetch`'s promises over real HTTP, for tests: what the server's egress function does, without
 * its address guard.
 * `longestMs` shortens the connector's patience, so that a test of a provider that hangs is quick.
 */
export function createBoundedFetch(longestMs: number): ConnectorFetch {
  return async (url, { timeoutMs, maxBytes, ...init } = {}) => {
    if (!timeoutMs || !maxBytes) throw new TypeError('a connector bounds the time and size of every request');
    const signal = AbortSignal.timeout(Math.min(timeoutMs, longestMs));
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal });
      const body = await readBody(response, maxBytes);
      return new Response(body.byteLength > 0 ? new Uint8Array(body) : null, { status: response.status });
    } catch (error) {
      if (error instanceof BoundedFetchError) throw error;
      throw new BoundedFetchError(signal.aborted ? 'timeout' : 'unreachable', error);
    }
  };
}
