import { vi } from 'vitest';
import type { TestApp } from './harness.ts';

/** What another transaction holds, and the table whose statement waits for it. */
interface Held {
  table: string;
  sql: string;
  params: readonly unknown[];
}

/**
 * Sends a request that comes upon rows which another transaction holds, does something else in the meantime, and lets
 * the transaction commit: the two meet in the same order every time.
 */
export async function whileHeld<Answer>(
  app: Pick<TestApp, 'world'>,
  { table, sql, params }: Held,
  request: () => Promise<Answer>,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<Answer> {
  const { pool } = app.world.database;
  const other = await pool.connect();
  try {
    await other.query('begin');
    await other.query(sql, [...params]);
    const answer = request();
    const waits = `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like $1`;
    // By another connection: within a transaction the view stays as it was when it was first read.
    await vi.waitUntil(async () => (await pool.query(waits, [`%${table}%`])).rowCount === 1, { timeout: 20_000 });
    await meanwhile();
    await other.query('commit');
    return await answer;
  } finally {
    await other.query('rollback');
    other.release();
  }
}
