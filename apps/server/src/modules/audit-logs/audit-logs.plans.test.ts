// The list stays on an index however long the trail is: looked at in the plans, with rows enough that a wrong one shows.
import { beforeAll, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { explain, fillTables, type PlanNode, rowsRead } from '../../../test/plans.ts';
import { COUNT_CAP } from '../../kernel/wire.contract.ts';
import { countStatement, type LogFilter, listLogs } from './audit-logs.store.ts';

const app = await createTestApp();
const ROWS = 100_000;

beforeAll(async () => {
  await fillTables(app, [
    `
    insert into audit_logs
      (tenant_id, id, key, result, actor_type, request_id, user_id, application_id, target_type, target_id, payload, created_at)
    select 'default', 'bulk-' || n,
      (array['ExchangeTokenBy.RefreshToken', 'Interaction.SignIn.Submit', 'User.Data.Updated', 'Role.Created'])[1 + n % 4],
      case when n % 50 = 0 then 'Error' else 'Success' end, 'user', 'bulk', 'user-' || n % 5000, 'app-' || n % 40,
      'User', 'user-' || n % 5000, jsonb_build_object('word', 'rare' || n || 'x'), now() - n * interval '10 seconds'
    from generate_series(1, ${ROWS}::int) n`,
  ]);
}, 120_000);

/** How PostgreSQL runs a statement of the store. */
function planOf(statement: { toSQL(): { sql: string; params: unknown[] } }): Promise<PlanNode[]> {
  const { sql: text, params } = statement.toSQL();
  return explain(app, { text, params });
}

test.each<[string, LogFilter, string?]>([
  ['the newest', {}],
  ['one user', { userId: 'user-17' }],
  ['one application', { applicationId: 'app-3' }],
  ['what failed', { result: 'Error' }],
  ['what failed of one application', { applicationId: 'app-0', result: 'Error' }],
  ['one application and key', { applicationId: 'app-3', key: 'Role.Created' }],
  ['one key', { key: 'Role.Created' }],
  ['one kind', { kind: 'signIn' }],
  ['one object', { target: { type: 'User', id: 'user-17' } }],
  ['a time window', { from: new Date(Date.now() - 3_600_000) }],
  // In one entry: of one in a thousand the planner's sample may hold one, and takes it for a frequent one.
  ['a rare word', { search: 'rare77777x' }],
  ['an old entry', {}, `bulk-${ROWS / 2}`],
])(
  '%s: on an index, reading hardly more than it shows, and counting no further than it says',
  async (_name, filter, before) => {
    const { db } = app.scope();
    const list = await planOf(listLogs(db, 'default', filter, { page: { limit: 20, offset: 0 }, before }));
    expect(list.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(list.some((node) => node['Index Name']?.startsWith('audit_logs_'))).toBe(true);
    // Which index is the better one for a filter is a matter of the sample that the planner took; both read a fraction.
    expect(rowsRead(list)).toBeLessThan(ROWS / 30);
    // Counting stops at 10,000 that match; where one row in four does, it has seen four times as many.
    expect(rowsRead(await planOf(countStatement(db, 'default', filter, COUNT_CAP)))).toBeLessThan(60_000);
  },
);

test('what failed of an application is counted without reading what succeeded', async () => {
  const filter: LogFilter = { applicationId: 'app-0', result: 'Error' };
  const count = await planOf(countStatement(app.scope().db, 'default', filter, COUNT_CAP));
  // 500 of its 2,500 entries failed.
  expect(rowsRead(count)).toBeLessThan(1500);
});
