import { fail } from './errors.ts';

/** Runs work within its bounds. */
export type Lane = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * `concurrency` bounds what heavy work takes at once, `queue` how much more may wait: beyond that 503 with Retry-After,
 * because a queue that only grows turns a burst into an outage.
 */
export function createLane(options: { concurrency: number; queue: number }): Lane {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= options.concurrency) {
      if (waiting.length >= options.queue) throw fail('request.overloaded', { headers: { 'retry-after': '2' } });
      // Whoever finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
