// Features 2.8: links that were sent to an address, opened at the hosted pages.
import { expect, test } from 'vitest';
import { createTestApp } from '../../../../test/harness.ts';
import { field, type Page, startSignIn, type Visitor, visit } from '../../../../test/pages.ts';
import { createClient } from '../../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
await app.api('PATCH', '/api/sign-in-exp', {
  signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true }] },
  signUp: { identifiers: ['email'], password: false, verify: true },
});

let count = 0;
const newUser = async () => {
  count += 1;
  const email = `link${count}@example.com`;
  return { ...(await app.modules.users.create(app.scope(), { primaryEmail: email, password: PASSWORD })), email };
};
const made = async (email: string, context: object = {}) =>
  (await app.api('POST', '/api/one-time-tokens', { email, context })).body;
const statusOf = async (id: string) => (await app.api('GET', `/api/one-time-tokens/${id}`)).body.status;
/** Opens the application by the link; nobody is asked to consent, so that a session alone is enough to get through. */
const openLink = (email: string, token: string, visitor: Visitor = visit(app), more: Record<string, string> = {}) => {
  const scope = 'openid profile';
  const request = { one_time_token: token, login_hint: email, prompt: undefined, scope, ...more };
  return startSignIn(app, client, request, visitor);
};
const isAtApp = (page: Page) => new URL(page.url).searchParams.has('code');
const signedIn = async (user: { id: string }) =>
  (await app.api('GET', `/api/users/${user.id}/sessions`)).body.sessions.length;

test('opening the page spends nothing, its button signs the owner in, and the second time says why not', async () => {
  const user = await newUser();
  const { id, token } = await made(user.email);
  const { visitor, page } = await openLink(user.email, token);
  expect(page).toMatchObject({ status: 200, name: 'one-time-token' });
  expect(page.html).toContain(user.email);
  expect(await statusOf(id)).toBe('active');
  expect(isAtApp(await visitor.submit(page, '/one-time-token', {}))).toBe(true);
  expect(await statusOf(id)).toBe('consumed');
  expect(await signedIn(user)).toBe(1);
  const again = await openLink(user.email, token);
  expect(await again.visitor.submit(again.page, '/one-time-token', {})).toMatchObject({ status: 400, name: 'error' });
  expect(await signedIn(user)).toBe(1);
});

test('a newcomer gets an account of the address', async () => {
  const email = 'newcomer@example.com';
  const { visitor, page } = await openLink(email, (await made(email)).token);
  expect(isAtApp(await visitor.submit(page, '/one-time-token', {}))).toBe(true);
  const user = await app.modules.users.findByIdentifier(app.scope(), { type: 'email', value: email });
  expect(user).toMatchObject({ primaryEmail: email });
});

test('somebody else who is signed in is asked, and may stay: the link is left unspent', async () => {
  const [here, other] = [await newUser(), await newUser()];
  const visitor = visit(app);
  const first = await openLink(here.email, (await made(here.email)).token, visitor);
  await visitor.submit(first.page, '/one-time-token', {});
  const { id, token } = await made(other.email);
  const { page } = await openLink(other.email, token, visitor);
  expect(page).toMatchObject({ status: 200, name: 'switch-account' });
  expect(page.html).toContain(here.email);
  expect(page.html).toContain(other.email);
  expect(isAtApp(await visitor.submit(page, '/switch-account', { decision: 'keep' }))).toBe(true);
  expect(await statusOf(id)).toBe('active');
  expect([await signedIn(here), await signedIn(other)]).toEqual([1, 0]);
});

test('or may switch: the other session ends, and the link’s owner is signed in', async () => {
  const [here, other] = [await newUser(), await newUser()];
  const visitor = visit(app);
  const first = await openLink(here.email, (await made(here.email)).token, visitor);
  await visitor.submit(first.page, '/one-time-token', {});
  const { id, token } = await made(other.email);
  const { page } = await openLink(other.email, token, visitor);
  // A form ends the old session, sent by a script where one runs; then it goes on to the application.
  const between = await visitor.submit(page, '/switch-account', { decision: 'switch' });
  expect(await statusOf(id)).toBe('consumed');
  expect([between.status, between.name]).toEqual([200, 'sign-out']);
  expect(between.headers.get('content-security-policy')).toContain("default-src 'none'");
  const end = await visitor.submit(between, '/session/end/confirm', { xsrf: field(between, 'xsrf'), logout: 'yes' });
  expect(new URL(end.url).searchParams.get('code')).toBeTruthy();
  expect([await signedIn(here), await signedIn(other)]).toEqual([0, 1]);
});

test('its own owner who is signed in already goes on, without spending it', async () => {
  const user = await newUser();
  const visitor = visit(app);
  const first = await openLink(user.email, (await made(user.email)).token, visitor);
  await visitor.submit(first.page, '/one-time-token', {});
  const { id, token } = await made(user.email);
  expect(isAtApp((await openLink(user.email.toUpperCase(), token, visitor)).page)).toBe(true);
  expect(await statusOf(id)).toBe('active');
});

test('a request that must not ask is told so, where a link would need an answer', async () => {
  const [here, other] = [await newUser(), await newUser()];
  const visitor = visit(app);
  const first = await openLink(here.email, (await made(here.email)).token, visitor);
  await visitor.submit(first.page, '/one-time-token', {});
  const { token } = await made(other.email);
  const { page } = await openLink(other.email, token, visitor, { prompt: 'none' });
  expect(new URL(page.url).searchParams.get('error')).toBe('login_required');
});

test('a link for a new password leads to that page, and one for signing in does not', async () => {
  const user = await newUser();
  const { token } = await made(user.email, { interactionEvent: 'ForgotPassword' });
  const { visitor, page } = await openLink(user.email, token, undefined, { first_screen: 'reset_password' });
  const reset = await visitor.submit(page, '/one-time-token', {});
  expect(reset.name).toBe('reset-password');
  const next = await visitor.submit(reset, '/reset-password', { password: 'Quiet-otter-7-cloud' });
  expect(next.name).toBe('sign-in');
  expect(await signedIn(user)).toBe(0);

  const plain = await made(user.email);
  const wrong = await openLink(user.email, plain.token, undefined, { first_screen: 'reset_password' });
  const refused = await wrong.visitor.submit(wrong.page, '/one-time-token', {});
  expect(refused).toMatchObject({ status: 400, name: 'error' });
});

test('the link leads into its organizations, however the address is written', async () => {
  const user = await app.modules.users.create(app.scope(), { primaryEmail: 'Mixed.Case@Example.com' });
  const { id: organizationId } = (await app.api('POST', '/api/organizations', { name: 'By link' })).body;
  const { token } = await made('mixed.case@example.com', { jitOrganizationIds: [organizationId] });
  const { visitor, page } = await openLink('mixed.case@example.com', token);
  expect(isAtApp(await visitor.submit(page, '/one-time-token', {}))).toBe(true);
  expect((await app.api('GET', `/api/users/${user.id}/organizations`)).body).toMatchObject([{ id: organizationId }]);
});
