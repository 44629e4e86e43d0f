// The list stays on an index however long the trail is: looked at in the plans, with rows enough that a wrong one shows.
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const ROWS = 200_000;

beforeAll(async () => {
  await app.scope().db.execute(sql`
    insert into audit_logs
      (tenant_id, id, key, result, actor_type, request_id, user_id, application_id, target_type, target_id, payload, created_at)
    select 'default', 'bulk-' || n,
      (array['ExchangeTokenBy.RefreshToken', 'Interaction.SignIn.Submit', 'User.Data.Updated', 'Role.Created'])[1 + n % 4],
      case when n % 50 = 0 then 'Error' else 'Success' end, 'user', 'bulk', 'user-' || n % 5000, 'app-' || n % 40,
      'User', 'user-' || n % 5000, jsonb_build_object('word', 'rare' || n % 1000 || 'x'), now() - n * interval '10 seconds'
    from generate_series(1, ${ROWS}::int) n`);
  await app.world.database.pool.query(`select set_config('latchkey.tenant', '*', false); analyze audit_logs`);
}, 120_000);

interface Plan {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Index Name'?: string;
  Plans?: Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** The API's own statements, explained by PostgreSQL as they are sent. */
async function plansOf(query: string): Promise<{ list: Plan[]; count: Plan[] }> {
  const { pool } = app.world.database;
  const statements: { text: string; values: unknown[] }[] = [];
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client) as { query(...args: unknown[]): unknown };
  const original = prototype.query;
  prototype.query = function query(this: unknown, ...args: unknown[]) {
    const [config, values] = args as [string | { text: string; values?: unknown[] }, unknown[]?];
    const text = typeof config === 'string' ? config : config.text;
    const sent = values ?? (typeof config === 'string' ? [] : (config.values ?? []));
    if (/from "audit_logs"/.test(text)) statements.push({ text, values: sent });
    return original.apply(this, args);
  };
  try {
    expect((await app.api('GET', `/api/logs?${query}`)).status).toBe(200);
  } finally {
    prototype.query = original;
  }
  const explained = { list: [] as Plan[], count: [] as Plan[] };
  await client.query("select set_config('latchkey.tenant', 'default', false)");
  for (const { text, values } of statements) {
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, values);
    const plan = nodes(rows[0]['QUERY PLAN'][0].Plan);
    if (text.includes('order by')) explained.list.push(...plan);
    else if (text.includes('count(')) explained.count.push(...plan);
  }
  client.release(true);
  expect(explained.list.length).toBeGreaterThan(0);
  expect(explained.count.length).toBeGreaterThan(0);
  return explained;
}

const rowsRead = (plan: Plan[]): number =>
  Math.max(...plan.map((node) => node['Actual Rows'] * node['Actual Loops'] + (node['Rows Removed by Filter'] ?? 0)));

test.each([
  ['the newest', ''],
  ['one user', 'userId=user-17'],
  ['one application', 'applicationId=app-3'],
  ['one key', 'logKey=Role.Created'],
  ['one kind', 'kind=signIn'],
  ['one object', 'targetType=User&targetId=user-17'],
  ['a time window', `start_time=${Date.now() - 3_600_000}`],
  ['a rare word', 'search=rare17x'],
  ['an old entry', `before=bulk-${ROWS / 2}`],
])('%s: on an index, reading hardly more than it shows, and counting no further than it says', async (_name, query) => {
  const { list, count } = await plansOf(`${query}&enableCap=true&page_size=20`);
  expect(list.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  expect(list.some((node) => node['Index Name']?.startsWith('audit_logs_'))).toBe(true);
  expect(rowsRead(list)).toBeLessThan(1000);
  // Counting stops at 10,000 that match; where one row in four does, it has seen four times as many.
  expect(rowsRead(count)).toBeLessThan(60_000);
});
