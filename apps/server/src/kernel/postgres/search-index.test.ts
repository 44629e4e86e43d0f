import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { ADMIT_SEARCH_INDEX, admitsSearchIndex } from './search-index.ts';

let own: TestDatabase;
let role: pg.Client;

beforeAll(async () => {
  own = await createTestDatabase();
  role = new pg.Client(own.connection as pg.ClientConfig);
  await role.connect();
  await role.query("select set_config('latchkey.tenant', '*', false)");
  await role.query("insert into tenants (id, name) values ('one', 'One'), ('two', 'Two')");
  await role.query(`
    insert into users (tenant_id, id, username, created_at, updated_at)
    select case when n % 2 = 0 then 'one' else 'two' end, 'u' || n, md5(n::text), now(), now()
    from generate_series(1, 20000) n`);
  await role.query("select set_config('latchkey.tenant', 'one', false)");
  // The index collects new entries aside until a vacuum, and is read with them meanwhile.
  await role.query('vacuum analyze users');
});

afterAll(async () => {
  await role.end();
  await own.drop();
});

async function planOfSearch(): Promise<string> {
  const { rows } = await role.query<{ 'QUERY PLAN': string }>(
    "explain select id from users where tenant_id = 'one' and search_text ilike '%abcdef%'",
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test('a search uses its index behind row-level security once a superuser has admitted it', async () => {
  expect(await admitsSearchIndex(role)).toBe(false);
  expect(await planOfSearch()).not.toContain('users_by_search_text');
  await expect(role.query(ADMIT_SEARCH_INDEX)).rejects.toThrow(/must be owner|permission denied|superuser/);

  const { superuser } = inject('postgres');
  const operator = new pg.Client({ ...superuser, database: own.connection.database } as pg.ClientConfig);
  await operator.connect();
  await operator.query(ADMIT_SEARCH_INDEX);
  await operator.end();
  expect(await admitsSearchIndex(role)).toBe(true);
  expect(await planOfSearch()).toContain('users_by_search_text');
});
