// A password sign-in as a browser makes it, from the authorization request to the app's tokens.
import { EVENT_LOOP_TICK_MS } from '../apps/server/src/kernel/metrics.ts';
import { createPasswordHasher } from '../apps/server/src/kernel/password.ts';
import { send } from './load.ts';
import { measure, measureLimit } from './measure.ts';
import { reportFigure, reportLimit, reportWork } from './report.ts';
import { type Server, withServer } from './server.ts';
import { signInLoad } from './workloads/sign-in.ts';
import { bearerOf, createMachine } from './workloads/tokens.ts';

const HASHES = 30;

/** CPU milliseconds of one check of a password, by the server's own hasher in this otherwise idle process. */
async function measureHash(): Promise<number> {
  const hasher = createPasswordHasher({ concurrency: 1, queue: 0 });
  const digest = await hasher.hash('a password');
  const before = process.cpuUsage();
  for (let count = 0; count < HASHES; count++) await hasher.verify(digest, 'a password');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / HASHES;
}

/** So many sign in at once while the event loop is watched. */
const CROWD = 50;
const CROWD_SECONDS = 6;

/** The longest that the server's event loop stood still since this was last asked, in milliseconds; the gauge counts its tick in. */
async function readStandstill(server: Server): Promise<number> {
  const { body } = await send(`${server.origin}/metrics`);
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(body)?.[1]) * 1000 - EVENT_LOOP_TICK_MS;
}

await withServer(async (server) => {
  const limit = await measureLimit();
  const hash = await measureHash();
  reportLimit(limit);
  const authorization = await bearerOf(server, await createMachine(server));
  const load = await signInLoad(server, authorization);
  const measured = await measure(server, load);
  reportWork({ name: 'password sign-in, browser steps to tokens', most: 35, unit: 'ms CPU' }, measured, limit);
  const share = (hash / (measured.server + measured.postgres)) * 100;
  const budget = { name: 'all but hashing, of a sign-in', most: 30, unit: '%' };
  reportFigure(budget, 100 - share, `one hash ${hash.toFixed(1)} ms`);
  reportFigure({ name: 'transactions of a sign-in', most: 15, unit: '' }, measured.transactions);

  const crowd = await signInLoad(server, authorization, CROWD);
  await readStandstill(server);
  const { done, seconds } = await crowd(CROWD_SECONDS);
  const standstill = { name: `event loop, longest standstill under ${CROWD} sign-ins at once`, most: 50, unit: 'ms' };
  reportFigure(standstill, await readStandstill(server), `${(done / seconds).toFixed(1)}/s`);
});
