// The audit trail: what writing it adds to a token, and its list at 1,000,000 entries or as many as --rows says.
import { parseArgs } from 'node:util';
import { measure, measureLimit } from './measure.ts';
import { reportFigure, reportLimit, reportWork } from './report.ts';
import { withServer } from './server.ts';
import { logLists, measureRecording, seedLogs } from './workloads/audit-logs.ts';
import { bearerOf, clientCredentialsLoad, createMachine } from './workloads/tokens.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);
if (!Number.isInteger(rows) || rows < 100_000) throw new Error('--rows is a whole number from 100000');

await withServer(async (server) => {
  const machine = await createMachine(server);
  const headers = await bearerOf(server, machine);
  const limit = await measureLimit();
  reportLimit(limit);
  await seedLogs(server, rows);

  const token = await measure(server, clientCredentialsLoad(server, machine));
  const entry = await measureRecording(server);
  const whole = token.server + token.postgres;
  reportWork({ name: 'client-credentials token (JWT), its entry among them', most: 0.8, unit: 'ms CPU' }, token, limit);
  reportFigure(
    { name: 'what an entry adds to a token', most: 10, unit: '% more' },
    (entry / (whole - entry)) * 100,
    `${entry.toFixed(3)} ms CPU an entry`,
  );

  for (const { name, load } of logLists(server, headers)) {
    const measured = await measure(server, load);
    reportWork({ name: `GET /api/logs, ${name}, of ${rows}`, most: 3, unit: 'ms CPU' }, measured, limit);
    reportFigure({ name: `GET /api/logs, ${name}, p99`, most: 100, unit: 'ms' }, measured.p99);
  }
});
