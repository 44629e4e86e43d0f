import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

interface Outcome {
  milliseconds: number;
  error: unknown;
}

/** Enough to show how a provider behaves now. */
const REMEMBERED = 20;
const MAX_PROVIDERS = 5_000;

/**
 * How deliveries of a provider went lately, so that a message which is not sent takes as long, and fails as often, as
 * one that is: else the wait would tell whether an account exists.
 */
export function createDeliveryPace() {
  const recent = new LRUCache<string, Outcome[]>({ max: MAX_PROVIDERS });

  return {
    /** Does a delivery and remembers how it went. */
    async measure<Result>(provider: string, work: () => Promise<Result>): Promise<Result> {
      const begin = performance.now();
      const remember = (error: unknown) => {
        const others = recent.get(provider)?.slice(1 - REMEMBERED) ?? [];
        recent.set(provider, [...others, { milliseconds: performance.now() - begin, error }]);
      };
      try {
        const result = await work();
        remember(undefined);
        return result;
      } catch (error) {
        remember(error);
        throw error;
      }
    },

    /** Waits, and fails, as one of the last deliveries did. */
    async imitate(provider: string): Promise<void> {
      const outcomes = recent.get(provider) ?? [];
      const outcome = outcomes[Math.floor(Math.random() * outcomes.length)];
      if (!outcome) return;
      await sleep(outcome.milliseconds);
      if (outcome.error) throw outcome.error;
    },
  };
}
