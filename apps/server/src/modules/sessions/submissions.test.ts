// Features 14: what device a session is on, where, and how its user signed in.
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { startExperience } from '../../../test/experience.ts';
import { createTestApp } from '../../../test/harness.ts';
import { createResource } from '../../../test/organizations.ts';
import { startSignIn, visit } from '../../../test/pages.ts';
import { authorizationRequest, createClient, requestToken } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

const sessionsOf = async (userId: string) => (await app.api('GET', `/api/users/${userId}/sessions`)).body.sessions;

test('a password sign-in at the pages is shown with its proof and its address; registration with its own', async () => {
  const user = await app.modules.users.create(app.scope(), { username: 'paged', password: PASSWORD });
  const { visitor, page } = await startSignIn(app, client);
  await visitor.submit(page, '/sign-in', { identifier: 'paged', password: PASSWORD });
  const [session] = await sessionsOf(user.id);
  expect(session.lastSubmission).toEqual({
    interactionEvent: 'SignIn',
    userId: user.id,
    verificationRecords: [
      { id: expect.any(String), type: 'Password', identifier: { type: 'username', value: 'paged' }, verified: true },
    ],
    signInContext: { ip: '127.0.0.1', userAgent: 'node' },
  });

  const newcomer = await startSignIn(app, client, { first_screen: 'register' });
  await newcomer.visitor.submit(newcomer.page, '/register', { username: 'newcomer', password: PASSWORD });
  const created = await app.modules.users.findByIdentifier(app.scope(), { type: 'username', value: 'newcomer' });
  const [first] = await sessionsOf(created?.id ?? '');
  expect(first.lastSubmission).toMatchObject({
    interactionEvent: 'Register',
    verificationRecords: [{ type: 'NewPasswordIdentity', identifier: { type: 'username', value: 'newcomer' } }],
  });
  expect(JSON.stringify(first)).not.toContain('argon2');
});

test('a custom page’s sign-in names browser and system; the tenant’s script is told the same', async () => {
  const user = await app.modules.users.create(app.scope(), { username: 'device', password: PASSWORD });
  const page = await startExperience(app, client);
  const call = (method: string, path: string, body?: unknown) =>
    page.call(method, path, body, { 'user-agent': FIREFOX });
  await call('PUT', '/experience', { interactionEvent: 'SignIn' });
  const identifier = { type: 'username', value: 'device' };
  const { verificationId } = (
    await call('POST', '/experience/verification/password', { identifier, password: PASSWORD })
  ).body;
  await call('POST', '/experience/identification', { verificationId });
  const { redirectTo } = (await call('POST', '/experience/submit')).body;
  await page.browser.follow(await page.browser.get(redirectTo), redirectTo);
  const [session] = await sessionsOf(user.id);
  expect(session.lastSubmission).toMatchObject({
    verificationRecords: [{ id: verificationId, type: 'Password' }],
    signInContext: { ip: '127.0.0.1', browser: 'Firefox', os: 'Linux', device: 'desktop', userAgent: FIREFOX },
  });

  await createResource(app, 'https://told.example.com', []);
  await app.api('PUT', '/api/configs/jwt-customizer/access-token', {
    script: 'const getCustomJwtClaims = async ({ context }) => ({ told: context.interaction });',
  });
  const resource = 'https://told.example.com';
  const request = authorizationRequest(app, client, { scope: 'openid', resource, prompt: 'none' });
  const { url } = await page.browser.follow(await page.browser.get(request.url), request.url);
  const answer = await requestToken(app, client, {
    grant_type: 'authorization_code',
    code: new URL(url).searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
    resource,
  });
  expect(decodeJwt(answer.body.access_token).told).toEqual(session.lastSubmission);
});

test('the next sign-in of a session replaces what the last one has left; another user’s is never shown', async () => {
  const user = await app.modules.users.create(app.scope(), { username: 'twice', password: PASSWORD });
  const other = await app.modules.users.create(app.scope(), { username: 'other', password: PASSWORD });
  const visitor = visit(app);
  const enter = async (identifier: string) => {
    const { page } = await startSignIn(app, client, { prompt: 'login' }, visitor);
    return visitor.submit(page, '/sign-in', { identifier, password: PASSWORD });
  };
  await enter('twice');
  const [before] = await sessionsOf(user.id);
  await enter('twice');
  const [after] = await sessionsOf(user.id);
  expect(after.payload.uid).toBe(before.payload.uid);
  expect(after.lastSubmission.verificationRecords[0].id).not.toBe(before.lastSubmission.verificationRecords[0].id);
  expect(await sessionsOf(other.id)).toEqual([]);
});
