// The ways around the straight one (features 3.3): codes as a second step from a real mail server, a device without a
// keyboard, another account, a profile that has to be completed, and what helps whoever has lost a key.
import { expect, type Page, test } from '@playwright/test';
import { authenticator } from 'otplib';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { addAuthenticator, enterCode, fill, openShop, type Shop } from './shop.ts';

const PASSWORD = 'Paper-lamp-4-river';
const PHONE = { width: 390, height: 844 };

let shop: Shop;
let mailbox: Mailbox;

const set = (settings: object) => shop.api('PATCH', '/api/sign-in-exp', settings);

const PLAIN = {
  signIn: {
    methods: [
      { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
      { identifier: 'email', password: true, verificationCode: false, isPasswordPrimary: true },
    ],
  },
  signUp: { identifiers: ['username'], password: true, verify: false },
  forgotPasswordMethods: ['EmailVerificationCode'],
  mfa: { factors: [], policy: 'NoPrompt' },
  passkeySignIn: { enabled: false },
};

/** A user with a password and an address. */
const newUser = async (username: string) => {
  const primaryEmail = `${username}@example.com`;
  const { id } = await shop.api('POST', '/api/users', { username, primaryEmail, password: PASSWORD });
  return { id, username, primaryEmail };
};
/** As far as the password goes. */
const enter = async (page: Page, { username }: { username: string }, extra: Record<string, string> = {}) => {
  await page.goto(shop.signInUrl(extra));
  // What is offered at first depends on the settings: one field, or both.
  await page.locator('form [name="identifier"]').fill(username);
  if ((await page.locator('form [name="password"]').count()) === 0) {
    await page.locator('form .lk-button-primary').first().click();
  }
  await fill(page, { password: PASSWORD });
};

test.beforeAll(async ({ browser }) => {
  [shop, mailbox] = await Promise.all([openShop(browser), openMailbox()]);
  await shop.api('POST', '/api/connectors', mailbox.connector);
});
test.beforeEach(() => set(PLAIN));
test.afterAll(() => Promise.all([shop?.close(), mailbox?.close()]));

for (const javaScriptEnabled of [true, false]) {
  const name = (base: string) => `${base}_${javaScriptEnabled ? 'script' : 'plain'}`;

  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, locale: 'en-US', viewport: PHONE });

    test('a code from the mail server is the second step', async ({ page }) => {
      await set({ mfa: { factors: ['EmailVerificationCode'], policy: 'Mandatory' } });
      const user = await newUser(name('dorothy'));
      await enter(page, user);
      await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
      await expect(page.getByText(user.primaryEmail)).toBeHidden();
      const arrived = shop.arrival(page);
      await enterCode(page, await mailbox.codeFor(user.primaryEmail));
      await arrived;
    });

    test('a forgotten password is replaced by a code from the mail server', async ({ page }) => {
      const user = await newUser(name('annie'));
      await page.goto(shop.signInUrl({ first_screen: 'reset_password' }));
      await fill(page, { identifier: user.primaryEmail });
      await expect(page.locator('form [name="code"]')).toBeVisible();
      await enterCode(page, await mailbox.codeFor(user.primaryEmail));
      await fill(page, { password: 'Quiet-otter-7-cloud' });
      await expect(page.getByText('Your password is changed.')).toBeVisible();
    });

    test('a device shows a code, its owner confirms it and signs in, and the device has its tokens', async ({
      page,
    }) => {
      const user = await newUser(name('katherine'));
      const device = await shop.startDevice();
      await page.goto(device.verificationUri);
      await fill(page, { user_code: device.userCode });
      await expect(page.getByText(device.userCode)).toBeVisible();
      expect(await device.poll()).toBe('authorization_pending');
      await page.getByRole('button', { name: /Yes/ }).click();
      await page.locator('form [name="identifier"]').waitFor();
      await page.locator('form [name="identifier"]').fill(user.username);
      if ((await page.locator('form [name="password"]').count()) === 0) {
        await page.locator('form .lk-button-primary').first().click();
      }
      await fill(page, { password: PASSWORD });
      await expect(page.getByRole('heading', { name: 'Your device is connected' })).toBeVisible();
      expect(await device.poll()).toBe('tokens');
    });

    test('a link for somebody else asks whose turn it is, and switches', async ({ page }) => {
      const [here, other] = [await newUser(name('mary_here')), await newUser(name('mary_other'))];
      const first = shop.arrival(page);
      await enter(page, here);
      await first;
      const { token } = await shop.api('POST', '/api/one-time-tokens', { email: other.primaryEmail });
      await page.goto(shop.signInUrl({ one_time_token: token, login_hint: other.primaryEmail }));
      await expect(page.getByRole('heading', { name: 'Switch accounts?' })).toBeVisible();
      await expect(page.getByText(here.username).first()).toBeVisible();
      const arrived = shop.arrival(page);
      await page.getByRole('button', { name: other.primaryEmail }).click();
      // A script sends the form that ends the other session; without one it is a click more.
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue' }).click();
      await arrived;
    });

    test('an account gets the address that the tenant wants by now, proved by a code', async ({ page }) => {
      const { username } = await shop.api('POST', '/api/users', { username: name('sophie'), password: PASSWORD });
      await set({
        signUp: {
          identifiers: ['username'],
          password: true,
          verify: true,
          secondaryIdentifiers: [{ identifier: 'email', verify: true }],
        },
      });
      await enter(page, { username });
      await expect(page.getByRole('heading', { name: 'Almost there' })).toBeVisible();
      const email = `${username}@example.com`;
      await fill(page, { email });
      const arrived = shop.arrival(page);
      await enterCode(page, await mailbox.codeFor(email));
      await arrived;
      const [user] = await shop.api('GET', `/api/users?search=${username}`);
      expect(user.primaryEmail).toBe(email);
    });

    test('an administrator’s link lets whoever has lost the second step set up a new one', async ({ page }) => {
      await set({ mfa: { factors: ['Totp'], policy: 'Mandatory' } });
      const user = await newUser(name('chien'));
      const { secret: lost } = await shop.api('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'Totp' });
      const { url } = await shop.api('POST', `/api/users/${user.id}/mfa-recovery-links`);
      await page.goto(url);
      await expect(page.getByRole('heading', { name: 'Your recovery link is ready' })).toBeVisible();
      await enter(page, user);
      await expect(page.getByRole('heading', { name: 'Protect your account' })).toBeVisible();
      await page.getByRole('button', { name: /Authenticator app/ }).click();
      const secret = ((await page.locator('.lk-secret').textContent()) ?? '').replaceAll(' ', '');
      expect(secret).not.toBe(lost);
      const arrived = shop.arrival(page);
      await enterCode(page, authenticator.generate(secret));
      await arrived;
    });
  });
}

