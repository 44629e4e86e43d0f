import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { EmbeddedPostgresError, findBinaries } from './binaries.ts';
import {
  type Cluster,
  DATABASE,
  ensureCluster,
  ensureDataDirectory,
  ROLE,
  SUPERUSER,
  writeAccessRules,
} from './cluster.ts';
import { chooseIdentity } from './identity.ts';
import { acquireOwnership } from './ownership.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { ADMIT_SEARCH_INDEX, admitsSearchIndex } from './search-index.ts';
import { ensureSocketDirectory, SOCKET_PORT } from './socket.ts';

export { EmbeddedPostgresError } from './binaries.ts';

export interface EmbeddedPostgres {
  /** How the server connects: an ordinary role that owns its database and nothing else. */
  connection: pg.PoolConfig;
  /** The cluster's superuser: for test databases, never for the server's own work. */
  superuser: pg.PoolConfig;
  /** Settles when the database is gone for good: another process owns it now, or it does not start any more. */
  lost: Promise<EmbeddedPostgresError>;
  /** Ends every session and shuts down. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Absolute path; the cluster is made in its folder `postgres`. */
  dataDirectory: string;
  log: Log;
  /** `false` in tests: nothing is forced to disk. */
  durable?: boolean;
}

const TAKE_OVER_TIMEOUT_MS = 30_000;
/** An owner that was asked to stop, or whose killer was faster than the kernel, gets this long to leave. */
const OWNER_PATIENCE_MS = 2_000;
const START_ATTEMPTS = 6;
const RESTART_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

const pauseBefore = (attempt: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);

