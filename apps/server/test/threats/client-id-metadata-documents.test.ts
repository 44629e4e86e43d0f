// Threat class "CIMD": a client that nobody registered says by a document who it is (draft-ietf-oauth-client-id-metadata-document).
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Egress, EgressError } from '../../src/kernel/egress.ts';
import { createTestApp } from '../harness.ts';
import { visit } from '../pages.ts';
import { authorizationRequest, consentThrough, redeemCode, requestToken } from '../protocol.ts';

/** Stands in a document for the address that it is fetched from: each test has a client of its own. */
const ITSELF = 'itself';
const REDIRECT = 'http://127.0.0.1:7777/callback';
const GOOD = {
  client_id: ITSELF,
  client_name: 'Agent',
  redirect_uris: [REDIRECT],
  logo_uri: 'https://agent.example/logo.png',
};

let served: { status?: number; body?: unknown; headers?: Record<string, string> } = {};
let fetched: string[] = [];
let client = { id: '', secret: undefined, redirectUri: REDIRECT };
let tests = 0;
const internet: Egress = async (url, init) => {
  fetched.push(String(url));
  expect(init?.maxBytes).toBe(5120);
  const body = typeof served.body === 'string' ? served.body : JSON.stringify(served.body);
  const text = body.replace(`"${ITSELF}"`, JSON.stringify(String(url)));
  if (text.length > 5120) throw new EgressError('too_large', 'the answer is larger');
  return new Response(text, { status: served.status ?? 200, headers: served.headers ?? {} });
};

const app = await createTestApp({}, { egress: internet });
let userId: string;

beforeAll(async () => {
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
  await app.api('POST', '/api/cimd/user-consent-scopes', { userScopes: ['profile'] });
});

const switchTo = (enabled: boolean) => app.api('PATCH', '/api/configs/cimd', { enabled });

beforeEach(() => {
  tests += 1;
  client = { ...client, id: `https://agent.example/oauth/client-${tests}.json` };
  served = { body: GOOD };
  fetched = [];
});

const authorize = (id = client.id) =>
  visit(app).open(authorizationRequest(app, { ...client, id }, { scope: 'openid offline_access profile' }).url);

test('off by default: the address is no client, and nothing is fetched', async () => {
  expect((await app.api('GET', '/api/configs/cimd')).body).toEqual({ enabled: false });
  const page = await authorize();
  expect(page.html).toContain('invalid_client');
  expect(fetched).toEqual([]);
  const discovery = await fetch(`${app.origin}/oidc/.well-known/openid-configuration`);
  expect(await discovery.json()).not.toHaveProperty('client_id_metadata_document_supported');
});

test('on: the user sees the host, consents each time, and the client refreshes within the ceiling', async () => {
  expect((await switchTo(true)).body).toEqual({ enabled: true });
  const request = authorizationRequest(app, client, { scope: 'openid offline_access profile' });
  const callback = await consentThrough(app, request, userId);
  const { status, body } = await redeemCode(app, client, request, callback);
  expect(status).toBe(200);
  expect(body.scope.split(' ').sort()).toEqual(['offline_access', 'openid', 'profile']);
  const refreshed = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
  const again = await requestToken(app, client, refreshed);
  expect(again.status).toBe(200);
  expect(new Set(fetched)).toEqual(new Set([client.id]));
  const { grants } = (await app.api('GET', `/api/users/${userId}/grants`)).body;
  expect(grants).toContainEqual(
    expect.objectContaining({ application: { id: client.id, name: 'agent.example', isThirdParty: true } }),
  );

  await switchTo(false);
  const off = await requestToken(app, client, { ...refreshed, refresh_token: again.body.refresh_token });
  expect(off.body.error).toBe('invalid_client');
  await switchTo(true);
});

