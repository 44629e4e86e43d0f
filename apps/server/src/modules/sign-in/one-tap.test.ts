// Google One Tap: an ID token that Google's own script brings to the page.
import type { JWTPayload } from 'jose';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { startExperience } from '../../../test/experience.ts';
import { CLIENT_ID, credential, googleEgress, strangersKey } from '../../../test/google.ts';
import { call, createTestApp } from '../../../test/harness.ts';
import { action, field, type Page, startSignIn, visit } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp({}, { egress: googleEgress });
const client = await createClient(app);
const oneTap = { isEnabled: true, autoSelect: false, closeOnTapOutside: true, itpSupport: true };
const config = { clientId: CLIENT_ID, clientSecret: 'secret', oneTap };
let connectorId = '';

beforeAll(async () => {
  const created = await app.api('POST', '/api/connectors', { connectorId: 'google-universal', config });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  connectorId = created.body.id;
  await app.api('PATCH', '/api/sign-in-exp', {
    socialSignInConnectorTargets: ['google'],
    signUp: { identifiers: [], password: false, verify: false },
  });
});

let people = 0;
const somebody = (): string => `10${++people}`;

const decode = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const promptOf = (page: Page) => JSON.parse(decode(/data-one-tap="([^"]*)"/.exec(page.html)?.[1] ?? '{}'));
const signedIn = (url: string) => url.startsWith(client.redirectUri) && new URL(url).searchParams.has('code');
const userOf = (sub: string) => app.modules.users.findByIdentity(app.scope(), 'google', sub);

describe('the page', () => {
  it('has what Google’s script is to be told, in a form of the flow’s own, and lets that script in', async () => {
    for (const [extra, name] of [
      [{}, 'sign-in'],
      [{ first_screen: 'register' }, 'register'],
    ] as const) {
      const { page } = await startSignIn(app, client, extra);
      expect(page.name).toBe(name);
      expect(promptOf(page)).toEqual({
        client_id: CLIENT_ID,
        nonce: expect.stringMatching(/^[\w-]{43}$/),
        auto_select: false,
        cancel_on_tap_outside: true,
        itp_support: true,
      });
      expect(page.html).not.toContain('accounts.google.com/gsi');
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'nonce-[\w-]+' 'strict-dynamic'/);
      for (const directive of ['connect-src', 'frame-src', 'style-src']) {
        expect(policy).toMatch(new RegExp(`${directive} [^;]*https://accounts\\.google\\.com/gsi/`));
      }
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
    }
  });

  it('has nothing of it, and lets nobody in, while it is switched off', async () => {
    const off = { ...config, oneTap: { ...oneTap, isEnabled: false } };
    expect((await app.api('PATCH', `/api/connectors/${connectorId}`, { config: off })).status).toBe(200);
    const { page } = await startSignIn(app, client);
    const wellKnown = await call(`${app.origin}/api/.well-known/sign-in-exp`, 'GET');
    await app.api('PATCH', `/api/connectors/${connectorId}`, { config });
    expect(page.html).not.toContain('data-one-tap');
    expect(page.headers.get('content-security-policy')).not.toContain('google');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(wellKnown.body).not.toHaveProperty('googleOneTap');
  });

  test('pages of the tenant’s own are told the same', async () => {
    const { body } = await call(`${app.origin}/api/.well-known/sign-in-exp`, 'GET');
    expect(body.googleOneTap).toEqual({ ...oneTap, clientId: CLIENT_ID, connectorId });
  });
});

const send = async (sub: string, change: JWTPayload = {}, options: Parameters<typeof credential>[1] = {}) => {
  const { visitor, page } = await startSignIn(app, client);
  const claims = { sub, nonce: promptOf(page).nonce, ...change };
  const answer = { connectorId, credential: await credential(claims, options) };
  return { visitor, answer, page: await visitor.submit(page, '/sign-in/one-tap', answer), first: page };
};

