// RFC 7591 and RFC 7592, by a stock client and by hand.
import * as openid from 'openid-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { authorizationRequest, consentThrough, redeemCode, type TestClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const { api } = app;
const POLICY = '/api/configs/dynamic-client-registration';
const REDIRECT = 'https://client.example/callback';
const issuer = new URL(`${app.origin}/oidc`);

const setPolicy = async (change: object) => {
  const { status, body } = await api('PATCH', POLICY, change);
  expect(status, JSON.stringify(body)).toBe(200);
};
const send = async (method: string, path: string, token: string | undefined, body?: unknown) => {
  const response = await fetch(`${app.origin}/oidc/reg${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
};
const register = (metadata: object = {}, token?: string) =>
  send('POST', '', token, { redirect_uris: [REDIRECT], client_name: 'Calendar', ...metadata });

beforeEach(() =>
  setPolicy({ enabled: true, initialAccessTokenRequired: false, allowedRedirectHosts: [], hourlyLimit: 10_000 }),
);

describe('the policy', () => {
  test('is off at first: no endpoint in discovery, 404 behind it', async () => {
    await setPolicy({ enabled: false });
    const discovery = async () =>
      (await (await fetch(`${issuer.href}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    expect(await discovery()).not.toHaveProperty('registration_endpoint');
    expect(await register()).toMatchObject({ status: 404, body: { error: 'invalid_request' } });
    await setPolicy({ enabled: true });
    expect(await discovery()).toMatchObject({ registration_endpoint: `${issuer.href}/reg` });
  });

  test('an initial access token is needed where the policy says so, until it is deleted or expires', async () => {
    await setPolicy({ initialAccessTokenRequired: true });
    const refused = await register();
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    expect((await register({}, 'guessed')).status).toBe(401);
    const tokens = `${POLICY}/initial-access-tokens`;
    const made = await api('POST', tokens, { name: 'partners', expiresAt: app.world.now().getTime() + 60_000 });
    expect(made).toMatchObject({ status: 201, body: { name: 'partners', value: expect.any(String) } });
    expect((await register({}, made.body.value)).status).toBe(201);
    const listed = (await api('GET', tokens)).body;
    expect(listed).toMatchObject([{ id: made.body.id, lastUsedAt: expect.any(Number) }]);
    expect(JSON.stringify(listed)).not.toContain(made.body.value);
    expect((await api('DELETE', `${tokens}/${made.body.id}`)).status).toBe(204);
    expect((await register({}, made.body.value)).status).toBe(401);
    expect((await api('DELETE', `${tokens}/${made.body.id}`)).status).toBe(404);
    expect((await api('POST', tokens, { name: 'past', expiresAt: 1 })).status).toBe(400);
  });

  test('only its hosts, https, and no patterns; loopback and own schemes for native apps alone', async () => {
    await setPolicy({ allowedRedirectHosts: ['client.example'] });
    expect((await register()).status).toBe(201);
    for (const uri of [
      'https://other.example/callback',
      'http://client.example/callback',
      'https://*.client.example/callback',
      'javascript:alert(1)',
      'https://client.example/callback#x',
      'com.example.app:/callback',
      'http://127.0.0.1/callback',
    ]) {
      const answer = await register({ redirect_uris: [uri] });
      expect(answer, uri).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    }
    const native = { application_type: 'native', redirect_uris: ['com.example.app:/cb', 'http://127.0.0.1/cb'] };
    expect(await register(native)).toMatchObject({ status: 201, body: { token_endpoint_auth_method: 'none' } });
  });

  test('50 at once: no more than the hour allows', async () => {
    await setPolicy({ hourlyLimit: 200 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => register()));
    const made = answers.filter(({ status }) => status === 201).length;
    expect(made).toBeLessThanOrEqual(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(50 - made);
  });
});

describe('a client', () => {
  test('of a stock library registers, signs a user in with consent, and holds no more than the policy gives', async () => {
    await setPolicy({ userScopes: ['profile'] });
    const config = await openid.dynamicClientRegistration(
      issuer,
      { redirect_uris: [REDIRECT], client_name: 'Calendar' },
      undefined,
      { execute: [openid.allowInsecureRequests] },
    );
    const metadata = config.clientMetadata();
    const { body: row } = await api('GET', `/api/applications/${metadata.client_id}`);
    expect(row).toMatchObject({ name: 'Calendar', type: 'Traditional', isThirdParty: true });
    const client: TestClient = {
      id: metadata.client_id,
      secret: String(metadata.client_secret),
      redirectUri: REDIRECT,
    };
    const user = await app.modules.users.create(app.scope(), { username: 'registered_user' });
    const request = authorizationRequest(app, client, { scope: 'openid profile' });
    const tokens = await redeemCode(app, client, request, await consentThrough(app, request, user.id));
    expect(tokens, JSON.stringify(tokens.body)).toMatchObject({ status: 200, body: { scope: 'openid profile' } });
    const more = await fetch(authorizationRequest(app, client, { scope: 'openid email' }).url, { redirect: 'manual' });
    expect(more.headers.get('location')).toContain('error=invalid_scope');
    const trail = await api('GET', `/api/logs?logKey=Application.Registered&applicationId=${client.id}`);
    expect(trail.body).toHaveLength(1);
  });

  test('reads, replaces and deletes its own registration, and nobody else does', async () => {
    const { body: made } = await register();
    const { body: other } = await register();
    const own = made.registration_access_token;
    const path = `/${made.client_id}`;
    expect(made.registration_client_uri).toBe(`${issuer.href}/reg${path}`);
    const read = await send('GET', path, own);
    expect(read).toMatchObject({ status: 200, body: { ...made } });
    expect(read.headers.get('cache-control')).toBe('no-store');
    for (const token of [undefined, 'guessed', other.registration_access_token]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const body = method === 'PUT' ? { ...made } : undefined;
        expect(await send(method, path, token, body)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
      }
    }
    const change = {
      client_id: made.client_id,
      client_secret: made.client_secret,
      client_name: 'Diary',
      redirect_uris: ['https://diary.example/cb'],
    };
    expect(await send('PUT', path, own, change)).toMatchObject({
      status: 200,
      body: { client_name: 'Diary', redirect_uris: change.redirect_uris, client_secret: made.client_secret },
    });
    for (const wrong of [
      { client_id: other.client_id },
      { client_secret: 'guessed' },
      { token_endpoint_auth_method: 'none', client_secret: undefined },
    ]) {
      expect(await send('PUT', path, own, { ...change, ...wrong })).toMatchObject({
        status: 400,
        body: { error: 'invalid_client_metadata' },
      });
    }
    expect((await send('DELETE', path, own)).status).toBe(204);
    expect((await api('GET', `/api/applications/${made.client_id}`)).status).toBe(404);
    expect((await send('GET', path, own)).status).toBe(401);
  });

  test('400 for other grants, other answers, a native app with a secret, and what is no JSON object', async () => {
    for (const metadata of [
      { grant_types: ['client_credentials'] },
      { grant_types: ['implicit'] },
      { response_types: ['token'] },
      { application_type: 'native', token_endpoint_auth_method: 'client_secret_basic' },
      { token_endpoint_auth_method: 'private_key_jwt' },
    ]) {
      expect(await register(metadata)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    }
    for (const body of ['[]', '"x"', '{', 'null']) {
      expect(await send('POST', '', undefined, body)).toMatchObject({ status: 400 });
    }
    expect(await register({ redirect_uris: [] })).toMatchObject({ body: { error: 'invalid_redirect_uri' } });
  });
});
