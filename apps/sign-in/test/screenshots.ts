import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import type { SignInPages } from '@latchkey/server/contract';
import { launch, openWindow } from './chromium.fixture.ts';
import { pages } from './pages.fixture.ts';

// `node test/screenshots.ts <folder> [rtl]` draws every page to look at; build first.

const [, , folder, direction] = argv;
if (!folder) throw new TypeError('Name the folder to put the pictures in.');
await mkdir(folder, { recursive: true });

const dist = new URL('../dist/', import.meta.url);
const { languages }: SignInPages = await import(new URL('server/render.js', dist).href);
const dir = direction === 'rtl' ? 'rtl' : 'ltr';

const widths = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };

const browser = await launch();
try {
  for (const [size, viewport] of Object.entries(widths)) {
    const { page, show } = await openWindow(browser, dist, { viewport, reducedMotion: 'reduce' });
    for (const language of languages) {
      for (const [name, model] of Object.entries(pages({ language, dir }))) {
        await show(model);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const path = join(folder, `${name}-${size}-${colorScheme}-${language}.png`);
          await page.screenshot({ path, fullPage: true });
        }
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}
