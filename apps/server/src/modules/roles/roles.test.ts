import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { MANAGEMENT_API_ROLE } from '../tenants/index.ts';

const app = await createTestApp();
const { api } = app;

const made = async (path: string, body: object) => {
  const answer = await api('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
let serial = 0;
const newUser = () => made('/api/users', { username: `member_${++serial}`, name: `Member ${serial}` });
const newMachine = () => made('/api/applications', { name: `Machine ${++serial}`, type: 'MachineToMachine' });
const newRole = (more: object = {}) => made('/api/roles', { name: `role ${++serial}`, description: 'A role', ...more });
const code = (status: number, name: string) => ({ status, body: expect.objectContaining({ code: name }) });

/** Scopes in a fresh token of a machine for an API. */
async function tokenScopes(machine: { id: string }, resource: string, scope: string): Promise<string[]> {
  const [secret] = (await api('GET', `/api/applications/${machine.id}/secrets`)).body;
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
  const body = (await answer.json()) as { scope?: string };
  return body.scope ? body.scope.split(' ') : [];
}

let orders: { id: string; indicator: string };
let read: { id: string };
let write: { id: string };
beforeAll(async () => {
  orders = await made('/api/resources', { name: 'Orders', indicator: 'https://orders.example.com' });
  read = await made(`/api/resources/${orders.id}/scopes`, { name: 'orders:read', description: 'Read orders' });
  write = await made(`/api/resources/${orders.id}/scopes`, { name: 'orders:write' });
});

describe('API resources', () => {
  test('200 lists resources with their scopes, and the Management API is among them', async () => {
    const { status, body } = await api('GET', '/api/resources?includeScopes=true');
    expect(status).toBe(200);
    const found = body.find(({ id }: { id: string }) => id === orders.id);
    expect(found.scopes.map(({ name }: { name: string }) => name)).toEqual(['orders:read', 'orders:write']);
    expect(body.map(({ indicator }: { indicator: string }) => indicator)).toContain('https://default.logto.app/api');
  });

  test('201 with an hour for tokens; pages when asked to', async () => {
    const answer = await api('POST', '/api/resources', { name: 'Stock', indicator: 'https://stock.example.com/v1' });
    expect(answer).toMatchObject({ status: 201, body: { accessTokenTtl: 3600, isDefault: false, scopes: [] } });
    const page = await api('GET', '/api/resources?page=1&page_size=1');
    expect(page.body).toHaveLength(1);
    expect(Number(page.headers.get('total-number'))).toBeGreaterThan(2);
    await api('DELETE', `/api/resources/${answer.body.id}`);
    expect((await api('GET', `/api/resources/${answer.body.id}`)).status).toBe(404);
  });

  test('200 when the default moves: at most one, also of fifty at once', async () => {
    const other = await made('/api/resources', { name: 'Other', indicator: 'https://other.example.com' });
    const tries = Array.from({ length: 50 }, (_, index) =>
      api('PATCH', `/api/resources/${index % 2 ? other.id : orders.id}/is-default`, { isDefault: true }),
    );
    for (const { status } of await Promise.all(tries)) expect(status).toBe(200);
    const { body } = await api('GET', '/api/resources');
    expect(body.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toHaveLength(1);
    await api('DELETE', `/api/resources/${other.id}`);
    await api('PATCH', `/api/resources/${orders.id}/is-default`, { isDefault: false });
  });

  test('400 when the Management API would change', async () => {
    const refused = code(400, 'resource.cannot_modify_management_api');
    expect(await api('DELETE', '/api/resources/management-api')).toMatchObject(
      code(400, 'resource.cannot_delete_management_api'),
    );
    expect(await api('PATCH', '/api/resources/management-api', { name: 'Mine' })).toMatchObject(refused);
    expect(await api('POST', '/api/resources/management-api/scopes', { name: 'more' })).toMatchObject(refused);
    expect(await api('DELETE', '/api/resources/management-api/scopes/management-api-all')).toMatchObject(refused);
  });

  test('400 for an indicator with a fragment, a relative one, a reserved one; a scope with a space', async () => {
    for (const indicator of ['https://a.example/#x', '/orders', 'urn:logto:resource:organizations']) {
      expect((await api('POST', '/api/resources', { name: 'Bad', indicator })).status).toBe(400);
    }
    expect(await api('POST', `/api/resources/${orders.id}/scopes`, { name: 'a b' })).toMatchObject(
      code(400, 'scope.name_with_space'),
    );
  });

  test('404 for a scope under another resource', async () => {
    expect((await api('PATCH', `/api/resources/management-api-x/scopes/${read.id}`, { name: 'x' })).status).toBe(404);
  });

  test('422 for an identifier or a scope name in use', async () => {
    expect(await api('POST', '/api/resources', { name: 'Again', indicator: orders.indicator })).toMatchObject(
      code(422, 'resource.resource_identifier_in_use'),
    );
    expect(await api('POST', `/api/resources/${orders.id}/scopes`, { name: 'orders:read' })).toMatchObject(
      code(422, 'scope.name_exists'),
    );
  });
});

describe('roles', () => {
  test('how many hold a role stays right when fifty get and lose it at once, and a user or an application is deleted', async () => {
    const role = await newRole();
    const counted = async (id = role.id) => {
      const { body } = await api('GET', `/api/roles?search.id=${id}`);
      const { headers } = await api('GET', `/api/roles/${id}/users?page_size=1`);
      return [body[0].usersCount, body[0].applicationsCount, Number(headers.get('total-number'))];
    };
    const users = await Promise.all(Array.from({ length: 50 }, newUser));
    const give = (id: string, roleIds: string[]) => api('PUT', `/api/users/${id}/roles`, { roleIds });
    const given = await Promise.all(users.map(({ id }) => give(id, [role.id])));
    expect(new Set(given.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await counted()).toEqual([50, 0, 50]);
    await Promise.all(users.slice(0, 30).map(({ id }) => give(id, [])));
    expect(await counted()).toEqual([20, 0, 20]);
    await Promise.all(users.slice(28, 33).map(({ id }) => api('DELETE', `/api/users/${id}`)));
    expect(await counted()).toEqual([17, 0, 17]);

    const forMachines = await newRole({ type: 'MachineToMachine' });
    const machines = await Promise.all([1, 2].map(() => newMachine()));
    await api('POST', `/api/roles/${forMachines.id}/applications`, { applicationIds: machines.map(({ id }) => id) });
    expect(await counted(forMachines.id)).toEqual([0, 2, 0]);
    await api('DELETE', `/api/applications/${machines[0]?.id}`);
    expect(await counted(forMachines.id)).toEqual([0, 1, 0]);
    for (const { id } of [role, forMachines]) expect((await api('DELETE', `/api/roles/${id}`)).status).toBe(204);
  });

  test('200 with its holders: how many, and three of them', async () => {
    const role = await newRole({ scopeIds: [read.id] });
    const users = await Promise.all(Array.from({ length: 4 }, newUser));
    expect((await api('POST', `/api/roles/${role.id}/users`, { userIds: users.map(({ id }) => id) })).status).toBe(201);
    const { body } = await api('GET', `/api/roles?search.name=${encodeURIComponent(role.name)}`);
    expect(body).toEqual([expect.objectContaining({ id: role.id, usersCount: 4, applicationsCount: 0 })]);
    expect(body[0].featuredUsers).toHaveLength(3);
    const holders = await api('GET', `/api/roles/${role.id}/users?page_size=3`);
    expect(holders.body).toHaveLength(3);
    expect(holders.headers.get('total-number')).toBe('4');
    const excluded = await api('GET', `/api/roles?excludeUserId=${users[0].id}`);
    expect(excluded.body.map(({ id }: { id: string }) => id)).not.toContain(role.id);
    const others = await api('GET', `/api/users?excludeRoleId=${role.id}&page_size=100`);
    expect(others.body.some(({ id }: { id: string }) => id === users[0].id)).toBe(false);
  });

  test('a machine’s next token has a scope as soon as it is given, and not when it is taken', async () => {
    const machine = await newMachine();
    const role = await newRole({ type: 'MachineToMachine', scopeIds: [read.id] });
    const scopes = () => tokenScopes(machine, orders.indicator, 'orders:read orders:write');
    expect(await scopes()).toEqual([]);
    await api('POST', `/api/applications/${machine.id}/roles`, { roleIds: [role.id] });
    expect(await scopes()).toEqual(['orders:read']);
    await made(`/api/roles/${role.id}/scopes`, { scopeIds: [write.id] });
    expect(await scopes()).toEqual(['orders:read', 'orders:write']);
    expect((await api('DELETE', `/api/roles/${role.id}/scopes/${read.id}`)).status).toBe(204);
    expect(await scopes()).toEqual(['orders:write']);
    expect((await api('DELETE', `/api/roles/${role.id}`)).status).toBe(204);
    expect(await scopes()).toEqual([]);
  });

  test('a new user gets the default roles', async () => {
    const role = await newRole({ isDefault: true });
    const user = await newUser();
    const { body } = await api('GET', `/api/users/${user.id}/roles`);
    expect(body.map(({ id }: { id: string }) => id)).toEqual([role.id]);
    await api('DELETE', `/api/roles/${role.id}`);
  });

  test('201 and 200 for a user’s roles: adding tells what is new, replacing leaves exactly these', async () => {
    const user = await newUser();
    const [one, two, three] = [await newRole(), await newRole(), await newRole()];
    await api('POST', `/api/users/${user.id}/roles`, { roleIds: [one.id] });
    expect(await api('POST', `/api/users/${user.id}/roles`, { roleIds: [one.id, two.id] })).toMatchObject({
      status: 201,
      body: { roleIds: [one.id, two.id], addedRoleIds: [two.id] },
    });
    expect(await api('PUT', `/api/users/${user.id}/roles`, { roleIds: [two.id, three.id] })).toMatchObject({
      status: 200,
      body: { roleIds: [two.id, three.id] },
    });
    const held = await api('GET', `/api/users/${user.id}/roles`);
    expect(held.body.map(({ id }: { id: string }) => id).sort()).toEqual([two.id, three.id].sort());
    expect((await api('DELETE', `/api/users/${user.id}/roles/${two.id}`)).status).toBe(204);
    expect((await api('DELETE', `/api/users/${user.id}/roles/${two.id}`)).status).toBe(404);
  });

  test('of fifty replacements at once one is whole', async () => {
    const user = await newUser();
    const sets = [
      [await newRole(), await newRole()],
      [await newRole(), await newRole()],
    ].map((pair) => pair.map(({ id }) => id).sort());
    const tries = Array.from({ length: 50 }, (_, index) =>
      api('PUT', `/api/users/${user.id}/roles`, { roleIds: sets[index % 2] }),
    );
    for (const { status } of await Promise.all(tries)) expect(status).toBe(200);
    const { body } = await api('GET', `/api/users/${user.id}/roles`);
    expect(sets).toContainEqual(body.map(({ id }: { id: string }) => id).sort());
  });

  test('403 for built-in roles', async () => {
    const refused = code(403, 'role.internal_role_violation');
    expect(await api('DELETE', `/api/roles/${MANAGEMENT_API_ROLE}`)).toMatchObject(refused);
    expect(await api('PATCH', `/api/roles/${MANAGEMENT_API_ROLE}`, { name: 'x' })).toMatchObject(refused);
    expect(await api('POST', '/api/roles', { name: '#internal:mine', description: 'x' })).toMatchObject(refused);
  });

  test('404 for what is not there', async () => {
    for (const path of [
      '/api/roles/none',
      '/api/roles/none/users',
      '/api/roles/none/scopes',
      '/api/users/none/roles',
    ]) {
      expect((await api('GET', path)).status, path).toBe(404);
    }
    expect((await api('PUT', '/api/users/none/roles', { roleIds: [] })).status).toBe(404);
  });

  test('422 for names in use, wrong kinds, unknown ids and the Management API for people', async () => {
    const [role, machineRole] = [await newRole(), await newRole({ type: 'MachineToMachine' })];
    const [user, machine] = [await newUser(), await newMachine()];
    expect(await api('POST', '/api/roles', { name: role.name, description: 'x' })).toMatchObject(
      code(422, 'role.name_in_use'),
    );
    expect(await api('POST', `/api/users/${user.id}/roles`, { roleIds: [machineRole.id] })).toMatchObject(
      code(422, 'user.invalid_role_type'),
    );
    expect(await api('POST', `/api/applications/${machine.id}/roles`, { roleIds: [role.id] })).toMatchObject(
      code(422, 'application.invalid_role_type'),
    );
    expect(await api('POST', `/api/roles/${role.id}/users`, { userIds: ['none'] })).toMatchObject(
      code(422, 'entity.relation_foreign_key_not_found'),
    );
    await api('POST', `/api/roles/${role.id}/users`, { userIds: [user.id] });
    expect(await api('POST', `/api/roles/${role.id}/users`, { userIds: [user.id] })).toMatchObject(
      code(422, 'role.user_exists'),
    );
    expect(await api('POST', `/api/roles/${role.id}/scopes`, { scopeIds: ['management-api-all'] })).toMatchObject(
      code(422, 'role.management_api_scopes_not_assignable_to_user_role'),
    );
    const refused = await api('POST', '/api/roles', {
      name: 'half a role',
      description: 'x',
      scopeIds: ['management-api-all'],
    });
    expect(refused.status).toBe(422);
    expect((await api('GET', '/api/roles?search.name=half%25')).body).toEqual([]);
  });
});
