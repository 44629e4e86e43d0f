import { hash, verify } from '@node-rs/argon2';
import { createLane } from './lane.ts';

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

/** Hashing runs on the thread pool, never on the event loop, and within bounds of memory. */
export function createPasswordHasher(options: { concurrency: number; queue: number }): PasswordHasher {
  const bounded = createLane(options);

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