describe('the answer', () => {
  it('makes an account, and is let into it the next time', async () => {
    const sub = somebody();
    expect(signedIn((await send(sub)).page.url)).toBe(true);
    const user = await userOf(sub);
    expect(user).toMatchObject({ name: 'Hana Sato', primaryEmail: `${sub}@example.com` });
    expect(signedIn((await send(sub)).page.url)).toBe(true);
    expect((await userOf(sub))?.id).toBe(user?.id);
  });

  it('brings no address that Google does not vouch for', async () => {
    const sub = somebody();
    await send(sub, { email_verified: false });
    expect(await userOf(sub)).toMatchObject({ primaryEmail: null });
  });

  it.each<[string, JWTPayload, Parameters<typeof credential>[1]?]>([
    ['is for another client', { aud: 'another-client', azp: 'another-client' }],
    ['was issued to another client', { azp: 'another-client' }],
    ['comes from another issuer', { iss: 'https://accounts.google.example' }],
    ['is of another flow', { nonce: 'nonce-of-another-flow' }],
    ['was asked for without a nonce', { nonce: undefined }],
    ['has expired', { exp: Math.floor(Date.now() / 1000) - 3600 }],
    ['is signed by somebody else', {}, { key: strangersKey }],
  ])('401 when it %s', async (_title, change, options) => {
    const sub = somebody();
    const { page } = await send(sub, change, options);
    expect(page).toMatchObject({ status: 401, name: 'error' });
    expect(await userOf(sub)).toBeUndefined();
  });

  it('counts for the flow that asked for it, in the browser that has it, with its form’s token', async () => {
    const { visitor, page } = await startSignIn(app, client);
    const own = await credential({ sub: somebody(), nonce: promptOf(page).nonce });
    const target = new URL(action(page, '/sign-in/one-tap') ?? '', page.url).href;
    const forged = await visitor.browser.post(target, { csrf: 'guessed', connectorId, credential: own });
    expect(forged.status).toBe(403);
    const other = await startSignIn(app, client);
    const moved = await other.visitor.submit(other.page, '/sign-in/one-tap', { connectorId, credential: own });
    expect(moved.status).toBe(401);
  });

  it('counts once, of fifty tries', async () => {
    const { visitor, page } = await startSignIn(app, client);
    const answer = { connectorId, credential: await credential({ sub: somebody(), nonce: promptOf(page).nonce }) };
    const target = new URL(action(page, '/sign-in/one-tap') ?? '', page.url).href;
    const csrf = field(page, 'csrf');
    const browsers = Array.from({ length: 50 }, () => visitor.browser.clone());
    const answers = await Promise.all(browsers.map((each) => each.post(target, { csrf, ...answer })));
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    // All who are led on are led to the one answer of the one sign-in.
    const led = answers.map(({ headers }) => headers.get('location')).filter((url) => url?.includes('/oidc/auth/'));
    expect(new Set(led).size).toBe(1);
  });
});

describe('Google’s own form', () => {
  const post = async (cookie: string | undefined, token: string | undefined, headers: Record<string, string> = {}) => {
    const { visitor, page } = await startSignIn(app, client);
    const url = `${app.origin}/callback/${connectorId}?app_id=${client.id}`;
    const jar = `_interaction=${visitor.browser.cookie('_interaction')}${cookie ? `; g_csrf_token=${cookie}` : ''}`;
    const body = new URLSearchParams({
      credential: await credential({ sub: somebody() }),
      ...(token && { g_csrf_token: token }),
    });
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { cookie: jar, ...headers },
    });
    return { response, page };
  };

  it('is taken with the cookie that Google’s script has set', async () => {
    const { response } = await post('twice', 'twice');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('/oidc/auth/');
  });

  it.each([
    ['another cookie', 'once', 'twice', {}],
    ['no cookie', undefined, 'twice', {}],
    ['another site’s page', 'twice', 'twice', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ])('403 with %s', async (_title, cookie, token, headers) => {
    expect((await post(cookie, token, headers as Record<string, string>)).response.status).toBe(403);
  });
});

