import { type Browser, createBrowser } from './browser.ts';
import type { ApiAnswer, TestApp } from './harness.ts';
import { authorizationRequest, type TestClient } from './protocol.ts';

/** A custom sign-in page: the browser of one sign-in, talking JSON. */
export interface ExperienceClient {
  browser: Browser;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
}

export async function startExperience(
  app: TestApp,
  client: TestClient,
  extra: Record<string, string | undefined> = {},
): Promise<ExperienceClient> {
  const browser = createBrowser(app.origin);
  await browser.get(authorizationRequest(app, client, extra).url);
  const cookie = `_interaction=${browser.cookie('_interaction')}`;
  return {
    browser,
    async call(method, path, body, headers = {}) {
      const response = await fetch(`${app.origin}/api${path}`, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
    },
  };
}
