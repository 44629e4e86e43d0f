// What apps and machines ask the protocol endpoints for, each alone on a warm server.
import { measure, measureLimit } from './measure.ts';
import { reportLimit, reportWork } from './report.ts';
import { withServer } from './server.ts';
import {
  bearerOf,
  clientCredentialsLoad,
  createMachine,
  createSessions,
  introspectionLoad,
  refreshLoad,
  userinfoLoad,
} from './workloads/tokens.ts';

await withServer(async (server) => {
  const machine = await createMachine(server);
  const sessions = await createSessions(server, await bearerOf(server, machine));
  const limit = await measureLimit();
  reportLimit(limit);
  const works = [
    { name: 'client-credentials token (JWT)', most: 0.8, load: clientCredentialsLoad(server, machine) },
    { name: 'userinfo, opaque token', most: 0.5, load: userinfoLoad(server, sessions) },
    { name: 'introspection', most: 0.5, load: introspectionLoad(server, sessions, machine) },
    { name: 'refresh with rotation and ID token', most: 1.6, load: refreshLoad(server, sessions) },
  ];
  for (const { name, most, load } of works) {
    reportWork({ name, most, unit: 'ms CPU' }, await measure(server, load), limit);
  }
});