describe('an account that an application brings', () => {
  const begin = async (
    google_one_tap_credential: string,
    more: Record<string, string | undefined> = {},
    by = visit(app),
  ) => startSignIn(app, client, { google_one_tap_credential, ...more }, by);

  it.each([{}, { first_screen: 'register' }])('is named, and entered when its owner agrees (%j)', async (more) => {
    const sub = somebody();
    const { visitor, page } = await begin(await credential({ sub }), more);
    expect(page.name).toBe('one-tap');
    expect(page.html).toContain(`${sub}@example.com`);
    expect(await userOf(sub)).toBeUndefined();
    const done = await visitor.submit(page, '/one-tap', { decision: 'accept' });
    expect(signedIn(done.url), done.html).toBe(true);
    expect(await userOf(sub)).toMatchObject({ primaryEmail: `${sub}@example.com` });
  });

  it('is put aside by who wants to sign in another way, and does not come back', async () => {
    const sub = somebody();
    const { visitor, page } = await begin(await credential({ sub }));
    const declined = await visitor.submit(page, '/one-tap', { decision: 'decline' });
    expect(declined).toMatchObject({ status: 200, name: 'sign-in' });
    expect((await visitor.open(page.url)).name).toBe('sign-in');
    expect(await userOf(sub)).toBeUndefined();
  });

  it('is asked about although somebody is signed in', async () => {
    const [here, other] = [somebody(), somebody()];
    const { visitor, page } = await begin(await credential({ sub: here }), { prompt: undefined });
    expect(signedIn((await visitor.submit(page, '/one-tap', { decision: 'accept' })).url)).toBe(true);
    const again = await begin(await credential({ sub: other }), { prompt: undefined }, visitor);
    expect(again.page.name).toBe('one-tap');
    expect(again.page.html).toContain(`${other}@example.com`);
    // A form ends the old session, as it does for any other account.
    const between = await visitor.submit(again.page, '/one-tap', { decision: 'accept' });
    expect(between.name).toBe('sign-out');
    const ended = { xsrf: field(between, 'xsrf'), logout: 'yes' };
    expect(signedIn((await visitor.submit(between, '/session/end/confirm', ended)).url)).toBe(true);
    expect(await userOf(other)).toBeDefined();
  });

  it('is left out where the tenant does not offer One Tap', async () => {
    const off = { ...config, oneTap: { ...oneTap, isEnabled: false } };
    await app.api('PATCH', `/api/connectors/${connectorId}`, { config: off });
    const { page } = await begin(await credential({ sub: somebody() }));
    await app.api('PATCH', `/api/connectors/${connectorId}`, { config });
    expect(page).toMatchObject({ status: 200, name: 'sign-in' });
  });
});

describe('the Experience API', () => {
  const verify = async (
    data: Record<string, unknown>,
    cookies = new Map<string, string>([['g_csrf_token', 'twice']]),
  ) => {
    const experience = await startExperience(app, client, {}, cookies);
    await experience.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const path = `/experience/verification/social/${connectorId}/verify`;
    return { experience, answer: await experience.call('POST', path, { connectorData: data }) };
  };

  it('200 proves who it is without a start, and signs in', async () => {
    const sub = somebody();
    const { experience, answer } = await verify({ credential: await credential({ sub }), g_csrf_token: 'twice' });
    expect(answer).toMatchObject({ status: 200, body: { verificationId: expect.any(String) } });
    const { verificationId } = answer.body;
    await experience.call('PUT', '/experience/interaction-event', { interactionEvent: 'Register' });
    const identified = await experience.call('POST', '/experience/identification', { verificationId });
    expect(identified.status, JSON.stringify(identified.body)).toBe(201);
    expect((await experience.call('POST', '/experience/submit')).status).toBe(200);
    expect(await userOf(sub)).toBeDefined();
  });

  it('403 without the cookie twice, 401 a second time, 404 without a credential', async () => {
    const own = await credential({ sub: somebody() });
    for (const token of [undefined, 'once']) {
      expect((await verify({ credential: own, g_csrf_token: token })).answer).toMatchObject({
        status: 403,
        body: { code: 'session.csrf_token_mismatch' },
      });
    }
    expect((await verify({ credential: own, g_csrf_token: 'twice' })).answer.status).toBe(200);
    expect((await verify({ credential: own, g_csrf_token: 'twice' })).answer).toMatchObject({
      status: 401,
      body: { code: 'connector.social_invalid_id_token' },
    });
    expect((await verify({ g_csrf_token: 'twice' })).answer.status).toBe(404);
  });
});

test('nobody is let in while Google is not among the ways to sign in', async () => {
  const { visitor, page } = await startSignIn(app, client);
  const answer = { connectorId, credential: await credential({ sub: somebody(), nonce: promptOf(page).nonce }) };
  await app.api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: [] });
  const refused = await visit(app, visitor.browser).submit(page, '/sign-in/one-tap', answer);
  await app.api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['google'] });
  expect(refused).toMatchObject({ status: 404, name: 'error' });
});
