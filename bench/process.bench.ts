// What the process costs before anybody asks for anything: time to be there, memory, CPU time at rest.
import { setTimeout as delay } from 'node:timers/promises';
import { openTransactionCounter } from './measure.ts';
import { cpuTimeOf, residentMegabytes } from './processes.ts';
import { reportFigure } from './report.ts';
import { withServer } from './server.ts';
import { bearerOf, clientCredentialsLoad, createMachine, createSessions, refreshLoad } from './workloads/tokens.ts';
import { userListLoad } from './workloads/users.ts';

const STARTS = 5;
const REST_SECONDS = 60;
const SETTLE_SECONDS = 5;
const LOAD_SECONDS = 20;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

await withServer(async (server) => {
  const machine = await createMachine(server);
  const starts: number[] = [];
  const cpu: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    await server.stop();
    starts.push(await server.start());
    const used = cpuTimeOf(server.pid());
    cpu.push(used.server + used.postgres);
  }
  const detail = `median of ${STARTS}, CPU ${(median(cpu) / 1000).toFixed(2)} s`;
  reportFigure({ name: 'start on existing data, to the first 200', most: 2, unit: 's' }, median(starts) / 1000, detail);

  await delay(SETTLE_SECONDS * 1000);
  reportFigure({ name: 'resident memory at rest', most: 150, unit: 'MB' }, residentMegabytes(server.pid()));

  const counter = await openTransactionCounter(server);
  const [before, counted] = [cpuTimeOf(server.pid()), await counter.read()];
  await delay(REST_SECONDS * 1000);
  const [after, countedAfter] = [cpuTimeOf(server.pid()), await counter.read()];
  await counter.close();
  const busy = after.server + after.postgres - before.server - before.postgres;
  const statements = `${countedAfter - counted} transactions in ${REST_SECONDS} s`;
  reportFigure({ name: 'CPU time at rest', most: 0.5, unit: '% of a core' }, busy / (REST_SECONDS * 10), statements);

  const headers = await bearerOf(server, machine);
  const sessions = await createSessions(server, headers);
  const loads = [clientCredentialsLoad(server, machine), refreshLoad(server, sessions), userListLoad(server, headers)];
  for (const load of loads) await load(LOAD_SECONDS);
  reportFigure({ name: 'resident memory after load', most: 300, unit: 'MB' }, residentMegabytes(server.pid()));
});
