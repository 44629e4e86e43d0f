import type { Caches } from '../../kernel/cache.ts';
import type { Database, DatabasePool } from '../../kernel/database.ts';
import { OUTBOX_TOPIC } from '../../kernel/events.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Log } from '../../kernel/log.ts';
import * as store from './deliveries.store.ts';
import type { Outcome, Receivers } from './receivers.ts';
import { findWebhook, type WebhookRow } from './webhooks.store.ts';

/** Requests to one receiver at once, and to all of them, by one process. */
const LANE_WIDTH = 4;
const TOTAL_WIDTH = 200;
/** Beyond the longest request, so that only what a lost process held is tried by another one. */
const LEASE_MS = 60_000;
/** Failures in a row after which a receiver rests and is then tried with one request at a time. */
const FAILING_AFTER = 5;
const FAILING_WIDTH = 1;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** Pause while another process takes what is due, which is a matter of one statement. */
const CONTENDED_MS = 200;
/** Pause after the database could not be reached. */
const TROUBLE_MS = 5_000;
const LONGEST_TIMER_MS = 2_147_483_647;

/** Time until the next try after so many failures: 5 s, doubled each time, up to 15 minutes. */
export const retryDelay = (failures: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20), LONGEST_RETRY_MS);

export interface DelivererDependencies {
  database: DatabasePool;
  caches: Caches;
  receivers: Receivers;
  log: Log;
  now(): Date;
}

/** One receiver's queue, as this process works on it. */
interface LaneState extends store.Lane {
  inFlight: number;
  looking: boolean;
  /** Something was announced while it was being looked for. */
  lookAgain: boolean;
  /** There may be due what nobody has taken. */
  unseen: boolean;
  /** Something waits that was not due when it was looked at: a delivery that ends may let the next one of its object go. */
  more: boolean;
  timer: NodeJS.Timeout | undefined;
}

