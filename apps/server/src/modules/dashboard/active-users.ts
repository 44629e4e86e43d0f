import type { DatabasePool } from '../../kernel/database.ts';
import type { Log } from '../../kernel/log.ts';
import { type Day, insertActiveUsers } from './dashboard.store.ts';

const PAUSE_MS = 1000;
const BATCH = 1000;
/** Users that are remembered as noted; beyond it they are noted again, which changes nothing. */
const REMEMBERED = 200_000;

export interface ActiveUsers {
  /** Notes that a user was issued a token. Costs a look into a set, and one row for the first token of a day. */
  see(tenantId: string, userId: string): void;
  flush(): Promise<void>;
}

/** Gathers who is active and writes it a moment later, so that no token waits for it. */
export function createActiveUsers(deps: { database: DatabasePool; log: Log; now(): Date }): ActiveUsers {
  let today: Day = '';
  let seen = new Set<string>();
  let gathered: { tenantId: string; userId: string; day: Day }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    while (gathered.length > 0) {
      const batch = gathered.slice(0, BATCH);
      gathered = gathered.slice(BATCH);
      try {
        await insertActiveUsers(deps.database.forSystem('note active users'), batch);
      } catch (error) {
        deps.log.error({ err: error, lost: batch.length }, 'active users could not be noted');
      }
    }
  };

  return {
    flush,
    see(tenantId, userId) {
      const day = deps.now().toISOString().slice(0, 10);
      if (day !== today || seen.size >= REMEMBERED) {
        today = day;
        seen = new Set();
      }
      const key = `${tenantId} ${userId}`;
      if (seen.has(key)) return;
      seen.add(key);
      gathered.push({ tenantId, userId, day });
      timer ??= setTimeout(() => void flush(), PAUSE_MS);
    },
  };
}
