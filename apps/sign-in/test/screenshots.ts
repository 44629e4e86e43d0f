import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { signInLanguages } from '@latchkey/phrases/sign-in-languages';
import { launch, openWindow } from './chromium.fixture.ts';
import { pages } from './pages.fixture.ts';

// `node test/screenshots.ts <folder> [language…]` draws every page to look at; build first.

const [, , folder, ...wanted] = argv;
if (!folder) throw new TypeError('Name the folder to put the pictures in.');
await mkdir(folder, { recursive: true });

const dist = new URL('../dist/', import.meta.url);
const languages = wanted.length > 0 ? wanted : Object.keys(signInLanguages);

const widths = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };

const browser = await launch();
try {
  for (const [size, viewport] of Object.entries(widths)) {
    const { page, show } = await openWindow(browser, dist, { viewport, reducedMotion: 'reduce' });
    for (const language of languages) {
      for (const [name, model] of Object.entries(
        pages({ language, dir: /^(?:ar|fa)\b/.test(language) ? 'rtl' : 'ltr' }),
      )) {
        await show(model);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const path = join(folder, `${name}-${size}-${colorScheme}-${language}.png`);
          // Half-way from one scheme to the other colours are neither.
          await page.screenshot({ path, fullPage: true, animations: 'disabled' });
        }
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}
