import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { Log } from './log.ts';
import { type Scope, writtenAtCommit } from './scope.ts';

const CHANNEL = 'latchkey_changed';

/** A cached read, by tenant and key; within a transaction it is read beside that (`kernel/database.ts`). */
export interface Cached<Value extends object> {
  get(tenantId: string, key: string): Promise<Value | undefined>;
}

/**
 * Caches of this process, dropped in every process when a row behind them changes.
 * A change is announced by NOTIFY in its own transaction, so that it is heard only when committed.
 * A lost listening connection empties all caches, because news may have been missed.
 */
export interface Caches {
  /** `load` answers undefined for what does not exist; that is not remembered. */
  create<Value extends object>(topic: string, load: Load<Value>, max?: number): Cached<Value>;
  /** Calls back on each change of a topic, in every process; a key or tenant of `*` means all of them. */
  onChange(topic: string, listener: Listener): void;
  /** Names this process in what it announces. */
  readonly origin: string;
  /** Drops one entry in this process, ahead of its announcement, which is then not heard again. */
  drop(topic: string, tenantId: string, key: string): void;
  close(): Promise<void>;
}

type Load<Value> = (tenantId: string, key: string) => Promise<Value | undefined>;
type Listener = (tenantId: string, key: string) => void;

const notify = writtenAtCommit<string>((db, messages) =>
  db.execute(sql`select pg_notify(${CHANNEL}, message) from unnest(${sql.param(messages)}::text[]) message`),
);

/**
 * Announces that `key` of `topic` changes in this transaction: every process drops what it cached of it on commit,
 * this one before the transaction's caller goes on, so that one client reads what it wrote.
 */
export async function announceChange(scope: Scope, topic: string, key: string): Promise<void> {
  const { caches, tenantId } = scope;
  await notify(scope, `${caches.origin} ${topic} ${tenantId} ${key}`);
  const drop = () => caches.drop(topic, tenantId, key);
  if (scope.inTransaction) scope.afterCommit.push(drop);
  else drop();
}

export async function createCaches(options: { connection: pg.ClientConfig; log: Log }): Promise<Caches> {
  const { connection, log } = options;
  const stores = new Map<string, LRUCache<string, object>>();
  const listeners = new Map<string, Listener[]>();
  /** Counts the changes heard of a topic: a read that began before one must not be remembered after it. */
  const generations = new Map<string, number>();
  const origin = randomUUID();
  /**
   * How often this process has dropped an entry itself, less how often it heard its own announcement of that: the two
   * come in either order, and the second one of them is nothing new.
   */
  const ahead = new LRUCache<string, number>({ max: 1000 });
  let client: pg.Client | undefined;
  let closed = false;

  const changed = (topic: string, tenantId: string, key: string) => {
    generations.set(topic, (generations.get(topic) ?? 0) + 1);
    const store = stores.get(topic);
    if (key === '*') store?.clear();
    else store?.delete(`${tenantId} ${key}`);
    for (const listener of listeners.get(topic) ?? []) listener(tenantId, key);
  };

  /** Notes one side of a change of this process's own; true when it is the second one. */
  const isEcho = (change: string, step: 1 | -1): boolean => {
    const count = (ahead.get(change) ?? 0) + step;
    if (count === 0) ahead.delete(change);
    else ahead.set(change, count);
    return Math.sign(count) !== step;
  };

  const forgetAll = () => {
    ahead.clear();
    for (const topic of new Set([...stores.keys(), ...listeners.keys()])) changed(topic, '*', '*');
  };

  const listen = async (): Promise<void> => {
    const next = new pg.Client({ ...connection, keepAlive: true, application_name: 'latchkey listener' });
    next.on('notification', ({ payload = '' }) => {
      const [from = '', topic = '', tenantId = '', ...rest] = payload.split(' ');
      const key = rest.join(' ');
      if (from !== origin || !isEcho(`${topic} ${tenantId} ${key}`, -1)) changed(topic, tenantId, key);
    });
    next.on('error', (error) => log.warn({ error: error.message }, 'the change listener lost its connection'));
    next.on('end', () => {
      if (client === next && !closed) void reconnect();
    });
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    client = next;
    forgetAll();
  };

  const reconnect = async (): Promise<void> => {
    for (let wait = 50; !closed; wait = Math.min(wait * 2, 2000)) {
      forgetAll();
      try {
        return await listen();
      } catch (error) {
        log.warn({ error: (error as Error).message, retryInMs: wait }, 'the change listener cannot connect');
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };

  await listen();

  return {
    create<Value extends object>(topic: string, load: Load<Value>, max = 5000) {
      const store = new LRUCache<string, Value>({ max, ttl: 10 * 60_000 });
      const loading = new Map<string, { since: number | undefined; value: Promise<Value | undefined> }>();
      stores.set(topic, store as unknown as LRUCache<string, object>);

      const read = async (tenantId: string, key: string): Promise<Value | undefined> => {
        const generation = generations.get(topic);
        const value = await load(tenantId, key);
        if (value && generations.get(topic) === generation) store.set(`${tenantId} ${key}`, value);
        return value;
      };
      return {
        async get(tenantId: string, key: string) {
          const id = `${tenantId} ${key}`;
          const known = store.get(id);
          if (known) return known;
          const since = generations.get(topic);
          const joined = loading.get(id);
          // A read that began before a change may answer what was there before it.
          if (joined && joined.since === since) return joined.value;
          const reading = { since, value: read(tenantId, key) };
          loading.set(id, reading);
          return reading.value.finally(() => {
            if (loading.get(id) === reading) loading.delete(id);
          });
        },
      };
    },
    onChange(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    origin,
    drop(topic, tenantId, key) {
      if (!isEcho(`${topic} ${tenantId} ${key}`, 1)) changed(topic, tenantId, key);
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
