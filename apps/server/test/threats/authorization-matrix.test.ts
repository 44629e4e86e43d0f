// Threat class "authorization": Casdoor CVE-2025-4210 (created without authorization), Keycloak CVE-2026-9791.
// Generated from the list of bound operations: every operation × every kind of token that should not open it, and the
// one scope that should. Other tenants' tokens at the Management API are tenant-crossing.test.ts.
import { expect, test } from 'vitest';
import { ADMIN_TENANT, DEFAULT_TENANT } from '../../src/kernel/tenancy.ts';
import { isManaged, type OperationDefinition, permissionOf } from '../../src/kernel/wire.contract.ts';
import { userScopes } from '../../src/modules/consents/consents.contract.ts';
import { managementApiOf } from '../../src/modules/tenants/index.ts';
import { createOwner, EVERY_FIELD } from '../account-center.ts';
import { createBrowser } from '../browser.ts';
import { call, createTestApp, type TestApp, tenantUrl } from '../harness.ts';
import {
  authorizationRequest,
  consentThrough,
  createClient,
  obtainTokens,
  redeemCode,
  requestToken,
  type TestClient,
} from '../protocol.ts';
import { bodyOf } from './attempts.ts';

const app = await createTestApp();

const made = async (path: string, body: object) => {
  const answer = await app.api('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};

const managed = app.operations.filter(isManaged);
const permissions = [...new Set(managed.map(permissionOf))].sort();

/** A machine that holds every scope of the Management API but `all`, and one scope of another API. */
const scopes: { id: string; name: string }[] = (await app.api('GET', '/api/resources/management-api/scopes')).body;
const other = await made('/api/resources', { name: 'Orders', indicator: 'https://orders.example.com' });
const foreign = await made(`/api/resources/${other.id}/scopes`, { name: 'all' });
const role = await made('/api/roles', {
  name: 'Fine-grained',
  description: 'Every scope but all',
  type: 'MachineToMachine',
  scopeIds: [...scopes.filter(({ name }) => name !== 'all').map(({ id }) => id), foreign.id],
});
const machine = await made('/api/applications', { name: 'Machine', type: 'MachineToMachine' });
await made(`/api/applications/${machine.id}/roles`, { roleIds: [role.id] });
const [secret] = (await app.api('GET', `/api/applications/${machine.id}/secrets`)).body;

async function tokenFor(scope: string, resource = managementApiOf(DEFAULT_TENANT)): Promise<string> {
  const answer = await fetch(`${app.origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: machine.id,
      client_secret: secret.value,
      resource,
      scope,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const tokens = new Map<string, string>();
for (const permission of permissions) tokens.set(permission, await tokenFor(permission));
const wrongAudience = await tokenFor('all', 'https://orders.example.com');
const everyOther = new Map<string, string>();
for (const permission of permissions) {
  everyOther.set(permission, await tokenFor(permissions.filter((name) => name !== permission).join(' ')));
}

/** The same application, seen from one of its tenants. */
const seenFrom = async (tenantId: string) => ({
  ...app,
  origin: tenantUrl(app.origin, tenantId),
  scope: () => app.scope(tenantId),
  api: await app.apiOf(tenantId),
});
const admin = await seenFrom(ADMIN_TENANT);
const resource = managementApiOf(DEFAULT_TENANT);
const MANAGEMENT_REQUEST = { resource, scope: 'openid offline_access all' };

const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
const listUsers = (token: string) => call(`${app.origin}/api/users`, 'GET', undefined, bearing(token));

/** Redeems a refresh token for one at the Management API. */
async function managementToken(client: TestClient, refreshToken: string): Promise<string> {
  const { body } = await requestToken(admin, client, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    resource,
  });
  return body.access_token;
}

async function createAdministrator(): Promise<string> {
  const { id } = await app.modules.users.create(admin.scope(), {});
  await app.modules.tenants.makeAdministrator(admin.scope(), id);
  return id;
}

/** A token for everything, of an administrator who has been suspended since. */
const ofSuspended = await (async () => {
  const client = await createClient(admin);
  const id = await createAdministrator();
  const { body } = await obtainTokens(admin, client, id, MANAGEMENT_REQUEST, createBrowser(app.origin));
  const token = await managementToken(client, body.refresh_token);
  expect((await listUsers(token)).status).toBe(200);
  await admin.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
  return token;
})();

/** What somebody else's application gets that an administrator has allowed all that it asked for. */
const ofThirdParty = await (async () => {
  const client = await createClient(admin, { isThirdParty: true });
  const request = authorizationRequest(admin, client, MANAGEMENT_REQUEST);
  const browser = createBrowser(app.origin);
  const callback = await consentThrough(admin, request, await createAdministrator(), { browser });
  const { body } = await redeemCode(admin, client, request, callback);
  return { forTheApi: await managementToken(client, body.refresh_token), forTheAccount: body.access_token as string };
})();

/** Paths name nothing that exists, so that the right token may be tried on deletions too. */
const attempt = (operation: OperationDefinition, token: string | undefined) =>
  call(
    app.origin + operation.path.replace(/:\w+/g, 'nobodyhasthisid000000'),
    operation.method,
    bodyOf(operation),
    token === undefined ? {} : bearing(token),
  );

test('every permission is a scope of the Management API in every tenant, with words', async () => {
  const api = await app.apiOf('admin');
  for (const list of [scopes, (await api('GET', '/api/resources/management-api/scopes')).body]) {
    expect(list.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['all', ...permissions]));
  }
});

test.each(managed.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s: 401 without a token, with one for another API and a suspended administrator’s, 403 for a third-party application and with every scope but its own, open with its own',
  async (_name, operation) => {
    const permission = permissionOf(operation);
    expect((await attempt(operation, undefined)).status).toBe(401);
    expect((await attempt(operation, wrongAudience)).status).toBe(401);
    expect((await attempt(operation, ofSuspended)).status).toBe(401);
    expect((await attempt(operation, ofThirdParty.forTheAccount)).status).toBe(401);
    for (const token of [ofThirdParty.forTheApi, everyOther.get(permission)]) {
      expect(await attempt(operation, token)).toMatchObject({
        status: 403,
        body: { code: 'auth.forbidden', data: { requiredScope: permission } },
      });
    }
    const admitted = await attempt(operation, tokens.get(permission));
    expect(admitted.body?.code, JSON.stringify(admitted.body)).not.toBe('auth.forbidden');
    expect(admitted.status).not.toBe(401);
    // 501 says that there is no such thing here, which only who may ask is told.
    if (admitted.status !== 501) expect(admitted.status).toBeLessThan(500);
  },
);

test('who may read users cannot change them, and does not read secrets', async () => {
  const headers = bearing(await tokenFor('users:read applications:read'));
  expect((await call(`${app.origin}/api/users`, 'GET', undefined, headers)).status).toBe(200);
  expect((await call(`${app.origin}/api/users`, 'POST', { username: 'nobody' }, headers)).status).toBe(403);
  expect((await call(`${app.origin}/api/applications/${machine.id}`, 'GET', undefined, headers)).status).toBe(200);
  expect((await call(`${app.origin}/api/applications/${machine.id}/secrets`, 'GET', undefined, headers)).status).toBe(
    403,
  );
});

test('the API document says which scopes open an operation', async () => {
  const { body } = await call(`${app.origin}/api/.well-known/management.openapi.json`, 'GET');
  expect(body.paths['/api/users'].post.security).toEqual([
    { managementToken: ['all'] },
    { managementToken: ['users:write'] },
  ]);
  expect(body.components.securitySchemes.managementToken.flows.clientCredentials.scopes).toMatchObject({
    'users:read': 'Read users',
    'organization-roles:write': 'Change organization roles',
  });
});

/** What owners do with their accounts: an opaque token of theirs opens it, not one of a machine. */
const owned = app.operations.filter(({ access }) => access === 'account');
/** Changes of the account itself; the proofs before them any application may ask for. A file is read before all else. */
const changes = ({ path, method, upload }: OperationDefinition) =>
  path.startsWith('/api/my-account') && method !== 'GET' && !upload;

const ACCOUNT_SCOPE = ['openid', ...userScopes].join(' ');
const EVERYTHING = { ...EVERY_FIELD, accountDeletion: 'Edit', trustedDevice: 'Edit' };
expect((await app.api('PATCH', '/api/account-center', { enabled: true, fields: EVERYTHING })).status).toBe(200);
const stranger = await createClient(app, { isThirdParty: true });
await made(`/api/applications/${stranger.id}/user-consent-scopes`, { userScopes });
const owner = await createOwner(app);
const suspended = await createOwner(app);
const ownToken = async (id: string, at: TestApp = app) => {
  const browser = createBrowser(app.origin);
  const { body } = await obtainTokens(at, await createClient(at), id, { scope: ACCOUNT_SCOPE }, browser);
  return body.access_token as string;
};
const tokensOf = {
  owner: await ownToken(owner.id),
  suspended: await ownToken(suspended.id),
  neighbour: await (async () => {
    await app.modules.tenants.create({ id: 'neighbour', name: 'The neighbour' });
    const neighbour = await seenFrom('neighbour');
    await neighbour.api('PATCH', '/api/account-center', { enabled: true, fields: EVERYTHING });
    const token = await ownToken((await createOwner(neighbour)).id, neighbour);
    expect((await call(`${neighbour.origin}/api/my-account`, 'GET', undefined, bearing(token))).status).toBe(200);
    return token;
  })(),
  thirdParty: await (async () => {
    const request = authorizationRequest(app, stranger, { scope: ACCOUNT_SCOPE });
    const { body } = await redeemCode(app, stranger, request, await consentThrough(app, request, owner.id));
    return body.access_token as string;
  })(),
};
await app.api('PATCH', `/api/users/${suspended.id}/is-suspended`, { isSuspended: true });

test.each(owned.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s: 401 without a token, for a machine, a suspended user and another tenant’s, 403 for somebody else’s application that changes',
  async (_name, operation) => {
    for (const token of [undefined, tokens.get('users:read'), tokensOf.suspended, tokensOf.neighbour]) {
      expect((await attempt(operation, token)).status).toBe(401);
    }
    const byStranger = await attempt(operation, tokensOf.thirdParty);
    if (changes(operation)) {
      expect(byStranger).toMatchObject({ status: 403, body: { code: 'auth.third_party_application_forbidden' } });
    }
    const admitted = await attempt(operation, tokensOf.owner);
    expect(admitted.body?.code ?? '', JSON.stringify(admitted.body)).not.toMatch(/^auth\.|^account_center\.field/);
    expect(admitted.status).toBeLessThan(500);
  },
);
