import { createHash, randomBytes } from 'node:crypto';
import { DEFAULT_TENANT } from '../src/kernel/tenancy.ts';
import { readInteractions } from '../src/modules/oidc/index.ts';
import { type Browser, createBrowser } from './browser.ts';
import { type TestApp, tenantUrl } from './harness.ts';

export interface TestClient {
  id: string;
  secret: string | undefined;
  redirectUri: string;
}

export const REDIRECT_URI = 'http://127.0.0.1:5999/callback';
export const SIGNED_OUT_URI = 'http://127.0.0.1:5999/';

/** An application with one redirect URI, and its first secret. */
export async function createClient(
  app: TestApp,
  settings: {
    type?: 'Traditional' | 'SPA' | 'Native' | 'MachineToMachine';
    isThirdParty?: boolean;
    redirectUris?: string[];
    signedOutUri?: string;
    custom?: object;
  } = {},
): Promise<TestClient> {
  const scope = app.scope();
  const type = settings.type ?? 'Traditional';
  const created = await app.modules.applications.create(scope, {
    name: `Test ${type}`,
    type,
    isThirdParty: settings.isThirdParty ?? false,
    oidcClientMetadata: {
      redirectUris: settings.redirectUris ?? [REDIRECT_URI],
      postLogoutRedirectUris: [settings.signedOutUri ?? SIGNED_OUT_URI],
    },
    customClientMetadata: settings.custom ?? {},
  });
  const secrets = await app.modules.applications.listSecrets(scope, created.id);
  return { id: created.id, secret: secrets[0]?.value, redirectUri: (settings.redirectUris ?? [REDIRECT_URI])[0] ?? '' };
}

export interface AuthorizationRequest {
  url: string;
  verifier: string;
  state: string;
}

/** An authorization request with PKCE, as the SDKs make it; `extra` adds or, with undefined, removes parameters. */
export function authorizationRequest(
  app: Pick<TestApp, 'origin'>,
  client: TestClient,
  extra: Record<string, string | undefined> = {},
  tenantId = DEFAULT_TENANT,
): AuthorizationRequest {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const params: Record<string, string | undefined> = {
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid offline_access profile',
    prompt: 'consent',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    ...extra,
  };
  const query = new URLSearchParams(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { url: `${tenantUrl(app.origin, tenantId)}/oidc/auth?${query}`, verifier, state };
}

/** Reads which interaction the browser has in progress for the request, at the tenant that it goes to. */
function interactionReader({ url }: AuthorizationRequest, browser: Browser): () => string | undefined {
  const { pathname, searchParams } = new URL(url);
  const [, tenantId] = /^\/t\/([^/]+)/.exec(pathname) ?? [];
  const name = `_interaction${tenantId ? `_${tenantId}` : ''}`;
  return () => readInteractions(`${name}=${browser.cookie(name)}`, name)[searchParams.get('client_id') ?? ''];
}

/** Answers the prompt of the request as the sign-in engine would, and follows to the redirect URI. */
export async function signInThrough(
  app: TestApp,
  request: AuthorizationRequest,
  userId: string,
  browser: Browser = createBrowser(app.origin),
): Promise<URL> {
  const first = await browser.get(request.url);
  const id = interactionReader(request, browser)();
  if (!id) throw new Error(`no interaction was started: ${first.status} ${await first.text()}`);
  const next = await app.modules.oidc.api.interactions.signIn(app.scope(), id, userId, { consented: true });
  const { url } = await browser.follow(await browser.get(next), next);
  return new URL(url);
}

export interface TokenAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  body: any;
}

/** The token endpoint with the client's secret in the body, unless `headers` carry it. */
export async function requestToken(
  app: TestApp,
  client: TestClient,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const withSecret: Record<string, string> =
    client.secret && !headers.authorization ? { client_secret: client.secret } : {};
  const response = await fetch(`${app.origin}/oidc/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ client_id: client.id, ...withSecret, ...params }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Signs in and redeems the code. */
export async function obtainTokens(
  app: TestApp,
  client: TestClient,
  userId: string,
  extra: Record<string, string | undefined> = {},
  browser?: Browser,
): Promise<TokenAnswer> {
  const request = authorizationRequest(app, client, extra);
  return redeemCode(app, client, request, await signInThrough(app, request, userId, browser));
}

/** The same for a third-party application: signs in, and allows what is asked on the consent page. */
export async function consentThrough(
  app: TestApp,
  request: AuthorizationRequest,
  userId: string,
  options: { organizationIds?: string[]; browser?: Browser } = {},
): Promise<URL> {
  const { browser = createBrowser(app.origin), organizationIds = [] } = options;
  const { interactions } = app.modules.oidc.api;
  const current = interactionReader(request, browser);
  await browser.get(request.url);
  const signedIn = await interactions.signIn(app.scope(), current() ?? '', userId, { consented: false });
  const asked = await browser.get(signedIn);
  const target = new URL(asked.headers.get('location') ?? signedIn, app.origin);
  if (!target.pathname.endsWith('/consent')) return target;
  const next = await interactions.consent(app.scope(), current() ?? '', { organizationIds });
  const { url } = await browser.follow(await browser.get(next), next);
  return new URL(url);
}

/** Redeems the code that a callback carries. */
export const redeemCode = (app: TestApp, client: TestClient, request: AuthorizationRequest, callback: URL) =>
  requestToken(app, client, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
  });
