// What the Console decides about signing in, seen on its own pages and then from the other side: as the person who
// signs in, by way of the demo app. One service for all of it.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { fill } from './shop.ts';
import { type Latchkey, startLatchkey } from './stack.ts';

let latchkey: Latchkey;
let page: Page;

const open = (path: string) => page.goto(`${latchkey.origin}/console/${path}`);
const dialog = () => page.getByRole('dialog');

/** A browser of somebody else's, who knows nothing of the administrator's. */
async function visit(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US' });
  const visitor = await context.newPage();
  await visitor.goto(url);
  return visitor;
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  latchkey = await startLatchkey();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await page.goto(latchkey.setUpLink);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.waitForURL(/\/t\/admin\/register/);
  await fill(page, { username: 'keeper', password: 'Brass-latch-9-door' });
  await page.waitForURL(/\/console\/get-started/);
});

test.afterAll(() => latchkey?.stop());

test('a magic link lets its reader into the demo app once, and is then marked as used', async ({ browser }) => {
  await open('one-time-tokens');
  await expect(page.getByText('No magic links yet')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create magic link' }).first().click();
  await dialog().getByLabel('E-mail address').fill('edith@example.com');
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Create' }).click();
  const link = (await dialog().getByLabel('Magic link', { exact: true }).textContent()) ?? '';
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Close' }).last().click();

  const visitor = await visit(browser, link);
  await expect(visitor.getByText('edith@example.com').first()).toBeVisible();
  await visitor.locator('form .lk-button-primary').click();
  // A newcomer is asked for what a new account needs besides.
  await fill(visitor, { username: 'edith', password: 'Paper-lamp-4-river' });
  await visitor.waitForURL(/\/demo-app$/);
  await expect(visitor.getByText('edith@example.com').first()).toBeVisible();
  await visitor.context().close();

  await page.reload();
  await expect(page.getByRole('row', { name: /edith@example\.com/ })).toContainText('Used');
  await expectAccessible(page);
});

test('a revoked magic link opens nothing', async ({ browser }) => {
  await open('one-time-tokens');
  await page.getByRole('button', { name: 'Create magic link' }).first().click();
  await dialog().getByLabel('E-mail address').fill('joan@example.com');
  await dialog().getByRole('button', { name: 'Create' }).click();
  const link = (await dialog().getByLabel('Magic link', { exact: true }).textContent()) ?? '';
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Revoke the link for joan@example.com' }).click();
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row', { name: /joan@example\.com/ })).toContainText('Revoked');

  const visitor = await visit(browser, link);
  await visitor.locator('form .lk-button-primary').click();
  await expect(visitor.getByRole('heading', { name: /went wrong|no longer/ })).toBeVisible();
  await visitor.context().close();

  await page.getByLabel('Status').selectOption('Expired');
  await expect(page.getByText('No such link')).toBeVisible();
});
