// Social sign-in and the account somebody has already (features 3.3, recipe 5): a stranger at the provider has the
// address of a user, proves to be that user first, and has one account with two ways in.
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { type GitlabDouble, startGitlabDouble } from './gitlab-double/gitlab-double.ts';
import { fill, openShop, type Shop } from './shop.ts';

const PASSWORD = 'Paper-lamp-4-river';
const GITLAB_PASSWORD = 'Brass-kettle-9-moss';
const CONNECTOR = 'gitlab-1';
const PEOPLE = ['script', 'plain', 'wary_script', 'wary_plain'].map((username, index) => ({
  id: index + 1,
  username,
  name: `Person ${username}`,
  password: GITLAB_PASSWORD,
  email: `${username}@example.com`,
}));

let shop: Shop;
let gitlab: GitlabDouble;

test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
  gitlab = await startGitlabDouble({
    applications: [
      {
        name: 'Latchkey',
        redirectUris: [`${shop.origin}/callback/${CONNECTOR}`],
        scopes: ['openid', 'email'],
        trusted: true,
      },
    ],
    users: PEOPLE,
  });
  const [registered] = gitlab.applications;
  await shop.api('POST', '/api/connectors', {
    id: CONNECTOR,
    connectorId: 'gitlab-universal',
    config: { clientId: registered?.clientId, clientSecret: registered?.clientSecret, baseUrl: gitlab.url },
  });
  await shop.api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['gitlab'] });
});
test.afterAll(() => Promise.all([shop?.close(), gitlab?.close()]));

/** Presses the button on our page, and signs in on GitLab's. */
async function continueWithGitlab(page: Page, username: string): Promise<void> {
  await page.goto(shop.signInUrl());
  await page.getByRole('link', { name: 'Continue with GitLab' }).click();
  await page.getByLabel('Username or primary email').fill(username);
  await page.getByLabel('Password').fill(GITLAB_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

for (const javaScriptEnabled of [true, false]) {
  const username = javaScriptEnabled ? 'script' : 'plain';
  const primaryEmail = `${username}@example.com`;

  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, locale: 'en-US', viewport: { width: 390, height: 844 } });

    test('who proves the old account first signs in to it both ways; a wrong password links nothing', async ({
      page,
    }) => {
      const { id } = await shop.api('POST', '/api/users', { username, primaryEmail, password: PASSWORD });
      const identities = async () => (await shop.api('GET', `/api/users/${id}`)).identities;

      await continueWithGitlab(page, username);
      await expect(page.getByRole('heading', { level: 1, name: 'You already have an account' })).toBeVisible();
      await expect(page.getByText(primaryEmail).first()).toBeVisible();
      if (javaScriptEnabled) await expectAccessible(page);
      // The provider's password is not the account's.
      await fill(page, { password: GITLAB_PASSWORD });
      await expect(page.locator('[role="alert"], #password-error').first()).not.toBeEmpty();
      expect(await identities()).toEqual({});

      const linked = shop.arrival(page);
      await fill(page, { password: PASSWORD });
      await linked;
      expect(await identities()).toMatchObject({ gitlab: { details: { email: primaryEmail } } });

      const byGitlab = shop.arrival(page);
      // GitLab knows its user by now.
      await page.goto(shop.signInUrl());
      await page.getByRole('link', { name: 'Continue with GitLab' }).click();
      await byGitlab;
      const byPassword = shop.arrival(page);
      await page.goto(shop.signInUrl());
      await fill(page, { identifier: username, password: PASSWORD });
      await byPassword;
      const found = await shop.api('GET', `/api/users?search=${encodeURIComponent(primaryEmail)}`);
      expect(found.map((user: { id: string }) => user.id)).toEqual([id]);
    });

    test('who thinks better of it comes back to the sign-in page, and nothing is linked', async ({ page }) => {
      const username = javaScriptEnabled ? 'wary_script' : 'wary_plain';
      const { id } = await shop.api('POST', '/api/users', {
        username,
        primaryEmail: `${username}@example.com`,
        password: PASSWORD,
      });
      await continueWithGitlab(page, username);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Bookstore' })).toBeVisible();
      expect((await shop.api('GET', `/api/users/${id}`)).identities).toEqual({});
      const arrived = shop.arrival(page);
      await fill(page, { identifier: username, password: PASSWORD });
      await arrived;
      expect((await shop.api('GET', `/api/users/${id}`)).identities).toEqual({});
    });
  });
}
