import { AsyncLocalStorage } from 'node:async_hooks';
import type { Duplex } from 'node:stream';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { Log } from './log.ts';

/** Drizzle over PostgreSQL, bound to one tenant. A transaction has the same type. */
export type Database = Omit<NodePgDatabase, '$client'>;

/** Every tenant at once. Only system work (start, clean-up, the command line) may use it. */
export const ALL_TENANTS = '*';

export interface DatabasePool {
  /** The database as one tenant sees it: row-level security hides every other tenant's rows. */
  forTenant(tenantId: string): Database;
  /** The whole database; `reason` is there to be found by grep. */
  forSystem(reason: string): Database;
  /** A connection outside the tenancy, for migrations, LISTEN and ownership locks. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** The tenant that a pooled connection's row-level security is set to. */
const tenantOf = new WeakMap<pg.PoolClient, string>();

/**
 * Points a connection at a tenant.
 * The statement is sent ahead of the next one in the same pipeline, so it costs no round trip of its own.
 */
function useTenant(client: pg.PoolClient, tenantId: string): Promise<unknown> | undefined {
  if (tenantOf.get(client) === tenantId) return undefined;
  tenantOf.set(client, tenantId);
  return client.query("select set_config('latchkey.tenant', $1, false)", [tenantId]);
}

/** The transaction that the work in progress is in; it is over for what goes on after it without being awaited. */
const inTransaction = new AsyncLocalStorage<{ isOpen: boolean }>();

const holdsConnection = (): boolean => inTransaction.getStore()?.isOpen ?? false;

/** Runs the work of a transaction so that what it reads beside its own connection is known. */
async function asHolder<Result>(work: () => Promise<Result>): Promise<Result> {
  const transaction = { isOpen: true };
  try {
    return await inTransaction.run(transaction, work);
  } finally {
    transaction.isOpen = false;
  }
}

type QueryArguments = [config: pg.QueryConfig | string, values?: unknown[]];

interface Pools {
  main: pg.Pool;
  /**
   * For what is read beside a transaction, such as a setting that is cached. Were it read from the main pool, and all of
   * that held by transactions that wait for such a read, nobody would go on. A connection here is held for one statement.
   */
  beside: pg.Pool;
  /** Tells of a transaction that may wait for the one around it, with the place in the code where it is begun. */
  tellNested(place: Error): void;
}

/** What Drizzle needs of a pool, with the tenant set before the first statement. Drizzle knows a pool by this name. */
class TenantPool {
  readonly #pools: Pools;
  readonly #tenantId: string;

  constructor(pools: Pools, tenantId: string) {
    this.#pools = pools;
    this.#tenantId = tenantId;
  }

