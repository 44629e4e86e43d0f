// The list stays on an index however long the trail is: looked at in the plans, with rows enough that a wrong one shows.
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { beforeAll, expect, inject, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { ADMIT_SEARCH_INDEX } from '../../kernel/postgres/search-index.ts';
import { countStatement, type LogFilter, listLogs } from './audit-logs.store.ts';
import { LOG_COUNT_CAP } from './log.contract.ts';

const app = await createTestApp();
const ROWS = 100_000;

beforeAll(async () => {
  await app.scope().db.execute(sql`
    insert into audit_logs
      (tenant_id, id, key, result, actor_type, request_id, user_id, application_id, target_type, target_id, payload, created_at)
    select 'default', 'bulk-' || n,
      (array['ExchangeTokenBy.RefreshToken', 'Interaction.SignIn.Submit', 'User.Data.Updated', 'Role.Created'])[1 + n % 4],
      case when n % 50 = 0 then 'Error' else 'Success' end, 'user', 'bulk', 'user-' || n % 5000, 'app-' || n % 40,
      'User', 'user-' || n % 5000, jsonb_build_object('word', 'rare' || n % 1000 || 'x'), now() - n * interval '10 seconds'
    from generate_series(1, ${ROWS}::int) n`);
  const { superuser } = inject('postgres');
  const { rows } = await app.world.database.pool.query('select current_database() as database');
  const operator = new pg.Client({ ...superuser, database: rows[0].database } as pg.ClientConfig);
  await operator.connect();
  // What the embedded database has from its start, and `doctor` asks for elsewhere.
  await operator.query(ADMIT_SEARCH_INDEX);
  // The index collects new entries aside until a vacuum.
  await operator.query('vacuum analyze audit_logs');
  await operator.end();
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

/** How PostgreSQL runs a statement of the store. */
async function explain(statement: { toSQL(): { sql: string; params: unknown[] } }): Promise<Plan[]> {
  const { sql: text, params } = statement.toSQL();
  const client = await app.world.database.pool.connect();
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, params);
    return nodes(rows[0]['QUERY PLAN'][0].Plan);
  } finally {
    client.release(true);
  }
}

const rowsRead = (plan: Plan[]): number =>
  Math.max(...plan.map((node) => node['Actual Rows'] * node['Actual Loops'] + (node['Rows Removed by Filter'] ?? 0)));

test.each<[string, LogFilter, string?]>([
  ['the newest', {}],
  ['one user', { userId: 'user-17' }],
  ['one application', { applicationId: 'app-3' }],
  ['one key', { key: 'Role.Created' }],
  ['one kind', { kind: 'signIn' }],
  ['one object', { target: { type: 'User', id: 'user-17' } }],
  ['a time window', { from: new Date(Date.now() - 3_600_000) }],
  ['a rare word', { search: 'rare17x' }],
  ['an old entry', {}, `bulk-${ROWS / 2}`],
])(
  '%s: on an index, reading hardly more than it shows, and counting no further than it says',
  async (_name, filter, before) => {
    const { db } = app.scope();
    const list = await explain(listLogs(db, 'default', filter, { page: { limit: 20, offset: 0 }, before }));
    expect(list.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(list.some((node) => node['Index Name']?.startsWith('audit_logs_'))).toBe(true);
    // Which index is the better one for a filter is a matter of the sample that the planner took; both read a fraction.
    expect(rowsRead(list)).toBeLessThan(ROWS / 30);
    // Counting stops at 10,000 that match; where one row in four does, it has seen four times as many.
    expect(rowsRead(await explain(countStatement(db, 'default', filter, LOG_COUNT_CAP)))).toBeLessThan(60_000);
  },
);
