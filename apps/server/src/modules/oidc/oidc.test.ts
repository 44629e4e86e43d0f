import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../../../test/browser.ts';
import { createTestApp } from '../../../test/harness.ts';
import {
  authorizationRequest,
  createClient,
  obtainTokens,
  REDIRECT_URI,
  requestToken,
  SIGNED_OUT_URI,
  signInThrough,
  type TestClient,
} from '../../../test/protocol.ts';

const app = await createTestApp();
const MANAGEMENT_API = 'https://default.logto.app/api';
let web: TestClient;
let spa: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app);
  spa = await createClient(app, { type: 'SPA' });
  const user = await app.modules.users.create(app.scope(), {
    username: 'ada',
    name: 'Ada',
    primaryEmail: 'ada@example.com',
  });
  userId = user.id;
});

const refresh = (client: TestClient, token: string, extra: Record<string, string> = {}) =>
  requestToken(app, client, { grant_type: 'refresh_token', refresh_token: token, ...extra });
/** A JSON answer, as a client that trusts nothing has it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
const json = async (answer: Response | Promise<Response>): Promise<any> => (await answer).json();
const keySet = async () => createLocalJWKSet(await json(fetch(`${app.origin}/oidc/jwks`)));
const userInfo = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}`, ...headers } });

describe('discovery', () => {
  test('is the same document at all three addresses, with the configured issuer', async () => {
    const paths = [
      '/oidc/.well-known/openid-configuration',
      '/oidc/.well-known/oauth-authorization-server',
      '/.well-known/oauth-authorization-server/oidc',
    ];
    const documents = await Promise.all(paths.map((path) => json(fetch(app.origin + path))));
    expect(documents[0]).toMatchObject({
      issuer: `${app.origin}/oidc`,
      userinfo_endpoint: `${app.origin}/oidc/me`,
      end_session_endpoint: `${app.origin}/oidc/session/end`,
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['ES256'],
    });
    expect(Object.values(documents[0]).every((value) => value !== null)).toBe(true);
    expect(documents[1]).toEqual(documents[0]);
    expect(documents[2]).toEqual(documents[0]);
  });

  test('is not refused with a Basic header, which @logto/node sends', async () => {
    const answer = await fetch(`${app.origin}/oidc/.well-known/openid-configuration`, {
      headers: { authorization: 'Basic eDp5' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('authorization code', () => {
  test('gives an opaque access token, a refresh token and an ID token of the user', async () => {
    const { status, body } = await obtainTokens(app, web, userId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid offline_access profile' });
    expect(body.access_token).toHaveLength(43);
    const { payload, protectedHeader } = await jwtVerify(body.id_token, await keySet());
    expect(protectedHeader.kid).toBeTruthy();
    expect(payload).toMatchObject({
      iss: `${app.origin}/oidc`,
      aud: web.id,
      sub: userId,
      name: 'Ada',
      username: 'ada',
    });
    expect(payload).not.toHaveProperty('email');
  });

  test('carries the interaction by client, so that two apps sign in side by side', async () => {
    const browser = createBrowser(app.origin);
    const first = authorizationRequest(app, web);
    const second = authorizationRequest(app, spa);
    await browser.get(first.url);
    await browser.get(second.url);
    const map = JSON.parse(decodeURIComponent(browser.cookie('_interaction') ?? ''));
    expect(Object.keys(map).sort()).toEqual([spa.id, web.id].sort());
  });

  test('a second app is signed in without a prompt', async () => {
    const browser = createBrowser(app.origin);
    await obtainTokens(app, web, userId, {}, browser);
    const silent = authorizationRequest(app, spa, { prompt: 'none' });
    const { url } = await browser.follow(await browser.get(silent.url), silent.url);
    expect(new URL(url).searchParams.get('code')).toBeTruthy();
  });

  test('prompt=none without a session answers login_required', async () => {
    const request = authorizationRequest(app, web, { prompt: 'none', scope: 'openid' });
    const answer = await createBrowser(app.origin).get(request.url);
    const target = new URL(answer.headers.get('location') ?? '');
    expect(target.searchParams.get('error')).toBe('login_required');
    expect(target.searchParams.get('state')).toBe(request.state);
    expect(target.searchParams.get('iss')).toBe(`${app.origin}/oidc`);
  });

  test('accepts Basic and body authentication alike, but not both', async () => {
    const request = authorizationRequest(app, web);
    const callback = await signInThrough(app, request, userId);
    const params = {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: request.verifier,
    };
    const authorization = `Basic ${btoa(`${web.id}:${web.secret}`)}`;
    const both = await requestToken(app, web, { ...params, client_secret: web.secret ?? '' }, { authorization });
    expect(both).toMatchObject({ status: 400, body: { error: 'invalid_request', code: 'oidc.invalid_request' } });
    expect((await requestToken(app, web, params, { authorization })).status).toBe(200);
  });

  test('unknown scopes, duplicate scope words and unknown parameters are dropped silently', async () => {
    const { status, body } = await obtainTokens(app, web, userId, {
      scope: 'openid openid profile nonsense',
      whatever: 'x',
    });
    expect(status).toBe(200);
    expect(body.scope.split(' ').sort()).toEqual(['openid', 'profile']);
  });

  test('form_post hands the code over by a form', async () => {
    const browser = createBrowser(app.origin);
    await obtainTokens(app, web, userId, {}, browser);
    const request = authorizationRequest(app, web, { prompt: undefined, response_mode: 'form_post' });
    const html = await (await browser.get(request.url)).text();
    expect(html).toContain(`action="${REDIRECT_URI}"`);
    expect(html).toContain('name="code"');
  });

  test('POST to the authorization endpoint works like GET (OIDC Core §3.1.2.1)', async () => {
    const request = new URL(authorizationRequest(app, web).url);
    const browser = createBrowser(app.origin);
    const answer = await browser.post(request.origin + request.pathname, Object.fromEntries(request.searchParams));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/sign-in?app_id=${web.id}`);
  });
});

describe('refresh', () => {
  test('rotates for a public client and gives a new ID token', async () => {
    const first = (await obtainTokens(app, spa, userId)).body;
    const second = await refresh(spa, first.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect(second.body.scope).toBe('openid offline_access profile');
    expect(decodeJwt(second.body.id_token).sub).toBe(userId);
    expect(Math.abs(Date.now() / 1000 - (decodeJwt(second.body.id_token).iat ?? 0))).toBeLessThan(60);
  });

  test('keeps a confidential client’s token until 70 % of its life has passed', async () => {
    const { refresh_token: token } = (await obtainTokens(app, web, userId)).body;
    expect((await refresh(web, token)).body.refresh_token).toBe(token);
  });

  test('a spent token shown again within the grace gives the one successor, after it the family ends', async () => {
    const { refresh_token: spent } = (await obtainTokens(app, spa, userId)).body;
    const first = await refresh(spa, spent);
    const again = await refresh(spa, spent);
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
    app.advance(3500);
    const replay = await refresh(spa, spent);
    expect(replay).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_uri: 'https://openid.sh/debug/invalid_grant' },
    });
    expect((await refresh(spa, first.body.refresh_token)).status).toBe(400);
    expect((await userInfo(first.body.access_token)).status).toBe(401);
  });

  test('one that is refused spends nothing, however late the refusal comes', async () => {
    const { refresh_token: token } = (await obtainTokens(app, spa, userId)).body;
    // Judged after the engine has marked the token as used.
    const refused = await refresh(spa, token, { resource: 'https://not-granted.example.com' });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    app.advance(3500);
    expect((await refresh(spa, token)).status).toBe(200);
  });

  test('answers a JWT for a resource, with a string audience and always a scope', async () => {
    const { refresh_token: token } = (await obtainTokens(app, web, userId, { resource: MANAGEMENT_API })).body;
    const { body } = await refresh(web, token, { resource: MANAGEMENT_API });
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: MANAGEMENT_API,
      client_id: web.id,
      sub: userId,
      scope: '',
    });
    expect(body.scope).toBe('');
  });

  test('a suspended user’s tokens end', async () => {
    const user = await app.modules.users.create(app.scope(), { username: 'suspended' });
    const { body } = await obtainTokens(app, web, user.id);
    expect((await userInfo(body.access_token)).status).toBe(200);
    expect((await app.api('PATCH', `/api/users/${user.id}/is-suspended`, { isSuspended: true })).status).toBe(200);
    expect((await userInfo(body.access_token)).status).toBe(401);
    expect((await refresh(web, body.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('an administrator’s new password ends the user’s tokens', async () => {
    const user = await app.modules.users.create(app.scope(), { username: 'robbed' });
    const { body } = await obtainTokens(app, web, user.id);
    const changed = await app.api('PATCH', `/api/users/${user.id}/password`, { password: 'Paper-lamp-4-river' });
    expect(changed.status).toBe(200);
    expect((await userInfo(body.access_token)).status).toBe(401);
    expect((await refresh(web, body.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('parallel uses of one refresh token have one outcome', async () => {
    const { refresh_token: token } = (await obtainTokens(app, spa, userId)).body;
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(spa, token)));
    const successors = new Set(answers.filter((a) => a.status === 200).map((a) => a.body.refresh_token));
    expect(successors.size).toBe(1);
    expect(answers.every((a) => a.status === 200)).toBe(true);
  });
});

describe('one-time code', () => {
  test('50 parallel redemptions have one winner, and the replay ends the family', async () => {
    const request = authorizationRequest(app, web);
    const callback = await signInThrough(app, request, userId);
    const params = {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: request.verifier,
    };
    const answers = await Promise.all(Array.from({ length: 50 }, () => requestToken(app, web, params)));
    const winners = answers.filter((answer) => answer.status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter((a) => a.status === 400).every((a) => a.body.error === 'invalid_grant')).toBe(true);
    expect((await userInfo(winners[0]?.body.access_token)).status).toBe(401);
    expect((await refresh(web, winners[0]?.body.refresh_token)).status).toBe(400);
  });
});

describe('client credentials', () => {
  test('400 invalid_target without a resource', async () => {
    const machine = await app.modules.applications.create(app.scope(), { name: 'M', type: 'MachineToMachine' });
    const [secret] = await app.modules.applications.listSecrets(app.scope(), machine.id);
    const client = { id: machine.id, secret: secret?.value, redirectUri: '' };
    const bare = await requestToken(app, client, { grant_type: 'client_credentials' });
    expect(bare).toMatchObject({ status: 400, body: { error: 'invalid_target', code: 'oidc.invalid_target' } });
    const without = await requestToken(app, client, {
      grant_type: 'client_credentials',
      resource: MANAGEMENT_API,
      scope: 'all',
    });
    expect(without.body).toMatchObject({ scope: '', token_type: 'Bearer', expires_in: 3600 });
    const changed = await app.api('PATCH', `/api/applications/${machine.id}`, { isAdmin: true });
    expect(changed.status).toBe(200);
    const granted = await requestToken(app, client, {
      grant_type: 'client_credentials',
      resource: MANAGEMENT_API,
      scope: 'all',
    });
    expect(granted.body.scope).toBe('all');
    expect(decodeJwt(granted.body.access_token)).toMatchObject({
      sub: machine.id,
      client_id: machine.id,
      scope: 'all',
    });
  });

  test('JSON bodies and comma-separated resources are read; null bytes and huge bodies are not', async () => {
    const post = (body: string, type = 'application/json') =>
      fetch(`${app.origin}/oidc/token`, { method: 'POST', headers: { 'content-type': type }, body });
    const credentials = { grant_type: 'client_credentials', client_id: web.id, client_secret: web.secret };
    expect((await json(post(JSON.stringify(credentials)))).error).toBe('invalid_request');
    expect((await post('grant_type=%00', 'application/x-www-form-urlencoded')).status).toBe(400);
    expect((await post(`x=${'y'.repeat(60_000)}`, 'application/x-www-form-urlencoded')).status).toBe(413);
    expect((await post('[1]')).status).toBe(400);
  });

  test('several secrets work, an expired one says so, a deleted one is refused at once', async () => {
    const expiresAt = app.world.now().getTime() + 60_000;
    const extra = (await app.api('POST', `/api/applications/${web.id}/secrets`, { name: 'short', expiresAt })).body;
    const client = { ...web, secret: extra.value as string };
    const token = (await obtainTokens(app, web, userId)).body.refresh_token;
    expect((await refresh(client, token)).status).toBe(200);
    app.advance(61_000);
    expect((await refresh(client, token)).body).toMatchObject({ error: 'invalid_request' });
    expect((await app.api('DELETE', `/api/applications/${web.id}/secrets/short`)).status).toBe(204);
    expect((await refresh(client, token)).body).toMatchObject({ error: 'invalid_client' });
    expect((await refresh(web, token)).status).toBe(200);
  });
});

describe('userinfo', () => {
  test('answers the claims of the granted scopes, to browsers of registered origins too', async () => {
    const { body } = await obtainTokens(app, spa, userId, { scope: 'openid email' });
    const origin = new URL(REDIRECT_URI).origin;
    const answer = await userInfo(body.access_token, { origin });
    expect(await answer.json()).toEqual({ sub: userId, email: 'ada@example.com', email_verified: true });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    const foreign = await userInfo(body.access_token, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(400);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('401 with a challenge for no token and for a wrong one', async () => {
    const none = await fetch(`${app.origin}/oidc/me`);
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toContain(`Bearer realm="${app.origin}/oidc"`);
    expect(await (await userInfo('nonsense')).json()).toMatchObject({
      code: 'oidc.invalid_token',
      error: 'invalid_token',
    });
  });

  test('a preflight is answered with the origin', async () => {
    const answer = await fetch(`${app.origin}/oidc/token`, {
      method: 'OPTIONS',
      headers: { origin: 'http://127.0.0.1:5999', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:5999');
  });
});

describe('revocation and introspection', () => {
  const form = (path: string, params: Record<string, string>) =>
    fetch(`${app.origin}/oidc/${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${web.id}:${web.secret}`)}` },
      body: new URLSearchParams(params),
    });

  test('a revoked refresh token is dead for every process that reads the same rows', async () => {
    const { refresh_token: token, access_token: access } = (await obtainTokens(app, web, userId)).body;
    expect(await (await form('token/introspection', { token: access })).json()).toMatchObject({
      active: true,
      sub: userId,
    });
    const answer = await form('token/revocation', { token });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect((await refresh(web, token)).body.error).toBe('invalid_grant');
    expect(await (await form('token/introspection', { token })).json()).toEqual({ active: false });
  });

  test('a JWT is looked into by the tenant’s own applications, and by whom it was made for (RFC 7662 §4)', async () => {
    const introspect = async (client: TestClient, token: string) => {
      const secret: Record<string, string> = client.secret === undefined ? {} : { client_secret: client.secret };
      const answer = await fetch(`${app.origin}/oidc/token/introspection`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: client.id, ...secret, token }),
      });
      return [answer.status, await answer.json()];
    };
    const issue = async (client: TestClient) => {
      const { body } = await obtainTokens(app, client, userId, { resource: MANAGEMENT_API });
      return (await refresh(client, body.refresh_token, { resource: MANAGEMENT_API })).body.access_token as string;
    };
    const [forWeb, forSpa] = [await issue(web), await issue(spa)];
    const claims = decodeJwt(forSpa);
    expect(await introspect(web, forSpa)).toEqual([200, { ...claims, active: true, token_type: 'Bearer' }]);
    expect(await introspect(spa, forSpa)).toMatchObject([200, { active: true, sub: userId, client_id: spa.id }]);
    expect(await introspect(spa, forWeb)).toEqual([200, { active: false }]);
    const stranger = await createClient(app, { isThirdParty: true });
    expect(await introspect(stranger, forWeb)).toEqual([200, { active: false }]);
    expect(await introspect(web, `${forWeb.slice(0, -8)}AAAAAAAA`)).toEqual([200, { active: false }]);
    const nobody = { ...web, secret: 'wrong' };
    expect(await introspect(nobody, forWeb)).toMatchObject([401, { error: 'invalid_client' }]);
  });
});

describe('sign-out', () => {
  test('client_id and post_logout_redirect_uri are enough, and state comes back', async () => {
    const browser = createBrowser(app.origin);
    await obtainTokens(app, web, userId, {}, browser);
    const query = new URLSearchParams({ client_id: web.id, post_logout_redirect_uri: SIGNED_OUT_URI, state: 'x1' });
    const page = await (await browser.get(`${app.origin}/oidc/session/end?${query}`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const done = await browser.post(`${app.origin}/oidc/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe(`${SIGNED_OUT_URI}?state=x1`);
    const silent = authorizationRequest(app, web, { prompt: 'none', scope: 'openid' });
    expect((await browser.get(silent.url)).headers.get('location')).toContain('error=login_required');
  });

  test('an unregistered return address shows a page instead of a redirect', async () => {
    const query = new URLSearchParams({ client_id: web.id, post_logout_redirect_uri: 'https://evil.example/' });
    const answer = await createBrowser(app.origin).get(`${app.origin}/oidc/session/end?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });
});

describe('keys', () => {
  test('rotation changes the signer and keeps what was signed valid; a staged key is published first', async () => {
    const before = (await obtainTokens(app, web, userId)).body.id_token;
    const rotated = await app.api('POST', '/api/configs/oidc/private-keys/rotate', { signingKeyAlgorithm: 'RS256' });
    expect(rotated.body.map((key: { status: string }) => key.status)).toEqual(['Current', 'Previous']);
    const after = (await obtainTokens(app, web, userId)).body.id_token;
    expect(decodeProtectedHeader(after).alg).toBe('RS256');
    await jwtVerify(before, await keySet(), { currentDate: new Date() });
    await jwtVerify(after, await keySet());

    await app.api('POST', '/api/configs/oidc/private-keys/rotate', {
      signingKeyAlgorithm: 'ES256',
      rotationGracePeriod: 600,
    });
    expect(decodeProtectedHeader((await obtainTokens(app, web, userId)).body.id_token).alg).toBe('RS256');
    app.advance(601_000);
    expect(decodeProtectedHeader((await obtainTokens(app, web, userId)).body.id_token).alg).toBe('ES256');
    const listed = (await app.api('GET', '/api/configs/oidc/private-keys')).body as { id: string; status: string }[];
    const current = listed.find((key) => key.status === 'Current');
    const refused = await app.api('DELETE', `/api/configs/oidc/private-keys/${current?.id}`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'oidc.only_previous_key_can_be_deleted' } });
    const previous = listed.find((key) => key.status === 'Previous');
    expect((await app.api('DELETE', `/api/configs/oidc/private-keys/${previous?.id}`)).status).toBe(204);
    expect((await app.api('DELETE', '/api/configs/oidc/private-keys/nothing')).status).toBe(404);
  });

  test('401 for a token that was shown before, once its key is deleted or its hour is over', async () => {
    const [early, late] = [await app.apiOf('default'), await app.apiOf('default')];
    expect((await early('GET', '/api/users')).status).toBe(200);
    await late('POST', '/api/configs/oidc/private-keys/rotate', {});
    expect((await early('GET', '/api/users')).status).toBe(200);
    const operator = await app.apiOf('default');
    const keys = (await operator('GET', '/api/configs/oidc/private-keys')).body as { id: string; status: string }[];
    for (const { id } of keys.filter((key) => key.status === 'Previous')) {
      expect((await operator('DELETE', `/api/configs/oidc/private-keys/${id}`)).status).toBe(204);
    }
    expect((await early('GET', '/api/users')).status).toBe(401);
    expect((await operator('GET', '/api/users')).status).toBe(200);
    app.advance(3_601_000);
    expect((await operator('GET', '/api/users')).status).toBe(401);
  });
});
