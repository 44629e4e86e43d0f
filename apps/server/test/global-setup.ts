import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog } from '../src/kernel/log.ts';
import { migrate } from '../src/kernel/migrate.ts';
import { startEmbeddedPostgres } from '../src/kernel/postgres/embedded.ts';

/** The migrated database that every test file's own one is a copy of. */
const TEMPLATE = 'latchkey_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run: `superuser` makes databases, `connection` is the role that the server uses. */
    postgres: { connection: pg.PoolConfig; superuser: pg.PoolConfig; template: string };
  }
}

/** Starts one PostgreSQL for the whole run; each test file makes a database of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'latchkey-test-'));
  const log = createLog('warn');
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory, log, durable: false });
  const { connection, superuser } = postgres;

  const admin = new pg.Client(superuser as pg.ClientConfig);
  await admin.connect();
  await admin.query(`create database ${TEMPLATE} owner ${connection.user}`);
  await admin.end();
  const pool = new pg.Pool({ ...connection, database: TEMPLATE });
  await migrate(pool, log);
  await pool.end();

  project.provide('postgres', { connection, superuser, template: TEMPLATE });
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
