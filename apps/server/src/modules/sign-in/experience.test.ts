import { describe, expect, it } from 'vitest';
import { startExperience } from '../../../test/experience.ts';
import { connectGitlab } from '../../../test/gitlab.ts';
import { createTestApp } from '../../../test/harness.ts';
import { authorizationRequest, createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
const person = (id: number) => ({
  id,
  username: `hana${id}`,
  name: `Hana ${id}`,
  password: 'hana-password',
  email: `hana${id}@example.com`,
});
const [newcomer, owner] = [person(1), person(2)];
const gitlab = await connectGitlab(app, [newcomer, owner]);

let count = 0;
async function newUser(more: object = {}) {
  count += 1;
  const username = `caller_${count}`;
  const user = await app.modules.users.create(app.scope(), { username, password: PASSWORD, ...more });
  return { ...user, username };
}
const begin = async (interactionEvent: 'SignIn' | 'Register') => {
  const page = await startExperience(app, client);
  expect((await page.call('PUT', '/experience', { interactionEvent })).status).toBe(204);
  return page;
};
const named = (value: string) => ({ type: 'username', value });
type Page = Awaited<ReturnType<typeof begin>>;

/** From the provider's page back to a verified proof. */
async function proveSocial(page: Page, user: typeof newcomer): Promise<string> {
  const path = `/experience/verification/social/${gitlab.connectorId}`;
  const redirectUri = `${app.origin}/callback/${gitlab.connectorId}`;
  const started = await page.call('POST', `${path}/authorization-uri`, { state: 'mine', redirectUri });
  expect(started.status, JSON.stringify(started.body)).toBe(200);
  const callback = new URL(await gitlab.answer(started.body.authorizationUri, user));
  expect(callback.searchParams.get('state')).toBe('mine');
  const { verificationId } = started.body;
  const connectorData = Object.fromEntries(callback.searchParams);
  const verified = await page.call('POST', `${path}/verify`, { connectorData, verificationId });
  expect(verified, JSON.stringify(verified.body)).toMatchObject({ status: 200, body: { verificationId } });
  return verificationId;
}

async function prove(page: Page, username: string, password = PASSWORD) {
  return page.call('POST', '/experience/verification/password', { identifier: named(username), password });
}

/** Follows `redirectTo` by way of the consent hop (clients.md 1.7) to the app. */
async function finish(page: Page): Promise<URL> {
  const { status, body } = await page.call('POST', '/experience/submit');
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.redirectTo).toContain(`${app.origin}/oidc/auth`);
  const consent = await page.browser.get(body.redirectTo);
  expect(consent.headers.get('location')).toContain(`/consent?app_id=${client.id}`);
  const hop = await page.browser.get(new URL(consent.headers.get('location') ?? '', app.origin).href);
  expect(hop.headers.get('location')).toContain(`${app.origin}/oidc/auth`);
  const { url } = await page.browser.follow(hop, body.redirectTo);
  return new URL(url);
}

