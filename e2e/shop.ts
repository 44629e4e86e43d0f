import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type APIRequestContext, type Browser, expect, type Page } from '@playwright/test';
import { type Latchkey, startLatchkey } from './stack.ts';

/** A service with an app of its own and one of somebody else's, for stories about the hosted pages. */
export interface Shop {
  /** Public URL of the service. */
  origin: string;
  /** The tenant's own app. */
  clientId: string;
  /** An app of a third party, which has to ask for consent. */
  strangerId: string;
  /** The administrator's browser, signed in to the Console. */
  administrator: Page;
  /** Calls the Management API as the administrator; answers the parsed body. */
  // biome-ignore lint/suspicious/noExplicitAny: stories look into bodies of every shape.
  api(method: string, path: string, data?: object): Promise<any>;
  /** Where an app without a secret sends the browser (RFC 7636). */
  signInUrl(extra?: Record<string, string>): string;
  /** Resolves when the browser has arrived at the app with a code; begin to wait before the last click. */
  arrival(page: Page): Promise<void>;
  /** A device without a keyboard asks to be connected (RFC 8628); `poll` answers its error, or that it has tokens. */
  startDevice(): Promise<{ userCode: string; verificationUri: string; poll(): Promise<string> }>;
  /** The code of the last message to an address, as the development inbox has it. */
  codeSentTo(recipient: string): Promise<string>;
  close(): Promise<void>;
}

/** Fills and sends the form of a hosted page. */
export async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`form [name="${name}"]`).fill(value);
  await page.locator('form .lk-button-primary').first().click();
}

/** Types a code as a person does: one that is filled in at once would be sent at once. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.locator('form [name="code"]').pressSequentially(code);
  await page.locator('form .lk-button-primary').first().click();
}

/** A passkey device of the browser's own, which answers by itself until it is lost. */
export async function addAuthenticator(
  page: Page,
): Promise<{ lose(): Promise<void>; keys(): Promise<{ userDisplayName?: string }[]> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    lose: async () => void (await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })),
    keys: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

/** The Console's own token, as an administrator's browser has it. */
async function signInAdministrator(latchkey: Latchkey, browser: Browser) {
  const context = await browser.newContext({ locale: 'en-US', javaScriptEnabled: true });
  const page = await context.newPage();
  const asked = page.waitForRequest((request) => /\/api\//.test(request.url()) && 'authorization' in request.headers());
  await page.goto(latchkey.setUpLink);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await fill(page, { username: 'keeper', password: 'Brass-latch-9-door' });
  const { authorization = '' } = (await asked).headers();
  return { page, authorization };
}

/** The app: a page that takes whatever comes. */
async function startApp(): Promise<{ redirectUri: string; close(): Promise<void> }> {
  const server = createServer((_, response) => response.end('arrived'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { redirectUri: `http://127.0.0.1:${port}/callback`, close };
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

export async function openShop(browser: Browser): Promise<Shop> {
  const [latchkey, app] = await Promise.all([startLatchkey(), startApp()]);
  const { redirectUri } = app;
  const { page: administrator, authorization } = await signInAdministrator(latchkey, browser);
  const { request } = administrator;
  const api: Shop['api'] = (method, path, data) =>
    callApi(request, `${latchkey.origin}${path}`, { method, ...(data && { data }), headers: { authorization } });
  const register = async (more: object): Promise<string> =>
    (
      await api('POST', '/api/applications', {
        type: 'SPA',
        oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
        ...more,
      })
    ).id;
  const clientId = await register({ name: 'Bookstore' });
  const strangerId = await register({ name: 'Reading list', isThirdParty: true });
  return {
    origin: latchkey.origin,
    clientId,
    strangerId,
    administrator,
    api,
    signInUrl: (extra = {}) =>
      `${latchkey.origin}/oidc/auth?${new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid',
        prompt: 'login',
        state: 'story',
        code_challenge: challengeOf(randomBytes(32).toString('base64url')),
        code_challenge_method: 'S256',
        ...extra,
      })}`,
    async arrival(page) {
      const isArrival = (url: string) => url.startsWith(redirectUri) && new URL(url).searchParams.has('code');
      // A page that has been there since the last time does not arrive.
      await page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame() && isArrival(frame.url()));
      await page.waitForLoadState();
    },
    async startDevice() {
      const type = { type: 'Native', oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] } };
      const device = await register({ ...type, name: 'Living room TV', customClientMetadata: { isDeviceFlow: true } });
      const ask = async (path: string, form: Record<string, string>) => {
        const answer = await request.post(`${latchkey.origin}/oidc/${path}`, { form: { client_id: device, ...form } });
        return answer.json();
      };
      const started = await ask('device/auth', { scope: 'openid offline_access' });
      return {
        userCode: started.user_code,
        verificationUri: started.verification_uri,
        async poll() {
          const { error } = await ask('token', {
            grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
            device_code: started.device_code,
          });
          return error ?? 'tokens';
        },
      };
    },
    async codeSentTo(recipient) {
      const [last] = await api('GET', `/api/development-inbox?recipient=${encodeURIComponent(recipient)}`);
      expect(last?.code, `a code for ${recipient}`).toMatch(/^\d{6}$/);
      return last.code;
    },
    close: async () => {
      await Promise.all([latchkey.stop(), app.close()]);
    },
  };
}

async function callApi(
  request: APIRequestContext,
  url: string,
  options: Parameters<APIRequestContext['fetch']>[1],
): Promise<unknown> {
  const answer = await request.fetch(url, options);
  expect(answer.ok(), `${url}: ${await answer.text()}`).toBe(true);
  return answer.status() === 204 ? undefined : answer.json().catch(() => undefined);
}
