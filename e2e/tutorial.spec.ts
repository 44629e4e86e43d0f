import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { startGitlabDouble } from './gitlab-double/gitlab-double.ts';
import { tutorialPython } from './python.ts';
import { freePort, startFlask, startLatchkey } from './stack.ts';

const ADMIN = { username: 'keeper', password: 'Brass-latch-9-door' };
const READER = { username: 'ada', password: 'Paper-lamp-4-river' };
const HANA = { id: 7, username: 'hana', name: 'Hana Sato', password: 'hana-password', email: 'hana@example.com' };
const MANAGEMENT_API = 'https://default.logto.app/api';

/** What the story looks for on screen, as its readers see it. */
const WORDS = {
  en: {
    locale: 'en-US',
    createAdministrator: 'Create the administrator',
    viewAll: 'View all',
    traditional: 'Traditional web',
    redirectUris: 'Redirect URIs',
    postSignOutUris: 'Post sign-out redirect URIs',
    appId: 'App ID',
    saveList: 'Save',
    saveAndDone: 'Save and done',
    addTarget: 'Add connector',
    save: 'Save changes',
    continueWith: 'Continue with GitLab',
    cancelled: /cancel/i,
    signOut: 'Sign out',
  },
  ja: {
    locale: 'ja-JP',
    createAdministrator: '管理者を作成',
    viewAll: 'すべて表示',
    traditional: '従来型 Web',
    redirectUris: 'リダイレクト URI',
    postSignOutUris: 'サインアウト後のリダイレクト URI',
    appId: 'アプリ ID',
    saveList: '保存',
    saveAndDone: '保存して完了',
    addTarget: 'コネクターを追加',
    save: '変更を保存',
    continueWith: 'GitLab で続ける',
    cancelled: /キャンセル|取り消|中止/,
    signOut: 'サインアウト',
  },
} as const;

/** Fills and sends the hosted page's form. */
async function answerForm(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`form [name="${name}"]`).fill(value);
  await page.locator('form button[type="submit"]').first().click();
}

/** Types an address into one of the guide's lists and saves it; a list that is saved has no save button any more. */
async function saveAddress(page: Page, list: { field: string; save: string }, address: string): Promise<void> {
  await page.locator('main').getByRole('textbox', { name: list.field }).first().fill(address);
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
  await page.getByRole('button', { name: list.save, exact: true }).first().click();
  await saved;
}

