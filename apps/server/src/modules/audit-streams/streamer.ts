import type { DatabasePool } from '../../kernel/database.ts';
import type { Log as ProcessLog } from '../../kernel/log.ts';
import { toLog } from '../audit-logs/index.ts';
import * as store from './audit-streams.store.ts';
import type { Destinations } from './destinations.ts';

const BATCH = 200;
/** Beyond the longest hand-over, so that only what a lost process held is sent by another one. */
const LEASE_MS = 120_000;
/** Then the next run goes on, so that no stream keeps the job from the others. */
const TURN_MS = 45_000;
const CONCURRENCY = 8;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/** Time until the next try after so many failures: half a minute, doubled each time, up to 15 minutes. */
const retryDelay = (failures: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20), LONGEST_RETRY_MS);

export interface StreamerDependencies {
  database: DatabasePool;
  destinations: Destinations;
  log: ProcessLog;
  now(): Date;
}

/**
 * Sends what waits in every stream that is due. A stream's place moves after the receiver has taken a batch: when the
 * process dies in between, the batch is sent again.
 */
export function createStreamer(deps: StreamerDependencies): () => Promise<void> {
  const { database, log, now } = deps;

  /** Sends a batch of a stream that is held; answers it as it stands afterwards, or nothing when its turn is over. */
  const advance = async (held: store.StreamRow): Promise<store.StreamRow | undefined> => {
    const db = database.forTenant(held.tenantId);
    const rows = await store.listWaiting(db, held, BATCH);
    const last = rows.at(-1);
    if (!last) {
      await store.updateClaimed(db, held, { leasedUntil: null });
      return undefined;
    }
    const error = await deps.destinations.send(held, rows.map(toLog));
    if (error !== null) {
      const failures = held.failures + 1;
      const retryAt = new Date(now().getTime() + retryDelay(failures));
      await store.updateClaimed(db, held, { failures, lastError: error, retryAt, leasedUntil: null });
      return undefined;
    }
    const columns = {
      afterTransaction: last.transactionId,
      afterId: last.id,
      sentCount: held.sentCount + rows.length,
      lastSentAt: now(),
      failures: 0,
      lastError: null,
      retryAt: null,
      leasedUntil: new Date(now().getTime() + LEASE_MS),
    };
    return (await store.updateClaimed(db, held, columns)) ? { ...held, ...columns } : undefined;
  };

  const drain = async (stream: store.Stream): Promise<void> => {
    const db = database.forTenant(stream.tenantId);
    const times = { now: now(), leasedUntil: new Date(now().getTime() + LEASE_MS) };
    let held = await store.claimStream(db, stream, times);
    if (held && (await store.recoverPlace(db, held))) held = await store.findStream(db, stream);
    const end = Date.now() + TURN_MS;
    while (held) {
      const next = await advance(held);
      if (next && Date.now() > end) {
        await store.updateClaimed(db, next, { leasedUntil: null });
        return;
      }
      held = next;
    }
  };

  return async () => {
    const due = await store.listDueStreams(database.forSystem('find streams of audit logs'), now());
    const work = async () => {
      for (let stream = due.pop(); stream; stream = due.pop()) {
        // The others go on; the lease runs out, and it is tried again.
        await drain(stream).catch((error: unknown) => log.warn({ err: error }, 'audit logs could not be streamed'));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  };
}
