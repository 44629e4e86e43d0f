import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import autocannon from 'autocannon';

/** What one run has shown, as the load generator saw it; times in milliseconds. */
export interface LoadResult {
  done: number;
  seconds: number;
  p50: number;
  p99: number;
}

/** Something that can be kept busy for a while. */
export type Load = (seconds: number) => Promise<LoadResult>;

/** The peer was measured at this many (design 9). */
export const CONNECTIONS = 16;

export interface StatelessRequest {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Requests that don't depend on one another, in turn on each connection. */
export function stateless(origin: string, requests: readonly StatelessRequest[], connections = CONNECTIONS): Load {
  return async (seconds) => {
    const result = await autocannon({
      url: origin,
      connections,
      duration: seconds,
      requests: [...requests],
    });
    const failed = result.non2xx + result.errors + result.timeouts;
    if (failed > 0) throw new Error(`${failed} requests failed: ${requests[0]?.path}`);
    const { latency, requests: counted, duration } = result;
    return { done: counted.total, seconds: duration, p50: latency.p50, p99: latency.p99 };
  };
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** Operations of which each needs the outcome of the one before: `worker` makes the operation of one connection. */
export function stateful(concurrency: number, worker: (index: number) => () => Promise<void>): Load {
  const operations = Array.from({ length: concurrency }, (_, index) => worker(index));
  return async (seconds) => {
    const start = performance.now();
    const end = start + seconds * 1000;
    const times: number[] = [];
    await Promise.all(
      operations.map(async (operation) => {
        for (let at = performance.now(); at < end; ) {
          await operation();
          const now = performance.now();
          times.push(now - at);
          at = now;
        }
      }),
    );
    times.sort((a, b) => a - b);
    return {
      done: times.length,
      seconds: (performance.now() - start) / 1000,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
    };
  };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  headers?: OutgoingHttpHeaders;
  body?: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** One request on a kept connection, redirects not followed: lighter than fetch, because it shares the machine. */
export function send(url: string, { method = 'GET', headers = {}, body }: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { agent, method, headers: { ...headers, ...length } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A form as an app or a browser posts it. */
export const form = (fields: Record<string, string>) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** The parsed body, or an error that shows what came instead. */
export function expectJson<Body>(answer: Answer, status = 200): Body {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body.slice(0, 300)}`);
  return JSON.parse(answer.body) as Body;
}
