// Threat class "open redirect", protocol endpoints: logto#8903, Zitadel GHSA-v959-qxv6-6f8p, Keycloak CVE-2023-6927.
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { authorizationRequest, createClient, obtainTokens, SIGNED_OUT_URI, type TestClient } from '../protocol.ts';

const app = await createTestApp();
const issuer = `${app.origin}/oidc`;
let web: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app);
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
});

/** Addresses that are none of the application's, in the shapes that slip through careless comparisons. */
const ELSEWHERE = [
  'https://evil.example/',
  '//evil.example/',
  '\\\\evil.example/',
  '/\\evil.example/',
  'https:evil.example',
  'javascript:alert(document.domain)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  `${SIGNED_OUT_URI}@evil.example/`,
  'http://127.0.0.1:5999@evil.example/',
  'http://127.0.0.1:5999.evil.example/',
  'HTTP://127.0.0.1:5999/',
  'http%3A%2F%2F127.0.0.1%3A5999%2F',
  `${SIGNED_OUT_URI}%2F..%2Fevil`,
  `${SIGNED_OUT_URI}#evil`,
  `${SIGNED_OUT_URI}?x=1`,
  'http://localhost:5999/',
  'http://127.0.0.1:5998/',
];

/** Nothing in the answer leads to `address`: no Location, no refresh, no link, no form. */
async function expectNoWayTo(answer: Response, address: string): Promise<void> {
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.get('refresh')).toBeNull();
  const html = await answer.text();
  const targets = [...html.matchAll(/(?:href|action|src|content)="([^"]*)"/g)].map(([, target]) => target);
  expect(targets.filter((target) => target?.includes('evil') || target === address)).toEqual([]);
  expect(html).not.toContain('<script>alert');
}

describe('GET /oidc/session/end', () => {
  test.each(ELSEWHERE)('400 on a page for post_logout_redirect_uri %j', async (address) => {
    const query = new URLSearchParams({ client_id: web.id, post_logout_redirect_uri: address });
    const answer = await createBrowser(app.origin).get(`${issuer}/session/end?${query}`);
    expect(answer.status).toBe(400);
    await expectNoWayTo(answer, address);
  });

  test.each(ELSEWHERE)('400 in the form as a POST too: %j', async (address) => {
    const answer = await createBrowser(app.origin).post(`${issuer}/session/end`, {
      client_id: web.id,
      post_logout_redirect_uri: address,
    });
    expect(answer.status).toBe(400);
    await expectNoWayTo(answer, address);
  });

  test('without an application no address is followed, a registered one neither', async () => {
    const browser = createBrowser(app.origin);
    await obtainTokens(app, web, userId, {}, browser);
    const query = new URLSearchParams({ post_logout_redirect_uri: SIGNED_OUT_URI });
    const page = await (await browser.get(`${issuer}/session/end?${query}`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const done = await browser.post(`${issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(new URL(done.headers.get('location') ?? '').origin).toBe(app.origin);
  });

  test('a redirect URI is not a sign-out address', async () => {
    const query = new URLSearchParams({ client_id: web.id, post_logout_redirect_uri: web.redirectUri });
    expect((await createBrowser(app.origin).get(`${issuer}/session/end?${query}`)).status).toBe(400);
  });

  test('another application’s address does not count, nor an ID token of another application', async () => {
    const other = await createClient(app);
    const { body } = await obtainTokens(app, other, userId);
    const query = new URLSearchParams({
      client_id: web.id,
      id_token_hint: body.id_token,
      post_logout_redirect_uri: SIGNED_OUT_URI,
    });
    const answer = await createBrowser(app.origin).get(`${issuer}/session/end?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });
});

describe('GET /oidc/auth', () => {
  test.each(ELSEWHERE)('400 on a page for redirect_uri %j', async (address) => {
    const answer = await createBrowser(app.origin).get(authorizationRequest(app, web, { redirect_uri: address }).url);
    expect(answer.status).toBe(400);
    await expectNoWayTo(answer, address);
  });

  test('an unknown client is told on a page, whatever address it names', async () => {
    const answer = await createBrowser(app.origin).get(
      authorizationRequest(app, { ...web, id: 'unknown-client' }, { redirect_uri: 'https://evil.example/' }).url,
    );
    expect(answer.status).toBe(400);
    await expectNoWayTo(answer, 'https://evil.example/');
  });
});
