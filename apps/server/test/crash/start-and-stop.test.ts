// What an operator sees: one line and exit code 1 for what they can mend, a clean end for SIGTERM.
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gather } from './readers.ts';
import { dataDirectory, freePort, isAlive, occupyPort, postmasterOf, startServer } from './server-process.ts';

/** Ended by itself with one line that says what to do, on standard error. */
async function expectRefusal(server: ReturnType<typeof startServer>, line: RegExp): Promise<void> {
  expect(await server.exited).toBe(1);
  const { out, err } = server.said();
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
}

test('a second server on the same data is refused, and the first goes on', async () => {
  const home = await dataDirectory();
  const first = startServer({ home, port: await freePort() });
  await first.ready();
  const second = startServer({ home, port: await freePort() });
  await expectRefusal(second, /^another Latchkey is running on .+: stop it, or choose another LATCHKEY_HOME$/);
  expect((await fetch(`${first.origin}/health/ready`)).status).toBe(200);
});

test('a taken port is named, and no database is left running', async () => {
  const [home, { port }] = [await dataDirectory(), await occupyPort()];
  await expectRefusal(startServer({ home, port }), new RegExp(`^port ${port} is in use`));
  expect(await postmasterOf(home)).toBeUndefined();
});

test('an unreachable DATABASE_URL is said without its password', async () => {
  const env = {
    DATABASE_URL: `postgresql://latchkey:pass-phrase@127.0.0.1:${await freePort()}/latchkey`,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  const server = startServer({ home: await dataDirectory(), port: await freePort(), env });
  await expectRefusal(server, /^DATABASE_URL: /);
  expect(server.said().err).not.toContain('pass-phrase');
});

test('a stranger on the port of DATABASE_URL is no database', async () => {
  const { port } = await occupyPort();
  const env = {
    DATABASE_URL: `postgresql://latchkey@127.0.0.1:${port}/latchkey`,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  await expectRefusal(startServer({ home: await dataDirectory(), port: await freePort(), env }), /^DATABASE_URL: /);
});

test('a wrong variable is named with what was expected', async () => {
  const env = { TRUST_PROXY_HEADER: 'perhaps' };
  const server = startServer({ home: await dataDirectory(), port: await freePort(), env });
  await expectRefusal(server, /^TRUST_PROXY_HEADER is "perhaps": expected true or false$/);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s under load ends with 0 and takes the database along', async (signal) => {
  const home = await dataDirectory();
  const server = startServer({ home, port: await freePort() });
  await server.ready();
  const postmaster = (await postmasterOf(home)) ?? 0;
  const crowd = gather(server.origin);
  await expect.poll(() => crowd.confirmed.length, { timeout: 40_000 }).toBeGreaterThan(2);
  server.child.kill(signal);
  expect(await server.exited).toBe(0);
  await crowd.leave();
  expect(await isAlive(postmaster)).toBe(false);
  expect(server.said().err).toBe('');
});

test('SIGTERM during the start ends it, and the next start works', async () => {
  const [home, port] = [await dataDirectory(), await freePort()];
  const first = startServer({ home, port });
  await delay(700);
  first.child.kill('SIGTERM');
  await first.exited;
  const next = startServer({ home, port });
  await next.ready();
});
