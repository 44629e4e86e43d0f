import pg from 'pg';
import { inject } from 'vitest';
import { ADMIT_SEARCH_INDEX } from '../src/kernel/postgres/search-index.ts';
import type { TestApp } from './harness.ts';

/** A statement as it went to PostgreSQL. */
export interface Statement {
  text: string;
  params: unknown[];
}

/** A step of a plan, with what it did. */
export interface PlanNode {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/**
 * Fills tables by statements that need not be checked row by row, lets searches use their index, as the embedded
 * database does from its start, and tells the planner what is there.
 */
export async function fillTables(app: TestApp, statements: string[]): Promise<void> {
  const { rows } = await app.world.database.pool.query('select current_database() as database');
  const operator = new pg.Client({ ...inject('postgres').superuser, database: rows[0].database } as pg.ClientConfig);
  await operator.connect();
  try {
    await operator.query('set session_replication_role = replica');
    for (const statement of statements) await operator.query(statement);
    await operator.query(ADMIT_SEARCH_INDEX);
    // A trigram index collects new entries aside until a vacuum.
    await operator.query('vacuum analyze');
  } finally {
    await operator.end();
  }
}

/** How PostgreSQL runs a statement for the tenant at the root: every step of the plan. */
export async function explain(app: TestApp, { text, params }: Statement): Promise<PlanNode[]> {
  const client = await app.world.database.pool.connect();
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, params);
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan);
  } finally {
    // The tenant that it is set to is nobody's business afterwards.
    client.release(true);
  }
}

/** The most rows that a step has looked at. */
export const rowsRead = (plan: PlanNode[]): number =>
  Math.max(
    ...plan.map(
      (node) =>
        (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) *
        node['Actual Loops'],
    ),
  );

type Send = (...query: unknown[]) => unknown;
const recorded = new WeakSet<pg.PoolClient>();

/** Writes down what goes to the database while `work` runs, but for what sets the tenant of a connection. */
export function createRecorder(app: TestApp) {
  let statements: Statement[] | undefined;
  app.world.database.pool.on('acquire', (client) => {
    if (recorded.has(client)) return;
    recorded.add(client);
    const send = client.query.bind(client) as Send;
    client.query = ((...query: unknown[]) => {
      const [config, values] = query as [string | pg.QueryConfig, unknown[] | undefined];
      const text = typeof config === 'string' ? config : config.text;
      const params = values ?? (typeof config === 'string' ? undefined : config.values) ?? [];
      if (!text.includes('set_config')) statements?.push({ text, params });
      return send(...query);
    }) as typeof client.query;
  });
  return async <Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: Statement[] }> => {
    // What earlier requests left to be noted is noted first.
    await app.modules.flush();
    const noted: Statement[] = [];
    statements = noted;
    try {
      const result = await work();
      await app.modules.flush();
      return { result, statements: noted };
    } finally {
      statements = undefined;
    }
  };
}
