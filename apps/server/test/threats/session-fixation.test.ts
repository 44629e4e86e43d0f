// Threat class "session and revocation": a new id at each rise of trust, and parameters that are fixed at the first request.
import { expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn, visit } from '../pages.ts';
import { authorizationRequest, createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
await app.modules.users.create(app.scope(), { username: 'victim', password: PASSWORD });

const enter = async (visitor: ReturnType<typeof visit>) => {
  const { page } = await startSignIn(app, client, { prompt: 'login' }, visitor);
  return visitor.submit(page, '/sign-in', { identifier: 'victim', password: PASSWORD });
};
/** What the application is answered when this browser must not be asked anything. */
const silently = async (browser: ReturnType<typeof createBrowser>) => {
  const { url } = authorizationRequest(app, client, { prompt: 'none', scope: 'openid profile' });
  const answer = await browser.follow(await browser.get(url), url);
  return new URL(answer.url).searchParams;
};

test('a session id that an attacker has planted is not the one that the victim is signed in by', async () => {
  const planted = 'planted-by-the-attacker-0123456789';
  const cookies = [{ name: '_session', value: planted, path: '/' }];
  const visitor = visit(app, createBrowser(app.origin, cookies));
  await enter(visitor);
  expect((await silently(visitor.browser)).get('code')).toBeTruthy();
  expect(visitor.browser.cookie('_session')).not.toBe(planted);
  const attacker = createBrowser(app.origin, [{ name: '_session', value: planted, path: '/' }]);
  expect((await silently(attacker)).get('error')).toBe('login_required');
});

test('cookies that were copied before the sign-in are worth nothing after it', async () => {
  const visitor = visit(app);
  const { page } = await startSignIn(app, client, {}, visitor);
  const attacker = visitor.browser.clone();
  await visitor.submit(page, '/sign-in', { identifier: 'victim', password: PASSWORD });
  expect((await silently(visitor.browser)).get('code')).toBeTruthy();
  expect((await silently(attacker)).get('error')).toBe('login_required');
});

test('proving oneself again gives the session a new id, and the old one ends', async () => {
  const visitor = visit(app);
  await enter(visitor);
  const before = visitor.browser.cookie('_session');
  const copied = visitor.browser.clone();
  await enter(visitor);
  expect(visitor.browser.cookie('_session')).not.toBe(before);
  expect((await silently(visitor.browser)).get('code')).toBeTruthy();
  expect((await silently(copied)).get('error')).toBe('login_required');
});

test('somebody else’s sign-in under way cannot be finished by a browser that lacks its cookie for the return', async () => {
  const victim = visit(app);
  const { page } = await startSignIn(app, client, {}, victim);
  // The attacker knows the flow's id, but has not the engine's signed cookie.
  const planted = [{ name: '_interaction', value: victim.browser.cookie('_interaction') ?? '', path: '/' }];
  const attacker = visit(app, createBrowser(app.origin, planted));
  const done = await attacker.submit(await attacker.open(page.url), '/sign-in', {
    identifier: 'victim',
    password: PASSWORD,
  });
  expect(new URL(done.url).searchParams.get('code')).toBeNull();
  expect((await silently(attacker.browser)).get('error')).toBe('login_required');
});
