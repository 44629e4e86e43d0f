import { CONNECTIONS, expectJson, type Load, send, stateful, stateless } from '../load.ts';
import type { Server } from '../server.ts';

/** Users written past the API: a million of them by the API would take hours. */
export async function seedUsers(server: Server, count: number): Promise<void> {
  const database = await server.openDatabase();
  const client = await database.pool.connect();
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    await client.query(
      `insert into users (tenant_id, id, username, primary_email, name, created_at, updated_at)
       select 'default', substr(md5(n::text), 1, 12), 'user_' || md5('u' || n), md5('e' || n) || '@example.com',
         initcap(substr(md5('f' || n), 1, 7)) || ' ' || initcap(substr(md5('l' || n), 1, 9)),
         now() - n * interval '1 second', now()
       from generate_series(1, $1::int) n`,
      [count],
    );
    // What autovacuum would have done by the time that a table has grown this far.
    await client.query('vacuum analyze users');
  } finally {
    client.release();
    await database.close();
  }
}

export const userListLoad = (server: Server, headers: { authorization: string }): Load =>
  stateless(server.origin, [{ path: '/api/users?page=1&page_size=20', headers }]);

const SEARCHES = 50;

/** Parts of names and addresses that some users have. */
export async function userSearchLoad(server: Server, headers: { authorization: string }): Promise<Load> {
  const answer = await send(`${server.origin}/api/users?page=3&page_size=${SEARCHES}`, { headers });
  const found = expectJson<{ username: string | null; primaryEmail: string | null }[]>(answer);
  const terms = found.flatMap(({ username, primaryEmail }) => {
    const text = username ?? primaryEmail;
    return text ? [text.slice(5, 13)] : [];
  });
  if (terms.length === 0) throw new Error('there is nobody to search for');
  return stateless(
    server.origin,
    terms.map((term) => ({
      path: `/api/users?page=1&page_size=20&search=${encodeURIComponent(`%${term}%`)}`,
      headers,
    })),
  );
}

/** Users without a password: the hash has its own budget. */
export function createUserLoad(server: Server, authorization: { authorization: string }): Load {
  const headers = { ...authorization, 'content-type': 'application/json' };
  let number = 0;
  return stateful(CONNECTIONS, () => async () => {
    number += 1;
    const body = JSON.stringify({
      username: `bench_created_${number}`,
      primaryEmail: `bench-${number}@example.com`,
      name: `Bench ${number}`,
    });
    expectJson(await send(`${server.origin}/api/users`, { method: 'POST', headers, body }));
  });
}
