import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GitlabDouble, type RegisteredApplication, startGitlabDouble } from './gitlab-double.ts';

const REDIRECT_URI = 'http://localhost:3001/callback/abc';
const user = {
  id: 7,
  username: 'hana',
  name: 'Hana "<b>" Sato',
  password: 'hana-password',
  email: 'hana@example.com',
  groups: [
    { path: 'readers', role: 'owner' as const },
    { path: 'readers/japan', direct: false },
  ],
};
const publicUser = { ...user, id: 8, username: 'ken', email: 'ken@example.com', emailConfirmed: false };

let double: GitlabDouble;
let asking: RegisteredApplication;
let trusted: RegisteredApplication;
let lateBy = 0;

/** A browser: keeps the session cookie and follows redirects by hand. */
function browser() {
  let cookie = '';
  const visit = async (path: string, form?: Record<string, string>) => {
    const response = await fetch(new URL(path, double.url), {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      headers: { cookie },
      redirect: 'manual',
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const html = await response.text();
    const csrf = /name="authenticity_token" value="([^"]+)"/.exec(html)?.[1] ?? '';
    return { status: response.status, location: response.headers.get('location') ?? '', html, csrf };
  };
  const signIn = async (login = 'hana', password = 'hana-password') => {
    const { csrf } = await visit('/users/sign_in');
    return visit('/users/sign_in', { authenticity_token: csrf, 'user[login]': login, 'user[password]': password });
  };
  return { visit, signIn };
}

const parameters = (application: RegisteredApplication, more: Record<string, string> = {}) => ({
  client_id: application.clientId,
  redirect_uri: REDIRECT_URI,
  response_type: 'code',
  scope: 'openid profile email',
  state: 'a state',
  ...more,
});
const authorizePath = (...args: Parameters<typeof parameters>) =>
  `/oauth/authorize?${new URLSearchParams(parameters(...args))}`;
const query = (location: string) => Object.fromEntries(new URL(location).searchParams);

async function codeFor(more: Record<string, string> = {}, login = 'hana'): Promise<string> {
  const { visit, signIn } = browser();
  await signIn(login);
  const { location } = await visit(authorizePath(trusted, more));
  return query(location).code ?? '';
}

async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, double.url), { method: 'POST', body: new URLSearchParams(form), headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const client = ({ clientId, clientSecret }: RegisteredApplication) => ({
  client_id: clientId,
  client_secret: clientSecret,
});
const exchange = (code: string, more: Record<string, string> = {}) =>
  post('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    ...client(trusted),
    ...more,
  });

