import type pg from 'pg';

/**
 * Lets a search use its index behind row-level security.
 * PostgreSQL keeps a condition away from the index until the rows of other tenants are out, unless its function is
 * known to tell nothing of what it looks at (`leakproof`). The one behind ILIKE tells nothing but whether the text
 * matches: its only error is about the pattern. Saying so takes a superuser; without it a search reads every user.
 */
export const ADMIT_SEARCH_INDEX = 'alter function pg_catalog.texticlike(text, text) leakproof';

/** True when a search may use its index in this database. */
export async function admitsSearchIndex(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ proleakproof: boolean }>(
    "select proleakproof from pg_proc where oid = 'pg_catalog.texticlike(text, text)'::regprocedure",
  );
  return rows[0]?.proleakproof === true;
}