/** Everything a person does on the hosted pages, in a browser that runs no script. */
async function withoutJavaScript(
  page: Page,
  { flaskOrigin, words }: { flaskOrigin: string; words: (typeof WORDS)['en' | 'ja'] },
): Promise<void> {
  const account = { username: 'plain', password: READER.password };
  const signOut = async () => {
    await page.goto(`${flaskOrigin}/sign-out`);
    await page.getByRole('button', { name: words.signOut }).click();
    await expect(page.locator('#status')).toContainText('You are not signed in');
  };
  await page.goto(`${flaskOrigin}/sign-up`);
  await answerForm(page, account);
  await expect(page.locator('#status')).toContainText('You are signed in');
  await expect(page.locator('#claims')).toContainText(account.username);
  await signOut();

  await page.goto(`${flaskOrigin}/sign-in`);
  await answerForm(page, { identifier: account.username, password: 'wrong password' });
  await expect(page.locator('[role="alert"], [aria-invalid="true"]').first()).toBeVisible();
  await answerForm(page, { identifier: account.username, password: account.password });
  await expect(page.locator('#status')).toContainText('You are signed in');
  await signOut();

  await page.goto(`${flaskOrigin}/sign-in`);
  await page.getByRole('link', { name: words.continueWith }).click();
  await page.getByLabel('Username or primary email').fill(HANA.username);
  await page.getByLabel('Password').fill(HANA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  // She has allowed the app before, so GitLab does not ask again.
  await expect(page.locator('#status')).toContainText('You are signed in');
  await expect(page.locator('#user-info')).toContainText(HANA.name);
}

for (const language of ['en', 'ja'] as const) {
  const words = WORDS[language];

  test.describe(`the tutorial (${language})`, () => {
    test.use({ locale: words.locale, viewport: { width: 1440, height: 900 } });

    test('from the set-up link to “Continue with GitLab” in a stock Flask app', async ({ page, browser }) => {
      const python = await tutorialPython();
      test.skip(!python, 'Python or PyPI cannot be reached');
      const latchkey = await startLatchkey();
      const stops: (() => Promise<void>)[] = [() => latchkey.stop()];
      try {
        await test.step('the set-up link makes the first administrator', async () => {
          await page.goto(latchkey.setUpLink);
          await expect(page.getByRole('button', { name: words.createAdministrator })).toBeVisible();
          await expectAccessible(page);
          await page.getByRole('button', { name: words.createAdministrator }).click();
          await page.waitForURL(/\/t\/admin\/register/);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          await expectAccessible(page);
          await answerForm(page, ADMIN);
          await page.waitForURL(/\/console\/get-started/);
          await expect(page.getByRole('link', { name: words.viewAll }).first()).toBeVisible();
          await expectAccessible(page);
        });

        const appId = await test.step('a Flask app is created, its addresses saved in the guide', async () => {
          await page.getByRole('link', { name: words.viewAll }).first().click();
          await page.getByText(words.traditional, { exact: true }).first().click();
          await expectAccessible(page);
          await page.locator('main input[type="search"], main input[placeholder]').first().fill('flask');
          await page.getByRole('button', { name: /Flask/ }).first().click();
          await page.locator('[role="dialog"] [data-path="name"]').fill('Bookstore');
          await expectAccessible(page);
          await page.locator('[role="dialog"] button[type="submit"]').click();
          await page.waitForURL(/\/console\/applications\/[^/]+\/guide\/web-flask/);
          const id = /applications\/([^/]+)\/guide/.exec(page.url())?.[1] ?? '';
          await expect(page.locator('main')).toContainText(id);
          await expect(page.locator('main')).toContainText(latchkey.origin);
          await expectAccessible(page);
          return id;
        });
        const appSecret = /appSecret="([^"]+)"/.exec((await page.locator('main').textContent()) ?? '')?.[1] ?? '';
        expect(appSecret).toMatch(/^[0-9A-Za-z]{32}$/);
        const flaskPort = await freePort();
        const flaskOrigin = `http://localhost:${flaskPort}`;
        await saveAddress(page, { field: words.redirectUris, save: words.saveList }, `${flaskOrigin}/callback`);
        await saveAddress(page, { field: words.postSignOutUris, save: words.saveList }, `${flaskOrigin}/`);

        await test.step('GitLab is connected: the redirect URI is known before saving', async () => {
          await page.goto(`${latchkey.origin}/console/connectors/social/create/gitlab-universal`);
          const redirectUri = page.getByText(new RegExp(`^${latchkey.origin}/callback/[0-9a-z]+$`)).first();
          await expect(redirectUri).toBeVisible();
          await expectAccessible(page);
          const gitlab = await startGitlabDouble({
            applications: [
              {
                name: 'Bookstore',
                redirectUris: [(await redirectUri.textContent()) ?? ''],
                scopes: ['openid', 'profile', 'email'],
              },
            ],
            users: [{ ...HANA, groups: [{ path: 'readers' }] }],
          });
          stops.push(() => gitlab.close());
          const form = page.locator('main form');
          const [clientId, clientSecret, , baseUrl] = await form.locator('input:not([type="checkbox"])').all();
          await clientId?.fill(gitlab.applications[0]?.clientId ?? '');
          await clientSecret?.fill(gitlab.applications[0]?.clientSecret ?? '');
          await baseUrl?.fill(gitlab.url);
          await page.getByRole('button', { name: words.saveAndDone }).click();
          await page.waitForURL(/\/console\/connectors\/social\/?[^/]*$/);
        });

        await test.step('GitLab becomes a button of the sign-in page, and the preview shows it', async () => {
          await page.goto(`${latchkey.origin}/console/sign-in-experience/sign-up-and-sign-in`);
          await expect(page.getByRole('button', { name: words.addTarget })).toBeVisible();
          await expectAccessible(page);
          await page.getByRole('button', { name: words.addTarget }).click();
          await page.getByRole('menuitem', { name: /GitLab/ }).click();
          const saved = page.waitForResponse((a) => a.request().method() === 'PATCH' && a.ok());
          await page.getByRole('button', { name: words.save }).click();
          await saved;
          await expect(
            page
              .frameLocator('iframe')
              .first()
              .getByText(/GitLab/)
              .first(),
          ).toBeVisible();
        });

        const flask = await startFlask({
          python: python ?? '',
          port: flaskPort,
          endpoint: latchkey.origin,
          appId,
          appSecret,
          resource: MANAGEMENT_API,
        });
        stops.push(() => flask.stop());

        await test.step('the lists and the details read well too', async () => {
          for (const path of [
            'applications',
            `applications/${appId}`,
            'connectors/social',
            'sign-in-experience/branding',
          ]) {
            await page.goto(`${latchkey.origin}/console/${path}`);
            await expect(page.locator('main h1, main h2').first()).toBeVisible();
            await expectAccessible(page);
          }
        });

        const visitor = await browser.newContext({ locale: words.locale });
        const shop = await visitor.newPage();
        await test.step('a reader registers: the register page comes first', async () => {
          await shop.goto(`${flaskOrigin}/sign-up`);
          await expect(shop).toHaveURL(/\/register\?/);
          await expectAccessible(shop);
          await answerForm(shop, READER);
          await expect(shop.locator('#status')).toContainText('You are signed in');
          await expect(shop.locator('#claims')).toContainText(READER.username);
          await expect(shop.locator('#user-info')).toContainText(READER.username);
        });
        await test.step('the app gets a token for an API, anew when it has expired', async () => {
          await shop.goto(`${flaskOrigin}/protected`);
          await expect(shop.locator('#access-token')).toContainText(MANAGEMENT_API);
        });
        await test.step('signing out ends both sessions and returns to the app', async () => {
          await shop.goto(`${flaskOrigin}/sign-out`);
          await shop.waitForURL(`${flaskOrigin}/`);
          await expect(shop.locator('#status')).toContainText('You are not signed in');
          await shop.goto(`${flaskOrigin}/sign-in`);
          await expect(shop).toHaveURL(/\/sign-in\?/);
        });
        await test.step('a wrong password is refused, the right one lets in', async () => {
          await expectAccessible(shop);
          await answerForm(shop, { identifier: READER.username, password: 'wrong password' });
          await expect(shop.locator('[role="alert"], .error, [aria-invalid="true"]').first()).toBeVisible();
          await expectAccessible(shop);
          await answerForm(shop, { identifier: READER.username, password: READER.password });
          await expect(shop.locator('#status')).toContainText('You are signed in');
        });

        const guest = await browser.newContext({ locale: words.locale });
        const hana = await guest.newPage();
        await test.step('a denied GitLab consent is said in a sentence, with a way back', async () => {
          await hana.goto(`${flaskOrigin}/sign-in`);
          await hana.getByRole('link', { name: words.continueWith }).click();
          await hana.getByLabel('Username or primary email').fill(HANA.username);
          await hana.getByLabel('Password').fill(HANA.password);
          await hana.getByRole('button', { name: 'Sign in' }).click();
          await hana.getByRole('button', { name: 'Deny' }).click();
          await expect(hana.locator('body')).toContainText(words.cancelled);
          await expect(hana).toHaveURL(new RegExp(`^${latchkey.origin}/`));
          await expectAccessible(hana);
        });
        await test.step('“Continue with GitLab” makes the account: name, avatar, address', async () => {
          await hana.goto(`${flaskOrigin}/sign-in`);
          await hana.getByRole('link', { name: words.continueWith }).click();
          await hana.getByRole('button', { name: 'Authorize' }).click();
          await hana.waitForURL(new RegExp(`^(${latchkey.origin}/profile|${flaskOrigin}/)`));
          if (hana.url().startsWith(`${latchkey.origin}/profile`)) await answerForm(hana, { username: 'hana' });
          await expect(hana.locator('#status')).toContainText('You are signed in');
          await expect(hana.locator('#user-info')).toContainText(HANA.name);
          await expect(hana.locator('#user-info')).toContainText(HANA.email);
        });
        await test.step('the demo app, a second app, signs her in without a prompt', async () => {
          await hana.goto(`${latchkey.origin}/demo-app`);
          await expect(hana.getByRole('button').first()).toBeVisible();
          await expectAccessible(hana);
          await hana.getByRole('button').first().click();
          await expect(hana.locator('main')).toContainText(HANA.name);
          await expectAccessible(hana);
        });
        await test.step('with JavaScript switched off: registration, sign-out, password, GitLab', async () => {
          const plain = await browser.newContext({ locale: words.locale, javaScriptEnabled: false });
          await withoutJavaScript(await plain.newPage(), { flaskOrigin, words });
        });
      } finally {
        for (const stop of stops.reverse()) await stop();
      }
    });
  });
}