async function get(path: string, accessToken: unknown, method = 'GET') {
  const headers = { authorization: `Bearer ${String(accessToken)}` };
  const response = await fetch(new URL(path, double.url), { method, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

beforeAll(async () => {
  const base = { redirectUris: [REDIRECT_URI], scopes: ['openid', 'profile', 'email', 'read_user'] as const };
  double = await startGitlabDouble({
    applications: [
      { ...base, name: 'Asks <first>' },
      { ...base, name: 'Trusted', trusted: true },
    ],
    users: [user, publicUser],
    now: () => new Date(Date.now() + lateBy),
  });
  const [first, second] = double.applications;
  if (!first || !second) throw new Error('two applications were registered');
  [asking, trusted] = [first, second];
});
beforeEach(() => {
  lateBy = 0;
});
afterAll(() => double.close());

describe('sign-in page', () => {
  it('comes first, and leads back to the authorization', async () => {
    const { visit, signIn } = browser();
    expect(await visit(authorizePath(asking))).toMatchObject({ status: 302, location: '/users/sign_in' });
    expect(await signIn()).toMatchObject({ status: 302, location: authorizePath(asking) });
  });

  it('422 for a wrong password, and for a form without its token', async () => {
    const { visit, signIn } = browser();
    expect(await signIn('hana', 'wrong')).toMatchObject({ status: 422 });
    const form = { 'user[login]': 'hana', 'user[password]': 'hana-password' };
    expect(await visit('/users/sign_in', form)).toMatchObject({ status: 422 });
    expect((await visit('/')).html).not.toContain('Signed in');
  });
});

describe('consent page', () => {
  it('authorizes, with every name escaped', async () => {
    const { visit, signIn } = browser();
    await signIn();
    const { html, csrf } = await visit(authorizePath(asking));
    expect(html).toContain('Asks &lt;first&gt;');
    expect(html).not.toContain('<b>');
    const { location } = await visit('/oauth/authorize', { ...parameters(asking), authenticity_token: csrf });
    expect(query(location)).toEqual({ code: expect.stringMatching(/^[0-9a-f]{64}$/), state: 'a state' });
  });

  it('denies with access_denied', async () => {
    const { visit, signIn } = browser();
    await signIn();
    const { csrf } = await visit(authorizePath(asking));
    const form = { ...parameters(asking), authenticity_token: csrf, _method: 'delete' };
    const { location } = await visit('/oauth/authorize', form);
    expect(query(location)).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: 'a state',
    });
  });

  it('422 without its token', async () => {
    const { visit, signIn } = browser();
    await signIn();
    expect(await visit('/oauth/authorize', parameters(asking))).toMatchObject({ status: 422, location: '' });
  });

  it('is skipped for a trusted application', async () => {
    expect(await codeFor()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('authorization request', () => {
  it.each([
    ['401 page for an unknown application', { client_id: 'unknown' }, 401],
    ['400 page for another redirect URI', { redirect_uri: `${REDIRECT_URI}/` }, 400],
  ])('%s, without a redirect', async (_title, more, status) => {
    const { visit, signIn } = browser();
    await signIn();
    expect(await visit(authorizePath(trusted, more))).toMatchObject({ status, location: '' });
  });

  it.each([
    ['invalid_scope', { scope: 'openid api' }],
    ['invalid_scope', { scope: '' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_code_challenge_method', { code_challenge: 'x', code_challenge_method: 'S512' }],
  ])('%s goes to the redirect URI', async (error, more) => {
    const { visit, signIn } = browser();
    await signIn();
    const { location } = await visit(authorizePath(trusted, more));
    expect(query(location)).toMatchObject({ error, state: 'a state' });
  });
});

describe('token endpoint', () => {
  it('answers in GitLab’s exact shape, by Basic or body', async () => {
    const { clientId, clientSecret } = trusted;
    const { status, headers, body } = await post(
      '/oauth/token',
      { grant_type: 'authorization_code', code: await codeFor(), redirect_uri: REDIRECT_URI },
      { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    );
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      token_type: 'Bearer',
      expires_in: 7200,
      refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      scope: 'openid profile email',
      created_at: expect.any(Number),
      id_token: expect.any(String),
    });
    expect(await exchange(await codeFor())).toMatchObject({ status: 200 });
  });

  it('issues an RS256 ID token of 120 seconds', async () => {
    const { body } = await exchange(await codeFor({ nonce: 'a nonce' }));
    const keys = (await (await fetch(`${double.url}/oauth/discovery/keys`)).json()) as { keys: [] };
    const { payload, protectedHeader } = await jwtVerify(String(body.id_token), createLocalJWKSet(keys));
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(payload).toMatchObject({
      iss: double.url,
      sub: '7',
      aud: trusted.clientId,
      nonce: 'a nonce',
      email: 'hana@example.com',
      email_verified: true,
      groups_direct: ['readers'],
      sub_legacy: expect.stringMatching(/^[0-9a-f]{64}$/),
      auth_time: expect.any(Number),
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
  });

  it('401 invalid_client with a challenge for a wrong secret', async () => {
    const { status, headers, body } = await exchange(await codeFor(), { client_secret: 'wrong' });
    expect([status, body.error]).toEqual([401, 'invalid_client']);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="Doorkeeper", error="invalid_client", error_descr/);
  });

  it.each([
    ['invalid_request', { grant_type: '' }],
    ['unsupported_grant_type', { grant_type: 'constructor' }],
    ['invalid_request', { code: '' }],
    ['invalid_grant', { code: 'unknown' }],
    ['invalid_grant', { redirect_uri: 'http://localhost:3001/other' }],
    ['invalid_grant', { code_verifier: 'none-was-announced' }],
  ])('400 %s for %o', async (error, more) => {
    expect(await exchange(await codeFor(), more)).toMatchObject({ status: 400, body: { error } });
  });

  it('400 invalid_grant for a code that is spent, late, or of another application', async () => {
    const code = await codeFor();
    expect(await exchange(code, client(asking))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await exchange(code)).toMatchObject({ status: 200 });
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const late = await codeFor();
    lateBy = 601_000;
    expect(await exchange(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each(['S256', 'plain'])('enforces PKCE %s when it was announced', async (method) => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
    const announced = { code_challenge: challenge, code_challenge_method: method };
    expect(await exchange(await codeFor(announced))).toMatchObject({ body: { error: 'invalid_request' } });
    expect(await exchange(await codeFor(announced), { code_verifier: 'wrong' })).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    expect(await exchange(await codeFor(announced), { code_verifier: verifier })).toMatchObject({ status: 200 });
  });

  it('password and client credentials', async () => {
    const grant = { ...client(trusted), scope: 'read_user' };
    const asUser = { ...grant, grant_type: 'password', username: 'hana', password: 'hana-password' };
    expect(await post('/oauth/token', asUser)).toMatchObject({ status: 200, body: { scope: 'read_user' } });
    const alone = await post('/oauth/token', { ...grant, grant_type: 'client_credentials' });
    expect(alone.body).not.toHaveProperty('refresh_token');
  });
});

describe('refresh', () => {
  const refresh = (token: unknown, more: Record<string, string> = {}) =>
    post('/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: String(token),
      ...client(trusted),
      ...more,
    });

  it('rotates both tokens, even after the access token expired', async () => {
    const { body: first } = await exchange(await codeFor());
    lateBy = 7_300_000;
    const { status, body: second } = await refresh(first.refresh_token, { redirect_uri: REDIRECT_URI });
    expect(status).toBe(200);
    expect(await get('/oauth/userinfo', second.access_token)).toMatchObject({ status: 200 });
    expect(await get('/oauth/userinfo', first.access_token)).toMatchObject({ status: 401 });
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('400 invalid_grant for another redirect URI, 400 invalid_scope for more scope', async () => {
    const { body } = await exchange(await codeFor());
    const elsewhere = await refresh(body.refresh_token, { redirect_uri: 'http://localhost:3001/other' });
    expect(elsewhere.body.error).toBe('invalid_grant');
    expect((await refresh(body.refresh_token, { scope: 'openid api' })).body.error).toBe('invalid_scope');
  });
});

describe('userinfo', () => {
  it.each(['GET', 'POST'])('%s tells about the user', async (method) => {
    const { body } = await exchange(await codeFor());
    expect((await get('/oauth/userinfo', body.access_token, method)).body).toEqual({
      sub: '7',
      sub_legacy: expect.any(String),
      name: user.name,
      nickname: 'hana',
      preferred_username: 'hana',
      email: 'hana@example.com',
      email_verified: true,
      profile: `${double.url}/hana`,
      picture: expect.stringMatching(/^http.*\/avatar\.svg$/),
      groups: ['readers', 'readers/japan'],
      'https://gitlab.org/claims/groups/owner': ['readers'],
    });
  });

  it('serves the picture', async () => {
    const { body } = await exchange(await codeFor());
    const { picture } = (await get('/oauth/userinfo', body.access_token)).body;
    expect((await fetch(String(picture))).headers.get('content-type')).toBe('image/svg+xml');
  });

  it('leaves the address out without the scope email, and says when it is not confirmed', async () => {
    const without = await exchange(await codeFor({ scope: 'openid' }, 'ken'));
    const claims = (await get('/oauth/userinfo', without.body.access_token)).body;
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['email']));
    const withEmail = await exchange(await codeFor({ scope: 'openid email' }, 'ken'));
    expect((await get('/oauth/userinfo', withEmail.body.access_token)).body).toMatchObject({ email_verified: false });
  });

  it('401 invalid_token, in other words for each reason', async () => {
    const unknown = await get('/oauth/userinfo', 'unknown');
    const { body: old } = await exchange(await codeFor());
    const { body: gone } = await exchange(await codeFor());
    await post('/oauth/revoke', { token: String(gone.access_token), ...client(trusted) });
    const revoked = await get('/oauth/userinfo', gone.access_token);
    lateBy = 7_300_000;
    const expired = await get('/oauth/userinfo', old.access_token);
    const answers = [unknown, revoked, expired];
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual(Array(3).fill([401, 'invalid_token']));
    expect(new Set(answers.map(({ body }) => body.error_description)).size).toBe(3);
    for (const { headers } of answers) expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('403 insufficient_scope without openid', async () => {
    const { body } = await exchange(await codeFor({ scope: 'read_user' }));
    expect(body).not.toHaveProperty('id_token');
    const answer = await get('/oauth/userinfo', body.access_token);
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } });
    expect((await get('/api/v4/user', body.access_token)).body).toMatchObject({ id: 7, username: 'hana' });
  });
});

describe('device flow', () => {
  const start = () => post('/oauth/authorize_device', { client_id: trusted.clientId, scope: 'openid' });
  const poll = (code: unknown) =>
    post('/oauth/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(code),
      ...client(trusted),
    });
  async function decide(userCode: unknown, decision: string) {
    const { visit, signIn } = browser();
    await visit(`/oauth/device?user_code=${String(userCode)}`);
    const { csrf } = await visit((await signIn()).location);
    const form = { authenticity_token: csrf, user_code: String(userCode) };
    expect((await visit('/oauth/device', form)).html).toContain('Trusted');
    return visit('/oauth/device', { ...form, decision });
  }

  it('waits, is told to slow down, and gets its token once', async () => {
    const { body } = await start();
    expect(body).toMatchObject({ verification_uri: `${double.url}/oauth/device`, expires_in: 300, interval: 5 });
    expect((await poll(body.device_code)).body.error).toBe('authorization_pending');
    expect((await poll(body.device_code)).body.error).toBe('slow_down');
    expect(await decide(body.user_code, 'authorize')).toMatchObject({ status: 200 });
    expect((await poll(body.device_code)).body).toMatchObject({ scope: 'openid', id_token: expect.any(String) });
    expect((await poll(body.device_code)).body.error).toBe('invalid_grant');
  });

  it('400 access_denied and 400 expired_token', async () => {
    const { body: denied } = await start();
    await decide(denied.user_code, 'deny');
    expect(await poll(denied.device_code)).toMatchObject({ status: 400, body: { error: 'access_denied' } });
    const { body: late } = await start();
    lateBy = 301_000;
    expect(await poll(late.device_code)).toMatchObject({ status: 400, body: { error: 'expired_token' } });
  });
});

describe('revoke, introspect, token info, discovery', () => {
  it('tells an active token from a revoked one', async () => {
    const { body } = await exchange(await codeFor());
    const form = { token: String(body.access_token), ...client(trusted) };
    expect((await post('/oauth/introspect', form)).body).toMatchObject({ active: true, client_id: trusted.clientId });
    expect((await get('/oauth/token/info', body.access_token)).body).toMatchObject({
      resource_owner_id: 7,
      scope: ['openid', 'profile', 'email'],
      application: { uid: trusted.clientId },
    });
    expect(await post('/oauth/revoke', { ...form, ...client(asking) })).toMatchObject({ status: 403 });
    expect(await post('/oauth/revoke', form)).toMatchObject({ status: 200, body: {} });
    expect((await post('/oauth/introspect', form)).body).toEqual({ active: false });
    expect(await get('/oauth/token/info', body.access_token)).toMatchObject({ status: 401 });
  });

  it('discovery names this instance, and other origins may read it', async () => {
    const response = await fetch(`${double.url}/.well-known/openid-configuration`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ issuer: double.url, jwks_uri: `${double.url}/oauth/discovery/keys` });
  });

  it.each(['/oauth/token', '/oauth/revoke', '/oauth/userinfo'])('%s answers a preflight', async (path) => {
    const response = await fetch(double.url + path, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });
});
