import { hash, verify } from '@node-rs/argon2';
import { fail } from './errors.ts';

/** Argon2id at 19 MiB, t=2, p=1: the first recommendation of the OWASP password storage sheet. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface PasswordHasher {
  /** The PHC string of a new password. */
  hash(password: string): Promise<string>;
  /** Checks against an Argon2 PHC string. */
  verify(digest: string, password: string): Promise<boolean>;
  /** Spends what a check spends and answers false: an unknown account takes as long as a known one. */
  verifyNothing(password: string): Promise<false>;
}

/**
 * Hashing runs on the thread pool, never on the event loop.
 * `concurrency` bounds the memory in use, `queue` how many more may wait: beyond that 503 with Retry-After,
 * because a queue that only grows turns a burst into an outage.
 */
export function createPasswordHasher(options: { concurrency: number; queue: number }): PasswordHasher {
  let running = 0;
  const waiting: (() => void)[] = [];

  const bounded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
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

  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => bounded(() => hash(password, ARGON2ID)),
    verify: (digest, password) => bounded(() => verify(digest, password)),
    async verifyNothing(password) {
      await bounded(async () => {
        decoy ??= hash('nobody has this password', ARGON2ID);
        await verify(await decoy, password);
      });
      return false;
    },
  };
}
