/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2 at AA, and what axe recommends beside it. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Frames in which no script may run, where axe would wait for an answer for ever: mail as it will look. */
const SILENT_FRAMES = 'iframe[sandbox=""]';

/** No finding of axe on the page once its heading is there, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await finishTransitions(page);
    const { violations } = await new AxeBuilder({ page }).exclude(SILENT_FRAMES).withTags(RULES).analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 3).map((node) => `${node.target.join(' ')} — ${node.failureSummary ?? ''}`),
    }));
    expect.soft(found, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}

/** Frames without a transition after which the page is taken to be at rest. */
const QUIET_FRAMES = 5;

/**
 * Half-way through a transition colours are neither the one nor the other. A page that follows the scheme by script
 * begins its transitions some frames later, so they are ended until none has begun for a while.
 */
async function finishTransitions(page: Page): Promise<void> {
  await page.evaluate(async (quietFrames) => {
    for (let quiet = 0; quiet < quietFrames; quiet += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const animation of document.getAnimations()) {
        if (animation.effect?.getTiming().iterations === Number.POSITIVE_INFINITY) continue;
        animation.finish();
        quiet = 0;
      }
    }
  }, QUIET_FRAMES);
}