describe('password sign-in', () => {
  it('200: verify, identify, submit', async () => {
    const user = await newUser();
    const page = await begin('SignIn');
    const { status, body } = await prove(page, user.username);
    expect(status).toBe(200);
    expect((await page.call('POST', '/experience/identification', body)).status).toBe(204);
    const state = await page.call('GET', '/experience/interaction');
    expect(state).toMatchObject({ status: 200, body: { interactionEvent: 'SignIn', userId: user.id } });
    expect(JSON.stringify(state.body)).not.toContain(PASSWORD);
    expect((await finish(page)).searchParams.get('code')).toBeTruthy();
  });

  it('400: without a sign-in in progress', async () => {
    const response = await fetch(`${app.origin}/api/experience/submit`, { method: 'POST' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'session.not_found' });
  });

  it('400: a proof or an event of the wrong form', async () => {
    const page = await begin('SignIn');
    expect(await page.call('PUT', '/experience', { interactionEvent: 'Nothing' })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input' },
    });
    expect(await page.call('PUT', '/experience', { interactionEvent: 'ForgotPassword' })).toMatchObject({
      status: 400,
      body: { code: 'session.forgot_password_not_enabled' },
    });
  });

  it('401: a suspended account, once it is proved', async () => {
    const user = await newUser();
    await app.api('PATCH', `/api/users/${user.id}/is-suspended`, { isSuspended: true });
    const page = await begin('SignIn');
    const { body } = await prove(page, user.username);
    expect(await page.call('POST', '/experience/identification', body)).toMatchObject({
      status: 401,
      body: { code: 'user.suspended' },
    });
  });

  it('403: an event that the tenant has switched off, a request of another site', async () => {
    await app.api('PATCH', '/api/sign-in-exp', { signInMode: 'SignIn' });
    const page = await startExperience(app, client);
    expect(await page.call('PUT', '/experience', { interactionEvent: 'Register' })).toMatchObject({
      status: 403,
      body: { code: 'auth.forbidden' },
    });
    await app.api('PATCH', '/api/sign-in-exp', { signInMode: 'SignInAndRegister' });
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as const) {
      const refused = await page.call('PUT', '/experience', { interactionEvent: 'SignIn' }, headers as never);
      expect(refused).toMatchObject({ status: 403, body: { code: 'session.csrf_token_mismatch' } });
    }
  });

  it('404: an unknown proof, nobody identified', async () => {
    const page = await begin('SignIn');
    expect(await page.call('POST', '/experience/identification', { verificationId: 'x' })).toMatchObject({
      status: 404,
      body: { code: 'session.verification_session_not_found' },
    });
    expect(await page.call('POST', '/experience/submit')).toMatchObject({
      status: 404,
      body: { code: 'session.identifier_not_found' },
    });
  });

  it('409: another account than the one that is identified', async () => {
    const [one, two] = [await newUser(), await newUser()];
    const page = await begin('SignIn');
    await page.call('POST', '/experience/identification', (await prove(page, one.username)).body);
    const second = await page.call('POST', '/experience/identification', (await prove(page, two.username)).body);
    expect(second).toMatchObject({ status: 409, body: { code: 'session.identity_conflict' } });
  });

  it('422: a wrong password and an unknown account alike; an expired password', async () => {
    const user = await newUser();
    const page = await begin('SignIn');
    const refused = { status: 422, body: { code: 'session.invalid_credentials' } };
    expect(await prove(page, user.username, 'Wrong-lamp-9')).toMatchObject(refused);
    expect(await prove(page, 'nobody_at_all', 'Wrong-lamp-9')).toMatchObject(refused);
    await app.api('PATCH', `/api/users/${user.id}/password/expiration`, { isExpired: true });
    const { body } = await prove(page, user.username);
    expect(await page.call('POST', '/experience/identification', body)).toMatchObject({
      status: 422,
      body: { code: 'password.expired' },
    });
  });
});

describe('registration', () => {
  it('201: with a username and a password', async () => {
    const page = await begin('Register');
    const chosen = await page.call('POST', '/experience/verification/new-password-identity', {
      identifier: named('fresh_one'),
      password: PASSWORD,
    });
    expect(chosen.status, JSON.stringify(chosen.body)).toBe(200);
    expect((await page.call('POST', '/experience/identification', chosen.body)).status).toBe(201);
    expect((await finish(page)).searchParams.get('code')).toBeTruthy();
    const found = await app.modules.users.findByIdentifier(app.scope(), { type: 'username', value: 'fresh_one' });
    expect(found).toMatchObject({ hasPassword: true, applicationId: client.id });
  });

  it('201: step by step', async () => {
    const page = await begin('Register');
    const bare = await page.call('POST', '/experience/identification', {});
    expect(bare).toMatchObject({
      status: 422,
      body: { code: 'user.missing_profile', data: { missingProfile: ['username', 'password'] } },
    });
    expect((await page.call('POST', '/experience/profile', { type: 'username', value: 'step_by_step' })).status).toBe(
      204,
    );
    expect((await page.call('POST', '/experience/profile', { type: 'password', value: PASSWORD })).status).toBe(204);
    expect((await page.call('POST', '/experience/identification', {})).status).toBe(201);
    expect((await finish(page)).searchParams.get('code')).toBeTruthy();
  });

  it('422: a taken username, a weak password', async () => {
    const user = await newUser();
    const page = await begin('Register');
    const choose = (username: string, password: string) =>
      page.call('POST', '/experience/verification/new-password-identity', { identifier: named(username), password });
    expect(await choose(user.username, PASSWORD)).toMatchObject({
      status: 422,
      body: { code: 'user.username_already_in_use' },
    });
    expect(await choose('free_name', 'short')).toMatchObject({
      status: 422,
      body: {
        code: 'password.rejected',
        data: { issues: [{ code: 'password_rejected.too_short', interpolation: { min: 8 } }] },
      },
    });
  });

  it('400: choosing credentials while signing in', async () => {
    const page = await begin('SignIn');
    const refused = await page.call('POST', '/experience/verification/new-password-identity', {
      identifier: named('x_y'),
      password: PASSWORD,
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'session.invalid_interaction_type' } });
  });
});

