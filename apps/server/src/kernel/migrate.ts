import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { serverDirectory } from './installation.ts';
import type { Log } from './log.ts';

/** Any process may start first; the others wait here until the schema is ready. Arbitrary, fixed for ever. */
const MIGRATION_LOCK = 7_226_001;

const directory = path.join(serverDirectory, 'migrations');

/** The newest migration a database carries is one this program does not know. */
export class SchemaTooNewError extends Error {}

/**
 * Brings the schema up to date: every file of `migrations/` that was not applied yet, each in a transaction of its own.
 * Safe to call from many processes at once.
 */
export async function migrate(pool: pg.Pool, log: Log): Promise<void> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const applied = await client.query<{ name: string }>('select name from schema_migrations');
    const done = new Set(applied.rows.map((row) => row.name));
    const unknown = [...done].filter((name) => !files.includes(name));
    if (unknown.length > 0) {
      throw new SchemaTooNewError(
        `the database was migrated by a newer Latchkey (${unknown.join(', ')}): start that version, or restore a backup`,
      );
    }
    for (const name of files) {
      if (done.has(name)) continue;
      await applyMigration(client, name);
      log.info({ migration: name }, 'migration applied');
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    client.release();
  }
}

async function applyMigration(client: pg.PoolClient, name: string): Promise<void> {
  const text = await readFile(path.join(directory, name), 'utf8');
  await client.query('begin');
  try {
    // The simple protocol runs the whole file; it takes no parameters.
    await client.query(text);
    await client.query('insert into schema_migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
