import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { startLatchkey } from './stack.ts';

const ADMIN = { username: 'ada', password: 'a long first passphrase' };

test.describe('authorization in the Console', () => {
  test.use({ locale: 'en-US', viewport: { width: 1440, height: 900 } });

  test('an API with a permission, a role that gives it, a user who holds it, an organization with a member', async ({
    page,
  }) => {
    const latchkey = await startLatchkey();
    const open = (path: string) => page.goto(`${latchkey.origin}/console/${path}`);
    const dialog = page.getByRole('dialog');
    const submit = () => dialog.locator('button[type="submit"]').click();
    try {
      await test.step('the first administrator signs in', async () => {
        await page.goto(latchkey.setUpLink);
        await page.getByRole('button', { name: 'Create the administrator' }).click();
        await page.waitForURL(/\/t\/admin\/register/);
        for (const [name, value] of Object.entries(ADMIN)) await page.locator(`form [name="${name}"]`).fill(value);
        await page.locator('form button[type="submit"]').first().click();
        await page.waitForURL(/\/console\/get-started/);
      });

      await test.step('an API resource with a permission', async () => {
        await page.getByRole('link', { name: 'API resources' }).click();
        await page.getByRole('button', { name: 'Create API resource' }).first().click();
        await dialog.getByLabel('Name').fill('Orders');
        await dialog.getByLabel('API identifier').fill('https://orders.example.com');
        await submit();
        await page.waitForURL(/\/api-resources\/[^/]+\/permissions/);
        await expect(page.getByText('No permissions yet')).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Create permission' }).click();
        await dialog.getByLabel('Permission').fill('read:orders');
        await submit();
        await expect(page.getByRole('cell', { name: 'read:orders', exact: true })).toBeVisible();
        await page.getByRole('tab', { name: 'General' }).click();
        await expect(page.getByLabel('Access token lifetime')).toHaveValue(/3600/);
        await expectAccessible(page);
      });

      await test.step('a role that gives the permission', async () => {
        await page.getByRole('link', { name: 'Roles' }).click();
        await page.getByRole('button', { name: 'Create role' }).first().click();
        await dialog.getByLabel('Name').fill('Clerk');
        await dialog.getByLabel('Description').fill('Reads the orders');
        await submit();
        await page.waitForURL(/\/roles\/[^/]+\/permissions/);
        await page.getByRole('button', { name: 'Add permissions' }).click();
        await dialog.getByLabel('Search').fill('orders');
        await dialog.getByRole('checkbox', { name: 'read:orders' }).check();
        await expectAccessible(page);
        await submit();
        await expect(page.getByRole('cell', { name: 'read:orders', exact: true })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('a user, whose password is shown once', async () => {
        await page.getByRole('link', { name: 'Users' }).click();
        await page.getByRole('button', { name: 'Create user' }).first().click();
        await dialog.getByLabel('Username').fill('hana');
        await submit();
        await expect(dialog.getByLabel('Password', { exact: true })).toHaveText(/^[\w-]{16}$/);
        await expectAccessible(page);
        await dialog.getByRole('link', { name: 'Open the user' }).click();
        await page.waitForURL(/\/users\/[^/]+\/settings/);
        await expect(dialog).toHaveCount(0);
        await expect(page.getByRole('button', { name: 'Suspend user' })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('the user is given the role', async () => {
        await page.getByRole('tab', { name: 'Roles' }).click();
        await page.getByRole('button', { name: 'Add roles' }).click();
        await dialog.getByRole('checkbox', { name: 'Clerk' }).check();
        await submit();
        await expect(page.getByRole('link', { name: 'Clerk' })).toBeVisible();
        for (const tab of ['Security', 'Linked accounts', 'Audit logs']) {
          await page.getByRole('tab', { name: tab }).click();
          await expect(page.getByRole('tabpanel').locator('section, .surface').first()).toBeVisible();
          await expectAccessible(page);
        }
        await page.getByRole('link', { name: 'Roles' }).click();
        await expect(page.getByRole('row', { name: /Clerk/ })).toContainText('1 user');
        await expectAccessible(page);
      });

      await test.step('an organization whose member holds a role of the template', async () => {
        await open('organization-template/organization-permissions');
        await page.getByRole('button', { name: 'Create organization permission' }).click();
        await dialog.getByLabel('Permission').fill('invite:member');
        await submit();
        await expect(page.getByRole('cell', { name: 'invite:member', exact: true })).toBeVisible();
        await page.getByRole('tab', { name: 'Organization roles' }).click();
        await page.getByRole('button', { name: 'Create organization role' }).click();
        await dialog.getByLabel('Name').fill('Manager');
        await dialog.getByRole('combobox', { name: 'Organization permissions' }).click();
        await page.getByRole('option', { name: 'invite:member' }).click();
        // Another field takes the focus, or the open choices would cover the button.
        await dialog.getByLabel('Name').click();
        await submit();
        await expect(page.getByRole('row', { name: /Manager/ })).toContainText('invite:member');
        await expectAccessible(page);

        await page.getByRole('link', { name: 'Organizations', exact: true }).click();
        await page.getByRole('button', { name: 'Create organization' }).first().click();
        await dialog.getByLabel('Name').fill('Acme');
        await submit();
        await page.waitForURL(/\/organizations\/[^/]+\/members/);
        await page.getByRole('button', { name: 'Add members' }).click();
        await dialog.getByRole('checkbox', { name: 'hana' }).check();
        await submit();
        await page.getByRole('button', { name: 'Roles of hana' }).click();
        await dialog.getByRole('checkbox', { name: 'Manager' }).check();
        await submit();
        await expect(page.getByRole('row', { name: /hana/ })).toContainText('Manager');
        await expectAccessible(page);
        await page.getByRole('tab', { name: 'Roles' }).click();
        await page.getByRole('button', { name: 'Create a role for this organization' }).click();
        await dialog.getByLabel('Name').fill('Night shift');
        await submit();
        const own = page.getByRole('row', { name: /Night shift/ });
        await expect(own).toContainText('This organization');
        await own.getByRole('button', { name: 'Edit Night shift' }).click();
        await dialog.getByRole('combobox', { name: 'Organization permissions' }).click();
        await page.getByRole('option', { name: 'invite:member' }).click();
        await dialog.getByLabel('Name').click();
        await expectAccessible(page);
        await submit();
        await expect(own).toContainText('invite:member');
        // What all organizations share is not changed in one of them.
        const shared = page.getByRole('row', { name: /Manager/ });
        await expect(shared.getByRole('link', { name: 'Organization template' })).toBeVisible();
        await expect(shared.getByRole('button')).toHaveCount(0);
        await expectAccessible(page);
        await page.getByRole('tab', { name: 'Members' }).click();
        await page.getByRole('button', { name: 'Roles of hana' }).click();
        await dialog.getByRole('checkbox', { name: 'Night shift' }).check();
        await submit();
        await expect(page.getByRole('row', { name: /hana/ })).toContainText('Night shift');
        await page.getByRole('tab', { name: 'Roles' }).click();
        await own.getByRole('button', { name: 'Delete Night shift' }).click();
        await expect(dialog).toContainText('Members of this organization lose it.');
        await dialog.getByRole('button', { name: 'Delete' }).click();
        await expect(own).toHaveCount(0);
        await page.getByRole('tab', { name: 'Settings' }).click();
        await page.getByLabel('Require a second factor').check();
        await page.getByRole('button', { name: 'Save changes' }).click();
        await expect(page.getByText('Changes saved').first()).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('a suspended user is marked, and deleting asks for the name', async () => {
        await open('users');
        await page.getByRole('link', { name: 'hana' }).click();
        await page.getByRole('button', { name: 'Suspend user' }).click();
        await dialog.getByRole('button', { name: 'Suspend user' }).click();
        await expect(page.getByText('This user is suspended and cannot sign in.')).toBeVisible();
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
        await dialog.getByRole('textbox').fill('hana');
        await dialog.getByRole('button', { name: 'Delete' }).click();
        await page.waitForURL(/\/console\/users$/);
        await expect(page.getByRole('link', { name: 'hana' })).toHaveCount(0);
      });
    } finally {
      await latchkey.stop();
    }
  });
});
