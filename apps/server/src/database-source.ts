import type pg from 'pg';
import type { Config } from './config.ts';
import type { Log } from './kernel/log.ts';
import { findRunningPostgres, startEmbeddedPostgres } from './kernel/postgres/embedded.ts';
import { checkExternalDatabase } from './kernel/postgres/external.ts';

/** The PostgreSQL that this process works on. */
export interface DatabaseSource {
  connection: pg.PoolConfig;
  /** Settles when the embedded database is gone for good. */
  lost: Promise<Error>;
  close(): Promise<void>;
}

/** Starts the embedded PostgreSQL, or looks whether the external one can be used. */
export async function openDatabase(config: Config, log: Log): Promise<DatabaseSource> {
  if (!config.databaseUrl) {
    const embedded = await startEmbeddedPostgres({ dataDirectory: config.home, log });
    return { connection: embedded.connection, lost: embedded.lost, close: () => embedded.stop() };
  }
  for (const warning of await checkExternalDatabase(config.databaseUrl)) log.warn(warning);
  return {
    connection: { connectionString: config.databaseUrl },
    lost: new Promise(() => undefined),
    close: async () => undefined,
  };
}

/** For the command line: uses the database of a running server as it is, or starts it for the moment. */
export async function openDatabaseBeside(config: Config, log: Log): Promise<DatabaseSource> {
  const running = config.databaseUrl ? undefined : await findRunningPostgres(config.home);
  if (!running) return openDatabase(config, log);
  return { connection: running, lost: new Promise(() => undefined), close: async () => undefined };
}
