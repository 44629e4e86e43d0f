// The published client of the Management API, against us: its types compile, and what it calls answers.
import { createManagementApi } from '@logto/api/management';
import { expect, test } from 'vitest';
import { isManaged } from '../../src/kernel/wire.contract.ts';
import { createTestApp } from '../harness.ts';
import { pathOf, type Targets } from '../threats/attempts.ts';

const app = await createTestApp();
const machine = await app.modules.applications.create(app.scope(), { name: 'Client', type: 'MachineToMachine' });
await app.modules.tenants.grantManagementApi(app.scope(), machine.id);
const [secret] = await app.modules.applications.listSecrets(app.scope(), machine.id);
const { apiClient } = createManagementApi('default', {
  clientId: machine.id,
  clientSecret: secret?.value ?? '',
  baseUrl: app.origin,
});

/** What a call answered, which must be no refusal. */
function answered<Data>({ data, error, response }: { data?: Data; error?: unknown; response: Response }): Data {
  expect(response.ok, `${response.status} ${response.url}: ${JSON.stringify(error)}`).toBe(true);
  return data as Data;
}
const gone = async (call: Promise<{ response: Response }>) => expect((await call).response.status).toBe(404);

test('users: created, read, found, changed, given a role, deleted', async () => {
  const { id: userId } = answered(
    await apiClient.POST('/api/users', { body: { username: 'typed', primaryEmail: 'typed@example.com' } }),
  );
  const path = { userId };
  expect(answered(await apiClient.GET('/api/users/{userId}', { params: { path } })).username).toBe('typed');
  const found = answered(await apiClient.GET('/api/users', { params: { query: { page: 1, page_size: 20 } } }));
  expect(found.map(({ id }) => id)).toContain(userId);
  const body = { name: 'Typed', customData: { a: 1 } };
  expect(answered(await apiClient.PATCH('/api/users/{userId}', { params: { path }, body })).name).toBe('Typed');
  const role = answered(await apiClient.POST('/api/roles', { body: { name: 'typed', description: 'x' } }));
  answered(await apiClient.POST('/api/users/{userId}/roles', { params: { path }, body: { roleIds: [role.id] } }));
  expect(answered(await apiClient.GET('/api/users/{userId}/roles', { params: { path } }))).toHaveLength(1);
  answered(await apiClient.DELETE('/api/users/{userId}', { params: { path } }));
  await gone(apiClient.GET('/api/users/{userId}', { params: { path } }));
});

test('applications, with their secrets', async () => {
  const { id } = answered(await apiClient.POST('/api/applications', { body: { name: 'Shop', type: 'Traditional' } }));
  const path = { id };
  expect(answered(await apiClient.GET('/api/applications/{id}', { params: { path } })).name).toBe('Shop');
  answered(await apiClient.PATCH('/api/applications/{id}', { params: { path }, body: { name: 'Store' } }));
  expect(answered(await apiClient.GET('/api/applications/{id}/secrets', { params: { path } }))).toHaveLength(1);
  answered(await apiClient.DELETE('/api/applications/{id}', { params: { path } }));
  await gone(apiClient.GET('/api/applications/{id}', { params: { path } }));
});

test('API resources with scopes, and roles that hold them', async () => {
  const indicator = 'https://typed.example/api';
  const resource = answered(await apiClient.POST('/api/resources', { body: { name: 'Typed', indicator } }));
  const scope = answered(
    await apiClient.POST('/api/resources/{resourceId}/scopes', {
      params: { path: { resourceId: resource.id } },
      body: { name: 'read', description: 'Read' },
    }),
  );
  const ofResource = { params: { path: { id: resource.id } } };
  answered(await apiClient.PATCH('/api/resources/{id}', { ...ofResource, body: { accessTokenTtl: 600 } }));
  expect(answered(await apiClient.GET('/api/resources/{id}', ofResource)).accessTokenTtl).toBe(600);
  const role = answered(
    await apiClient.POST('/api/roles', { body: { name: 'reader', description: 'x', scopeIds: [scope.id] } }),
  );
  const ofRole = { params: { path: { id: role.id } } };
  expect(answered(await apiClient.GET('/api/roles/{id}/scopes', ofRole)).map(({ name }) => name)).toEqual(['read']);
  answered(await apiClient.PATCH('/api/roles/{id}', { ...ofRole, body: { description: 'reads' } }));
  answered(await apiClient.DELETE('/api/roles/{id}', ofRole));
  await gone(apiClient.GET('/api/roles/{id}', ofRole));
  answered(await apiClient.DELETE('/api/resources/{id}', ofResource));
  await gone(apiClient.GET('/api/resources/{id}', ofResource));
});

