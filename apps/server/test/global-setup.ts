import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog } from '../src/kernel/log.ts';
import { startEmbeddedPostgres } from '../src/kernel/postgres/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run: `superuser` makes databases, `connection` is the role that the server uses. */
    postgres: { connection: pg.PoolConfig; superuser: pg.PoolConfig };
  }
}

/** Starts one PostgreSQL for the whole run; each test file makes a database of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'latchkey-test-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory, log: createLog('warn'), durable: false });
  project.provide('postgres', { connection: postgres.connection, superuser: postgres.superuser });
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
