// What an owner does with an account at /account, as a person with a browser does it. One service for all of it.
import { expect, type Page, test } from '@playwright/test';
import { authenticator } from 'otplib';
import { expectAccessible } from './accessibility.ts';
import { addAuthenticator, enterCode, fill, openShop, type Shop } from './shop.ts';

const PASSWORD = 'Paper-lamp-4-river';
const NEW_PASSWORD = 'Quiet-otter-7-cloud';
const FIELDS = ['name', 'avatar', 'username', 'profile', 'password', 'email', 'mfa', 'passkey', 'session'];

let shop: Shop;

test.use({ locale: 'en-US' });
test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
  const fields = Object.fromEntries([...FIELDS, 'accountDeletion'].map((field) => [field, 'Edit']));
  await shop.api('PATCH', '/api/account-center', { enabled: true, fields });
  await shop.api('PATCH', '/api/sign-in-exp', { mfa: { factors: ['Totp', 'WebAuthn'], policy: 'NoPrompt' } });
});
test.afterAll(() => shop?.close());

const createOwner = (username: string) => shop.api('POST', '/api/users', { username, password: PASSWORD });
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
const notice = (page: Page, text: string) => expect(page.locator('.lk-notice')).toHaveText(text);

async function enter(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.goto(`${shop.origin}/account`);
  await fill(page, { identifier: username, password });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, viewport: { width: 390, height: 844 } });

    test('an owner changes the name and the password', async ({ page }) => {
      const username = javaScriptEnabled ? 'hana' : 'hana_plain';
      await createOwner(username);
      await enter(page, username);
      await heading(page, 'Profile');
      await page.getByRole('link', { name: 'Change: Name', exact: true }).click();
      await fill(page, { name: 'Hana Sato' });
      await notice(page, 'Your name is saved.');
      await expect(page.locator('.lk-row-value').getByText('Hana Sato')).toBeVisible();
      await page.getByRole('link', { name: 'Security', exact: true }).click();
      await page.getByRole('link', { name: 'Change: Password' }).click();
      await heading(page, 'Is it you?');
      await fill(page, { password: 'not the password' });
      await expect(page.locator('#password-error')).not.toBeEmpty();
      await fill(page, { password: PASSWORD });
      await heading(page, 'Change your password');
      await fill(page, { password: NEW_PASSWORD });
      await notice(page, 'Your password is changed.');
    });
  });
}

test('factors, a passkey, another device, and the end of the account that is taken back', async ({ page, browser }) => {
  const device = await addAuthenticator(page);
  await createOwner('kenji');
  const elsewhere = await browser.newPage();
  await enter(elsewhere, 'kenji');
  await heading(elsewhere, 'Profile');
  await enter(page, 'kenji');

  await test.step('an authenticator app', async () => {
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await page.getByRole('link', { name: 'Set up: Authenticator app' }).click();
    await fill(page, { password: PASSWORD });
    await expect(page.locator('.lk-qr')).toBeVisible();
    const secret = ((await page.locator('.lk-secret').textContent()) ?? '').replaceAll(' ', '');
    await enterCode(page, authenticator.generate(secret));
    await notice(page, 'Your authenticator app is set up.');
  });

  await test.step('the second step at sign-in is the owner’s to switch', async () => {
    await page.getByRole('link', { name: 'Switch off: Second step at sign-in' }).click();
    await heading(page, 'Sign in without the second step?');
    await page.getByRole('button', { name: 'Switch off' }).click();
    await notice(page, 'You are no longer asked for the second step.');
    await page.getByRole('link', { name: 'Switch on: Second step at sign-in' }).click();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await notice(page, 'You are asked for the second step again.');
    await page.getByRole('link', { name: 'Switch off: Second step at sign-in' }).click();
    await page.getByRole('button', { name: 'Switch off' }).click();
  });

  await test.step('a passkey', async () => {
    await page.getByRole('link', { name: 'Add: Passkeys' }).click();
    await page.locator('[name="name"]').fill('My laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await notice(page, 'Your passkey is added.');
    await expect(page.getByText('My laptop', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await expectAccessible(page);
  });

  await test.step('the device hears of a new name, and of a passkey that is removed', async () => {
    await page.getByRole('link', { name: 'Profile', exact: true }).click();
    await page.getByRole('link', { name: 'Change: Name', exact: true }).click();
    await fill(page, { name: 'Kenji Ito' });
    await notice(page, 'Your name is saved.');
    await expect.poll(device.keys).toMatchObject([{ userDisplayName: 'Kenji Ito' }]);
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await page.getByRole('link', { name: 'Manage: Passkeys' }).click();
    await page.getByRole('link', { name: 'Remove: My laptop' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await notice(page, 'The passkey is removed. Delete it on your device too.');
    await expect.poll(device.keys).toEqual([]);
  });

  await test.step('signing out everywhere else', async () => {
    await page.getByRole('link', { name: 'Devices' }).click();
    await expect(page.getByText('This device')).toBeVisible();
    await page.getByRole('link', { name: 'Sign out everywhere else' }).click();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await notice(page, 'You are signed out everywhere else.');
    await elsewhere.goto(`${shop.origin}/account`);
    await expect(elsewhere.locator('[name="identifier"]')).toBeVisible();
    await elsewhere.close();
  });

  await test.step('deletion, and keeping it after all', async () => {
    await page.getByRole('link', { name: 'Your data' }).click();
    await page.getByRole('link', { name: /Delete your account/ }).click();
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await heading(page, 'Goodbye');
    await enter(page, 'kenji');
    await heading(page, 'Keep your account?');
    await page.getByRole('button', { name: 'Keep my account' }).click();
    await heading(page, 'Your account stays');
  });
});
