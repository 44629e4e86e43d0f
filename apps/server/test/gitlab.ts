import { afterAll } from 'vitest';
import { type GitlabUser, startGitlabDouble } from '../../../e2e/gitlab-double/gitlab-double.ts';
import { createBrowser } from './browser.ts';
import type { TestApp } from './harness.ts';
import type { Page, Visitor } from './pages.ts';

/** A GitLab of the test file's own, and the connector that signs users in with it. */
export interface TestGitlab {
  connectorId: string;
  baseUrl: string;
  /** Goes to GitLab's consent page from an authorization URI and answers it: the address that GitLab sends the browser to. */
  answer(authorizationUri: string, user: GitlabUser, decision?: 'authorize' | 'deny'): Promise<string>;
  /** Takes back a token and what could renew it (RFC 7009). */
  revoke(token: string): Promise<void>;
}

const hidden = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&amp;', '&'),
    ]),
  );

export async function connectGitlab(
  app: TestApp,
  users: readonly GitlabUser[],
  settings: { syncProfile?: boolean; enableTokenStorage?: boolean } = {},
): Promise<TestGitlab> {
  const connectorId = 'gitlab-1';
  const double = await startGitlabDouble({
    applications: [
      { name: 'Latchkey', redirectUris: [`${app.origin}/callback/${connectorId}`], scopes: ['openid', 'email'] },
    ],
    users,
  });
  afterAll(() => double.close());
  const [registered] = double.applications;
  const created = await app.api('POST', '/api/connectors', {
    id: connectorId,
    connectorId: 'gitlab-universal',
    ...settings,
    config: { clientId: registered?.clientId, clientSecret: registered?.clientSecret, baseUrl: double.url },
  });
  if (created.status !== 200) throw new Error(JSON.stringify(created.body));
  const offered = await app.api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['gitlab'] });
  if (offered.status !== 200) throw new Error(JSON.stringify(offered.body));

  return {
    connectorId,
    baseUrl: double.url,
    async revoke(token) {
      const credentials = { client_id: registered?.clientId ?? '', client_secret: registered?.clientSecret ?? '' };
      await fetch(`${double.url}/oauth/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ ...credentials, token }),
      });
    },
    async answer(authorizationUri, user, decision = 'authorize') {
      const browser = createBrowser(double.url);
      let { response, url } = await browser.follow(await browser.get(authorizationUri), authorizationUri);
      const signIn = {
        ...hidden(await response.text()),
        'user[login]': user.username,
        'user[password]': user.password,
      };
      url = `${double.url}/users/sign_in`;
      ({ response, url } = await browser.follow(await browser.post(url, signIn), url));
      if (!url.startsWith(double.url)) return url;
      const consent = hidden(await response.text());
      if (decision === 'authorize') delete consent._method;
      else consent._method = 'delete';
      const answered = await browser.post(`${double.url}/oauth/authorize`, consent);
      return answered.headers.get('location') ?? '';
    },
  };
}

/** Follows the social button of a page: where it leads. */
export async function pressSocial(visitor: Visitor, page: Page): Promise<string> {
  const href = /href="([^"]*\/social\/[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&');
  if (!href) throw new Error(`no social button on ${page.name}`);
  const response = await visitor.browser.get(new URL(href, page.url).href, { 'sec-fetch-site': 'same-origin' });
  return response.headers.get('location') ?? '';
}

/** Presses the button, answers at GitLab and comes back: the page, or the app's address. */
export async function continueWithGitlab(
  gitlab: TestGitlab,
  visitor: Visitor,
  page: Page,
  user: GitlabUser,
  decision: 'authorize' | 'deny' = 'authorize',
): Promise<Page> {
  return visitor.open(await gitlab.answer(await pressSocial(visitor, page), user, decision));
}
