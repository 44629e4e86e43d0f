// A web app that knows nothing of signing in, behind Latchkey: made in the Console, opened by somebody who has to sign
// in first, and left again.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { fill, openShop, type Shop } from './shop.ts';

/** It greets whom the proxy names, and remembers nobody. */
const app = createServer((request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><title>Wiki</title><h1>Hello ${request.headers['x-forwarded-preferred-username']}</h1>
<p>${request.url}</p><a href="/sign-out">Leave</a>`);
});
let shop: Shop;
test.beforeAll(async ({ browser }) => {
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  shop = await openShop(browser);
});
test.afterAll(async () => {
  app.closeAllConnections();
  app.close();
  await shop?.close();
});

test('a web app is protected in the Console, and then lets in who signs in', async ({ browser }) => {
  const page = shop.administrator;
  const origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const home = shop.origin.replace('localhost', 'wiki.localhost');

  await test.step('it is created with a subdomain and the address of the app', async () => {
    await page.goto(`${shop.origin}/console/applications/create`);
    await page.getByRole('button', { name: /Protect a web app/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Application name').fill('Wiki');
    await dialog.getByLabel('Subdomain').fill('wiki');
    await dialog.getByLabel('Where the app listens').fill('nonsense');
    await dialog.getByRole('button', { name: 'Create application' }).click();
    await expect(dialog.getByText('Enter an address without a path')).toBeVisible();
    await dialog.getByLabel('Where the app listens').fill(`${origin}/`);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create application' }).click();
    await expect(page.getByText(home, { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('its settings are saved', async () => {
    await page.getByLabel('Paths that need a sign-in, entry 1').fill('^/(?!open)');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
  });

  await test.step('a domain of one’s own shows the records to enter', async () => {
    await page.getByRole('button', { name: 'Add domain' }).click();
    await page.getByRole('dialog').getByLabel('Domain').fill('wiki.acme.test');
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByText('_latchkey.wiki.acme.test')).toBeVisible();
    await page.getByRole('button', { name: 'Delete wiki.acme.test' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete domain' }).click();
    await expect(page.getByText('_latchkey.wiki.acme.test')).toHaveCount(0);
  });

  await shop.api('POST', '/api/users', { username: 'nora', password: 'Paper-lamp-4-river' });
  const context = await browser.newContext({ locale: 'en-US' });
  const visitor = await context.newPage();

  await test.step('an open path needs no sign-in', async () => {
    await visitor.goto(`${home}/open`);
    await expect(visitor.getByRole('heading', { name: 'Hello undefined' })).toBeVisible();
  });

  await test.step('any other page leads to the sign-in, and back to itself', async () => {
    await visitor.goto(`${home}/plans?year=3`);
    await expect(visitor).toHaveURL(new RegExp(`^${shop.origin}/sign-in`));
    await fill(visitor, { identifier: 'nora', password: 'Paper-lamp-4-river' });
    await expect(visitor.getByRole('heading', { name: 'Hello nora' })).toBeVisible();
    await expect(visitor).toHaveURL(`${home}/plans?year=3`);
    await expect(visitor.getByText('/plans?year=3')).toBeVisible();
  });

  await test.step('signing out ends it, and the next visit asks anew', async () => {
    await visitor.getByRole('link', { name: 'Leave' }).click();
    await expect(visitor).toHaveURL(new RegExp(`^${shop.origin}/sign-in`));
    await visitor.goto(`${home}/plans`);
    await expect(visitor).toHaveURL(new RegExp(`^${shop.origin}/sign-in`));
  });
  await context.close();
});
