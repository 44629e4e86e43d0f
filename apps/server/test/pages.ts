import { type Browser, createBrowser } from './browser.ts';
import type { TestApp } from './harness.ts';
import { authorizationRequest, type TestClient } from './protocol.ts';

/** A hosted page as somebody without JavaScript sees it. */
export interface Page {
  status: number;
  url: string;
  html: string;
  headers: Headers;
  /** Name of the page that is shown. */
  name: string;
}

/** Somebody at the hosted pages of one sign-in. */
export interface Visitor {
  browser: Browser;
  open(url: string): Promise<Page>;
  /** Fills and sends the form of the page; follows to the next page, or to the app's address. */
  submit(page: Page, path: string, fields: Record<string, string>): Promise<Page>;
}

const read = async (response: Response, url: string): Promise<Page> => {
  const html = await response.text();
  const name = /lk-page-([a-z-]+)/.exec(html)?.[1] ?? '';
  return { status: response.status, url, html, headers: response.headers, name };
};

const decodeEntities = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Value of a hidden field. */
export const field = (page: Page, name: string): string => {
  const tag = [...page.html.matchAll(/<input[^>]*>/g)]
    .map(([text]) => text)
    .find((text) => text.includes(`name="${name}"`));
  return decodeEntities(/value="([^"]*)"/.exec(tag ?? '')?.[1] ?? '');
};

/** Where a form of the page posts to, if it has one for this path. */
export const action = (page: Page, path: string): string | undefined => {
  const targets = [...page.html.matchAll(/(?:form)?action="([^"]+)"/g)].map(([, target]) =>
    decodeEntities(target ?? ''),
  );
  return targets.find((target) => new URL(target, page.url).pathname.endsWith(path));
};

export function visit(app: Pick<TestApp, 'origin'>, browser: Browser = createBrowser(app.origin)): Visitor {
  const follow = async (response: Response, from: string): Promise<Page> => {
    const { response: last, url } = await browser.follow(response, from);
    return read(last, url);
  };
  return {
    browser,
    open: async (url) => follow(await browser.get(url), url),
    async submit(page, path, fields) {
      const target = action(page, path);
      if (!target) throw new Error(`no form posts to ${path} on ${page.name}: ${page.html.slice(-1500)}`);
      const url = new URL(target, page.url).href;
      return follow(await browser.post(url, { csrf: field(page, 'csrf'), ...fields }), url);
    },
  };
}

/** Starts a sign-in to `client`: the first page that is shown. */
export async function startSignIn(
  app: Pick<TestApp, 'origin'>,
  client: TestClient,
  extra: Record<string, string | undefined> = {},
  visitor = visit(app),
  request = authorizationRequest(app, client, extra),
): Promise<{ visitor: Visitor; page: Page }> {
  return { visitor, page: await visitor.open(request.url) };
}
