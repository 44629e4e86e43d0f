// Sign-in with OpenID providers of another making: the example server of zitadel/oidc (Go) and Canaille (PyPI), each as
// a generic OpenID provider and as a GitLab of one's own.
import path from 'node:path';
import { describe, expect } from 'vitest';
import { pythonWith } from '../../../../e2e/python.ts';
import { type Browser, createBrowser } from '../browser.ts';
import { pressSocial } from '../gitlab.ts';
import { createTestApp, freePort } from '../harness.ts';
import { field, type Page, startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { goProgram } from './go.ts';
import { startProgram, testAgainst } from './program.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';

/** A provider that runs, with a client for every connector of this file. */
interface Provider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Answers the pages after an authorization request: where the browser is sent in the end. */
  answer(browser: Browser, uri: string, decision: 'accept' | 'deny'): Promise<string>;
}
const PROVIDERS = ['zitadel', 'canaille'] as const;
const KINDS = ['oidc', 'gitlab'] as const;
const connectorOf = (provider: string, kind: string) => `${provider}-${kind}`;
const redirectUris = PROVIDERS.flatMap((name) =>
  KINDS.map((kind) => `${app.origin}/callback/${connectorOf(name, kind)}`),
);

const pageOf = async (response: Response, url: string): Promise<Page> => ({
  status: response.status,
  url,
  html: await response.text(),
  headers: response.headers,
  name: '',
});

async function startZitadel(): Promise<Provider | undefined> {
  const program = await goProgram(path.join(import.meta.dirname, 'zitadel'));
  if (!program) return undefined;
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const credentials = { clientId: 'latchkey', clientSecret: 'Brass-latch-9-door' };
  const env = {
    ISSUER: issuer,
    CLIENT_ID: credentials.clientId,
    CLIENT_SECRET: credentials.clientSecret,
    REDIRECT_URIS: redirectUris.join(' '),
  };
  await startProgram(program, [], { port, env });
  return {
    issuer,
    ...credentials,
    async answer(browser, uri) {
      const shown = await browser.follow(await browser.get(uri), uri);
      const id = field(await pageOf(shown.response, shown.url), 'id');
      const target = `${issuer}/login/username`;
      const posted = await browser.post(target, { id, username: 'test-user2', password: 'verysecure' });
      return (await browser.follow(posted, target)).url;
    },
  };
}

