import { createHash } from 'node:crypto';
import type { Egress } from '../../kernel/egress.ts';

const RANGE_API = 'https://api.pwnedpasswords.com/range/';
const TIMEOUT_MS = 2000;
/** After a failure nobody waits for the network again for this long: an install without it is as fast as with it. */
const PAUSE_MS = 10 * 60_000;

/** Answers whether a password is known from a leak; false when that cannot be found out. */
export type BreachedPasswords = (password: string) => Promise<boolean>;

/**
 * Asks Have I Been Pwned by k-anonymity: five of the forty hexadecimal digits of the SHA-1 leave the server,
 * and padding hides how many passwords share them.
 */
export function createBreachedPasswords(deps: { egress: Egress; now: () => Date }): BreachedPasswords {
  let pausedUntil = 0;
  return async (password) => {
    if (deps.now().getTime() < pausedUntil) return false;
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      const response = await deps.egress(RANGE_API + digest.slice(0, 5), {
        headers: { 'add-padding': 'true' },
        timeoutMs: TIMEOUT_MS,
      });
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      const suffix = digest.slice(5);
      const line = (await response.text()).split('\r\n').find((entry) => entry.startsWith(`${suffix}:`));
      // Padding entries have the count 0.
      return line !== undefined && Number(line.slice(suffix.length + 1)) > 0;
    } catch {
      // The check is a courtesy: without it the local rules decide, and nothing fails (clients.md 1.7).
      pausedUntil = deps.now().getTime() + PAUSE_MS;
      return false;
    }
  };
}
