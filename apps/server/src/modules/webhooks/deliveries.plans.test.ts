// A receiver that comes back after a day has much that waits: taking the next few of it must not read all of it.
import { beforeAll, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createRecorder, explain, fillTables, rowsRead } from '../../../test/plans.ts';
import { claimDeliveries, findNextDue } from './deliveries.store.ts';

const app = await createTestApp();
const record = createRecorder(app);
const { db } = app.scope();
const WAITING = 10_000;
const lane = { tenantId: 'default', webhookId: 'busy' };

beforeAll(() =>
  fillTables(app, [
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
    () => claimDeliveries(db, lane, { now: new Date(), leasedUntil: new Date(Date.now() + 60_000), limit: 4 }),
  ],
  ['when the next one is due', () => findNextDue(db, lane)],
])('%s, of 10,000 that wait: reads a few', async (_name, work) => {
  const { statements } = await record(work);
  expect(statements).toHaveLength(1);
  for (const statement of statements) expect(rowsRead(await explain(app, statement))).toBeLessThan(100);
});
