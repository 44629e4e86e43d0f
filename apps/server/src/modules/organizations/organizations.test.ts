import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const { api } = app;

const made = async (path: string, body: object) => {
  const answer = await api('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
let serial = 0;
const newUser = (more: object = {}) =>
  made('/api/users', { username: `person_${++serial}`, name: `P ${serial}`, ...more });
const newMachine = () => made('/api/applications', { name: `Machine ${++serial}`, type: 'MachineToMachine' });
const newOrganization = (more: object = {}) =>
  made('/api/organizations', { name: `Organization ${++serial}`, ...more });
const newRole = (more: object = {}) => made('/api/organization-roles', { name: `role ${++serial}`, ...more });
const code = (status: number, name: string) => ({ status, body: expect.objectContaining({ code: name }) });
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();

let acme: { id: string; name: string };
beforeAll(async () => {
  acme = await newOrganization({ name: 'Acme', slug: 'acme', description: 'Rockets' });
});

describe('organizations', () => {
  test('201, and the organization as it was sent with the defaults of the rest', async () => {
    const answer = await api('POST', '/api/organizations', { name: 'Globex', customData: { plan: 'gold' } });
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'Globex', slug: null, isMfaRequired: false, customData: { plan: 'gold' }, branding: {} },
    });
    expect(answer.body.id).toMatch(/^[0-9a-z]{12}$/);
    const updated = await api('PATCH', `/api/organizations/${answer.body.id}`, {
      isMfaRequired: true,
      color: { primaryColor: '#123456' },
    });
    expect(updated).toMatchObject({ status: 200, body: { isMfaRequired: true, name: 'Globex' } });
    expect((await api('DELETE', `/api/organizations/${answer.body.id}`)).status).toBe(204);
    expect((await api('GET', `/api/organizations/${answer.body.id}`)).status).toBe(404);
  });

  test('200 lists by text in name, slug and description; % is a character like others', async () => {
    for (const q of ['cme', 'rocket', acme.id]) {
      expect(idsOf((await api('GET', `/api/organizations?q=${q}`)).body)).toEqual([acme.id]);
    }
    expect((await api('GET', '/api/organizations?q=%25')).body).toEqual([]);
  });

  test('200 read on from an organization; 404 from one that is not there', async () => {
    await newOrganization({ name: 'Newest' });
    const all = (await api('GET', '/api/organizations?page_size=100')).body as { id: string }[];
    const { body, headers } = await api('GET', `/api/organizations?page_size=1&before=${all[0]?.id}`);
    expect(body).toMatchObject([{ id: all[1]?.id }]);
    expect(headers.get('link')).toContain(`before=${all[1]?.id}>; rel="next"`);
    expect((await api('GET', '/api/organizations?before=nowhere')).status).toBe(404);
  });

  test('200 with showFeatured: how many users, and three of them', async () => {
    const organization = await newOrganization();
    const users = await Promise.all(Array.from({ length: 4 }, () => newUser()));
    await made(`/api/organizations/${organization.id}/users`, { userIds: idsOf(users) });
    const { body } = await api('GET', `/api/organizations?showFeatured=1&q=${organization.id}`);
    expect(body[0]).toMatchObject({ usersCount: 4 });
    expect(body[0].featuredUsers).toHaveLength(3);
    expect((await api('GET', `/api/organizations?q=${organization.id}`)).body[0]).not.toHaveProperty('usersCount');
  });

  test('how many members there are stays right when fifty join at once, some leave and users are deleted', async () => {
    const organization = await newOrganization();
    const counted = async () => {
      const { body } = await api('GET', `/api/organizations?showFeatured=1&q=${organization.id}`);
      const { headers } = await api('GET', `/api/organizations/${organization.id}/users?page_size=1`);
      const others = await api('GET', `/api/users?excludeOrganizationId=${organization.id}&page_size=1`);
      return [body[0].usersCount, ...[headers, others.headers].map((of) => Number(of.get('total-number')))];
    };
    const everybody = async () => Number((await api('GET', '/api/users?page_size=1')).headers.get('total-number'));
    const before = await everybody();
    const users = await Promise.all(Array.from({ length: 50 }, () => newUser()));
    expect(await everybody()).toBe(before + 50);
    const path = `/api/organizations/${organization.id}/users`;
    await Promise.all(idsOf(users).map((id) => made(path, { userIds: [id] })));
    expect(await counted()).toEqual([50, 50, before]);
    await Promise.all(idsOf(users.slice(0, 20)).map((id) => api('DELETE', `${path}/${id}`)));
    expect(await counted()).toEqual([30, 30, before + 20]);
    await Promise.all(idsOf(users.slice(15, 25)).map((id) => api('DELETE', `/api/users/${id}`)));
    expect(await counted()).toEqual([25, 25, before + 15]);
    expect((await api('DELETE', `/api/organizations/${organization.id}`)).status).toBe(204);
    expect(await everybody()).toBe(before + 40);
  });

  test('400 for a slug with other characters, 422 for one in use', async () => {
    expect((await api('POST', '/api/organizations', { name: 'x', slug: 'No Slug' })).status).toBe(400);
    expect(await api('POST', '/api/organizations', { name: 'x', slug: 'acme' })).toMatchObject(
      code(422, 'organization.slug_in_use'),
    );
  });
});