describe('social sign-in', () => {
  it('creates an account after the switch to registration', async () => {
    await app.api('PATCH', '/api/sign-in-exp', { signUp: { identifiers: [], password: false, verify: false } });
    const page = await begin('SignIn');
    const verificationId = await proveSocial(page, newcomer);
    const unknown = await page.call('POST', '/experience/identification', { verificationId });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'user.identity_not_exist' } });
    await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'Register' });
    expect((await page.call('POST', '/experience/identification', { verificationId })).status).toBe(201);
    expect((await finish(page)).searchParams.get('code')).toBeTruthy();

    const again = await begin('SignIn');
    const proof = await proveSocial(again, newcomer);
    expect((await again.call('POST', '/experience/identification', { verificationId: proof })).status).toBe(204);
    expect((await finish(again)).searchParams.get('code')).toBeTruthy();
  });

  it('links to an account with its address only when that account is proved too', async () => {
    const user = await newUser({ primaryEmail: owner.email });
    const page = await begin('SignIn');
    const verificationId = await proveSocial(page, owner);
    const unknown = await page.call('POST', '/experience/identification', { verificationId });
    expect(unknown).toMatchObject({
      status: 404,
      body: { code: 'user.identity_not_exist', data: { relatedUser: { type: 'email', value: 'h****@example.com' } } },
    });
    const link = { verificationId, linkSocialIdentity: true };
    expect(await page.call('POST', '/experience/identification', link)).toMatchObject({
      status: 422,
      body: { code: 'session.identifier_not_verified' },
    });
    await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'Register' });
    expect(await page.call('POST', '/experience/identification', { verificationId })).toMatchObject({
      status: 422,
      body: { code: 'user.email_already_in_use' },
    });
    await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'SignIn' });
    await prove(page, user.username);
    expect((await page.call('POST', '/experience/identification', link)).status).toBe(204);
    await finish(page);
    const linked = await app.modules.users.findByIdentity(app.scope(), 'gitlab', String(owner.id));
    expect(linked?.id).toBe(user.id);
  });

  it('404: a connector that is not offered', async () => {
    const page = await begin('SignIn');
    const body = { state: 's', redirectUri: 'https://app.example.com/callback' };
    expect(await page.call('POST', '/experience/verification/social/none/authorization-uri', body)).toMatchObject({
      status: 404,
    });
  });
});

describe('consent of a third-party application', async () => {
  const stranger = await createClient(app, { isThirdParty: true });
  await app.api('POST', `/api/applications/${stranger.id}/user-consent-scopes`, { userScopes: ['profile'] });

  it('shows who asks for what, and goes on when it is allowed', async () => {
    const user = await newUser();
    const page = await startExperience(app, stranger);
    await page.call('POST', '/experience/identification', (await prove(page, user.username)).body);
    const { body } = await page.call('POST', '/experience/submit');
    await page.browser.get(body.redirectTo);
    const cookie = `_interaction=${page.browser.cookie('_interaction')}`;
    const asked = await page.call('GET', '/interaction/consent', undefined, { cookie });
    expect(asked).toMatchObject({
      status: 200,
      body: { application: { id: stranger.id }, user: { id: user.id }, redirectUri: stranger.redirectUri },
    });
    expect(asked.body.missingOIDCScope).toContain('profile');
    const allowed = await page.call('POST', '/interaction/consent', {}, { cookie });
    expect(allowed.body.redirectTo).toContain(`${app.origin}/oidc/auth`);
    const { url } = await page.browser.follow(await page.browser.get(allowed.body.redirectTo), allowed.body.redirectTo);
    expect(new URL(url).searchParams.get('code')).toBeTruthy();
  });

  it('400: outside of a consent prompt', async () => {
    const page = await startExperience(app, stranger);
    expect(await page.call('GET', '/interaction/consent')).toMatchObject({ status: 400 });
    expect(await page.call('POST', '/interaction/consent', {})).toMatchObject({ status: 400 });
  });
});

it('tells two applications in one browser apart', async () => {
  const other = await createClient(app);
  const page = await startExperience(app, client);
  await page.browser.get(authorizationRequest(app, other).url);
  const cookie = `_interaction=${page.browser.cookie('_interaction')}`;
  expect((await page.call('GET', '/experience/interaction', undefined, { cookie })).status).toBe(400);
  for (const id of [client.id, other.id]) {
    expect((await page.call('GET', '/experience/interaction', undefined, { cookie, 'logto-app-id': id })).status).toBe(
      200,
    );
    expect((await page.call('GET', `/experience/interaction?app_id=${id}`, undefined, { cookie })).status).toBe(200);
  }
});
