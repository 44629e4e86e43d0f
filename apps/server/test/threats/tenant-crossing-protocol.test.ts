// Threat class "authorization, tenant crossing" at the protocol endpoints: what one tenant issued is nothing to another.
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp, tenantUrl } from '../harness.ts';
import {
  authorizationRequest,
  createClient,
  obtainTokens,
  REDIRECT_URI,
  SIGNED_OUT_URI,
  signInThrough,
  type TestClient,
} from '../protocol.ts';

const app = await createTestApp();
const NEIGHBOUR = 'neighbour';
const neighbour = `${tenantUrl(app.origin, NEIGHBOUR)}/oidc`;
let web: TestClient;
/** An application of the neighbour's own, so that its endpoints have somebody to serve. */
let foreign: { id: string; secret: string };
let userId: string;

beforeAll(async () => {
  await app.modules.tenants.create({ id: NEIGHBOUR, name: 'The neighbour' });
  web = await createClient(app);
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
  const scope = app.scope(NEIGHBOUR);
  const created = await app.modules.applications.create(scope, {
    name: 'Neighbour',
    type: 'Traditional',
    oidcClientMetadata: { redirectUris: [REDIRECT_URI], postLogoutRedirectUris: [SIGNED_OUT_URI] },
  });
  const [secret] = await app.modules.applications.listSecrets(scope, created.id);
  foreign = { id: created.id, secret: secret?.value ?? '' };
});

const post = async (path: string, client: { id: string; secret: string | undefined }, form: Record<string, string>) => {
  const answer = await fetch(neighbour + path, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.id, client_secret: client.secret ?? '', ...form }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
};

describe('the neighbour’s endpoints', () => {
  test('know neither the application nor its secret', async () => {
    const refused = await post('/token', web, {
      grant_type: 'client_credentials',
      resource: 'https://default.logto.app/api',
    });
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const asked = authorizationRequest(app, web, {}, NEIGHBOUR);
    const page = await createBrowser(app.origin).get(asked.url);
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  });

  test('redeem no code of this tenant, which stays good here', async () => {
    const request = authorizationRequest(app, web);
    const callback = await signInThrough(app, request, userId);
    const form = {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: request.verifier,
    };
    expect(await post('/token', foreign, form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const own = await fetch(`${app.origin}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_id: web.id, client_secret: web.secret ?? '' }),
    });
    expect(own.status).toBe(200);
  });

  test('take no access, refresh or ID token of this tenant, and cannot revoke or look into one', async () => {
    const { body } = await obtainTokens(app, web, userId);
    const me = await fetch(`${neighbour}/me`, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(me.status).toBe(401);
    const refreshed = await post('/token', foreign, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
    expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await post('/token/introspection', foreign, { token: body.access_token })).body).toEqual({ active: false });
    expect((await post('/token/revocation', foreign, { token: body.refresh_token })).status).toBe(200);
    const here = await fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(here.status).toBe(200);
    const query = new URLSearchParams({ id_token_hint: body.id_token, post_logout_redirect_uri: SIGNED_OUT_URI });
    expect((await fetch(`${neighbour}/session/end?${query}`, { redirect: 'manual' })).status).toBe(400);
  });

  test('sign with keys of their own', async () => {
    const keyIds = async (issuer: string) => {
      const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string }[] };
      return keys.map(({ kid }) => kid);
    };
    const [own, theirs] = await Promise.all([keyIds(`${app.origin}/oidc`), keyIds(neighbour)]);
    expect(own.filter((kid) => theirs.includes(kid))).toEqual([]);
  });

  test('do not know a session of this tenant, whatever cookies the browser sends', async () => {
    const browser = createBrowser(app.origin);
    await obtainTokens(app, web, userId, {}, browser);
    const session = `_session_${NEIGHBOUR}=${browser.cookie('_session')}; _session_${NEIGHBOUR}.sig=${browser.cookie('_session.sig')}`;
    const silent = authorizationRequest(
      app,
      { ...web, id: foreign.id },
      { prompt: 'none', scope: 'openid' },
      NEIGHBOUR,
    );
    for (const cookie of [session, session.replaceAll(`_${NEIGHBOUR}`, '')]) {
      const answer = await createBrowser(app.origin).get(silent.url, { cookie });
      expect(answer.headers.get('location')).toContain('error=login_required');
    }
  });
});

test('404 for a tenant that there is not, on every door', async () => {
  for (const path of ['/oidc/.well-known/openid-configuration', '/oidc/token', '/api/users', '/sign-in']) {
    expect((await fetch(`${app.origin}/t/nobody${path}`)).status).toBe(404);
  }
});
