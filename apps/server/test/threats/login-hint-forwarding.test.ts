// Threat class "upstream login_hint": Kratos v26.2.19; the caller's hint is never passed on, and never decides who it is.
import { expect, test } from 'vitest';
import { connectGitlab, pressSocial } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { messagesTo } from '../mail.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
await connectGitlab(app, []);
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

test('a hint sends nothing to anybody', async () => {
  await startSignIn(app, client, { login_hint: 'victim@example.com' });
  await startSignIn(app, client, { login_hint: 'victim@example.com', first_screen: 'reset_password' });
  expect(await messagesTo(app, 'victim@example.com')).toEqual([]);
});

test('a link is only good with the address that it was sent to, whatever the hint says', async () => {
  const { token } = (await app.api('POST', '/api/one-time-tokens', { email: 'mine@example.com' })).body;
  const { visitor, page } = await startSignIn(app, client, { one_time_token: token, login_hint: 'victim@example.com' });
  const refused = await visitor.submit(page, '/one-time-token', {});
  expect(refused).toMatchObject({ status: 400, name: 'error' });
  expect((await app.api('GET', '/api/users')).body).toEqual([]);
});