test.describe('a passkey as the second step', () => {
  test.use({ locale: 'en-US' });

  test('is set up, proves the next sign-in, and a backup code stands in for one that is lost', async ({ page }) => {
    await set({ mfa: { factors: ['WebAuthn', 'BackupCode'], policy: 'Mandatory' } });
    const device = await addAuthenticator(page);
    const user = await newUser('rosalind');
    await enter(page, user);
    await page.getByRole('button', { name: /Passkey/ }).click();
    await page.locator('form [name="name"]').fill('Laptop');
    await page.getByRole('button', { name: 'Create passkey' }).click();
    await expect(page.getByRole('heading', { name: 'Keep your backup codes' })).toBeVisible();
    const [backupCode = ''] = await page.locator('.lk-backup-codes code').allTextContents();
    const arrived = shop.arrival(page);
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await arrived;
    const keys = await shop.api('GET', `/api/users/${user.id}/mfa-verifications`);
    expect(keys.find(({ type }: { type: string }) => type === 'WebAuthn')).toMatchObject({ name: 'Laptop' });

    await enter(page, user);
    const byKey = shop.arrival(page);
    await page.getByRole('button', { name: 'Use passkey' }).click();
    await byKey;

    await device.lose();
    await enter(page, user);
    await page.getByRole('button', { name: 'Backup code' }).click();
    const byBackupCode = shop.arrival(page);
    await enterCode(page, backupCode);
    await byBackupCode;
  });
});
