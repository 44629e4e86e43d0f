// The Management API's users, at 10,000 of them or as many as --users says.
import { parseArgs } from 'node:util';
import { measure, measureLimit } from './measure.ts';
import { reportFigure, reportLimit, reportWork } from './report.ts';
import { withServer } from './server.ts';
import { bearerOf, createMachine } from './workloads/tokens.ts';
import { createUserLoad, seedUsers, userListLoad, userSearchLoad } from './workloads/users.ts';

/** From here on only the time to answer has a budget (design 9). */
const MANY = 1_000_000;

const { values } = parseArgs({ options: { users: { type: 'string', default: '10000' } } });
const users = Number(values.users);
if (!Number.isInteger(users) || users < 1000) throw new Error('--users is a whole number from 1000');

await withServer(async (server) => {
  await seedUsers(server, users);
  const headers = await bearerOf(server, await createMachine(server));
  const limit = await measureLimit();
  reportLimit(limit);
  const works = [
    { name: `GET /api/users, page of 20 of ${users}`, most: 0.6, load: userListLoad(server, headers) },
    { name: 'the same with search', most: 1.5, load: await userSearchLoad(server, headers) },
    { name: 'create a user', most: 3, load: createUserLoad(server, headers) },
  ];
  for (const { name, most, load } of works) {
    const measured = await measure(server, load);
    reportWork({ name, most, unit: 'ms CPU' }, measured, limit);
    if (users >= MANY) reportFigure({ name: `${name}, p99`, most: 50, unit: 'ms' }, measured.p99);
  }
});
