import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { getChallenge, solve } from '../../../test/captcha.ts';
import { call, createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const path = '/api/captcha-provider';
const turnstile = { type: 'Turnstile', siteKey: 'site', secretKey: 'secret-key-of-the-tenant' };

const verify = (token: string | undefined) =>
  app.modules.captcha.verify(app.scope(), token).then(
    () => 'good',
    (error: { code: string }) => error.code,
  );

test('404 while there is none, and every request passes', async () => {
  expect((await app.api('GET', path)).status).toBe(404);
  expect((await app.api('GET', `${path}?optional=true`)).status).toBe(204);
  expect((await app.api('DELETE', path)).status).toBe(404);
  expect((await call(`${app.origin}/api/captcha-challenge`, 'GET')).status).toBe(404);
  expect(await verify(undefined)).toBe('good');
});

test('200 sets one, and an administrator reads it back with its secret', async () => {
  const put = await app.api('PUT', path, { config: turnstile });
  expect(put).toMatchObject({ status: 200, body: { tenantId: 'default', config: turnstile } });
  expect((await app.api('GET', path)).body).toEqual(put.body);
});

test('the public settings show the site key alone, and only while the policy asks for a captcha', async () => {
  const read = async () => (await call(`${app.origin}/api/.well-known/sign-in-exp`, 'GET')).body;
  expect(await read()).not.toHaveProperty('captchaConfig');
  expect(JSON.stringify(await read())).not.toContain(turnstile.secretKey);
});

test('400 for an unknown provider and for a missing key', async () => {
  for (const config of [{ type: 'Riddle' }, { type: 'Turnstile', siteKey: 'site' }, { ...turnstile, siteKey: '' }]) {
    expect(await app.api('PUT', path, { config })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input' },
    });
  }
});

test('a solved proof of work is worth one request, of fifty at once', async () => {
  await app.api('PUT', path, { config: { type: 'ProofOfWork', difficulty: 1000 } });
  expect(await verify(undefined)).toBe('session.captcha_required');
  const token = solve(await getChallenge(app));
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => verify(token)));
  expect(outcomes.filter((outcome) => outcome === 'good')).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(['good', 'session.captcha_failed']));
});

test('a challenge of one’s own, a wrong number, another tenant’s challenge and nonsense are refused', async () => {
  const challenge = await getChallenge(app);
  const solved = JSON.parse(Buffer.from(solve(challenge), 'base64').toString());
  const encode = (payload: object) => Buffer.from(JSON.stringify(payload)).toString('base64');
  const own = createHash('sha256').update('salt&1').digest('hex');
  await app.modules.tenants.create({ id: 'neighbour', name: 'The neighbour' });
  const neighbour = await app.apiOf('neighbour');
  await neighbour('PUT', path, { config: { type: 'ProofOfWork', difficulty: 1000 } });
  const foreign = (await call(`${app.origin}/t/neighbour/api/captcha-challenge`, 'GET')).body;
  const attempts = [
    encode({ ...solved, number: solved.number + 1 }),
    encode({ ...solved, algorithm: 'SHA-1' }),
    encode({ ...solved, number: `${solved.number}` }),
    encode({ algorithm: 'SHA-256', challenge: own, number: 1, salt: 'salt&', signature: solved.signature }),
    solve(foreign),
    'nonsense',
  ];
  for (const attempt of attempts) expect([attempt, await verify(attempt)]).toEqual([attempt, 'session.captcha_failed']);
});

test('a solution is late after five minutes', async () => {
  const token = solve(await getChallenge(app));
  app.advance(5 * 60_000 + 1000);
  expect(await verify(token)).toBe('session.captcha_failed');
  await app.runJob('delete-spent-captchas');
});

test('204 removes it and switches the policy off', async () => {
  expect((await app.api('DELETE', path)).status).toBe(204);
  expect((await app.api('GET', path)).status).toBe(404);
  expect((await app.api('GET', '/api/sign-in-exp')).body.captchaPolicy.enabled).toBe(false);
});