describe('members', () => {
  test('users come, hold roles, are found by them, and go', async () => {
    const organization = await newOrganization();
    const [ada, ben] = [await newUser({ name: 'Ada' }), await newUser({ name: 'Ben' })];
    const scope = await made('/api/organization-scopes', { name: 'invoices:read' });
    const admin = await newRole({ name: 'admin', organizationScopeIds: [scope.id] });
    const path = `/api/organizations/${organization.id}/users`;
    expect(await api('POST', path, { userIds: [ada.id, ben.id] })).toMatchObject({ status: 201 });
    expect((await api('POST', `${path}/roles`, { userIds: [ada.id], organizationRoleIds: [admin.id] })).status).toBe(
      201,
    );
    const all = await api('GET', path);
    expect(all.headers.get('total-number')).toBe('2');
    expect(all.body.find(({ id }: { id: string }) => id === ada.id)).toMatchObject({
      organizationRoles: [{ id: admin.id, name: 'admin' }],
      joinedAt: expect.any(Number),
      lastActiveAt: null,
    });
    expect(idsOf((await api('GET', `${path}?organizationRoleId=${admin.id}`)).body)).toEqual([ada.id]);
    expect(idsOf((await api('GET', `${path}?q=ben`)).body)).toEqual([ben.id]);
    expect((await api('GET', `${path}/${ada.id}/scopes`)).body).toMatchObject([{ name: 'invoices:read' }]);
    expect((await api('GET', `/api/users/${ada.id}/organizations`)).body).toMatchObject([
      { id: organization.id, organizationRoles: [{ name: 'admin' }], lastActiveAt: null },
    ]);
    expect(await api('POST', `${path}/${ben.id}/roles`, { organizationRoleNames: ['admin'] })).toMatchObject({
      status: 201,
      body: { organizationRoleIds: [admin.id] },
    });
    expect((await api('PUT', `${path}/${ben.id}/roles`, { organizationRoleIds: [] })).status).toBe(204);
    expect((await api('GET', `${path}/${ben.id}/roles`)).body).toEqual([]);
    expect((await api('DELETE', `${path}/${ada.id}/roles/${admin.id}`)).status).toBe(204);
    expect((await api('DELETE', `${path}/${ada.id}/roles/${admin.id}`)).status).toBe(404);
    expect((await api('PUT', path, { userIds: [ben.id] })).status).toBe(204);
    expect(idsOf((await api('GET', path)).body)).toEqual([ben.id]);
    expect((await api('DELETE', `${path}/${ben.id}`)).status).toBe(204);
    expect((await api('DELETE', `${path}/${ben.id}`)).status).toBe(404);
    const outsiders = await api('GET', `/api/users?excludeOrganizationId=${organization.id}&page_size=100`);
    expect(idsOf(outsiders.body)).toContain(ada.id);
  });

  test('201 joins several organizations at once, with an entry of the trail in each; 422 joins none of them', async () => {
    const [user, machine] = [await newUser(), await newMachine()];
    const [one, two, three] = [await newOrganization(), await newOrganization(), await newOrganization()];
    const join = (body: object) => api('POST', '/api/organizations/memberships', body);
    const of = async (path: string) => idsOf((await api('GET', `${path}/organizations`)).body);

    await made(`/api/organizations/${one.id}/users`, { userIds: [user.id] });
    for (const body of [
      { userId: user.id, organizationIds: [two.id, 'nowhere'] },
      { userId: 'nobody', organizationIds: [two.id] },
    ]) {
      expect(await join(body)).toMatchObject(code(422, 'entity.relation_foreign_key_not_found'));
    }
    expect(await of(`/api/users/${user.id}`)).toEqual([one.id]);

    const answer = await join({ userId: user.id, organizationIds: [one.id, two.id, three.id, two.id] });
    expect(answer.status).toBe(201);
    expect(answer.body.organizationIds.sort()).toEqual([two.id, three.id].sort());
    expect(await of(`/api/users/${user.id}`)).toEqual(idsOf([one, two, three]));
    const history = await api('GET', `/api/logs/history?targetType=Organization&targetId=${three.id}`);
    expect(history.body[0]).toMatchObject({
      key: 'Organization.Membership.Updated',
      payload: { kind: 'users', added: [user.id] },
    });

    expect((await join({ applicationId: machine.id, organizationIds: [one.id, two.id] })).status).toBe(201);
    expect(await of(`/api/applications/${machine.id}`)).toEqual(idsOf([one, two]));
    const web = await made('/api/applications', { name: 'Web', type: 'Traditional' });
    expect(await join({ applicationId: web.id, organizationIds: [one.id] })).toMatchObject(
      code(422, 'entity.db_constraint_violated'),
    );
    for (const body of [
      { userId: user.id, organizationIds: [] },
      { userId: user.id, applicationId: machine.id, organizationIds: [one.id] },
      { organizationIds: [one.id] },
    ]) {
      expect((await join(body)).status).toBe(400);
    }
  });

  test('fifty who join the same organizations at once, in any order, all get in', async () => {
    const organizations = await Promise.all(Array.from({ length: 4 }, () => newOrganization()));
    const users = await Promise.all(Array.from({ length: 50 }, () => newUser()));
    const answers = await Promise.all(
      users.map(({ id }, index) => {
        const ids = organizations.map((organization) => organization.id);
        return api('POST', '/api/organizations/memberships', {
          userId: id,
          organizationIds: index % 2 === 0 ? ids : ids.reverse(),
        });
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const { headers } = await api('GET', `/api/organizations/${organizations[0].id}/users`);
    expect(headers.get('total-number')).toBe('50');
  });

  test('the time of the last activity is what a member’s last token for the organization left', async () => {
    const [organization, user] = [await newOrganization(), await newUser()];
    await made(`/api/organizations/${organization.id}/users`, { userIds: [user.id] });
    await app.modules.organizations.recordActivity(app.scope(), organization.id, user.id);
    const { body } = await api('GET', `/api/organizations/${organization.id}/users`);
    expect(body[0].lastActiveAt).toBeGreaterThan(Date.now() - 60_000);
    const [membership] = (await api('GET', `/api/users/${user.id}/organizations`)).body;
    const { joinedAt, lastActiveAt } = body[0];
    expect(membership).toMatchObject({ joinedAt, lastActiveAt });
  });

  test('machines are members too, other applications are not', async () => {
    const organization = await newOrganization();
    const [machine, role] = [await newMachine(), await newRole({ type: 'MachineToMachine' })];
    const spa = await made('/api/applications', { name: 'Page', type: 'SPA' });
    const path = `/api/organizations/${organization.id}/applications`;
    expect((await api('POST', path, { applicationIds: [machine.id] })).status).toBe(201);
    expect(await api('POST', path, { applicationIds: [spa.id] })).toMatchObject(
      code(422, 'entity.db_constraint_violated'),
    );
    expect((await api('PUT', `${path}/${machine.id}/roles`, { organizationRoleIds: [role.id] })).status).toBe(204);
    expect((await api('GET', path)).body).toMatchObject([{ id: machine.id, organizationRoles: [{ id: role.id }] }]);
    expect((await api('GET', `/api/applications/${machine.id}/organizations`)).body).toMatchObject([
      { id: organization.id, organizationRoles: [{ id: role.id }], joinedAt: expect.any(Number), lastActiveAt: null },
    ]);
  });

  test('404 for an organization that is not there', async () => {
    for (const path of ['users', 'applications', 'jit/email-domains', 'jit/roles']) {
      expect((await api('GET', `/api/organizations/none/${path}`)).status, path).toBe(404);
    }
  });

  test('422 for strangers, unknown ids and names, and roles of the other kind', async () => {
    const [organization, user, role] = [await newOrganization(), await newUser(), await newRole()];
    const path = `/api/organizations/${organization.id}/users`;
    expect(await api('PUT', `${path}/${user.id}/roles`, { organizationRoleIds: [role.id] })).toMatchObject(
      code(422, 'organization.require_membership'),
    );
    expect(await api('POST', path, { userIds: [user.id, 'none'] })).toMatchObject(
      code(422, 'entity.relation_foreign_key_not_found'),
    );
    expect((await api('GET', path)).body).toEqual([]);
    await made(path, { userIds: [user.id] });
    expect(await api('POST', `${path}/${user.id}/roles`, { organizationRoleNames: ['nobody'] })).toMatchObject(
      code(422, 'organization.role_names_not_found'),
    );
    const machineRole = await newRole({ type: 'MachineToMachine' });
    expect(await api('POST', `${path}/${user.id}/roles`, { organizationRoleIds: [machineRole.id] })).toMatchObject(
      code(422, 'user.invalid_role_type'),
    );
  });

  test('of fifty replacements at once one is whole', async () => {
    const organization = await newOrganization();
    const users = await Promise.all(Array.from({ length: 4 }, () => newUser()));
    const sets = [idsOf(users.slice(0, 2)), idsOf(users.slice(2))];
    const tries = Array.from({ length: 50 }, (_, index) =>
      api('PUT', `/api/organizations/${organization.id}/users`, { userIds: sets[index % 2] }),
    );
    for (const { status } of await Promise.all(tries)) expect(status).toBe(204);
    expect(sets).toContainEqual(idsOf((await api('GET', `/api/organizations/${organization.id}/users`)).body));
  });
});

describe('the template', () => {
  test('roles list what they allow: organization scopes and scopes of APIs', async () => {
    const resource = await made('/api/resources', { name: 'Bills', indicator: 'https://bills.example.com' });
    const pay = await made(`/api/resources/${resource.id}/scopes`, { name: 'bills:pay' });
    const scope = await made('/api/organization-scopes', { name: 'members:read', description: 'See members' });
    const role = await newRole({ organizationScopeIds: [scope.id], resourceScopeIds: [pay.id] });
    const { body } = await api('GET', `/api/organization-roles?q=${role.id}`);
    expect(body).toMatchObject([
      {
        id: role.id,
        scopes: [{ id: scope.id, name: 'members:read' }],
        resourceScopes: [{ id: pay.id, name: 'bills:pay', resource: { id: resource.id, name: 'Bills' } }],
      },
    ]);
    const path = `/api/organization-roles/${role.id}`;
    expect((await api('GET', `${path}/resource-scopes`)).body).toMatchObject([{ id: pay.id, resourceId: resource.id }]);
    expect((await api('PUT', `${path}/resource-scopes`, { scopeIds: [] })).status).toBe(204);
    expect((await api('DELETE', `${path}/scopes/${scope.id}`)).status).toBe(204);
    expect((await api('DELETE', `${path}/scopes/${scope.id}`)).status).toBe(404);
    expect((await api('GET', `${path}/scopes`)).body).toEqual([]);
  });

  test('an organization’s own role is listed and given there alone, and a name never stands for two', async () => {
    const [organization, other, user] = [await newOrganization(), await newOrganization(), await newUser()];
    const own = await newRole({ name: 'night shift', organizationId: organization.id });
    expect(own.organizationId).toBe(organization.id);
    const listed = async (query: string) => idsOf((await api('GET', `/api/organization-roles${query}`)).body);
    expect(await listed('')).not.toContain(own.id);
    expect(await listed(`?organizationId=${organization.id}`)).toContain(own.id);
    await made(`/api/organizations/${organization.id}/users`, { userIds: [user.id] });
    await made(`/api/organizations/${other.id}/users`, { userIds: [user.id] });
    const give = (id: string) =>
      api('POST', `/api/organizations/${id}/users/${user.id}/roles`, { organizationRoleIds: [own.id] });
    expect(await give(other.id)).toMatchObject(code(422, 'entity.relation_foreign_key_not_found'));
    expect((await give(organization.id)).status).toBe(201);
    const taken = code(422, 'entity.unique_integrity_violation');
    expect(await api('POST', '/api/organization-roles', { name: 'night shift' })).toMatchObject(taken);
    expect((await newRole({ name: 'night shift', organizationId: other.id })).organizationId).toBe(other.id);
  });

  test('400 for a scope with a space; 422 for names in use, unknown scopes, the Management API for people', async () => {
    const role = await newRole();
    expect((await api('POST', '/api/organization-scopes', { name: 'two words' })).status).toBe(400);
    const taken = code(422, 'entity.unique_integrity_violation');
    expect(await api('POST', '/api/organization-roles', { name: role.name })).toMatchObject(taken);
    expect(
      await api('POST', `/api/organization-roles/${role.id}/scopes`, { organizationScopeIds: ['none'] }),
    ).toMatchObject(code(422, 'entity.relation_foreign_key_not_found'));
    expect(
      await api('POST', `/api/organization-roles/${role.id}/resource-scopes`, { scopeIds: ['management-api-all'] }),
    ).toMatchObject(code(422, 'role.management_api_scopes_not_assignable_to_user_role'));
  });
});

describe('what is saved in one piece', () => {
  test('200: name and permissions of a role; of a wrong one nothing is saved', async () => {
    const role = await newRole();
    const [read, write] = [
      await made('/api/organization-scopes', { name: `read:${++serial}` }),
      await made('/api/organization-scopes', { name: `write:${++serial}` }),
    ];
    const path = `/api/organization-roles/${role.id}`;
    const scopes = async () => idsOf((await api('GET', `${path}/scopes`)).body);
    const ids = [read.id, write.id];
    expect(await api('PATCH', path, { name: 'Whole', organizationScopeIds: ids })).toMatchObject({
      status: 200,
      body: { name: 'Whole' },
    });
    expect(await scopes()).toEqual([...ids].sort());
    expect((await api('PATCH', path, { description: 'Changed' })).status).toBe(200);
    expect(await scopes()).toEqual([...ids].sort());
    const halves = [
      { name: 'Half', organizationScopeIds: [read.id, 'none'] },
      { name: 'Half', organizationScopeIds: [], resourceScopeIds: ['management-api-all'] },
    ];
    for (const body of halves) expect((await api('PATCH', path, body)).status).toBe(422);
    expect((await api('GET', path)).body.name).toBe('Whole');
    expect(await scopes()).toEqual([...ids].sort());
  });

  test('204: domains and roles of who joins; of wrong ones nothing is saved, and what is left out stays', async () => {
    const organization = await newOrganization();
    const [role, ofMachines] = [await newRole(), await newRole({ type: 'MachineToMachine' })];
    const path = `/api/organizations/${organization.id}/jit`;
    const domains = async () =>
      (await api('GET', `${path}/email-domains`)).body.map((row: { emailDomain: string }) => row.emailDomain);
    const rules = { emailDomains: ['Whole.example'], organizationRoleIds: [role.id] };
    expect((await api('PUT', path, rules)).status).toBe(204);
    expect(await domains()).toEqual(['whole.example']);
    expect(
      await api('PUT', path, { emailDomains: ['half.example'], organizationRoleIds: [ofMachines.id] }),
    ).toMatchObject(code(422, 'user.invalid_role_type'));
    expect(await domains()).toEqual(['whole.example']);
    expect((await api('PUT', path, { organizationRoleIds: [] })).status).toBe(204);
    expect(await domains()).toEqual(['whole.example']);
    expect((await api('GET', `${path}/roles`)).body).toEqual([]);
    expect((await api('PUT', path, { emailDomains: ['no domain'] })).status).toBe(400);
    expect((await api('PUT', '/api/organizations/none/jit', rules)).status).toBe(404);
  });
});

describe('joining by themselves', () => {
  test('a user with a proved address at the domain joins with the roles; others do not', async () => {
    const [organization, role] = [await newOrganization(), await newRole()];
    const path = `/api/organizations/${organization.id}/jit`;
    expect(await api('POST', `${path}/email-domains`, { emailDomain: 'Initech.example' })).toMatchObject({
      status: 201,
      body: { organizationId: organization.id, emailDomain: 'initech.example' },
    });
    expect((await api('POST', `${path}/roles`, { organizationRoleIds: [role.id] })).status).toBe(201);
    const peter = await newUser({ primaryEmail: 'Peter@INITECH.example' });
    const outsider = await newUser({ primaryEmail: 'x@not-initech.example' });
    const unproved = await app.modules.users.create(app.scope(), {
      primaryEmail: 'claims@initech.example',
      emailIsVerified: false,
    });
    const members = await api('GET', `/api/organizations/${organization.id}/users`);
    expect(members.body).toMatchObject([{ id: peter.id, organizationRoles: [{ id: role.id }] }]);
    expect(idsOf(members.body)).not.toContain(outsider.id);
    expect(idsOf(members.body)).not.toContain(unproved.id);
  });

  test('a one-time token’s organizations take the user in, unknown ones are passed over', async () => {
    const [organization, user] = [await newOrganization(), await newUser()];
    const joined = await app.modules.organizations.provision(app.scope(), {
      userId: user.id,
      organizationIds: [organization.id, 'none'],
    });
    expect(joined).toEqual([organization.id]);
  });

  test('422 for a domain that is there, 404 for one that is not; replacing leaves exactly these', async () => {
    const organization = await newOrganization();
    const path = `/api/organizations/${organization.id}/jit/email-domains`;
    await made(path, { emailDomain: 'a.example' });
    expect(await api('POST', path, { emailDomain: 'a.example' })).toMatchObject(
      code(422, 'entity.unique_integrity_violation'),
    );
    expect((await api('PUT', path, { emailDomains: ['b.example', 'c.example'] })).status).toBe(204);
    expect((await api('DELETE', `${path}/b.example`)).status).toBe(204);
    expect((await api('DELETE', `${path}/b.example`)).status).toBe(404);
    expect((await api('GET', path)).body).toMatchObject([{ emailDomain: 'c.example' }]);
  });
});
