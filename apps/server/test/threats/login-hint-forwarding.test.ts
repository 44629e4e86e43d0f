// Threat class "upstream login_hint": Kratos v26.2.19; the caller's hint is never passed on, and never decides who it is.
import { expect, test } from 'vitest';
import { connectOidcEnterprise, discoveringEgress, startEnterpriseProvider } from '../enterprise-oidc.ts';
import { connectGitlab, pressSocial } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { messagesTo } from '../mail.ts';
import { field, startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const { egress, documents } = discoveringEgress();
const app = await createTestApp({}, { egress });
const client = await createClient(app);
await connectGitlab(app, []);
const enterprise = await startEnterpriseProvider(documents, { sub: 'ada' });
const enterpriseId = await connectOidcEnterprise(app.api, enterprise, { domains: ['acme.example'] });
const HINT = 'victim@example.com"><script>alert(1)</script>';

test('a provider is not told the hint, by its button or at once', async () => {
  const { visitor, page } = await startSignIn(app, client, { login_hint: HINT });
  expect(page.html).not.toContain('<script>alert');
  const address = await pressSocial(visitor, page);
  expect(address).toContain('state=');
  expect(decodeURIComponent(address)).not.toContain('victim');

  const direct = await startSignIn(app, client, { login_hint: HINT, direct_sign_in: 'social:gitlab' });
  expect(decodeURIComponent(direct.page.url)).not.toContain('victim');
});

test('nor is a provider of an enterprise, unless it is what somebody has typed', async () => {
  await app.api('PATCH', '/api/sign-in-exp', { singleSignOnEnabled: true });
  const hinted = { login_hint: 'victim@acme.example', direct_sign_in: `sso:${enterpriseId}` };
  const { page } = await startSignIn(app, client, hinted);
  expect(page.url.startsWith(`${enterprise.issuer}/authorize?`)).toBe(true);
  expect(decodeURIComponent(page.url)).not.toContain('victim');

  const other = await startSignIn(app, client, { login_hint: 'victim@acme.example' });
  const form = await other.visitor.open(`${app.origin}/single-sign-on${new URL(other.page.url).search}`);
  const left = await other.visitor.submit(form, '/single-sign-on', { identifier: 'ada@acme.example' });
  expect(new URL(left.url).searchParams.get('login_hint')).toBe('ada@acme.example');
});

test('a hint sends nothing to anybody', async () => {
  await startSignIn(app, client, { login_hint: 'victim@example.com' });
  await startSignIn(app, client, { login_hint: 'victim@example.com', first_screen: 'reset_password' });
  expect(await messagesTo(app, 'victim@example.com')).toEqual([]);
});

test('a link is only good with the address that it was sent to, whatever the hint says', async () => {
  const { token } = (await app.api('POST', '/api/one-time-tokens', { email: 'mine@example.com' })).body;
  const { visitor, page } = await startSignIn(app, client, { one_time_token: token, login_hint: 'victim@example.com' });
  expect(page.name).toBe('link-ended');
  // Its page has no such form; whoever sends it all the same is told the same.
  const form = `${app.origin}/one-time-token${new URL(page.url).search}`;
  const sent = await visitor.browser.post(form, { csrf: field(page, 'csrf') });
  expect(await sent.text()).toContain('lk-page-link-ended');
  expect((await app.api('GET', '/api/users')).body).toEqual([]);
});
