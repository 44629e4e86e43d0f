// A receiver that comes back after a day has much that waits: taking the next few of it must not read all of it.
// And an event costs as few statements as it can.
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createRecorder, explain, fillTables, rowsRead } from '../../../test/plans.ts';
import { createReceiver } from '../../../test/receiver.ts';
import { claimDeliveries, findNextDue } from './deliveries.store.ts';

const app = await createTestApp();
const record = createRecorder(app);
const { db } = app.scope();
const WAITING = 10_000;
const lane = { tenantId: 'default', webhookId: 'busy' };

beforeAll(() =>
  fillTables(app, [
    `insert into webhooks (tenant_id, id, name, events, url, signing_key_sealed, enabled, created_at)
     values ('default', 'busy', 'Busy', '[]', 'https://example.com', '', true, now())`,
    `insert into webhook_deliveries
       (tenant_id, id, webhook_id, event, object_type, object_id, body, due_at, created_at, expires_at)
     select 'default', 'd' || n, 'busy', 'User.Data.Updated', 'User', 'u' || n % 5000, '{}',
       now() - interval '1 hour', now() - interval '1 hour', now() + interval '1 day'
     from generate_series(1, ${WAITING}) n`,
  ]),
);

test.each<[string, () => Promise<unknown>]>([
  [
    'taking the next four',
    () =>
      claimDeliveries(db, lane, {
        now: new Date(),
        leasedUntil: new Date(Date.now() + 60_000),
        ...{ width: 4, failing: 5, failingWidth: 1 },
      }),
  ],
  ['when the next one is due', () => findNextDue(db, lane)],
])('%s, of 10,000 that wait: reads a few', async (_name, work) => {
  const { statements } = await record(work);
  expect(statements).toHaveLength(1);
  for (const statement of statements) expect(rowsRead(await explain(app, statement))).toBeLessThan(100);
});

test('an event that comes alone: written, taken and recorded, and nothing is looked for afterwards', async () => {
  await db.execute(sql`update webhooks set enabled = false where id = 'busy'`);
  await app.modules.deliverer.start();
  const receiver = await createReceiver();
  const webhook = { events: ['Role.Created'], config: { url: receiver.url } };
  expect((await app.api('POST', '/api/hooks', webhook)).status).toBe(201);
  const tell = async (name: string) => {
    expect((await app.api('POST', '/api/roles', { name, description: name })).status).toBe(200);
    const isRecorded = async () => {
      const { rows } = await app.world.database.pool.query(
        "select set_config('latchkey.tenant', '*', false), (select count(*) from webhook_attempts)::int as recorded",
      );
      expect(rows[0].recorded).toBe(receiver.requests.length);
      expect(receiver.requests.at(-1)?.body.data.name).toBe(name);
    };
    await vi.waitFor(isRecorded, { timeout: 30_000, interval: 20 });
  };
  // Receivers are read once.
  await tell('first');
  const counts: number[] = [];
  for (let number = 0; number < 5; number++) {
    const { statements } = await record(() => tell(`again ${number}`));
    counts.push(statements.filter(({ text }) => /webhook_deliveries|from "?webhooks/.test(text)).length);
  }
  // One more where the announcement came back before the transaction that made it was answered.
  expect(Math.min(...counts)).toBe(3);
});
