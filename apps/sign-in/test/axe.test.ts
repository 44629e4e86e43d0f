import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../build.mjs';
import { chromiumPath, launch, openWindow } from './chromium.fixture.ts';
import { pages } from './pages.fixture.ts';

const desk = { width: 1280, height: 860 };
const phone = { width: 320, height: 640 };

/** Both schemes in both directions, on a phone and on a desk. */
const looks = [
  { colorScheme: 'light', dir: 'ltr', language: 'en', viewport: desk },
  { colorScheme: 'dark', dir: 'rtl', language: 'ja', viewport: phone },
  { colorScheme: 'light', dir: 'rtl', language: 'fr', viewport: phone },
  { colorScheme: 'dark', dir: 'ltr', language: 'ja', viewport: desk },
] as const;

describe.skipIf(!existsSync(chromiumPath))('axe finds nothing', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sign-in-axe-'));
    await buildPages(folder);
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each(looks)('on any page, $colorScheme, $dir', { timeout: 300_000 }, async ({ dir, language, ...look }) => {
    const { page, show } = await openWindow(browser, pathToFileURL(`${folder}/`), { ...look, reducedMotion: 'reduce' });
    // Without frames, the quicker way to run it finds the same.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const found: string[] = [];
    for (const [name, model] of Object.entries(pages({ dir, language }))) {
      await show(model);
      const { violations } = await axe.analyze();
      found.push(
        ...violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`),
      );
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      // WCAG 2.2 §1.4.10: at 320 CSS pixels, which is 400 % on a desk, nothing is beside the window.
      if (scrollWidth > clientWidth) found.push(`${name}: wider than its window`);
    }
    expect(found).toEqual([]);
    await page.close();
  });
});
