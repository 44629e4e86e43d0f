// Lists of the Management API, tokens of people with many roles, and imports. By hand at the size of the budgets:
// --users 1000000 --organizations 10000 --members 1000 --import 100000
import { parseArgs } from 'node:util';
import { measure } from './measure.ts';
import { reportFigure } from './report.ts';
import { withServer } from './server.ts';
import { authorizationLists, importUsers, roleHolders, seedAuthorization } from './workloads/authorization.ts';
import { bearerOf, createMachine } from './workloads/tokens.ts';
import { seedUsers } from './workloads/users.ts';

const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: { users: text('10000'), organizations: text('100'), members: text('100'), import: text('10000') },
});
const numberOf = (name: keyof typeof values): number => {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 100) throw new Error(`--${name} is a whole number from 100`);
  return number;
};
const size = { users: numberOf('users'), organizations: numberOf('organizations'), members: numberOf('members') };
const imported = numberOf('import');

const SECONDS = 4;
const LIST_MS = 50;
const IMPORT_OF = 100_000;

await withServer(async (server) => {
  await seedUsers(server, size.users);
  await seedAuthorization(server, size);
  const headers = await bearerOf(server, await createMachine(server));
  const lists = await authorizationLists(server, headers, size);
  for (const { name, load } of lists) {
    const { p50, p99, server: cpu, postgres } = await measure(server, load, SECONDS);
    const parts = `p50 ${p50.toFixed(1)} ms; CPU ${cpu.toFixed(2)} + ${postgres.toFixed(2)} ms`;
    reportFigure({ name: `${name}, p99`, most: LIST_MS, unit: 'ms' }, p99, parts);
  }

  const holders = await roleHolders(server, headers);
  const one = await measure(server, await holders(1, 1), SECONDS);
  const many = await measure(server, await holders(50, 20), SECONDS);
  const cost = ({ server: cpu, postgres }: typeof one) => cpu + postgres;
  reportFigure(
    { name: 'token with 50 roles, 500 scopes and 20 organizations, to one with a role', most: 2, unit: '×' },
    cost(many) / cost(one),
    `${cost(one).toFixed(2)} and ${cost(many).toFixed(2)} ms CPU`,
  );

  const seconds = await importUsers(server, headers, imported);
  const whole = `${imported} took ${seconds.toFixed(1)} s`;
  reportFigure({ name: `import of ${IMPORT_OF} users`, most: 60, unit: 's' }, (seconds / imported) * IMPORT_OF, whole);
});
