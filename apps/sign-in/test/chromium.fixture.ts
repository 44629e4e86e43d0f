import { englishPhrases, loadSignInPhrases } from '@latchkey/phrases/sign-in';
import type { PageModel, SignInPages } from '@latchkey/server/contract';
import { type Browser, chromium, type Page } from '@playwright/test';

/** Chromium as Debian packages it. */
export const chromiumPath = '/usr/bin/chromium';

/** A secure context, so that pages may ask for passkeys. */
const address = 'http://localhost/';
const assets = '/sign-in-assets/';

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });

/** A window that shows whatever model it is given, with the script and styles of the built pages in `dist`. */
export async function openWindow(
  browser: Browser,
  dist: URL,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; show(model: PageModel): Promise<void> }> {
  const { render }: SignInPages = await import(new URL('server/render.js', dist).href);
  const page = await browser.newPage(options);
  let html = '';
  await page.route('http://localhost/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (!pathname.startsWith(assets)) return route.fulfill({ status: 404 });
    return route.fulfill({ path: new URL(`client/${pathname.slice(assets.length)}`, dist).pathname });
  });
  return {
    page,
    async show(model) {
      html = render(model, (await loadSignInPhrases(model.frame.language)) ?? englishPhrases);
      await page.goto(address);
    },
  };
}