async function startCanaille(): Promise<Provider | undefined> {
  const folder = path.join(import.meta.dirname, 'canaille');
  const python = await pythonWith('canaille', path.join(folder, 'requirements.txt'));
  if (!python) return undefined;
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const person = {
    user_name: 'hana',
    formatted_name: 'Hana Sato',
    family_name: 'Sato',
    emails: ['hana@example.com'],
    password: PASSWORD,
  };
  await startProgram(python, [path.join(folder, 'openid_provider.py'), String(port), JSON.stringify(person)], { port });
  const registered = await fetch(`${issuer}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Latchkey',
      redirect_uris: redirectUris,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid profile email',
      token_endpoint_auth_method: 'client_secret_basic',
    }),
  });
  expect(registered.status).toBe(201);
  const { client_id: clientId, client_secret: clientSecret } = (await registered.json()) as Record<string, string>;
  return {
    issuer,
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    async answer(browser, uri, decision) {
      let { response, url } = await browser.follow(await browser.get(uri), uri);
      // Name, then password, then the consent, which is asked for once.
      const pages: Record<string, string>[] = [{ login: 'hana' }, { password: PASSWORD }, { answer: decision }];
      for (const answers of pages) {
        if (!url.startsWith(issuer)) break;
        const csrf = field(await pageOf(response, url), 'csrf_token');
        ({ response, url } = await browser.follow(await browser.post(url, { csrf_token: csrf, ...answers }), url));
      }
      return url;
    },
  };
}

const [zitadel, canaille] = await Promise.all([startZitadel(), startCanaille()]);
const started = { zitadel, canaille };

async function connect(name: (typeof PROVIDERS)[number], kind: (typeof KINDS)[number], provider: Provider) {
  const { issuer, clientId, clientSecret } = provider;
  const discovered = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  const { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri } = discovered as Record<string, string>;
  const generic = {
    authorizationEndpoint: authorization_endpoint,
    tokenEndpoint: token_endpoint,
    userInfoEndpoint: userinfo_endpoint,
    idTokenVerificationConfig: { issuer, jwksUri: jwks_uri },
    tokenEndpointAuthMethod: 'client_secret_basic',
  };
  const id = connectorOf(name, kind);
  const created = await app.api('POST', '/api/connectors', {
    id,
    ...(kind === 'oidc'
      ? {
          connectorId: 'oidc',
          metadata: { target: id, name: { en: id } },
          config: { clientId, clientSecret, ...generic },
        }
      : {
          connectorId: 'gitlab-universal',
          config: { clientId, clientSecret, baseUrl: issuer, scope: 'openid profile email' },
        }),
  });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  const target: string = kind === 'oidc' ? id : 'gitlab';
  const offered = await app.api('PATCH', '/api/sign-in-exp', {
    socialSignInConnectorTargets: [target],
    signUp: { identifiers: [], password: false, verify: false },
  });
  expect(offered.status, JSON.stringify(offered.body)).toBe(200);
  const leave = async () => expect((await app.api('DELETE', `/api/connectors/${id}`)).status).toBe(204);
  return { target, leave };
}

interface Visit {
  decision?: 'accept' | 'deny';
  /** What somebody on the way makes of the authorization request. */
  change?: (request: URL) => void;
  browser?: Browser;
}

async function visit(provider: Provider, { decision = 'accept', change, browser }: Visit = {}) {
  const { visitor, page } = await startSignIn(app, client);
  const request = new URL(await pressSocial(visitor, page));
  change?.(request);
  const back = await provider.answer(browser ?? createBrowser(provider.issuer), request.href, decision);
  return { request, back, page: await visitor.open(back) };
}

/** What each provider says of its user. */
const PEOPLE = {
  zitadel: { id: 'id2', name: 'Test User2', primaryEmail: 'test-user2@zitadel.ch' },
  // It never says that it has verified an address, so none is taken over.
  canaille: { id: 'hana', name: 'Hana Sato', primaryEmail: null },
};

testAgainst(canaille)('a refused consent says so, and makes nobody', async () => {
  if (!canaille) return;
  const { target, leave } = await connect('canaille', 'oidc', canaille);
  const refused = await visit(canaille, { decision: 'deny' });
  expect(new URL(refused.back).searchParams.get('error')).toBe('access_denied');
  expect(refused.page).toMatchObject({ status: 401, name: 'error' });
  expect(refused.page.html).toContain('cancelled');
  expect(await app.modules.users.findByIdentity(app.scope(), target, PEOPLE.canaille.id)).toBeUndefined();
  await leave();
});

describe.each(PROVIDERS.flatMap((name) => KINDS.map((kind) => [name, kind] as const)))('%s as %s', (name, kind) => {
  const provider = started[name];
  const person = PEOPLE[name];

  testAgainst(provider)('makes an account, knows it again, and holds both sides to PKCE and nonce', async () => {
    if (!provider) return;
    const { target, leave } = await connect(name, kind, provider);
    const find = () => app.modules.users.findByIdentity(app.scope(), target, person.id);
    const total = async () => (await app.api('GET', '/api/users?page_size=1')).headers.get('total-number');
    const before = await total();

    const withoutProof = await visit(provider, {
      change: (request) => request.searchParams.set('code_challenge', 'A'.repeat(43)),
    });
    expect(withoutProof.page.html).toContain('connector.social_auth_code_invalid');
    const replayed = await visit(provider, { change: (request) => request.searchParams.set('nonce', 'of-another') });
    expect(replayed.page.html).toContain('connector.social_invalid_id_token');
    expect(await total()).toBe(before);

    const first = await visit(provider);
    expect(first.request.searchParams.get('code_challenge_method')).toBe('S256');
    expect(first.page.url).toContain(`${client.redirectUri}?code=`);
    const user = await find();
    expect(user).toMatchObject({ name: person.name, primaryEmail: person.primaryEmail });
    const again = await visit(provider);
    expect(again.page.url).toContain(`${client.redirectUri}?code=`);
    expect((await find())?.id).toBe(user?.id);
    expect((await app.api('DELETE', `/api/users/${user?.id}`)).status).toBe(204);
    await leave();
  });
});
