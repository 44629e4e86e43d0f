// What an operator does in the Console day by day: words of messages, webhooks and their deliveries, what became of an
// object, the dashboard and domains. One service for all of it.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let page: Page;
const open = (path: string) => page.goto(`${shop.origin}/console/${path}`);
const dialog = () => page.getByRole('dialog');

test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
  page = shop.administrator;
  await page.setViewportSize({ width: 1440, height: 900 });
});
test.afterAll(() => shop?.close());

/** A receiver of webhooks, with what it was sent; it takes nothing until it is told to. */
async function startReceiver() {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let status = 503;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answer: (next: number) => {
      status = next;
    },
    close: () => server.close(),
  };
}

const words = {
  en: { channel: 'Channel', sms: 'SMS', language: 'Language', text: 'Text', save: 'Save template', own: 'Your text' },
  ja: {
    channel: '種別',
    sms: 'SMS',
    language: '言語',
    text: '本文',
    save: 'テンプレートを保存',
    own: '編集済み',
  },
};

for (const language of ['en', 'ja'] as const) {
  test(`the words of an SMS are written, and previewed as they will be (Console in ${language})`, async () => {
    const t = words[language];
    await page.evaluate((tag) => localStorage.setItem('latchkey-console-language', tag), language);
    try {
      await open('messages/templates');
      await page.getByLabel(t.channel).selectOption('Sms');
      await page.getByRole('combobox', { name: t.language }).fill(language);
      await page.getByLabel(t.text, { exact: true }).fill('Shop: {{code}}');
      await expect(page.getByText(/^Shop: \d+$/)).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('button', { name: t.save }).click();
      await expect(page.getByText(t.own, { exact: true })).toBeVisible();
      const [template] = await shop.api('GET', `/api/sms-templates?languageTag=${language}`);
      expect(template.details).toEqual({ content: 'Shop: {{code}}' });
    } finally {
      await page.evaluate(() => localStorage.setItem('latchkey-console-language', 'en'));
    }
  });
}

test('Mailgun’s deliveries are a form: the name of a template there for one purpose, a text of one’s own for another', async () => {
  await open('messages/providers');
  await page.getByRole('combobox', { name: 'Provider' }).first().selectOption({ label: 'Mailgun' });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('Domain').fill('mg.example.com');
  await field('API key').fill('key-1');
  await field('Sender').fill('Shop <no-reply@mg.example.com>');
  await page.getByRole('button', { name: /^Sign-in/ }).click();
  await page.getByRole('button', { name: 'Name a template' }).click();
  await field('Template name').fill('verification-code');
  await field('Variables').fill('brand=Shop\nteam=Support');
  await page.getByRole('button', { name: /^Registration/ }).click();
  await page.getByRole('button', { name: 'Write your own' }).click();
  await field('HTML').fill('<p>Welcome: {{code}}</p>');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = async () => (await shop.api('GET', '/api/connectors'))[0]?.config.deliveries;
  await expect.poll(saved).toEqual({
    SignIn: { template: 'verification-code', variables: { brand: 'Shop', team: 'Support' } },
    Register: { subject: expect.any(String), html: '<p>Welcome: {{code}}</p>' },
  });
});

test('a webhook whose receiver was down: what waits, what arrived, and the same delivery once more', async () => {
  const receiver = await startReceiver();
  try {
    await open('webhooks');
    await page.getByRole('button', { name: 'Create webhook' }).first().click();
    await dialog().getByLabel('Name').fill('Orders');
    await dialog().getByLabel('Endpoint URL').fill(receiver.url);
    await dialog().getByLabel('Events').click();
    await page.getByRole('option', { name: 'User.Created' }).click();
    await page.keyboard.press('Escape');
    await dialog().locator('button[type="submit"]').click();
    await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();

    await shop.api('POST', '/api/users', { username: 'hana', name: 'Hana' });
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
    await page.getByText('Waiting', { exact: true }).click();
    const deliveries = page.getByRole('group', { name: 'Deliveries' });
    await expect(deliveries.getByRole('cell', { name: 'User.Created' })).toBeVisible();
    await expect(deliveries.getByRole('cell', { name: '503' })).toBeVisible();
    await expectAccessible(page);

    receiver.answer(204);
    const before = receiver.received.length;
    await expect.poll(() => receiver.received.length, { timeout: 120_000 }).toBeGreaterThan(before);
    await page.getByText('Delivered', { exact: true }).click();
    await expect(deliveries.getByRole('cell', { name: 'User.Created' })).toBeVisible();

    const arrived = receiver.received.length;
    await deliveries.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => receiver.received.length).toBe(arrived + 1);
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    expect(ids.size, 'every try of a delivery carries one id').toBe(1);
    expect(JSON.parse(receiver.received[0]?.body ?? '{}')).toMatchObject({
      event: 'User.Created',
      data: { username: 'hana' },
    });
  } finally {
    receiver.close();
  }
});

test('the history of an object tells each change, and two moments what differs', async () => {
  const { id } = await shop.api('POST', '/api/organizations', { name: 'Acme' });
  const user = await shop.api('POST', '/api/users', { username: 'member' });
  await shop.api('PATCH', `/api/organizations/${id}`, { description: 'A customer' });
  await shop.api('POST', `/api/organizations/${id}/users`, { userIds: [user.id] });
  await open(`organizations/${id}/history`);
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await dialog()
    .getByRole('button', { name: /Organization\.Data\.Updated/ })
    .click();
  await expect(dialog().getByRole('cell', { name: 'A customer' })).toBeVisible();
  await dialog()
    .getByRole('button', { name: /Organization\.Membership\.Updated/ })
    .click();
  await expect(dialog().getByRole('cell', { name: 'membership.users' })).toBeVisible();
  await dialog().getByRole('button', { name: 'Compare' }).click();
  const difference = dialog().getByRole('status');
  await expect(difference.getByText('At the first moment it was not there.')).toBeVisible();
  await expect(difference.getByRole('row', { name: /^description/ })).toContainText('A customer');
  await expect(difference.getByRole('row', { name: /^membership\.users/ })).toContainText(user.id);
  await expectAccessible(page);
});

test('the dashboard counts, explains its figures and draws its curves', async () => {
  const { totalUserCount } = await shop.api('GET', '/api/dashboard/users/total');
  await open('dashboard');
  const total = page.getByText('Total users').locator('..');
  await expect(total).toContainText(String(totalUserCount));
  await total.hover();
  await expect(page.getByText('All users of the tenant, suspended ones included.')).toBeVisible();
  await expect(page.locator('svg.recharts-surface').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Storage forecast' })).toBeVisible();
  await expectAccessible(page);
});

test('a domain waits for its records, and after it was removed its history is still told', async () => {
  await open('domains');
  await page.getByRole('button', { name: 'Add domain' }).first().click();
  await dialog().getByLabel('Domain').fill('id.shop.example');
  await dialog().locator('button[type="submit"]').click();
  await expect(page.getByRole('heading', { name: 'id.shop.example', level: 1 })).toBeVisible();
  await expect(page.getByText('Waiting for DNS').first()).toBeVisible();
  const [{ id }] = await shop.api('GET', '/api/domains');
  await shop.api('DELETE', `/api/domains/${id}`);
  await open('domains');
  const removed = page.getByRole('row', { name: /id\.shop\.example/ });
  await expect(removed).toBeVisible();
  await expectAccessible(page);
  await removed.getByRole('button', { name: 'History' }).click();
  await expect(dialog().getByRole('button', { name: /Domain\.Deleted/ })).toBeVisible();
  await expect(dialog().getByRole('button', { name: /Domain\.Created/ })).toBeVisible();
});
