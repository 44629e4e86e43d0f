import { authenticator as otp } from 'otplib';
import { expect, test } from 'vitest';
import { createAuthenticator } from '../../../../test/authenticator.ts';
import { createFactorUsers } from '../../../../test/factors.ts';
import { createTestApp } from '../../../../test/harness.ts';
import { type Page, startSignIn, type Visitor } from '../../../../test/pages.ts';
import { createClient } from '../../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const { newUser, withTotp, settings } = createFactorUsers(app, client);
const PASSWORD = 'Paper-lamp-4-river';

async function signIn(username: string): Promise<{ visitor: Visitor; page: Page }> {
  const { visitor, page } = await startSignIn(app, client);
  return { visitor, page: await visitor.submit(page, '/sign-in', { identifier: username, password: PASSWORD }) };
}
const codeOf = (secret: string, step = 0) =>
  otp.clone({ epoch: app.scope().now.getTime() + step * 30_000 }).generate(secret);
const isAtApp = (page: Page) => new URL(page.url).searchParams.has('code');
const optionsOf = (page: Page) => {
  const [, json = '{}'] = /data-options="([^"]*)"/.exec(page.html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
};

test('without JavaScript: an app is set up, backup codes are shown, and both open the door later', async () => {
  await settings({ mfa: { factors: ['Totp', 'BackupCode'], policy: 'Mandatory' } });
  const user = await newUser();
  const { visitor, page: setup } = await signIn(user.username);
  expect(setup.name).toBe('mfa-setup');
  const bind = await visitor.submit(setup, '/mfa-setup', { factor: 'Totp' });
  expect(bind.name).toBe('bind-totp');
  const secret = /[A-Z2-7]{32}/.exec(bind.html)?.[0] ?? '';
  const wrong = await visitor.submit(bind, '/mfa-binding', { code: '000000' });
  expect(wrong).toMatchObject({ status: 422, name: 'bind-totp' });
  expect(wrong.html).toContain(secret);
  const codesPage = await visitor.submit(wrong, '/mfa-binding', { code: codeOf(secret) });
  expect(codesPage.name).toBe('bind-backup-codes');
  const codes = [...new Set(codesPage.html.match(/\b[\da-f]{10}\b/g))];
  expect(codes).toHaveLength(10);
  expect(isAtApp(await visitor.submit(codesPage, '/mfa-binding', {}))).toBe(true);

  const second = await signIn(user.username);
  expect(second.page.name).toBe('mfa-verify');
  const refused = await second.visitor.submit(second.page, '/mfa-verification', { code: codeOf(secret) });
  expect(refused).toMatchObject({ status: 422, name: 'mfa-verify' });
  const proved = await second.visitor.submit(refused, '/mfa-verification', { code: codeOf(secret, 1) });
  expect(isAtApp(proved)).toBe(true);

  const third = await signIn(user.username);
  const other = await third.visitor.submit(third.page, '/mfa-verification/factor', { factor: 'BackupCode' });
  expect(isAtApp(await third.visitor.submit(other, '/mfa-verification', { code: codes[4] ?? '' }))).toBe(true);
});

test('an offer can be declined for good', async () => {
  await settings({ mfa: { factors: ['Totp'], policy: 'PromptAtSignInAndSignUp' } });
  const user = await newUser();
  const { visitor, page } = await signIn(user.username);
  expect(isAtApp(await visitor.submit(page, '/mfa-setup/skip', {}))).toBe(true);
  expect(isAtApp((await signIn(user.username)).page)).toBe(true);
});

test('a passkey is created on the offer, then signs in from the first page without a second step', async () => {
  await settings({
    mfa: { factors: ['Totp'], policy: 'NoPrompt' },
    passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true },
  });
  const user = await newUser();
  const key = createAuthenticator(app.origin);
  const { visitor, page } = await signIn(user.username);
  expect(page.name).toBe('bind-passkey');
  const credential = JSON.stringify(key.create(optionsOf(page)));
  expect(isAtApp(await visitor.submit(page, '/mfa-binding', { credential, name: 'My phone' }))).toBe(true);
  await withTotp(user.id);
  const [passkey] = (await app.api('GET', `/api/users/${user.id}/mfa-verifications`)).body;
  expect(passkey).toMatchObject({ type: 'WebAuthn', name: 'My phone' });

  const again = await startSignIn(app, client);
  const nonsense = await again.visitor.submit(again.page, '/sign-in/passkey', { credential: '{}' });
  expect(nonsense).toMatchObject({ status: 422, name: 'sign-in' });
  const answer = JSON.stringify(key.get(optionsOf(nonsense)));
  expect(isAtApp(await again.visitor.submit(nonsense, '/sign-in/passkey', { credential: answer }))).toBe(true);
});

test('an administrator’s link is opened, and the sign-in of that browser sets a new factor up instead of proving the old', async () => {
  await settings({ mfa: { factors: ['Totp'], policy: 'NoPrompt' } });
  const user = await newUser();
  const lost = await withTotp(user.id);
  const { url } = (await app.api('POST', `/api/users/${user.id}/mfa-recovery-links`)).body;
  const { visitor, page } = await startSignIn(app, client);
  const opened = await visitor.open(url);
  expect(opened).toMatchObject({ status: 200, name: 'mfa-recovery' });
  // The address has the token in it.
  expect(opened.headers.get('cache-control')).toContain('no-store');
  expect((await visitor.open(url)).name).toBe('mfa-recovery');
  const setup = await visitor.submit(page, '/sign-in', { identifier: user.username, password: PASSWORD });
  expect(setup.name).toBe('mfa-setup');
  const bind = await visitor.submit(setup, '/mfa-setup', { factor: 'Totp' });
  const secret = /[A-Z2-7]{32}/.exec(bind.html)?.[0] ?? '';
  expect(secret).not.toBe(lost);
  expect(isAtApp(await visitor.submit(bind, '/mfa-binding', { code: codeOf(secret) }))).toBe(true);
  expect(await visitor.open(url)).toMatchObject({ status: 403, name: 'error' });
  const next = await signIn(user.username);
  const proved = await next.visitor.submit(next.page, '/mfa-verification', { code: codeOf(secret, 1) });
  expect(isAtApp(proved)).toBe(true);
});

test('a passkey proves the second step', async () => {
  await settings({ mfa: { factors: ['WebAuthn'], policy: 'Mandatory' } });
  const user = await newUser();
  const key = createAuthenticator(app.origin, { counts: false });
  const { visitor, page } = await signIn(user.username);
  const bind = await visitor.submit(page, '/mfa-setup', { factor: 'WebAuthn' });
  const credential = JSON.stringify(key.create(optionsOf(bind)));
  expect(isAtApp(await visitor.submit(bind, '/mfa-binding', { credential }))).toBe(true);
  const next = await signIn(user.username);
  const answer = JSON.stringify(key.get(optionsOf(next.page)));
  expect(isAtApp(await next.visitor.submit(next.page, '/mfa-verification', { credential: answer }))).toBe(true);
});
