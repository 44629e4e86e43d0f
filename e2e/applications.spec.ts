import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { type Latchkey, startLatchkey } from './stack.ts';

const ADMIN = { username: 'ada', password: 'a long first passphrase' };
const USERS = 'username,primaryEmail,name\nmaria,maria@example.com,Maria\n1digit,,Wrong\n';

test.describe('applications, users and organizations in the Console', () => {
  test.use({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  let latchkey: Latchkey;

  test.beforeAll(async () => {
    latchkey = await startLatchkey();
  });
  test.afterAll(() => latchkey.stop());

  test('rules of who may enter, what third parties may ask for, an invitation, and a file of users', async ({
    page,
  }) => {
    const open = (path: string) => page.goto(`${latchkey.origin}/console/${path}`);
    const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    const submit = () => dialog.locator('button[type="submit"]').click();

    await test.step('the first administrator signs in, and makes a user', async () => {
      await signIn(page, latchkey);
      await open('users');
      await page.getByRole('button', { name: 'Create user' }).first().click();
      await dialog.getByLabel('Username').fill('hana');
      await submit();
      await expect(dialog.getByRole('link', { name: 'Open the user' })).toBeVisible();
    });

    await test.step('an address without a page keeps the frame', async () => {
      for (const path of ['nowhere', 'roles/none/nonsense', 'messages/nonsense']) {
        await open(path);
        await expect(page.getByRole('heading', { name: 'There is nothing here' }), path).toBeVisible();
        await expect(page.getByRole('link', { name: 'Applications' }), path).toBeVisible();
      }
    });

    await test.step('an application lets in only whom its rules name', async () => {
      await createApplication(page, latchkey, 'Bookstore');
      await expect(page.getByLabel('Address to call')).toBeVisible();
      await expectAccessible(page);
      await tab('Access rules');
      await flip(page.getByRole('switch', { name: 'Check the rules' }));
      await expect(dialog).toContainText('Nobody could enter');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Add users' }).click();
      await dialog.getByRole('checkbox', { name: 'hana' }).check();
      await submit();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByText('Changes saved').first()).toBeVisible();
      await flip(page.getByRole('switch', { name: 'Check the rules' }));
      await expect(page.getByText('Everybody else is kept out')).toBeVisible();
      await page.getByRole('combobox', { name: 'User' }).click();
      await page.getByRole('option', { name: 'hana' }).click();
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await expect(page.getByText('hana may enter')).toBeVisible();
      await expectAccessible(page);
      await tab('Branding');
      await page.getByLabel('Name on the pages').fill('The Bookstore');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
      await page.reload();
      await expect(page.getByLabel('Name on the pages')).toHaveValue('The Bookstore');
      await expectAccessible(page);
    });

    await test.step('a third party may ask for what is listed', async () => {
      await createApplication(page, latchkey, 'Calendar', { isThirdParty: true });
      await tab('Permissions');
      await page.getByRole('region', { name: 'About the user' }).getByRole('button', { name: 'Add' }).click();
      await dialog.getByRole('checkbox', { name: 'email', exact: true }).check();
      await expectAccessible(page);
      await submit();
      await expect(page.getByRole('button', { name: 'Remove email' })).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('an invitation is made and revoked', async () => {
      await open('organizations');
      await page.getByRole('button', { name: 'Create organization' }).first().click();
      await dialog.getByLabel('Name').fill('Acme');
      await submit();
      await page.waitForURL(/\/organizations\/[^/]+\/members/);
      await tab('Invitations');
      await page.getByRole('button', { name: 'Invite' }).first().click();
      await dialog.getByLabel('E-mail address').fill('maria@example.com');
      await flip(dialog.getByRole('switch', { name: 'Send it by e-mail' }));
      await expectAccessible(page);
      await submit();
      const row = page.getByRole('row', { name: /maria@example.com/ });
      await expect(row).toContainText('Pending');
      await expectAccessible(page);
      await row.getByRole('button', { name: 'Revoke the invitation of maria@example.com' }).click();
      await dialog.getByRole('button', { name: 'Revoke' }).click();
      await expect(row).toContainText('Revoked');
      await tab('Branding');
      await expect(page.getByRole('heading', { name: 'Logos' })).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('a file of users is tried, then taken in, and its report says what was refused', async () => {
      await open('users');
      await page.getByRole('link', { name: 'Import' }).click();
      for (const isDryRun of [true, false]) {
        await page.getByRole('button', { name: 'Start an import' }).first().click();
        const file = { name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(USERS) };
        await dialog.locator('input[type="file"]').setInputFiles(file);
        if (isDryRun) await expectAccessible(page);
        else await flip(dialog.getByRole('switch', { name: 'Dry run' }));
        await submit();
        await expect(page.getByRole('row', { name: /Completed/ })).toHaveCount(isDryRun ? 1 : 2);
      }
      await expectAccessible(page);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the report of refused rows' }).first().click();
      expect((await download).suggestedFilename()).toMatch(/^user-import-.*\.csv$/);
      await open('users');
      await expect(page.getByRole('link', { name: 'Maria' })).toBeVisible();
    });

    await test.step('a session that ends elsewhere is renewed in a tab of its own, and what was typed is still there', async () => {
      await page.getByRole('link', { name: 'Maria' }).click();
      await page.getByLabel('Nickname').fill('Mimi');
      const other = await page.context().newPage();
      await other.goto(`${latchkey.origin}/console/get-started`);
      await other.getByRole('button', { name: 'Your account' }).click();
      await other.getByRole('menuitem', { name: 'Sign out' }).click();
      await other.waitForURL(/\/t\/admin\/sign-in/);
      await other.close();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(dialog).toContainText('Your session has ended');
      await expectAccessible(page);
      const opened = page.waitForEvent('popup');
      await dialog.getByRole('button', { name: 'Sign in again' }).click();
      const signInTab = await opened;
      await signInTab.waitForURL(/\/t\/admin\/sign-in/);
      await fillIn(signInTab);
      await expect(dialog).toHaveCount(0);
      expect(signInTab.isClosed()).toBe(true);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
      await expect(page.getByLabel('Nickname')).toHaveValue('Mimi');
    });
  });
});

/** By the keyboard: a switch that moves with its dialog is missed by a click. */
const flip = (control: Locator): Promise<void> => control.press('Space');

async function signIn(page: Page, latchkey: Latchkey): Promise<void> {
  await page.goto(latchkey.setUpLink);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.waitForURL(/\/t\/admin\/register/);
  await fillIn(page);
  await page.waitForURL(/\/console\/get-started/);
}

/** The administrator's form of a hosted page, on which a username is registered or signs in. */
async function fillIn(page: Page): Promise<void> {
  await page.locator('form [name="username"], form [name="identifier"]').fill(ADMIN.username);
  await page.locator('form [name="password"]').fill(ADMIN.password);
  await page.locator('form .lk-button-primary').first().click();
}

async function createApplication(
  page: Page,
  latchkey: Latchkey,
  name: string,
  { isThirdParty = false } = {},
): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.goto(`${latchkey.origin}/console/applications/create`);
  await page.getByText('Another web framework').click();
  await dialog.getByLabel('Application name').fill(name);
  if (isThirdParty) await flip(dialog.getByRole('switch', { name: 'It belongs to another company' }));
  await dialog.getByRole('button', { name: 'Create application' }).click();
  await page.waitForURL(/\/applications\/[^/]+\/settings/);
}
