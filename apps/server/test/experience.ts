import { type Browser, createBrowser } from './browser.ts';
import type { ApiAnswer, TestApp } from './harness.ts';
import { authorizationRequest, type TestClient } from './protocol.ts';

/** A custom sign-in page: the browser of one sign-in, talking JSON. */
export interface ExperienceClient {
  browser: Browser;
  /** Cookies that the answers have set: hand them on to the same browser's next sign-in. */
  cookies: Map<string, string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
}

export async function startExperience(
  app: TestApp,
  client: TestClient,
  extra: Record<string, string | undefined> = {},
  cookies = new Map<string, string>(),
): Promise<ExperienceClient> {
  const browser = createBrowser(app.origin);
  await browser.get(authorizationRequest(app, client, extra).url);
  const interaction = `_interaction=${browser.cookie('_interaction')}`;
  return {
    browser,
    cookies,
    async call(method, path, body, headers = {}) {
      const cookie = [interaction, ...[...cookies].map(([name, value]) => `${name}=${value}`)].join('; ');
      const response = await fetch(`${app.origin}/api${path}`, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        if (value) cookies.set(name, value);
        else cookies.delete(name);
      }
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
    },
  };
}