test('organizations with their template, members and invitations', async () => {
  const organization = answered(await apiClient.POST('/api/organizations', { body: { name: 'Acme' } }));
  const scope = answered(await apiClient.POST('/api/organization-scopes', { body: { name: 'invite' } }));
  const role = answered(
    await apiClient.POST('/api/organization-roles', {
      body: { name: 'admin', type: 'User', organizationScopeIds: [scope.id], resourceScopeIds: [] },
    }),
  );
  const user = answered(await apiClient.POST('/api/users', { body: { username: 'member' } }));
  const path = { id: organization.id };
  const member = { params: { path: { ...path, userId: user.id } } };
  answered(await apiClient.POST('/api/organizations/{id}/users', { params: { path }, body: { userIds: [user.id] } }));
  answered(
    await apiClient.PUT('/api/organizations/{id}/users/{userId}/roles', {
      ...member,
      body: { organizationRoleIds: [role.id] },
    }),
  );
  const held = answered(await apiClient.GET('/api/organizations/{id}/users/{userId}/scopes', member));
  expect(held.map(({ name }) => name)).toEqual(['invite']);
  const invitation = answered(
    await apiClient.POST('/api/organization-invitations', {
      body: {
        invitee: 'guest@example.com',
        organizationId: organization.id,
        expiresAt: Date.now() + 3_600_000,
        messagePayload: false,
      },
    }),
  );
  const ofInvitation = { params: { path: { id: invitation.id } } };
  const revoked = await apiClient.PUT('/api/organization-invitations/{id}/status', {
    ...ofInvitation,
    body: { status: 'Revoked' },
  });
  expect(answered(revoked).status).toBe('Revoked');
  answered(await apiClient.DELETE('/api/organization-invitations/{id}', ofInvitation));
  answered(await apiClient.DELETE('/api/organizations/{id}', { params: { path } }));
  await gone(apiClient.GET('/api/organizations/{id}', { params: { path } }));
  answered(await apiClient.DELETE('/api/organization-roles/{id}', { params: { path: { id: role.id } } }));
  answered(await apiClient.DELETE('/api/organization-scopes/{id}', { params: { path: { id: scope.id } } }));
});

test('every GET that we serve answers the client, with what there is or 404', async () => {
  const { body: user } = await app.api('POST', '/api/users', { username: 'walker' });
  const { body: organization } = await app.api('POST', '/api/organizations', { name: 'Walk' });
  await app.api('POST', `/api/organizations/${organization.id}/users`, { userIds: [user.id] });
  await app.api('POST', `/api/organizations/${organization.id}/applications`, { applicationIds: [machine.id] });
  const applications = { application: machine.id, machine: machine.id, protectedApplication: machine.id };
  const known = { ...applications, user: user.id, organization: organization.id };
  const targets = new Proxy(known as unknown as Targets, {
    get: (ids, name) => Reflect.get(ids, name) ?? 'nobodyhasthisid000000',
  });
  const get = apiClient.GET as unknown as (path: string, init: object) => Promise<{ response: Response }>;
  const statuses = new Map<string, number>();
  for (const operation of app.operations.filter((one) => isManaged(one) && one.method === 'GET')) {
    const { response } = await get(pathOf(operation, targets), { parseAs: 'text' });
    statuses.set(operation.path, response.status);
  }
  expect([...statuses.values()].filter((status) => status === 200).length).toBeGreaterThan(60);
  const others = [...statuses].filter(([, status]) => status !== 200 && status !== 404);
  // What is asked there is of another kind of application, kept by no connector, or not here at all.
  expect(Object.fromEntries(others)).toEqual({
    '/api/applications/:id/protected-app-metadata/custom-domains': 400,
    '/api/applications/:id/users/:userId/consent-organizations': 422,
    '/api/users/:userId/identities/:target/access-token': 403,
  });
});
