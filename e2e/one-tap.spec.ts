// Google One Tap in a real browser, under the policy that the page really has; Google's script is a double.
import { expect, test } from '@playwright/test';
import { openShop, type Shop } from './shop.ts';

/** What Google's script does as far as the page can tell: remembers what it is told, loads its style, answers the prompt. */
const SCRIPT = `
  const told = (window.told = []);
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'https://accounts.google.com/gsi/style' });
  document.head.append(style);
  let options;
  window.google = { accounts: { id: {
    initialize(given) { options = given; told.push(given); },
    prompt() { setTimeout(() => options.callback({ credential: 'no.id.token' })); },
    cancel() {},
  } } };
`;

let shop: Shop;
test.use({ locale: 'en-US' });
test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
  const oneTap = { isEnabled: true, autoSelect: false, closeOnTapOutside: true, itpSupport: true };
  const config = { clientId: 'client.apps.googleusercontent.com', clientSecret: 'secret', oneTap };
  await shop.api('POST', '/api/connectors', { connectorId: 'google-universal', config });
  await shop.api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['google'] });
});
test.afterAll(() => shop?.close());

test('the page is complete before Google’s script is asked for, and sends what its prompt answers', async ({
  page,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/^(?:Loading|Connecting|Framing|Executing) .*Content Security Policy/.test(message.text()))
      refused.push(message.text());
  });
  const order: string[] = [];
  page.on('load', () => order.push('load'));
  await page.route('https://accounts.google.com/gsi/client', (route) => {
    order.push('script');
    return route.fulfill({ contentType: 'text/javascript', body: SCRIPT });
  });
  await page.route('https://accounts.google.com/gsi/style', (route) =>
    route.fulfill({ contentType: 'text/css', body: '' }),
  );
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && /\/sign-in\/one-tap/.test(request.url()),
  );
  await page.goto(shop.signInUrl());
  const form = new URLSearchParams((await sent).postData() ?? '');
  expect(form.get('credential')).toBe('no.id.token');
  expect(form.get('csrf')).toMatch(/\S/);
  // What is no ID token lets nobody in.
  await expect(page.locator('.lk-page-error')).toBeVisible();
  expect(order).toEqual(['load', 'script']);
  expect(refused).toEqual([]);
  const [told] = await page.evaluate(() => (window as unknown as { told: Record<string, unknown>[] }).told);
  expect(told).toMatchObject({ client_id: 'client.apps.googleusercontent.com', use_fedcm_for_prompt: true });
  expect(told?.nonce).toMatch(/^[\w-]{43}$/);
});

test('the page is whole where Google’s script is kept out', async ({ page }) => {
  await page.route('https://accounts.google.com/**', (route) => route.abort());
  const failures: Error[] = [];
  page.on('pageerror', (error) => failures.push(error));
  const asked = page.waitForEvent('requestfailed', (request) => request.url().includes('/gsi/client'));
  await page.goto(shop.signInUrl());
  await asked;
  await expect(page.locator('form [name="identifier"]')).toBeVisible();
  await expect(page.getByRole('link', { name: /Google/ })).toBeVisible();
  expect(failures).toEqual([]);
});

test('an app’s own page sends what the prompt answered; one that is good for nothing leaves the sign-in page whole', async ({
  page,
}) => {
  const signInUrl = shop.signInUrl();
  await page.route('https://app.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<script src="https://accounts.google.com/gsi/client"></script>
        <script>
          google.accounts.id.initialize({
            client_id: 'client.apps.googleusercontent.com',
            callback: ({ credential }) => location.assign(
              ${JSON.stringify(signInUrl)} + '&google_one_tap_credential=' + encodeURIComponent(credential)),
          });
          google.accounts.id.prompt();
        </script>`,
    }),
  );
  await page.route('https://accounts.google.com/gsi/client', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
  );
  await page.route('https://accounts.google.com/gsi/style', (route) =>
    route.fulfill({ contentType: 'text/css', body: '' }),
  );
  const sent = page.waitForRequest((request) => request.url().includes('google_one_tap_credential=no.id.token'));
  await page.goto('https://app.example/', { waitUntil: 'commit' });
  await sent;
  await page.waitForURL((url) => url.origin === shop.origin && url.pathname.startsWith('/sign-in'));
  await expect(page.locator('form [name="identifier"]')).toBeVisible();
  const refused = await shop.api('GET', '/api/logs?result=Error&kind=signIn');
  expect(refused[0].key).toBe('Interaction.SignIn.Verification.Social.Submit');
});
