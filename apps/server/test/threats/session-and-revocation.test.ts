// Threat class "session and revocation": what was revoked stays so in every process, whatever its caches hold.
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_TENANT } from '../../src/kernel/tenancy.ts';
import { managementApiOf } from '../../src/modules/tenants/index.ts';
import { createBrowser } from '../browser.ts';
import { type ApiCaller, createTestApp, tenantUrl } from '../harness.ts';
import { createClient, obtainTokens, requestToken, type TestClient } from '../protocol.ts';

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

describe('a token for the Management API, a JWT, dies at once in another process', () => {
  const listUsers = async (token: string) =>
    (await fetch(`${second.origin}/api/users`, { headers: { authorization: `Bearer ${token}` } })).status;
  const resource = managementApiOf('default');

  test.each([
    ['suspended', (id: string, api: ApiCaller) => api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true })],
    ['deleted', (id: string, api: ApiCaller) => api('DELETE', `/api/users/${id}`)],
  ])('when its administrator is %s', async (_name, end) => {
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

  test('when its machine is deleted', async () => {
    const machine = await createClient(app, { type: 'MachineToMachine' });
    await app.modules.tenants.grantManagementApi(app.scope(), machine.id);
    const { body } = await requestToken(app, machine, { grant_type: 'client_credentials', resource, scope: 'all' });
    expect(await listUsers(body.access_token)).toBe(200);
    expect((await app.api('DELETE', `/api/applications/${machine.id}`)).status).toBe(204);
    expect(await listUsers(body.access_token)).toBe(401);
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