/**
 * Starts PostgreSQL in the data directory, makes the cluster on the first start, and keeps it running until `stop`.
 * One process owns a data directory at a time: a second one is refused with an `EmbeddedPostgresError`.
 * A server that an owner left behind when it was killed is shut down first, then started anew as our own child.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await ensureDataDirectory(options.dataDirectory);
  const directory = path.join(options.dataDirectory, 'postgres');
  const binaries = await findBinaries();
  const runAs = chooseIdentity(directory, [binaries.initdb, binaries.postgres]);
  const cluster: Cluster = { directory, runAs, binaries, durable: options.durable ?? true };
  await ensureCluster(cluster);
  const socketDirectory = await ensureSocketDirectory(cluster, options.dataDirectory);
  const supervisor = new Supervisor(cluster, socketDirectory, options.log);
  await supervisor.start();
  return {
    connection: supervisor.connectionOf(ROLE),
    superuser: supervisor.connectionOf(SUPERUSER),
    lost: supervisor.lost,
    stop: () => supervisor.stop(),
  };
}

class Supervisor {
  readonly lost: Promise<EmbeddedPostgresError>;
  readonly #cluster: Cluster;
  readonly #socketDirectory: string;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #giveUp: (error: EmbeddedPostgresError) => void = () => undefined;
  #postmaster: Postmaster | undefined;
  #owner: pg.Client | undefined;
  #restarting: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, socketDirectory: string, log: Log) {
    this.#cluster = cluster;
    this.#socketDirectory = socketDirectory;
    this.#log = log;
    this.lost = new Promise((resolve) => {
      this.#giveUp = resolve;
    });
  }

  connectionOf(user: string): pg.PoolConfig {
    return { host: this.#socketDirectory, port: SOCKET_PORT, user, database: DATABASE, ssl: false };
  }

  async start(): Promise<void> {
    await this.#attempt(START_ATTEMPTS);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    const owner = this.#owner;
    this.#owner = undefined;
    await owner?.end();
    if (this.#postmaster) await stopPostmaster(this.#postmaster);
    this.#postmaster = undefined;
  }

  /** Tries until the database runs and is ours. */
  async #attempt(attempts: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#clearTheWay();
        await writeAccessRules(this.#cluster);
        const postmaster = await startPostmaster(this.#cluster, this.#socketDirectory, this.#log);
        this.#postmaster = postmaster;
        await this.#claim();
        void postmaster.exited.then((words) => this.#handleExit(postmaster, words));
        return;
      } catch (error) {
        if (error instanceof AlreadyOwnedError || attempt >= attempts || this.#stopping.signal.aborted) throw error;
        // After a crash the old sessions hold the shared memory for a moment; after a race there is somebody to meet.
        this.#log.debug({ error: (error as Error).message, attempt }, 'the database did not start, trying again');
        await delay(pauseBefore(attempt));
      }
    }
  }

  /** Connects for as long as the database runs: this session carries the ownership. */
  async #claim(): Promise<void> {
    const owner = await this.#connect();
    if (!(await acquireOwnership(owner))) {
      await owner.end();
      throw new AlreadyOwnedError(this.#cluster.directory);
    }
    this.#owner = owner;
    owner.on('error', () => this.#handleLostSession(owner));
    if (!(await admitsSearchIndex(owner))) await owner.query(ADMIT_SEARCH_INDEX);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.connectionOf(SUPERUSER),
      application_name: 'latchkey owner',
      connectionTimeoutMillis: 5_000,
    });
    await client.connect();
    return client;
  }

  /** Meets a server that is already at work in the cluster: refuses when it has an owner, else shuts it down. */
  async #clearTheWay(): Promise<void> {
    const began = Date.now();
    while (Date.now() - began < TAKE_OVER_TIMEOUT_MS) {
      const pid = await findPostmaster(this.#cluster);
      if (!pid) return;
      const client = await this.#connect().catch(() => undefined);
      if (client) {
        client.on('error', (error) => this.#log.debug({ error: error.message }, 'the abandoned database closed'));
        if (await acquireOwnership(client)) {
          this.#log.info({ pid }, 'a database left behind by a killed server is shut down');
          process.kill(pid, 'SIGINT');
        } else {
          await client.end();
          if (Date.now() - began > OWNER_PATIENCE_MS) throw new AlreadyOwnedError(this.#cluster.directory);
        }
      }
      // Starting, recovering or shutting down: each ends by itself.
      await delay(20);
    }
    throw new EmbeddedPostgresError(
      `a PostgreSQL in ${this.#cluster.directory} neither answers nor ends: stop it first`,
    );
  }

  #handleExit(postmaster: Postmaster, words: string): void {
    if (this.#stopping.signal.aborted || this.#postmaster !== postmaster) return;
    this.#log.error({ reason: words }, 'the database ended unexpectedly and is started again');
    this.#owner = undefined;
    this.#restarting = this.#attempt(RESTART_ATTEMPTS).then(
      () => this.#log.info('the database is back'),
      (error: Error) => {
        if (!this.#stopping.signal.aborted) this.#giveUp(new EmbeddedPostgresError(error.message, { cause: error }));
      },
    );
  }

  /** Somebody ended the owner's session while the database runs on: claim it again, or leave it to the new owner. */
  #handleLostSession(owner: pg.Client): void {
    if (this.#stopping.signal.aborted || this.#owner !== owner) return;
    this.#owner = undefined;
    const postmaster = this.#postmaster;
    void (async () => {
      // When the whole server ended, its exit arrives within this time and brings it back.
      await delay(FIRST_PAUSE_MS);
      if (this.#owner || this.#postmaster !== postmaster || postmaster?.process.exitCode !== null) return;
      await this.#claim();
    })().catch((error: Error) => {
      if (error instanceof AlreadyOwnedError) this.#giveUp(error);
      else this.#log.debug({ error: error.message }, 'the owner session could not be opened again');
    });
  }
}

class AlreadyOwnedError extends EmbeddedPostgresError {
  constructor(directory: string) {
    super(`another Latchkey is running on ${path.dirname(directory)}: stop it, or choose another LATCHKEY_HOME`);
  }
}

/** How to reach the embedded database that another process keeps running; undefined when none is at work there. */
export async function findRunningPostgres(dataDirectory: string): Promise<pg.PoolConfig | undefined> {
  const directory = path.join(dataDirectory, 'postgres');
  const binaries = await findBinaries();
  const cluster: Cluster = { directory, runAs: chooseIdentity(directory, []), binaries, durable: true };
  if (!(await findPostmaster(cluster))) return undefined;
  const host = await ensureSocketDirectory(cluster, dataDirectory);
  return { host, port: SOCKET_PORT, user: ROLE, database: DATABASE, ssl: false };
}
