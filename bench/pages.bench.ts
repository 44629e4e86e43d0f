// What a browser loads over the wire for the first page of a person, and for the first view of an administrator.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type CDPSession, chromium } from '@playwright/test';
import { reportFigure } from './report.ts';
import { type Server, withServer } from './server.ts';

/** Chromium as Debian packages it; the flags keep it from looking for the outside world. */
const LAUNCH = {
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
};
const ADMIN = { username: 'bench_keeper', password: 'Brass-latch-9-door' };

interface Weight {
  bytes: number;
  requests: number;
}

/** Counts what the network delivers, headers included, as the browser's own tools do. */
async function weigh(session: CDPSession, load: () => Promise<void>): Promise<Weight> {
  const weight = { bytes: 0, requests: 0 };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    weight.bytes += encodedDataLength;
    weight.requests += 1;
  });
  await session.send('Network.enable');
  await load();
  return weight;
}

/** The pages that somebody may see first, by what the application asks for (features 1.8). */
const FIRST_PAGES: Record<string, Record<string, string>> = {
  'sign-in page': {},
  'register page': { first_screen: 'register' },
  'page of a link': { one_time_token: 'a'.repeat(32), login_hint: 'mina@bookstore.test' },
};

/** How far things have moved after they were first drawn (Cumulative Layout Shift, without a time window). */
const SHIFT = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; })
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum), 100));
})`;

/** Each in a browser that has nothing in its cache. */
const VISITS = 5;

/** First Contentful Paint, from the click on. */
const PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN";

async function firstPaint(browser: Browser, address: string): Promise<number> {
  const paints: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    paints.push(await page.evaluate<number>(PAINT));
    await context.close();
  }
  return paints.toSorted((a, b) => a - b)[Math.floor(VISITS / 2)] ?? Number.NaN;
}

/** What is the browser's own: a page of one word, isolated from the windows of others as ours are. */
async function emptyPage(browser: Browser): Promise<number> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'cross-origin-opener-policy': 'same-origin' });
    response.end('<!doctype html><title>Empty</title><link rel="icon" href="data:,">Hello');
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const paint = await firstPaint(browser, `http://localhost:${port}/`);
  server.close();
  return paint;
}

async function firstPages(browser: Browser, server: Server): Promise<void> {
  const addresses = Object.entries(FIRST_PAGES).map(([name, asked]) => {
    const query = new URLSearchParams({
      client_id: 'demo-app',
      redirect_uri: `${server.origin}/demo-app`,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
      ...asked,
    });
    return [name, `${server.origin}/oidc/auth?${query}`] as const;
  });
  const empty = await emptyPage(browser);
  for (const [name, address] of [...addresses, ['page of a device', `${server.origin}/device`] as const]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const { bytes, requests } = await weigh(await context.newCDPSession(page), async () => {
      await page.goto(address, { waitUntil: 'networkidle' });
    });
    const shift = await page.evaluate<number>(SHIFT);
    await context.close();
    const paint = await firstPaint(browser, address);
    reportFigure({ name: `${name}, cold`, most: 30, unit: 'KB' }, bytes / 1024);
    reportFigure({ name: `${name}, requests`, most: 5, unit: '' }, requests, 'redirect and icon included');
    reportFigure({ name: `${name}, first paint`, most: 150, unit: 'ms' }, paint, `an empty page ${empty.toFixed(0)}`);
    reportFigure({ name: `${name}, layout shift`, most: 0, unit: '' }, shift);
  }
}

async function firstViewOfConsole(browser: Browser, server: Server): Promise<void> {
  await server.cli('admin', 'create', '--username', ADMIN.username, '--password', ADMIN.password);
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(`${server.origin}/console`);
  await first.locator('form [name="identifier"]').fill(ADMIN.username);
  await first.locator('form [name="password"]').fill(ADMIN.password);
  await first.locator('form button[type="submit"]').first().click();
  await first.waitForURL(/\/console\/get-started/);
  const state = await context.storageState();
  await context.close();

  // Signed in, and nothing in the cache.
  const cold = await browser.newContext({ storageState: state });
  const page = await cold.newPage();
  const { bytes, requests } = await weigh(await cold.newCDPSession(page), async () => {
    await page.goto(`${server.origin}/console/get-started`, { waitUntil: 'networkidle' });
  });
  await cold.close();
  reportFigure({ name: 'Console, first view signed in', most: 350, unit: 'KB' }, bytes / 1024);
  reportFigure({ name: 'Console, requests', most: 20, unit: '' }, requests);
}

const browser = await chromium.launch(LAUNCH);
try {
  await withServer(async (server) => {
    await firstPages(browser, server);
    await firstViewOfConsole(browser, server);
  });
} finally {
  await browser.close();
}
