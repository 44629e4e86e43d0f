// Every way through the hosted pages that a person takes (features 3.3), with JavaScript and, where it is possible at
// all, without. One service for all of it.
import { expect, test } from '@playwright/test';
import { authenticator } from 'otplib';
import { addAuthenticator, enterCode, fill, openShop, type Shop } from './shop.ts';

const PASSWORD = 'Paper-lamp-4-river';
const NEW_PASSWORD = 'Quiet-otter-7-cloud';
const PHONE = { width: 390, height: 844 };

let shop: Shop;

const set = (settings: object) => shop.api('PATCH', '/api/sign-in-exp', settings);

/** What most stories start from: a username and a password. */
const PLAIN = {
  signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
  signUp: { identifiers: ['username'], password: true, verify: false },
  forgotPasswordMethods: [],
  mfa: { factors: [], policy: 'NoPrompt' },
  passkeySignIn: { enabled: false },
  captchaPolicy: { enabled: false },
  signUpProfileFields: [],
  agreeToTermsPolicy: 'Automatic',
  termsOfUseUrl: null,
};

/** Addresses, by a code; the password is for those who have one. */
const BY_EMAIL = {
  signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false }] },
  signUp: { identifiers: ['email'], password: false, verify: true },
  forgotPasswordMethods: ['EmailVerificationCode'],
};

test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
});
/** What a page's own policy kept it from doing. */
const refused: string[] = [];
test.beforeEach(async ({ page }) => {
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await set(PLAIN);
});
test.afterEach(() => expect(refused.splice(0)).toEqual([]));
test.afterAll(() => shop?.close());