  async query(...[config, values]: QueryArguments): Promise<pg.QueryResult> {
    const client = await (holdsConnection() ? this.#pools.beside : this.#pools.main).connect();
    let broken: Error | undefined;
    try {
      const set = useTenant(client, this.#tenantId);
      const answer = client.query(config, values);
      if (set) {
        const [setResult, result] = await Promise.allSettled([set, answer]);
        if (setResult.status === 'rejected') {
          broken = setResult.reason as Error;
          throw broken;
        }
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      }
      return await answer;
    } finally {
      client.release(broken);
    }
  }

  async connect(): Promise<pg.PoolClient> {
    if (holdsConnection()) this.#pools.tellNested(new Error('a transaction within another one'));
    const client = await this.#pools.main.connect();
    try {
      await useTenant(client, this.#tenantId);
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }
}

/** A statement that was sent this often is prepared from then on: PostgreSQL parses and plans it once a connection. */
const PREPARE_AFTER = 5;
/** Texts that are counted: one that has not come for so many others is counted anew, and leaves room for them. */
const MAX_COUNTED = 500;
/** The most that a connection has to keep. */
const MAX_PREPARED = 500;

/**
 * Makes a connection prepare the statements that come again and again, the search for a user as well as one that was
 * built for the moment: planning costs PostgreSQL several times what running most of them does.
 */
function prepareHotStatements(): (client: pg.PoolClient) => void {
  const counts = new LRUCache<string, number>({ max: MAX_COUNTED });
  const prepared = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = prepared.get(text);
    if (known !== undefined || prepared.size === MAX_PREPARED) return known;
    const count = (counts.get(text) ?? 0) + 1;
    if (count < PREPARE_AFTER) {
      counts.set(text, count);
      return undefined;
    }
    counts.delete(text);
    const name = `latchkey_${prepared.size}`;
    prepared.set(text, name);
    return name;
  };
  return (client) => {
    const send = client.query.bind(client) as (config: unknown, ...more: unknown[]) => unknown;
    client.query = ((config: pg.QueryConfig | string, ...more: unknown[]) => {
      if (typeof config !== 'object' || config.name !== undefined || !Array.isArray(more[0])) {
        return send(config, ...more);
      }
      const name = nameOf(config.text);
      return send(name === undefined ? config : { ...config, name }, ...more);
    }) as typeof client.query;
  };
}

/** Opens a transaction, and nothing else. */
const BEGIN = /^begin\b[^;]*$/i;
const END = /^(commit|rollback)$/i;
/** What the statements that open and end a transaction answer when nothing came between them. */
const NOTHING = { command: '', rowCount: null, oid: 0, rows: [], fields: [] };

/**
 * Makes a connection send the statements of one turn of the event loop in one write, and a transaction's BEGIN in that of
 * its first statement: what wakes the database costs both sides more than most statements do.
 */
function sendTogether(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (config: unknown, ...more: unknown[]) => Promise<pg.QueryResult>;
  const { connection } = client as unknown as { connection: { stream: Duplex } };
  let begin: string | undefined;
  client.query = ((config: pg.QueryConfig | string, ...more: unknown[]) => {
    const text = typeof config === 'string' ? config : config.text;
    if (text !== undefined && BEGIN.test(text)) {
      begin = text;
      return Promise.resolve(NOTHING);
    }
    const opening = begin;
    begin = undefined;
    if (opening !== undefined && text !== undefined && END.test(text)) return Promise.resolve(NOTHING);
    const { stream } = connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    if (opening === undefined) return send(config, ...more);
    // Sent as plain text, which no lost plan can make fail: what follows must not run outside a transaction.
    return Promise.all([send(opening), send(config, ...more)]).then(([, result]) => result);
  }) as typeof client.query;
}

/** Builds a statement once for each database, instead of its SQL on every call; `build` ends with `.prepare(name)`. */
export function prepareOnce<Statement>(build: (db: Database) => Statement): (db: Database) => Statement {
  const built = new WeakMap<Database, Statement>();
  return (db) => {
    const known = built.get(db);
    if (known) return known;
    const statement = build(db);
    built.set(db, statement);
    return statement;
  };
}

/** How many of the connections are kept for what is read beside transactions. */
const besideOf = (size: number): number => (size < 4 ? 1 : 2);

/** Opens the pool. `size` is the number of connections this process may hold. */
export function createDatabasePool(options: { connection: pg.PoolConfig; size: number; log: Log }): DatabasePool {
  let closing = false;
  const prepareOn = prepareHotStatements();
  const openPool = (size: number) => {
    const pool = new pg.Pool({
      ...options.connection,
      max: size,
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: 60_000,
      pipeline: true,
      application_name: 'latchkey',
    } as pg.PoolConfig);
    pool.on('error', (error) => {
      // A pool that is closed does not wait for its connections: the database may end them first.
      if (!closing) options.log.warn({ error: error.message }, 'an idle database connection was lost');
    });
    // A connection that breaks while it is lent out fails its statements; without a listener it would end the process.
    pool.on('connect', (client) => {
      client.on('error', (error) => options.log.debug({ error: error.message }, 'a database connection broke'));
      prepareOn(client);
      sendTogether(client);
    });
    return pool;
  };
  const beside = besideOf(options.size);
  const pools: Pools = {
    main: openPool(Math.max(1, options.size - beside)),
    beside: openPool(beside),
    tellNested: (err) => options.log.warn({ err }, 'a transaction was begun beside the one that it belongs to'),
  };

  const bound = new LRUCache<string, Database>({ max: 1000 });
  const forTenant = (tenantId: string): Database => {
    const known = bound.get(tenantId);
    if (known) return known;
    const database = drizzle(new TenantPool(pools, tenantId) as unknown as pg.Pool);
    const begin = database.transaction.bind(database);
    database.transaction = (work, config) => begin((tx) => asHolder(() => work(tx)), config);
    bound.set(tenantId, database);
    return database;
  };

  return {
    pool: pools.main,
    forTenant: (tenantId) => {
      if (tenantId === ALL_TENANTS) throw new Error('a tenant is required');
      return forTenant(tenantId);
    },
    forSystem: () => forTenant(ALL_TENANTS),
    async close() {
      closing = true;
      await Promise.all([pools.main.end(), pools.beside.end()]);
    },
  };
}

/** SQLSTATE and constraint of a database error, through Drizzle's wrapping. */
export function databaseErrorOf(error: unknown): { code: string; constraint: string } | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code, constraint } = at as { code?: unknown; constraint?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
      return { code, constraint: typeof constraint === 'string' ? constraint : '' };
    }
  }
  return undefined;
}

/** True for a violation of the named unique index. */
export function violates(error: unknown, constraint: string): boolean {
  const found = databaseErrorOf(error);
  return found?.code === '23505' && found.constraint === constraint;
}
