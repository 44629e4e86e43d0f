// Threat class "redirect_uri matching": authentik CVE-2024-52289 and CVE-2024-21637; RFC 9700 §2.1 and §4.1.
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { authorizationRequest, createClient, requestToken, signInThrough, type TestClient } from '../protocol.ts';

const app = await createTestApp();
const EXACT = 'https://app.example.com/callback';
const PREVIEW = 'https://*.preview.example.com/callback';
const LOOPBACK = 'http://127.0.0.1:5999/native';
let web: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app, { redirectUris: [EXACT, PREVIEW, LOOPBACK] });
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
});

/** Asks with this address: the status, and where the browser would be sent. */
async function ask(client: TestClient, redirectUri: string | undefined) {
  const answer = await createBrowser(app.origin).get(
    authorizationRequest(app, client, { redirect_uri: redirectUri }).url,
  );
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
}

/** Refused on a page: neither a code nor an error may travel to an address that is not the application's. */
async function expectPage(client: TestClient, redirectUri: string | undefined): Promise<void> {
  const { status, location, html } = await ask(client, redirectUri);
  expect([status, location]).toEqual([400, null]);
  if (redirectUri) expect(html).not.toContain(`href="${redirectUri}`);
}

describe('authorization endpoint', () => {
  test.each([EXACT, 'https://pr-7.preview.example.com/callback', LOOPBACK])('accepts %s', async (redirectUri) => {
    expect((await ask(web, redirectUri)).status).toBe(303);
  });

  test.each([
    ['dot as any character', 'https://appXexample.com/callback'],
    ['suffix of the host', 'https://app.example.com.evil.org/callback'],
    ['prefix of the host', 'https://evil-app.example.com/callback'],
    ['another scheme', 'http://app.example.com/callback'],
    ['a script', 'javascript:alert(document.domain)//https://app.example.com/callback'],
    ['data', 'data:text/html,https://app.example.com/callback'],
    ['another port', 'https://app.example.com:8443/callback'],
    ['the default port written out', 'https://app.example.com:443/callback'],
    ['upper case', 'https://APP.example.com/callback'],
    ['trailing slash', `${EXACT}/`],
    ['longer path', `${EXACT}/../evil`],
    ['path traversal', 'https://app.example.com/x/../callback'],
    ['encoded traversal', 'https://app.example.com/x/%2e%2e/callback'],
    ['query', `${EXACT}?next=https://evil.example`],
    ['fragment', `${EXACT}#https://evil.example`],
    ['user info', 'https://app.example.com@evil.example/callback'],
    ['user info before the host', 'https://evil.example@app.example.com/callback'],
    ['backslash', 'https://evil.example\\.app.example.com/callback'],
    ['scheme-relative', '//app.example.com/callback'],
    ['path only', '/callback'],
    ['white space', ` ${EXACT}`],
    ['line break', `${EXACT}\r\nx-evil: 1`],
    ['null byte', `${EXACT}\0`],
    ['IPv6 loopback for IPv4', 'http://[::1]:5999/native'],
    ['IPv4 in IPv6', 'http://[::ffff:127.0.0.1]:5999/native'],
    ['decimal IPv4', 'http://2130706433:5999/native'],
    ['localhost for its address', 'http://localhost:5999/native'],
    ['another port of the loopback, for a web app', 'http://127.0.0.1:6000/native'],
    ['the pattern itself', PREVIEW],
    ['two labels for one wildcard', 'https://a.b.preview.example.com/callback'],
    ['no label for the wildcard', 'https://.preview.example.com/callback'],
    ['wildcard reached by path', 'https://evil.org/x.preview.example.com/callback'],
    ['wildcard reached by user info', 'https://x@evil.org:.preview.example.com/callback'],
    ['not there', undefined],
    ['empty', ''],
  ])('400 on a page without a redirect: %s', async (_name, redirectUri) => {
    await expectPage(web, redirectUri);
  });

  test('an application without any address learns none from the first request (CVE-2024-52289)', async () => {
    const empty = await createClient(app, { redirectUris: [] });
    await expectPage(empty, EXACT);
    await expectPage(empty, EXACT);
  });

  test('two redirect_uri parameters are refused, in either order', async () => {
    for (const pair of [
      [EXACT, 'https://evil.example/'],
      ['https://evil.example/', EXACT],
    ]) {
      const url = new URL(authorizationRequest(app, web, { redirect_uri: undefined }).url);
      for (const value of pair) url.searchParams.append('redirect_uri', value);
      const answer = await createBrowser(app.origin).get(url.href);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    }
  });

  test('another application’s address is no address of this one', async () => {
    const other = await createClient(app, { redirectUris: ['https://other.example/callback'] });
    await expectPage(other, EXACT);
    await expectPage(web, other.redirectUri);
  });
});

describe('token endpoint (RFC 6749 §4.1.3)', () => {
  test.each([
    ['another registered address', LOOPBACK],
    ['a longer one', `${EXACT}/`],
    ['none', undefined],
  ])('400 for a code that was sent elsewhere: %s', async (_name, redirectUri) => {
    const request = authorizationRequest(app, web);
    const callback = await signInThrough(app, request, userId);
    const answer = await requestToken(app, web, {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      code_verifier: request.verifier,
      ...(redirectUri && { redirect_uri: redirectUri }),
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(/^invalid_(grant|request)$/);
  });
});

describe('registering', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://*.com/cb',
    `${EXACT}#top`,
    'https://a@app.example.com/',
  ])('400 or 422 for %s', async (redirectUri) => {
    const answer = await app.api('PATCH', `/api/applications/${web.id}`, {
      oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
    });
    expect([400, 422]).toContain(answer.status);
  });
});