for (const javaScriptEnabled of [true, false]) {
  const name = (base: string) => `${base}_${javaScriptEnabled ? 'script' : 'plain'}`;

  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, locale: 'en-US', viewport: PHONE });

    test('an authenticator app and backup codes are set up, and either proves the next sign-in', async ({ page }) => {
      await set({ mfa: { factors: ['Totp', 'BackupCode'], policy: 'Mandatory' } });
      const username = name('ada');
      await page.goto(shop.signInUrl({ first_screen: 'register' }));
      if (javaScriptEnabled) await page.evaluate(() => Object.assign(window, { isKept: true }));
      await fill(page, { username, password: PASSWORD });
      await expect(page.getByRole('heading', { name: 'Protect your account' })).toBeVisible();
      // One document lives through all steps.
      if (javaScriptEnabled) expect(await page.evaluate(() => 'isKept' in window)).toBe(true);
      await page.getByRole('button', { name: /Authenticator app/ }).click();
      const secret = ((await page.locator('.lk-secret').textContent()) ?? '').replaceAll(' ', '');
      await expect(page.locator('.lk-qr')).toBeVisible();
      await enterCode(page, '000000');
      await expect(page.locator('#code-error')).toContainText('not right');
      await enterCode(page, authenticator.generate(secret));
      await expect(page.getByRole('heading', { name: 'Keep your backup codes' })).toBeVisible();
      const [backupCode = ''] = await page.locator('.lk-backup-codes code').allTextContents();
      const arrived = shop.arrival(page);
      await page.getByRole('button', { name: 'I have saved them' }).click();
      await arrived;

      await page.goto(shop.signInUrl());
      await fill(page, { identifier: username, password: PASSWORD });
      const byApp = shop.arrival(page);
      // The code of this half minute was spent on setting up; the next one is taken as well.
      await enterCode(page, authenticator.clone({ epoch: Date.now() + 30_000 }).generate(secret));
      await byApp;

      await page.goto(shop.signInUrl());
      await fill(page, { identifier: username, password: PASSWORD });
      await page.getByRole('button', { name: 'Backup code' }).click();
      await expect(page.getByLabel('Backup code')).toBeVisible();
      const byBackupCode = shop.arrival(page);
      await enterCode(page, backupCode);
      await byBackupCode;
    });

    test('an account is made of an address by a code, and the next code signs in', async ({ page }) => {
      await set(BY_EMAIL);
      const address = `${name('grace')}@example.com`;
      await page.goto(shop.signInUrl());
      await fill(page, { identifier: address });
      await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
      await enterCode(page, '000000');
      await expect(page.locator('#code-error')).not.toBeEmpty();
      await page.locator('form [name="code"]').fill('');
      await enterCode(page, await shop.codeSentTo(address));
      await expect(page.getByRole('heading', { name: 'No account yet' })).toBeVisible();
      const registered = shop.arrival(page);
      await page.getByRole('button', { name: 'Create account' }).click();
      await registered;

      await page.goto(shop.signInUrl());
      await fill(page, { identifier: address });
      await expect(page.locator('form [name="code"]')).toBeVisible();
      const signedIn = shop.arrival(page);
      await enterCode(page, await shop.codeSentTo(address));
      await signedIn;
    });

    test('a forgotten password is replaced by way of a code, and the new one signs in', async ({ page }) => {
      await set({
        ...BY_EMAIL,
        signIn: { methods: [{ ...BY_EMAIL.signIn.methods[0], verificationCode: false, isPasswordPrimary: true }] },
        signUp: { identifiers: ['email'], password: true, verify: true },
      });
      const address = `${name('joan')}@example.com`;
      await shop.api('POST', '/api/users', { primaryEmail: address, password: PASSWORD });
      await page.goto(shop.signInUrl());
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await fill(page, { identifier: address });
      await expect(page.locator('form [name="code"]')).toBeVisible();
      await enterCode(page, await shop.codeSentTo(address));
      await fill(page, { password: NEW_PASSWORD });
      await expect(page.getByText('Your password is changed.')).toBeVisible();
      const arrived = shop.arrival(page);
      await fill(page, { identifier: address, password: NEW_PASSWORD });
      await arrived;
    });

    test('somebody else’s app gets what is allowed, for the organization that is chosen', async ({ page }) => {
      const user = await shop.api('POST', '/api/users', { username: name('mary'), password: PASSWORD });
      const [owls, hawks] = await Promise.all(
        ['Owls', 'Hawks'].map(async (title) => {
          const organization = await shop.api('POST', '/api/organizations', { name: name(title) });
          await shop.api('POST', `/api/organizations/${organization.id}/users`, { userIds: [user.id] });
          return organization;
        }),
      );
      await shop.api('POST', `/api/applications/${shop.strangerId}/user-consent-scopes`, {
        userScopes: ['profile', 'urn:logto:scope:organizations'],
      });
      const scope = 'openid profile urn:logto:scope:organizations';
      await page.goto(shop.signInUrl({ client_id: shop.strangerId, scope, prompt: 'login consent' }));
      await fill(page, { identifier: user.username, password: PASSWORD });
      await expect(page.getByText('Reading list').first()).toBeVisible();
      await expect(page.getByText(hawks.name)).toBeVisible();
      await page.getByLabel(owls.name).check();
      const arrived = shop.arrival(page);
      await page.getByRole('button', { name: /Allow/ }).click();
      await arrived;
      const consented = await shop.api(
        'GET',
        `/api/applications/${shop.strangerId}/users/${user.id}/consent-organizations`,
      );
      expect(JSON.stringify(consented)).toContain(owls.id);
      expect(JSON.stringify(consented)).not.toContain(hawks.id);
    });

    test('the terms have to be accepted, and the tenant’s own questions answered', async ({ page }) => {
      const field = name('team');
      await shop.api('POST', '/api/custom-profile-fields', {
        name: field,
        type: 'Text',
        label: 'Team',
        required: true,
      });
      await set({
        termsOfUseUrl: 'https://example.com/terms',
        agreeToTermsPolicy: 'ManualRegistrationOnly',
        signUpProfileFields: [{ name: field }],
      });
      await page.goto(shop.signInUrl({ first_screen: 'register' }));
      const username = name('rosa');
      await page.locator('[name="agreement"]').check();
      await fill(page, { username, password: PASSWORD });
      await expect(page.getByLabel('Team')).toBeVisible();
      const arrived = shop.arrival(page);
      await fill(page, { [`profile.${field}`]: 'Owls' });
      await arrived;
      const [user] = await shop.api('GET', `/api/users?search=${username}`);
      expect(user.customData).toEqual({ [field]: 'Owls' });
    });

    test('a link that was sent signs its reader in after one click', async ({ page }) => {
      await set(BY_EMAIL);
      const address = `${name('edith')}@example.com`;
      await shop.api('POST', '/api/users', { primaryEmail: address });
      const { token } = await shop.api('POST', '/api/one-time-tokens', { email: address });
      await page.goto(shop.signInUrl({ one_time_token: token, login_hint: address }));
      await expect(page.getByText(address).first()).toBeVisible();
      const arrived = shop.arrival(page);
      await page.locator('form .lk-button-primary').click();
      await arrived;
    });
  });
}

