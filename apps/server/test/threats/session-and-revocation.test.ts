// Threat class "session and revocation": what was revoked stays so in every process, whatever its caches hold.
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_TENANT } from '../../src/kernel/tenancy.ts';
import { managementApiOf } from '../../src/modules/tenants/index.ts';
import { createBrowser } from '../browser.ts';
import { type ApiCaller, createTestApp, tenantUrl } from '../harness.ts';
import { createOrganization, createResource } from '../organizations.ts';
import { authorizationRequest, createClient, obtainTokens, requestToken, type TestClient } from '../protocol.ts';

const app = await createTestApp();
let web: TestClient;
let second: { origin: string };

beforeAll(async () => {
  web = await createClient(app);
  second = await app.startAnother();
});

const refresh = (token: string, at = second) =>
  requestToken({ ...app, origin: at.origin }, web, { grant_type: 'refresh_token', refresh_token: token });
const userInfo = async (token: string, at = second) =>
  (await fetch(`${at.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('in another process, which has used the tokens before', () => {
  test.each([
    ['suspension', (id: string) => app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true })],
    ['a new password', (id: string) => app.api('PATCH', `/api/users/${id}/password`, { password: 'Paper-lamp-4-x' })],
    ['deletion', (id: string) => app.api('DELETE', `/api/users/${id}`)],
  ])('%s ends refresh and access tokens at once', async (_name, end) => {
    const { id } = await app.modules.users.create(app.scope(), {});
    const { body } = await obtainTokens(app, web, id);
    expect((await refresh(body.refresh_token)).status).toBe(200);
    expect(await userInfo(body.access_token)).toBe(200);
    expect((await end(id)).status).toBeLessThan(300);
    expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
    expect(await userInfo(body.access_token)).toBe(401);
  });
});

describe('a suspended user, in another process', () => {
  const API = 'https://orders.example.com';
  const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
  const at = { ...app, origin: '' };
  let backend: TestClient;

  beforeAll(async () => {
    at.origin = second.origin;
    backend = await createClient(app, { custom: { allowTokenExchange: true } });
    await createResource(app, API, ['read']);
  });

  const isActive = async (token: string): Promise<boolean> => {
    const answer = await fetch(`${second.origin}/oidc/token/introspection`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${web.id}:${web.secret}`)}` },
      body: new URLSearchParams({ token }),
    });
    return ((await answer.json()) as { active: boolean }).active;
  };

  /** Somebody who holds one of everything, and what each of it is good for at this moment. */
  const everythingOf = async () => {
    const { id } = await app.modules.users.create(app.scope(), {});
    const organization = await createOrganization(app, { users: [id] });
    const browser = createBrowser(app.origin);
    const request = { scope: 'openid offline_access urn:logto:scope:organizations', resource: API };
    const { refresh_token: token, access_token: opaque } = (await obtainTokens(app, web, id, request, browser)).body;
    const issue = async (extra: Record<string, string>) =>
      (await requestToken(at, web, { grant_type: 'refresh_token', refresh_token: token, ...extra })).body.access_token;
    const [forApi, forOrganization] = [
      await issue({ resource: API }),
      await issue({ organization_id: organization.id }),
    ];
    const personal = (await app.api('POST', `/api/users/${id}/personal-access-tokens`, { name: 'laptop' })).body.value;
    const subject = async () => (await app.api('POST', '/api/subject-tokens', { userId: id })).body.subjectToken;
    const impersonation = [await subject(), await subject()];
    const exchange = async (value: string, type: string) => {
      const params = { grant_type: EXCHANGE, subject_token: value, subject_token_type: type, resource: API };
      return (await requestToken(at, backend, params)).status === 200;
    };
    const silently = async () => {
      const { url } = authorizationRequest(app, web, { prompt: 'none', scope: 'openid' });
      const answer = await browser.get(url);
      return new URL(answer.headers.get('location') ?? '').searchParams.has('code');
    };
    return {
      id,
      goodFor: async () => ({
        session: await silently(),
        opaque: (await userInfo(opaque)) === 200,
        refresh: (await refresh(token)).status === 200,
        forApi: await isActive(forApi),
        forOrganization: await isActive(forOrganization),
        personal: await exchange(personal, 'urn:logto:token-type:personal_access_token'),
        impersonation: await exchange(impersonation.pop(), 'urn:logto:token-type:impersonation_token'),
      }),
    };
  };
  const each = (good: boolean) =>
    Object.fromEntries(
      ['session', 'opaque', 'refresh', 'forApi', 'forOrganization', 'personal', 'impersonation'].map((what) => [
        what,
        good,
      ]),
    );

  test('loses the session and every kind of token at once, JWTs by introspection', async () => {
    const { id, goodFor } = await everythingOf();
    expect(await goodFor()).toEqual(each(true));
    await app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
    expect(await goodFor()).toEqual(each(false));
  });

  test('signs in anew when the suspension has ended: only what names the user and was not ended counts again', async () => {
    const { id, goodFor } = await everythingOf();
    for (const isSuspended of [true, false]) await app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended });
    const named = { personal: true, impersonation: true };
    expect(await goodFor()).toEqual({ ...each(false), ...named });
  });
});

describe('a token for the Management API, a JWT, dies in another process', () => {
  const listUsers = async (token: string) =>
    (await fetch(`${second.origin}/api/users`, { headers: { authorization: `Bearer ${token}` } })).status;
  const resource = managementApiOf('default');

  test.each([
    ['suspended', (id: string, api: ApiCaller) => api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true })],
    ['deleted', (id: string, api: ApiCaller) => api('DELETE', `/api/users/${id}`)],
  ])('at once when its administrator is %s', async (_name, end) => {
    // The tenant of the administrators, as its own clients see it.
    const admin = { ...app, origin: tenantUrl(app.origin, ADMIN_TENANT), scope: () => app.scope(ADMIN_TENANT) };
    const client = await createClient(admin);
    const { id } = await app.modules.users.create(admin.scope(), {});
    await app.modules.tenants.makeAdministrator(admin.scope(), id);
    const request = { resource, scope: 'openid offline_access all' };
    const { body } = await obtainTokens(admin, client, id, request, createBrowser(app.origin));
    const tokens = await requestToken(admin, client, {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
      resource,
    });
    expect(await listUsers(tokens.body.access_token)).toBe(200);
    expect((await end(id, await app.apiOf(ADMIN_TENANT))).status).toBeLessThan(300);
    expect(await listUsers(tokens.body.access_token)).toBe(401);
  });

  test('when its machine is deleted, as soon as that process has heard of it', async () => {
    const machine = await createClient(app, { type: 'MachineToMachine' });
    await app.modules.tenants.grantManagementApi(app.scope(), machine.id);
    const { body } = await requestToken(app, machine, { grant_type: 'client_credentials', resource, scope: 'all' });
    expect(await listUsers(body.access_token)).toBe(200);
    expect((await app.api('DELETE', `/api/applications/${machine.id}`)).status).toBe(204);
    await expect.poll(() => listUsers(body.access_token), { timeout: 10_000 }).toBe(401);
  });
});

test('a process that starts after the revocation knows of it', async () => {
  const { id } = await app.modules.users.create(app.scope(), {});
  const { body } = await obtainTokens(app, web, id);
  await app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
  const third = await app.startAnother();
  expect((await refresh(body.refresh_token, third)).body).toMatchObject({
    error: 'invalid_grant',
    error_description: 'the user is suspended',
  });
});
