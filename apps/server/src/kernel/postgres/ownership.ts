import type pg from 'pg';

/** Arbitrary, fixed for ever. Advisory locks are counted for each database, so nothing else in the cluster meets it. */
const OWNER_LOCK = 7_226_002;

/**
 * Claims the embedded database for this process, for as long as the client stays connected.
 * PostgreSQL gives the lock to one session and takes it back when that session's process dies, however it dies:
 * no pid file to go stale, no moment between looking and taking.
 */
export async function acquireOwnership(client: pg.ClientBase): Promise<boolean> {
  const answer = await client.query<{ acquired: boolean }>('select pg_try_advisory_lock($1) as acquired', [OWNER_LOCK]);
  return answer.rows[0]?.acquired === true;
}
