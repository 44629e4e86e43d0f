import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startExperience } from '../../test/experience.ts';
import { createTestApp } from '../../test/harness.ts';
import { startSignIn } from '../../test/pages.ts';
import { createClient } from '../../test/protocol.ts';
import { RequestError } from './errors.ts';
import { createPasswordHasher } from './password.ts';

const app = await createTestApp();
const client = await createClient(app);

test('as many hashes as allowed run and wait; the next one is refused at once, to be tried again later', async () => {
  const hasher = createPasswordHasher({ concurrency: 1, queue: 2 });
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('a password')));
  expect(outcomes.map(({ status }) => status)).toEqual([...Array(3).fill('fulfilled'), ...Array(2).fill('rejected')]);
  const refused = outcomes.at(-1);
  const error = refused?.status === 'rejected' ? refused.reason : undefined;
  expect(error).toBeInstanceOf(RequestError);
  expect(error).toMatchObject({ code: 'request.overloaded', status: 503 });
  // Who has waited is let through, and so is who comes after them.
  expect(await hasher.verify(await hasher.hash('again'), 'again')).toBe(true);
});

test('an unknown account waits in the same queue', async () => {
  const hasher = createPasswordHasher({ concurrency: 1, queue: 0 });
  const running = hasher.hash('a password');
  await expect(hasher.verifyNothing('a password')).rejects.toMatchObject({ code: 'request.overloaded' });
  await running;
});

/** Keeps the server's own queue full while `work` goes on. */
async function flood(work: () => Promise<void>): Promise<void> {
  let refused = 0;
  let goesOn = true;
  const askers = Array.from({ length: 250 }, async () => {
    while (goesOn) {
      await app.world.hasher.hash('flood').catch(() => {
        refused += 1;
        return delay(1);
      });
    }
  });
  while (refused === 0) await delay(1);
  try {
    await work();
  } finally {
    goesOn = false;
    await Promise.all(askers);
  }
}

test('503 with Retry-After at both doors while the queue is full, and the form is kept', async () => {
  const json = await startExperience(app, client);
  await json.call('PUT', '/experience', { interactionEvent: 'SignIn' });
  const { visitor, page } = await startSignIn(app, client);
  await flood(async () => {
    const [answer, shown] = await Promise.all([
      json.call('POST', '/experience/verification/password', {
        identifier: { type: 'username', value: 'ada' },
        password: 'Paper-lamp-4-river',
      }),
      visitor.submit(page, '/sign-in', { identifier: 'ada', password: 'Paper-lamp-4-river' }),
    ]);
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([
      503,
      'request.overloaded',
      '2',
    ]);
    expect([shown.status, shown.name, shown.headers.get('retry-after')]).toEqual([503, 'sign-in', '2']);
    expect(shown.html).toContain('value="ada"');
  });
}, 60_000);
