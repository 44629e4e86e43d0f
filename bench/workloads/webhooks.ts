import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONNECTIONS, expectJson, type Load, send, stateful } from '../load.ts';
import type { Server } from '../server.ts';

interface Authorization {
  authorization: string;
}

const json = (authorization: Authorization, body: object) => ({
  method: 'POST' as const,
  headers: { ...authorization, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A receiver that takes everything at once. */
export async function openReceiver() {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    request.resume();
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    count: () => count,
    close: () => void server.close(),
  };
}

export async function createWebhook(server: Server, authorization: Authorization, event: string, url: string) {
  const answer = await send(`${server.origin}/api/hooks`, json(authorization, { events: [event], config: { url } }));
  return expectJson<{ id: string }>(answer, 201).id;
}

export async function removeWebhook(server: Server, authorization: Authorization, id: string): Promise<void> {
  const answer = await send(`${server.origin}/api/hooks/${id}`, { method: 'DELETE', headers: { ...authorization } });
  if (answer.status !== 204) throw new Error(`the webhook stayed: ${answer.status}`);
}

/** Deliveries to a receiver that does not answer, as many as wait after a day of its silence. */
export async function seedDeadDeliveries(server: Server, webhookId: string, count: number): Promise<void> {
  const database = await server.openDatabase();
  const client = await database.pool.connect();
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    await client.query(
      `insert into webhook_deliveries
         (tenant_id, id, webhook_id, event, object_type, object_id, body, due_at, created_at, expires_at)
       select 'default', 'bench' || n, $1, 'Role.Created', 'Role', 'r' || n, '{}', now(), now(), now() + interval '1 day'
       from generate_series(1, $2::int) n`,
      [webhookId, count],
    );
  } finally {
    client.release();
    await database.close();
  }
}

/** Changes that a webhook is told of when one wants to hear: each names a user anew. */
export async function changeLoad(server: Server, authorization: Authorization): Promise<Load> {
  const ids: string[] = [];
  for (let index = 0; index < CONNECTIONS; index++) {
    const body = { username: `bench_told_${index}` };
    ids.push(expectJson<{ id: string }>(await send(`${server.origin}/api/users`, json(authorization, body))).id);
  }
  let number = 0;
  return stateful(CONNECTIONS, (index) => async () => {
    number += 1;
    const { headers, body } = json(authorization, { name: `Told ${number}` });
    expectJson(await send(`${server.origin}/api/users/${ids[index]}`, { method: 'PATCH', headers, body }));
  });
}