export interface Deliverer {
  /** Begins to deliver: what waits already, then what is announced. */
  start(): Promise<void>;
  /** Looks for what is due in every lane. */
  sweep(): Promise<void>;
  /** Stops taking deliveries and waits for those under way. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox. Each receiver has a lane of its own, so that a slow or dead one holds up nobody else, and the
 * database is asked only when something was announced or is due: an idle process asks nothing.
 * Many processes share the work; what one of them takes is leased, and another one takes it when the lease runs out.
 */
export function createDeliverer(deps: DelivererDependencies): Deliverer {
  const { database, log, now } = deps;
  const lanes = new Map<string, LaneState>();
  const waiting = new Set<LaneState>();
  const underWay = new Set<Promise<void>>();
  const looks = new Set<Promise<void>>();
  let running = false;

  const laneOf = ({ tenantId, webhookId }: store.Lane): LaneState => {
    const key = `${tenantId} ${webhookId}`;
    const known = lanes.get(key);
    if (known) return known;
    const lane = {
      tenantId,
      webhookId,
      inFlight: 0,
      looking: false,
      lookAgain: false,
      unseen: true,
      more: true,
      timer: undefined,
    };
    lanes.set(key, lane);
    return lane;
  };

  const wakeAt = (lane: LaneState, time: Date): void => {
    clearTimeout(lane.timer);
    const wait = Math.min(Math.max(time.getTime() - now().getTime(), 0), LONGEST_TIMER_MS);
    lane.timer = setTimeout(() => void lookAnew(lane), wait);
    // A process that has nothing else to do may end.
    lane.timer.unref();
  };

  const track = (set: Set<Promise<void>>, work: Promise<void>): Promise<void> => {
    set.add(work);
    const done = () => void set.delete(work);
    work.then(done, done);
    return work;
  };

  const deliver = async (lane: LaneState, webhook: WebhookRow, row: store.DeliveryRow): Promise<void> => {
    lane.inFlight += 1;
    let delivered = false;
    try {
      const target = { url: webhook.url, headers: deps.receivers.openHeaders(webhook) };
      const sentAt = now();
      const message = { id: row.id, body: row.body, sentAt };
      const outcome = await deps.receivers.send(target, deps.receivers.openKeys(webhook, sentAt), message);
      await record(deps, lane, { webhook, row, outcome, sentAt, at: now() });
      delivered = outcome.result === 'Success';
    } catch (error) {
      // The lease runs out, and it is tried again.
      log.warn({ err: error, deliveryId: row.id }, 'a webhook delivery could not be finished');
    } finally {
      lane.inFlight -= 1;
      if (!delivered) lane.more = true;
      const next = waiting.values().next().value;
      if (next) waiting.delete(next);
      void look(lane);
      if (next && next !== lane) void look(next);
    }
  };

  /** Takes what is due and may go out now, and has the lane woken when more of it is due. */
  const take = async (lane: LaneState): Promise<void> => {
    if (!lane.unseen && !lane.more) {
      if (lane.inFlight === 0) forget(lane);
      return;
    }
    const db = database.forTenant(lane.tenantId);
    if (!lane.unseen && !(await isSomethingDue(db, lane))) return;
    const room = (width: number) => Math.max(0, Math.min(width - lane.inFlight, TOTAL_WIDTH - underWay.size));
    const limit = room(LANE_WIDTH);
    if (limit === 0) {
      if (lane.inFlight < LANE_WIDTH) waiting.add(lane);
      return;
    }
    const leasedUntil = new Date(now().getTime() + LEASE_MS);
    lane.unseen = false;
    const failing = { failing: FAILING_AFTER, failingWidth: room(FAILING_WIDTH) };
    const { webhook, rows, more } = await store.claimDeliveries(db, lane, {
      now: now(),
      leasedUntil,
      width: limit,
      ...failing,
    });
    if (!webhook) return rest(db, lane);
    lane.more = more;
    if (rows.length === limit || webhook.failures >= FAILING_AFTER) lane.unseen = true;
    for (const row of rows) void track(underWay, deliver(lane, webhook, row));
  };

  /** What becomes of a lane of which nothing could be taken. */
  const rest = async (db: Database, lane: LaneState): Promise<void> => {
    if (lane.inFlight > 0) {
      // The delivery that ends looks again.
      lane.unseen = true;
      return;
    }
    const webhook = await findWebhook(db, lane.tenantId, lane.webhookId);
    if (!webhook) {
      await store.dropLane(db, lane);
      forget(lane);
    } else if (!webhook.enabled) forget(lane);
    else if (webhook.retryAt && webhook.retryAt > now()) wakeAt(lane, webhook.retryAt);
    // What is due all the same is in another process's hands at this moment.
    else if (await isSomethingDue(db, lane)) wakeAt(lane, new Date(now().getTime() + CONTENDED_MS));
  };

  /** Whether there is something to take; if there will be, and no delivery that ends looks again, the lane is woken. */
  const isSomethingDue = async (db: Database, lane: LaneState): Promise<boolean> => {
    const due = await store.findNextDue(db, lane);
    if (due && due <= now()) return true;
    if (lane.inFlight > 0) return false;
    if (due) wakeAt(lane, due);
    else forget(lane);
    return false;
  };

  const forget = (lane: LaneState): void => {
    clearTimeout(lane.timer);
    waiting.delete(lane);
    if (lane.inFlight === 0) lanes.delete(`${lane.tenantId} ${lane.webhookId}`);
  };

  const look = async (lane: LaneState): Promise<void> => {
    if (!running) return;
    if (lane.looking) {
      lane.lookAgain = true;
      return;
    }
    lane.looking = true;
    try {
      do {
        lane.lookAgain = false;
        await track(looks, take(lane));
      } while (lane.lookAgain && running);
    } catch (error) {
      log.warn({ err: error }, 'webhook deliveries could not be read');
      wakeAt(lane, new Date(now().getTime() + TROUBLE_MS));
    } finally {
      lane.looking = false;
    }
  };

  /** Looks when there may be something that no look has seen. */
  const lookAnew = (lane: LaneState): Promise<void> => {
    lane.unseen = true;
    return look(lane);
  };

  const sweep = async (): Promise<void> => {
    const found = await store.listWaitingLanes(database.forSystem('find webhook deliveries that wait'));
    await Promise.all(found.map((lane) => lookAnew(laneOf(lane))));
  };

  deps.caches.onChange(OUTBOX_TOPIC, (tenantId, webhookId) => {
    if (!running) return;
    // The listener was away: anything may have been announced meanwhile.
    if (webhookId === '*') sweep().catch((error: unknown) => log.warn({ err: error }, 'webhook deliveries: no sweep'));
    else void lookAnew(laneOf({ tenantId, webhookId }));
  });

  return {
    sweep,
    async start() {
      running = true;
      await sweep();
    },
    async stop() {
      running = false;
      for (const lane of lanes.values()) clearTimeout(lane.timer);
      // What is being taken is delivered too: a lease that nobody works on would hold it up for a minute.
      await Promise.allSettled(looks);
      await Promise.all(underWay);
    },
  };
}

/** Writes down how an attempt went, and what follows from it for the delivery and for the receiver. */
async function record(
  deps: DelivererDependencies,
  lane: store.Lane,
  done: { webhook: WebhookRow; row: store.DeliveryRow; outcome: Outcome; sentAt: Date; at: Date },
): Promise<void> {
  const { webhook, row, outcome, sentAt, at } = done;
  const attempt = {
    tenantId: lane.tenantId,
    id: standardId(),
    webhookId: lane.webhookId,
    deliveryId: row.id,
    event: row.event,
    attempt: row.attempts,
    ...outcome,
    createdAt: sentAt,
  };
  const last = { lastStatus: outcome.status, lastError: outcome.error };
  const database = deps.database.forTenant(lane.tenantId);
  if (outcome.result === 'Success') {
    await store.recordAttempt(database, attempt, { state: 'delivered', finishedAt: at, ...last });
    if (webhook.failures > 0) await store.setReceiverState(database, lane, { failures: 0, retryAt: null });
    return;
  }
  await database.transaction(async (db) => {
    const failures = await store.countFailure(db, lane);
    const failing = failures >= FAILING_AFTER;
    const retryAt = new Date(at.getTime() + retryDelay(failing ? failures - FAILING_AFTER + 1 : row.attempts));
    if (failing) await store.setReceiverState(db, lane, { retryAt });
    await store.recordAttempt(
      db,
      attempt,
      at >= row.expiresAt ? { state: 'dead', finishedAt: at, ...last } : { dueAt: retryAt, ...last },
    );
    // The others of a receiver that is down are not tried one by one until their time is over.
    if (failing) await store.giveUpExpired(db, lane, at);
  });
}
