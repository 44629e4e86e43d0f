import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { messagesTo } from '../../../test/mail.ts';
import { asSystem } from '../../../test/organizations.ts';

const app = await createTestApp();
const { api } = app;
const PATH = '/api/organization-invitations';
const HOUR = 3_600_000;

let organizationId: string;
let roleId: string;
let serial = 0;
const address = () => `invitee-${++serial}@example.com`;
const invite = (more: object = {}) =>
  api('POST', PATH, { organizationId, invitee: address(), expiresAt: app.world.now().getTime() + HOUR, ...more });
const invited = async (more: object = {}) => {
  const { status, body } = await invite(more);
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const userOf = async (primaryEmail: string): Promise<string> =>
  (await api('POST', '/api/users', { primaryEmail })).body.id;
const setStatus = (id: string, body: object) => api('PUT', `${PATH}/${id}/status`, body);
const code = (status: number, name: string) => ({ status, body: expect.objectContaining({ code: name }) });
const isMember = async (userId: string) =>
  (await api('GET', `/api/organizations/${organizationId}/users/${userId}/roles`)).status === 200;

beforeAll(async () => {
  organizationId = (await api('POST', '/api/organizations', { name: 'Acme' })).body.id;
  roleId = (await api('POST', '/api/organization-roles', { name: 'editor' })).body.id;
});

describe('an invitation', () => {
  test('201: pending, with its roles; listed by organization, inviter and address in any case', async () => {
    const inviterId = await userOf(address());
    const made = await invited({ inviterId, organizationRoleIds: [roleId] });
    expect(made).toMatchObject({
      tenantId: 'default',
      organizationId,
      inviterId,
      status: 'Pending',
      acceptedUserId: null,
      organizationRoles: [{ id: roleId, name: 'editor' }],
    });
    expect((await api('GET', `${PATH}/${made.id}`)).body).toEqual(made);
    for (const query of [
      `inviterId=${inviterId}`,
      `organizationId=${organizationId}&invitee=${made.invitee.toUpperCase()}`,
    ]) {
      expect((await api('GET', `${PATH}?${query}`)).body).toEqual([made]);
    }
    expect((await api('GET', `${PATH}?organizationId=other`)).body).toEqual([]);
    expect((await api('DELETE', `${PATH}/${made.id}`)).status).toBe(204);
    expect(await api('GET', `${PATH}/${made.id}`)).toMatchObject(code(404, 'entity.not_exists_with_id'));
  });

  test('422: a second pending one, whatever the case of the address; 50 at once make one', async () => {
    const invitee = address();
    const answers = await Promise.all(Array.from({ length: 50 }, () => invite({ invitee })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await invite({ invitee: invitee.toUpperCase() })).toMatchObject(
      code(422, 'entity.unique_integrity_violation'),
    );
  });

  test('422: for a member, for an unknown organization, role or inviter; 400 in the past', async () => {
    const invitee = address();
    await api('POST', `/api/organizations/${organizationId}/users`, { userIds: [await userOf(invitee)] });
    expect(await invite({ invitee })).toMatchObject(code(422, 'organization_invitation.invitee_is_member'));
    const unknown = code(422, 'entity.relation_foreign_key_not_found');
    expect(await invite({ organizationId: 'nowhere' })).toMatchObject(unknown);
    expect(await invite({ organizationRoleIds: ['nothing'] })).toMatchObject(unknown);
    expect(await invite({ inviterId: 'nobody' })).toMatchObject(unknown);
    expect(await invite({ expiresAt: app.world.now().getTime() - 1 })).toMatchObject(code(400, 'guard.invalid_input'));
    expect(await invite({ invitee: 'nobody' })).toMatchObject(code(400, 'guard.invalid_input'));
  });

  test('expires by itself, opens nothing then, and leaves room for another', async () => {
    const made = await invited({ expiresAt: app.world.now().getTime() + 1000 });
    app.advance(2000);
    expect((await api('GET', `${PATH}/${made.id}`)).body.status).toBe('Expired');
    const acceptedUserId = await userOf(made.invitee);
    expect(await setStatus(made.id, { status: 'Accepted', acceptedUserId })).toMatchObject(
      code(422, 'organization_invitation.not_pending'),
    );
    expect(await isMember(acceptedUserId)).toBe(false);
    await invited({ invitee: made.invitee });
  });
});

describe('its message', () => {
  test('201 and 204: goes to the invitee with the link, and once more', async () => {
    const made = await invited({ messagePayload: { link: 'https://app.example/join', locale: 'ja' } });
    expect(await messagesTo(app, made.invitee)).toMatchObject([
      { templateType: 'OrganizationInvitation', locale: 'ja' },
    ]);
    expect((await api('POST', `${PATH}/${made.id}/message`, { link: 'https://app.example/join' })).status).toBe(204);
    expect(await messagesTo(app, made.invitee)).toHaveLength(2);
    await setStatus(made.id, { status: 'Revoked' });
    expect(await api('POST', `${PATH}/${made.id}/message`, {})).toMatchObject(
      code(422, 'organization_invitation.not_pending'),
    );
  });

  test('429: what cannot be sent leaves no invitation behind', async () => {
    const made = await invited({ messagePayload: {} });
    while ((await api('POST', `${PATH}/${made.id}/message`, {})).status === 204);
    await api('DELETE', `${PATH}/${made.id}`);
    expect((await invite({ invitee: made.invitee, messagePayload: {} })).status).toBe(429);
    expect((await api('GET', `${PATH}?invitee=${made.invitee}`)).body).toEqual([]);
  });
});

describe('accepting', () => {
  test('200: of 50 at once one; the user is a member with the roles, once', async () => {
    const made = await invited({ organizationRoleIds: [roleId] });
    const acceptedUserId = await userOf(made.invitee.toUpperCase());
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => setStatus(made.id, { status: 'Accepted', acceptedUserId })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(49);
    expect((await api('GET', `${PATH}/${made.id}`)).body).toMatchObject({ status: 'Accepted', acceptedUserId });
    const roles = await api('GET', `/api/organizations/${organizationId}/users/${acceptedUserId}/roles`);
    expect(roles.body).toMatchObject([{ id: roleId }]);
  });

  test('422: for another user’s address; 400 without a user; revoked ones stay so', async () => {
    const made = await invited();
    const other = await userOf(address());
    expect(await setStatus(made.id, { status: 'Accepted', acceptedUserId: other })).toMatchObject(
      code(422, 'organization_invitation.address_mismatch'),
    );
    expect(await setStatus(made.id, { status: 'Accepted', acceptedUserId: 'nobody' })).toMatchObject(
      code(422, 'entity.relation_foreign_key_not_found'),
    );
    expect(await setStatus(made.id, { status: 'Accepted' })).toMatchObject(code(400, 'guard.invalid_input'));
    expect(await isMember(other)).toBe(false);
    expect((await setStatus(made.id, { status: 'Revoked' })).body).toMatchObject({ status: 'Revoked' });
    const acceptedUserId = await userOf(made.invitee);
    expect(await setStatus(made.id, { status: 'Accepted', acceptedUserId })).toMatchObject(
      code(422, 'organization_invitation.not_pending'),
    );
  });

  test('by its owner: only with an address that somebody has proved', async () => {
    const made = await invited();
    const userId = await userOf(made.invitee);
    const { invitations } = app.modules.organizations;
    const verify = (at: string) =>
      asSystem(app, async (run) => {
        await run(`update users set email_verified_at = ${at} where tenant_id = $1 and id = $2`, userId);
      });
    await verify('null');
    await expect(invitations.accept(app.scope(), { id: made.id, userId })).rejects.toMatchObject({
      code: 'organization_invitation.address_mismatch',
    });
    await verify('now()');
    await expect(invitations.accept(app.scope(), { id: made.id, userId })).resolves.toMatchObject({
      status: 'Accepted',
    });
    expect(await isMember(userId)).toBe(true);
  });
});