test.describe('what needs JavaScript', () => {
  test.use({ locale: 'en-US' });

  test('a passkey is created on the offer, and signs in by one click and by itself', async ({ page }) => {
    await set({ passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: false } });
    const device = await addAuthenticator(page);
    await page.goto(shop.signInUrl({ first_screen: 'register' }));
    await fill(page, { username: 'hopper', password: PASSWORD });
    await expect(page.getByRole('heading', { name: 'Sign in without a password next time?' })).toBeVisible();
    const created = shop.arrival(page);
    await page.locator('form [name="name"]').fill('Test key');
    await page.getByRole('button', { name: 'Create passkey' }).click();
    await created;

    await page.goto(shop.signInUrl());
    const byButton = shop.arrival(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await byButton;

    await set({ passkeySignIn: { enabled: true, showPasskeyButton: false, allowAutofill: true } });
    const byAutofill = shop.arrival(page);
    // Conditional mediation: the device answers as soon as the page asks.
    await page.goto(shop.signInUrl()).catch(() => undefined);
    await byAutofill;

    await set({ passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: false } });
    const [{ id }] = await shop.api('GET', '/api/users?search=hopper');
    const [passkey] = await shop.api('GET', `/api/users/${id}/mfa-verifications`);
    await shop.api('DELETE', `/api/users/${id}/mfa-verifications/${passkey.id}`);
    await page.goto(shop.signInUrl());
    expect(await device.keys()).toHaveLength(1);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(page.getByRole('alert')).toHaveText('This passkey is not known here. Sign in another way.');
    // The device forgets it, and offers it to nobody any more.
    await expect.poll(device.keys).toEqual([]);
  });

  test('the proof of work is done while the form is filled in, and the page stays quick', async ({ page }) => {
    await shop.api('PUT', '/api/captcha-provider', { config: { type: 'ProofOfWork' } });
    await set({ captchaPolicy: { enabled: true } });
    await page.addInitScript(() => {
      const long: number[] = [];
      Object.assign(window, { long });
      new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    await page.goto(shop.signInUrl({ first_screen: 'register' }));
    await page.locator('form [name="username"]').fill('margaret');
    await expect(page.locator('.lk-captcha')).not.toBeEmpty();
    await expect(page.locator('form [name="password"]')).toBeEditable();
    const place = page.locator('.lk-captcha');
    await expect(place).toHaveText((await place.getAttribute('data-done')) ?? '');
    const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { long: number[] }).long));
    test.info().annotations.push({ type: 'longest task while working, ms', description: String(longest) });
    // A stall that people notice begins at a tenth of a second; a busy machine is given more.
    expect(longest).toBeLessThan(300);
    const arrived = shop.arrival(page);
    await fill(page, { username: 'margaret', password: PASSWORD });
    await arrived;
  });

  test('without JavaScript the page says why the captcha cannot be solved', async ({ browser }) => {
    await shop.api('PUT', '/api/captcha-provider', { config: { type: 'ProofOfWork' } });
    await set({ captchaPolicy: { enabled: true } });
    const plain = await browser.newPage({ javaScriptEnabled: false, locale: 'en-US' });
    await plain.goto(shop.signInUrl());
    await expect(plain.getByText(/JavaScript/).first()).toBeVisible();
    await plain.close();
  });
});
