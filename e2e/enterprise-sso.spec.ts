// Enterprise single sign-on (features 9): an administrator connects a customer's OpenID provider in the Console, and
// its people arrive signed in, as members of the customer's organization. GitLab's double speaks OpenID Connect.
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { startGitlabDouble } from './gitlab-double/gitlab-double.ts';
import { fill, openShop, type Shop } from './shop.ts';

const DOMAIN = 'acme.example';
const PASSWORD = 'Paper-lamp-4-river';
const PEOPLE = ['script', 'plain'].map((username, index) => ({
  id: index + 1,
  username,
  name: `Person ${username}`,
  password: PASSWORD,
  email: `${username}@${DOMAIN}`,
}));

test.describe.configure({ mode: 'serial' });

let shop: Shop;
let provider: Awaited<ReturnType<typeof startGitlabDouble>>;
let organizationId: string;

test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
  await shop.api('PATCH', '/api/account-center', { enabled: true, fields: { social: 'ReadOnly' } });
  organizationId = (await shop.api('POST', '/api/organizations', { name: 'Acme Corporation' })).id;
});
test.afterAll(() => Promise.all([shop?.close(), provider?.close()]));

test('an administrator connects the provider, names its domain and lets its people into an organization', async () => {
  const page = shop.administrator;
  const open = (path: string) => page.goto(`${shop.origin}/console/${path}`);
  const dialog = page.getByRole('dialog');
  const save = async () => {
    await page.getByRole('button', { name: 'Save changes' }).click();
  };

  await test.step('the kind of provider is chosen, and the connector is named', async () => {
    await open('enterprise-sso');
    await expect(page.getByText('No enterprise connectors yet')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add enterprise connector' }).first().click();
    await expect(dialog.getByText('Google Workspace')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /^OIDC/ }).click();
    await dialog.getByLabel('Connector name').fill('Acme');
    await dialog.locator('button[type="submit"]').click();
    await page.waitForURL(/\/enterprise-sso\/[^/]+\/connection/);
  });

  await test.step('the provider’s own words are shown when it is not what was meant, and saving proves the right one', async () => {
    await expect(page.getByText('Incomplete')).toBeVisible();
    const redirectUri = await page.getByLabel('Redirect URI', { exact: true }).textContent();
    provider = await startGitlabDouble({
      applications: [
        { name: 'Latchkey', redirectUris: [redirectUri ?? ''], scopes: ['openid', 'profile', 'email'], trusted: true },
      ],
      users: PEOPLE,
    });
    const [application] = provider.applications;
    await page.getByRole('textbox', { name: 'Issuer' }).fill(`${provider.url}/nothing-here`);
    await page.getByRole('textbox', { name: 'Client ID' }).fill(application?.clientId ?? '');
    await page.getByRole('textbox', { name: 'Client secret' }).fill(application?.clientSecret ?? '');
    await save();
    await expect(page.getByRole('alert')).toContainText('discovery');
    await page.getByRole('textbox', { name: 'Issuer' }).fill(provider.url);
    await save();
    await expect(page.getByText('Connected', { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Test sign-in' })).toHaveAttribute('href', /direct_sign_in=sso%3A/);
    await expectAccessible(page);
  });

  await test.step('a domain of everybody is refused at its field, and the customer’s is taken', async () => {
    await page.getByRole('tab', { name: 'Experience' }).click();
    const domains = page.getByRole('combobox', { name: 'E-mail domains' });
    await domains.fill('gmail.com');
    await domains.press('Enter');
    await save();
    await expect(page.getByText('they cannot belong to one provider')).toBeVisible();
    await domains.press('Backspace');
    await domains.fill(DOMAIN);
    await domains.press('Enter');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
    await save();
    await saved;
    await expectAccessible(page);
  });

  await test.step('the organization lets in whoever comes by the connector', async () => {
    await open(`organizations/${organizationId}/joining`);
    await page.getByRole('combobox', { name: 'Enterprise connectors' }).click();
    await page.getByRole('option', { name: 'Acme' }).click();
    await page.keyboard.press('Escape');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
    await save();
    await saved;
    await expectAccessible(page);
  });

  await test.step('the list shows what leads where, and single sign-on is switched on', async () => {
    await open('enterprise-sso');
    const row = page.getByRole('row', { name: /Acme/ });
    await expect(row).toContainText(DOMAIN);
    await expect(row).toContainText('Acme Corporation');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Switch on' }).click();
    await expect(page.getByText('Enterprise SSO is switched off')).toHaveCount(0);
  });
});

/** Types the address on our page, and the password on the provider's. */
async function enter(page: Page, username: string): Promise<void> {
  await page.goto(shop.signInUrl());
  await page.getByRole('link', { name: 'Single sign-on' }).click();
  await fill(page, { identifier: `${username}@${DOMAIN}` });
  await page.getByLabel('Username or primary email').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  const username = javaScriptEnabled ? 'script' : 'plain';

  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, locale: 'en-US', viewport: { width: 390, height: 844 } });

    test('whoever types an address of the customer arrives signed in, as a member of its organization', async ({
      page,
    }) => {
      const arrived = shop.arrival(page);
      await enter(page, username);
      await arrived;
      const members = await shop.api('GET', `/api/organizations/${organizationId}/users`);
      expect(members.map(({ primaryEmail }: { primaryEmail: string }) => primaryEmail)).toContain(
        `${username}@${DOMAIN}`,
      );
      await page.goto(`${shop.origin}/account/linked`);
      await expect(page.getByText('Managed by your organization')).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
    });
  });
}

test('an address with two providers chooses between them, and one at nobody’s domain is told so', async ({ page }) => {
  const [acme] = await shop.api('GET', '/api/sso-connectors');
  const { providerName, config, domains } = acme;
  await shop.api('POST', '/api/sso-connectors', { providerName, config, domains, connectorName: 'Acme North' });
  await page.goto(shop.signInUrl());
  await page.getByRole('link', { name: 'Single sign-on' }).click();
  await fill(page, { identifier: 'x@nobody.example' });
  await expect(page.getByText('Nobody at this address signs in this way')).toBeVisible();
  await expectAccessible(page);
  await fill(page, { identifier: `script@${DOMAIN}` });
  await expect(page.getByText('Acme North')).toBeVisible();
  await expectAccessible(page);
});
