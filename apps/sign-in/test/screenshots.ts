import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import type { SignInPages } from '@latchkey/server/contract';
import { chromium, type Page } from '@playwright/test';
import { pages } from './pages.fixture.ts';

// `node test/screenshots.ts <folder>` draws every page to look at; build first.

const folder = argv[2];
if (!folder) throw new TypeError('Name the folder to put the pictures in.');
await mkdir(folder, { recursive: true });

// The server's own constant lives behind its whole contract, which is more than this needs.
const signInAssetsPath = '/sign-in-assets/';
const dist = new URL('../dist/', import.meta.url);
const { render, languages }: SignInPages = await import(new URL('server/render.js', dist).href);

const widths = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };

async function draw(page: Page, size: string, language: string): Promise<void> {
  for (const [name, model] of Object.entries(pages({ language }))) {
    await page.route('http://pages.test/', (route) => route.fulfill({ contentType: 'text/html', body: render(model) }));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('http://pages.test/');
      await page.screenshot({
        path: join(folder ?? '', `${name}-${size}-${colorScheme}-${language}.png`),
        fullPage: true,
      });
    }
    await page.unroute('http://pages.test/');
  }
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  for (const [size, viewport] of Object.entries(widths)) {
    const page = await browser.newPage({ viewport });
    await page.route(`http://pages.test${signInAssetsPath}*`, (route) => {
      const file = new URL(route.request().url()).pathname.slice(signInAssetsPath.length);
      return route.fulfill({ path: new URL(`client/${file}`, dist).pathname });
    });
    for (const language of languages) await draw(page, size, language);
    await page.close();
  }
} finally {
  await browser.close();
}
