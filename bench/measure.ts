import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Load, type LoadResult, stateless } from './load.ts';
import { cpuTimeOf } from './processes.ts';
import { node, type Server } from './server.ts';

const WARM_UP_SECONDS = 4;
const SECONDS = 8;

/** CPU milliseconds each, and the transactions that PostgreSQL counted for it: a lone statement is one. */
export interface Measurement extends LoadResult {
  server: number;
  postgres: number;
  transactions: number;
}

/** Counts from a database beside the one that is counted. */
export async function openTransactionCounter(server: Server) {
  const beside = await server.openDatabase('postgres');
  return {
    async read(): Promise<number> {
      const { rows } = await beside.pool.query<{ count: string }>(
        "select xact_commit + xact_rollback as count from pg_stat_database where datname = 'latchkey'",
      );
      if (!rows[0]) throw new Error('PostgreSQL has no figures of the database');
      return Number(rows[0].count);
    },
    close: () => beside.close(),
  };
}

/** Warms up, then measures the processes of the server under a load. */
export async function measure(server: Server, load: Load, seconds = SECONDS): Promise<Measurement> {
  const counter = await openTransactionCounter(server);
  try {
    await load(Math.min(WARM_UP_SECONDS, seconds));
    const [before, counted] = [cpuTimeOf(server.pid()), await counter.read()];
    const result = await load(seconds);
    const [after, countedAfter] = [cpuTimeOf(server.pid()), await counter.read()];
    return {
      ...result,
      server: (after.server - before.server) / result.done,
      postgres: (after.postgres - before.postgres) / result.done,
      transactions: (countedAfter - counted) / result.done,
    };
  } finally {
    await counter.close();
  }
}

/** CPU milliseconds of one signed token on this machine at this moment, in a process that does nothing else. */
export async function measureLimit(): Promise<number> {
  const child = spawn(node, ['limit-server.ts'], { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(child.stdout, 'data');
    const { port } = JSON.parse(String(line)) as { port: number };
    const load = stateless(`http://localhost:${port}`, [{ method: 'POST', path: '/', body: 'grant_type=x' }]);
    await load(WARM_UP_SECONDS / 2);
    const before = cpuTimeOf(child.pid ?? 0).server;
    const { done } = await load(SECONDS / 2);
    return (cpuTimeOf(child.pid ?? 0).server - before) / done;
  } finally {
    child.kill();
  }
}
