// Threat class "state": mixed-up and forged callbacks; RFC 6749 §10.12, RFC 9207, RFC 9700 §4.4 and §4.7.
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { authorizationRequest, createClient, signInThrough, type TestClient } from '../protocol.ts';

const app = await createTestApp();
const issuer = `${app.origin}/oidc`;
let web: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app);
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
});

describe('the callback', () => {
  test.each([
    ['base64url', 'mJ2_-x'],
    ['characters with a meaning in URLs', 'a&code=stolen#x?y=z+ %26'],
    ['markup', '"><script>alert(1)</script>'],
    ['other languages', '状態'],
    ['a long one', 's'.repeat(1500)],
  ])('carries the state back byte for byte: %s', async (_name, state) => {
    const callback = await signInThrough(app, authorizationRequest(app, web, { state }), userId);
    expect(callback.searchParams.getAll('state')).toEqual([state]);
    expect(callback.searchParams.getAll('code')).toHaveLength(1);
  });

  test('carries none when none was sent', async () => {
    const callback = await signInThrough(app, authorizationRequest(app, web, { state: undefined }), userId);
    expect(callback.searchParams.has('state')).toBe(false);
  });

  test('names the issuer, so that answers of two servers cannot be mixed up (RFC 9207)', async () => {
    const callback = await signInThrough(app, authorizationRequest(app, web), userId);
    expect(callback.searchParams.get('iss')).toBe(issuer);
    const document = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({ issuer, authorization_response_iss_parameter_supported: true });
  });

  test('carries state and issuer with an error too', async () => {
    const request = authorizationRequest(app, web, { prompt: 'none', scope: 'openid' });
    const answer = await createBrowser(app.origin).get(request.url);
    const { searchParams } = new URL(answer.headers.get('location') ?? '');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      error: 'login_required',
      state: request.state,
      iss: issuer,
    });
  });

  test('of two sign-ins in one browser each has its own state', async () => {
    const other = await createClient(app);
    const browser = createBrowser(app.origin);
    const first = authorizationRequest(app, web);
    const second = authorizationRequest(app, other);
    await browser.get(first.url);
    const ofSecond = await signInThrough(app, second, userId, browser);
    const ofFirst = await signInThrough(app, first, userId, browser);
    expect(ofSecond.searchParams.get('state')).toBe(second.state);
    expect(ofFirst.searchParams.get('state')).toBe(first.state);
  });
});

describe('an interaction', () => {
  test('is resumed in the browser that began it, and in no other', async () => {
    const victim = createBrowser(app.origin);
    const begun = await victim.get(authorizationRequest(app, web).url);
    expect(begun.status).toBe(303);
    const map = JSON.parse(decodeURIComponent(victim.cookie('_interaction') ?? '')) as Record<string, string>;
    const interactionId = map[web.id] ?? '';
    const next = await app.modules.oidc.api.interactions.signIn(app.scope(), interactionId, userId, {
      consented: true,
    });
    const stranger = await createBrowser(app.origin).get(next);
    expect(stranger.headers.get('location') ?? '').not.toContain('code=');
    expect(stranger.status).toBeGreaterThanOrEqual(400);
    const { url } = await victim.follow(await victim.get(next), next);
    expect(new URL(url).searchParams.get('code')).toBeTruthy();
  });
});