test('the consent page names the host, and loads nothing from it', async () => {
  await app.modules.users.create(app.scope(), { username: 'eve', password: 'Paper-lamp-4-river' });
  const person = visit(app);
  const first = await person.open(authorizationRequest(app, client, { scope: 'openid profile' }).url);
  const consent = await person.submit(first, '/sign-in', { identifier: 'eve', password: 'Paper-lamp-4-river' });
  expect(consent.name).toBe('consent');
  expect(consent.html).toContain('<strong>agent.example</strong>');
  expect(consent.html).not.toContain('logo.png');
  const next = await person.submit(consent, '/consent', { decision: 'allow' });
  expect(next.url).toContain(`${REDIRECT}?code=`);
  const once = await person.open(authorizationRequest(app, client, { scope: 'openid profile' }).url);
  expect(once.name).toBe('consent');
});

test('a user who registers with it is known to have come by it, and by no application', async () => {
  await switchTo(true);
  const visitor = visit(app);
  const request = authorizationRequest(app, client, { scope: 'openid', first_screen: 'register' });
  const page = await visitor.open(request.url);
  expect(page.name).toBe('register');
  const next = await visitor.submit(page, '/register', { username: 'newcomer', password: 'Paper-lamp-4-river' });
  expect(next.name).toBe('consent');
  const [user] = (await app.api('GET', '/api/users?search.username=newcomer')).body;
  expect(user).toMatchObject({ cimdClientId: client.id, applicationId: null });
});

test('a scope beyond the ceiling is refused', async () => {
  const { url } = await visit(app).open(authorizationRequest(app, client, { scope: 'openid email' }).url);
  expect(new URL(url).searchParams.get('error')).toBe('invalid_scope');
});

describe('addresses that are no client ids', () => {
  test.each([
    'http://agent.example/client.json',
    'https://agent.example/',
    'https://agent.example/client.json?x=1',
    'https://agent.example/client.json?',
    'https://agent.example/client.json#me',
    'https://user:pass@agent.example/client.json',
    'https://agent.example:443/client.json',
    'https://AGENT.example/client.json',
    'https://agent.example/a/../client.json',
    'https://agent.example/a/%2e%2e/client.json',
    'https://agent.example\\@evil.example/client.json',
    `https://agent.example/${'x'.repeat(2048)}`,
  ])('%s', async (id) => {
    const page = await authorize(id);
    expect(page.html).toContain('invalid_client');
    expect(fetched).toEqual([]);
  });
});

describe('documents that are not taken', () => {
  test.each<[string, typeof served]>([
    ['another client_id', { body: { ...GOOD, client_id: 'https://agent.example/other.json' } }],
    ['a secret', { body: { ...GOOD, client_secret: 'x' } }],
    ['authentication by a secret', { body: { ...GOOD, token_endpoint_auth_method: 'client_secret_basic' } }],
    ['settings that are the tenant’s to make', { body: { ...GOOD, isThirdParty: false } }],
    ['a ceiling of its own', { body: { ...GOOD, ceiling: {} } }],
    ['no redirect URI', { body: { ...GOOD, redirect_uris: [] } }],
    ['a script as redirect URI', { body: { ...GOOD, redirect_uris: ['javascript:alert(1)'] } }],
    ['a redirect URI on every host', { body: { ...GOOD, redirect_uris: ['https://*/callback'] } }],
    ['an algorithm that the tenant cannot sign', { body: { ...GOOD, id_token_signed_response_alg: 'HS256' } }],
    ['more than 5 KB', { body: { ...GOOD, client_uri: 'x'.repeat(6000) } }],
    ['no JSON', { body: '<html>' }],
    ['a list', { body: [GOOD] }],
    ['a redirect', { status: 302, body: GOOD, headers: { location: 'https://agent.example/other.json' } }],
    ['an error', { status: 404, body: GOOD }],
  ])('with %s', async (_what, answer) => {
    served = answer;
    const page = await authorize();
    expect(page.html).toContain('invalid_client');
    expect(page.name).toBe('error');
  });
});

test('50 requests at once fetch one document, and it is kept for 30 seconds even if it asks not to be', async () => {
  served = { body: GOOD, headers: { 'cache-control': 'no-store' } };
  await Promise.all(Array.from({ length: 50 }, () => authorize()));
  await authorize();
  expect(fetched).toEqual([client.id]);
});

test('a document that was refused is not kept', async () => {
  served = { status: 500, body: GOOD };
  expect((await authorize()).name).toBe('error');
  served = { body: GOOD };
  expect((await authorize()).name).toBe('sign-in');
});
