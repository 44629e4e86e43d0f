import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization, createResource, giveRole } from '../../../test/organizations.ts';
import { createClient, requestToken } from '../../../test/protocol.ts';

const app = await createTestApp();
const { api } = app;
const ORDERS = 'https://orders.example.com/api';
let resource: Awaited<ReturnType<typeof createResource>>;

const newUser = async (): Promise<string> => (await api('POST', '/api/users', {})).body.id;
const check = async (question: object) => {
  const answer = await api('POST', '/api/authorization/check', { resource: ORDERS, scope: 'read', ...question });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

beforeAll(async () => {
  resource = await createResource(app, ORDERS, ['read', 'write']);
});

describe('200', () => {
  test('by a role of the tenant, a default one too, until it is taken away', async () => {
    const userId = await newUser();
    const roleId = await giveRole(app, userId, [resource.scopeIds.read ?? '']);
    await api('PATCH', `/api/roles/${roleId}`, { isDefault: true });
    const role = { kind: 'role', id: roleId, name: `role-${roleId}`, isDefault: true };
    const held = await check({ userId });
    expect(held).toMatchObject({ allowed: true, obstacles: [], paths: [{ role, organization: null }] });
    expect(held.grantedBy).toContainEqual(role);
    expect(await check({ userId, scope: 'write' })).toMatchObject({
      allowed: false,
      paths: [],
      obstacles: ['no-role'],
    });
    await api('DELETE', `/api/users/${userId}/roles/${roleId}`);
    const lost = await check({ userId });
    expect(lost).toMatchObject({ allowed: false, obstacles: ['no-role'] });
    expect(lost.grantedBy).toContainEqual(role);
    await api('DELETE', `/api/roles/${roleId}`);
  });

  test('by a role in an organization: there, and without one named, but in no other organization', async () => {
    const userId = await newUser();
    const acme = await createOrganization(app, {
      name: 'Acme',
      users: [userId],
      resourceScopeIds: [resource.scopeIds.read ?? ''],
    });
    const other = await createOrganization(app, { users: [userId] });
    const path = {
      role: { kind: 'organization-role', id: acme.roleId, name: `role-${acme.roleId}`, isDefault: false },
      organization: { id: acme.id, name: 'Acme' },
    };
    expect(await check({ userId, organizationId: acme.id })).toMatchObject({ allowed: true, paths: [path] });
    expect(await check({ userId })).toMatchObject({ allowed: true, paths: [path] });
    expect(await check({ userId, organizationId: other.id })).toMatchObject({ allowed: false, obstacles: ['no-role'] });
  });

  test('an organization’s own permission; none for who is no member, or lacks the second factor it wants', async () => {
    const [userId, stranger] = [await newUser(), await newUser()];
    const acme = await createOrganization(app, { users: [userId], scopes: ['invoices:sign'] });
    const asked = { resource: undefined, scope: 'invoices:sign', organizationId: acme.id };
    expect(await check({ userId, ...asked })).toMatchObject({ allowed: true, paths: [{ role: { id: acme.roleId } }] });
    expect(await check({ userId: stranger, ...asked })).toMatchObject({
      allowed: false,
      obstacles: ['not-a-member', 'no-role'],
      grantedBy: [{ id: acme.roleId }],
    });
    await api('PATCH', `/api/organizations/${acme.id}`, { isMfaRequired: true });
    expect(await check({ userId, ...asked })).toMatchObject({ allowed: false, obstacles: ['second-factor-missing'] });
  });

  test('nothing for a suspended user; an API or permission that is not there is said to be so', async () => {
    const userId = await newUser();
    await giveRole(app, userId, [resource.scopeIds.read ?? '']);
    await api('PATCH', `/api/users/${userId}/is-suspended`, { isSuspended: true });
    expect(await check({ userId })).toMatchObject({ allowed: false, obstacles: ['suspended'], paths: [{}] });
    expect((await check({ userId, resource: 'https://nothing.example' })).obstacles).toContain('resource-unknown');
    expect((await check({ userId, scope: 'fly' })).obstacles).toContain('scope-unknown');
  });

  test('a machine, as its token says', async () => {
    const machine = await createClient(app, { type: 'MachineToMachine' });
    const token = () =>
      requestToken(app, machine, { grant_type: 'client_credentials', resource: ORDERS, scope: 'read write' });
    expect(await check({ applicationId: machine.id })).toMatchObject({ allowed: false });
    const role = await api('POST', '/api/roles', {
      name: 'order reader',
      description: 'reads',
      type: 'MachineToMachine',
      scopeIds: [resource.scopeIds.read],
    });
    await api('POST', `/api/applications/${machine.id}/roles`, { roleIds: [role.body.id] });
    expect(await check({ applicationId: machine.id })).toMatchObject({
      allowed: true,
      paths: [{ role: { id: role.body.id, name: 'order reader' } }],
    });
    expect((await token()).body.scope).toBe('read');
  });
});

describe('refusals', () => {
  test('400 without a subject, with two, and without anything to ask about', async () => {
    for (const body of [
      { resource: ORDERS, scope: 'read' },
      { userId: 'a', applicationId: 'b', resource: ORDERS, scope: 'read' },
      { userId: 'a', scope: 'read' },
      { userId: 'a', resource: ORDERS },
    ]) {
      expect(await api('POST', '/api/authorization/check', body)).toMatchObject({ status: 400 });
    }
  });

  test('404 for an unknown user, application, organization, and an application that is no machine', async () => {
    const userId = await newUser();
    const web = await createClient(app);
    for (const question of [
      { userId: 'nobody' },
      { applicationId: 'nothing' },
      { applicationId: web.id },
      { userId, organizationId: 'nowhere' },
    ]) {
      const answer = await api('POST', '/api/authorization/check', { resource: ORDERS, scope: 'read', ...question });
      expect(answer).toMatchObject({ status: 404, body: { code: 'entity.not_exists_with_id' } });
    }
  });
});
