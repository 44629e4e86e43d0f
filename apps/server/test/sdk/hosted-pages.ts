import { type Browser, createBrowser } from '../browser.ts';

const decode = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Fills the form of a hosted page as a browser without scripts does, and answers what comes back. */
export async function answerForm(
  browser: Browser,
  shown: { response: Response; url: string },
  fields: Record<string, string>,
): Promise<{ response: Response; url: string }> {
  const html = await shown.response.text();
  const action = decode(/<form[^>]*action="([^"]+)"/.exec(html)?.[1] ?? '');
  const csrf = decode(/name="csrf"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? '');
  const target = new URL(action, shown.url).href;
  const answer = await browser.post(target, { csrf, ...fields }, { 'sec-fetch-site': 'same-origin' });
  return browser.follow(answer, target);
}

/** Goes from an authorization request to the redirect URI through the hosted sign-in page. */
export async function signInOnPages(
  origin: string,
  url: string,
  user: { username: string; password: string },
): Promise<URL> {
  const browser = createBrowser(origin);
  const shown = await browser.follow(await browser.get(url), url);
  const end = await answerForm(browser, shown, { identifier: user.username, password: user.password });
  return new URL(end.url);
}
