// kill -9 in the middle of sign-ins: nothing confirmed is lost, the next start works, nothing is left in its way.
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Crowd, gather, registered, signIn } from './readers.ts';
import { dataDirectory, freePort, isAlive, postmasterOf, type ServerProcess, startServer } from './server-process.ts';

/** Enough confirmed registrations that a crash meets others at every step. */
const FEW = 8;

const confirmations = (crowd: Crowd, count: number) =>
  expect.poll(() => crowd.confirmed.length, { timeout: 40_000 }).toBeGreaterThanOrEqual(count);

async function expectNothingLost(home: string, origin: string, crowd: Crowd): Promise<void> {
  const there = await registered(home);
  expect(crowd.confirmed.filter((username) => !there.has(username))).toEqual([]);
  await signIn(origin, crowd.confirmed.at(-1) ?? '');
}

/** The next start on the same port and data: ready, and without a second set-up link. */
async function startAgain(home: string, port: number): Promise<ServerProcess> {
  const next = startServer({ home, port });
  await next.ready();
  expect(next.said().out).not.toContain('token=');
  return next;
}

test('of the server', async () => {
  const [home, port] = [await dataDirectory(), await freePort()];
  const first = startServer({ home, port });
  await first.ready();
  const crowd = gather(first.origin);
  await confirmations(crowd, FEW);
  const orphan = await postmasterOf(home);
  first.child.kill('SIGKILL');
  expect(await first.exited).toBe('SIGKILL');
  await crowd.leave();

  const next = await startAgain(home, port);
  expect(await isAlive(orphan ?? 0)).toBe(false);
  await expectNothingLost(home, next.origin, crowd);
  next.child.kill('SIGTERM');
  expect(await next.exited).toBe(0);
});

test('of PostgreSQL: the server answers that it is away, and goes on when it is back', async () => {
  const [home, port] = [await dataDirectory(), await freePort()];
  const server = startServer({ home, port });
  await server.ready();
  const crowd = gather(server.origin);
  await confirmations(crowd, FEW);
  const before = (await postmasterOf(home)) ?? 0;
  process.kill(before, 'SIGKILL');
  const atTheCrash = crowd.confirmed.length;
  await confirmations(crowd, atTheCrash + FEW);
  await crowd.leave();

  expect(await postmasterOf(home)).not.toBe(before);
  expect(server.child.exitCode).toBeNull();
  await expectNothingLost(home, server.origin, crowd);
  // Threat class "error leakage" (Zitadel CVE-2024-32967): a page, and nothing of the database in it.
  for (const { status, html } of crowd.refused) {
    expect(status, html.slice(0, 2000)).toBe(503);
    expect(html).not.toMatch(/postgres|PGSQL|ECONN|ENOENT|select |insert |latchkey-crash/i);
  }
});

test('of both at once', async () => {
  const [home, port] = [await dataDirectory(), await freePort()];
  const first = startServer({ home, port });
  await first.ready();
  const crowd = gather(first.origin);
  await confirmations(crowd, FEW);
  const postmaster = (await postmasterOf(home)) ?? 0;
  first.child.kill('SIGKILL');
  process.kill(postmaster, 'SIGKILL');
  await first.exited;
  await crowd.leave();
  const next = await startAgain(home, port);
  await expectNothingLost(home, next.origin, crowd);
});

test('of what npm start runs: the server goes with it, and the port is free', async () => {
  const [home, port] = [await dataDirectory(), await freePort()];
  const launcher = startServer({ home, port, launcher: true });
  await launcher.ready();
  launcher.child.kill('SIGKILL');
  await launcher.exited;
  await expect
    .poll(() =>
      fetch(`${launcher.origin}/health`).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone');
  await startAgain(home, port);
});

test.each([300, 900])('%i ms into the first start', async (ms) => {
  const [home, port] = [await dataDirectory(), await freePort()];
  const first = startServer({ home, port });
  await delay(ms);
  first.child.kill('SIGKILL');
  await first.exited;
  const next = startServer({ home, port });
  await next.ready();
  expect((await fetch(`${next.origin}/health/ready`)).status).toBe(200);
});
