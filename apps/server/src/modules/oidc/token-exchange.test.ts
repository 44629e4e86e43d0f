import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization, createResource, giveRole } from '../../../test/organizations.ts';
import { createClient, obtainTokens, requestToken, type TestClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const API = 'https://files.example.com';
const TYPE = {
  access: 'urn:ietf:params:oauth:token-type:access_token',
  impersonation: 'urn:logto:token-type:impersonation_token',
  personal: 'urn:logto:token-type:personal_access_token',
};
let backend: TestClient;
let userId: string;

beforeAll(async () => {
  backend = await createClient(app, { custom: { allowTokenExchange: true } });
  userId = (await app.modules.users.create(app.scope(), { username: 'noa', name: 'Noa' })).id;
  const { scopeIds } = await createResource(app, API, ['read', 'write']);
  await giveRole(app, userId, [scopeIds.read ?? '']);
});

const exchange = (token: string, type: string, extra: Record<string, string> = {}, client = backend) =>
  requestToken(app, client, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: type,
    ...extra,
  });
const impersonate = async (context = {}) =>
  (await app.api('POST', '/api/subject-tokens', { userId, context })).body.subjectToken as string;
const personalToken = async (name: string, expiresAt?: number) =>
  (await app.api('POST', `/api/users/${userId}/personal-access-tokens`, { name, expiresAt })).body.value as string;

describe('an impersonation token', () => {
  test('201 with ten minutes of life; exchanged for the user’s own scopes of an API (RFC 8693 §2.2.1)', async () => {
    const created = await app.api('POST', '/api/subject-tokens', { userId });
    expect(created).toMatchObject({ status: 201, body: { expiresIn: 600 } });
    expect(created.body.subjectToken).toMatch(/^sub_/);
    const answer = await exchange(created.body.subjectToken, TYPE.impersonation, {
      resource: API,
      scope: 'read write',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      issued_token_type: TYPE.access,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'read',
    });
    expect(answer.body).not.toHaveProperty('refresh_token');
    expect(decodeJwt(answer.body.access_token)).toMatchObject({ sub: userId, aud: API, client_id: backend.id });
  });

  test('50 parallel exchanges have one winner', async () => {
    const token = await impersonate();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => exchange(token, TYPE.impersonation, { resource: API })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(49);
  });

  test('by the access token’s type too, because older clients send it so', async () => {
    expect((await exchange(await impersonate(), TYPE.access, { resource: API })).status).toBe(200);
  });

  test('400 once it is too old', async () => {
    const token = await impersonate();
    app.advance(601_000);
    expect((await exchange(token, TYPE.impersonation, { resource: API })).body.error).toBe('invalid_request');
  });

  test('401 without a token of the Management API, 404 for an unknown user, 400 without one', async () => {
    expect((await fetch(`${app.origin}/api/subject-tokens`, { method: 'POST' })).status).toBe(401);
    expect((await app.api('POST', '/api/subject-tokens', { userId: 'nobody' })).status).toBe(404);
    expect((await app.api('POST', '/api/subject-tokens', {})).status).toBe(400);
  });
});

describe('a personal access token', () => {
  const path = () => `/api/users/${userId}/personal-access-tokens`;

  test('201 shows it once; it is exchanged again and again, until it is deleted', async () => {
    const created = await app.api('POST', path(), { name: 'ci job' });
    expect(created).toMatchObject({ status: 201, body: { name: 'ci job', userId, expiresAt: null } });
    const { value } = created.body;
    expect(value).toMatch(/^pat_\w{32}$/);
    const [listed] = (await app.api('GET', path())).body;
    expect(listed.value).toBe(`pat_****${value.slice(-4)}`);
    for (let i = 0; i < 2; i++) {
      expect((await exchange(value, TYPE.personal, { resource: API, scope: 'read' })).body.scope).toBe('read');
    }
    expect((await app.api('PATCH', path(), { currentName: 'ci job', name: 'nightly' })).body.name).toBe('nightly');
    expect((await app.api('PATCH', `${path()}/nightly`, { name: 'daily' })).body.name).toBe('daily');
    expect((await app.api('POST', `${path()}/delete`, { name: 'daily' })).status).toBe(204);
    expect((await app.api('DELETE', `${path()}/daily`)).status).toBe(404);
    expect((await exchange(value, TYPE.personal, { resource: API })).status).toBe(400);
  });

  test('is kept as a hash alone', async () => {
    const value = await personalToken('hashed');
    const { rows } = await app.world.database
      .forTenant('default')
      .execute('select personal_access_tokens::text as row from personal_access_tokens');
    expect(JSON.stringify(rows)).not.toContain(value.slice(4));
  });

  test('422 for a name that is taken, and for a time that has passed; 404 for an unknown user', async () => {
    await personalToken('twice');
    const again = await app.api('POST', path(), { name: 'twice' });
    expect(again).toMatchObject({ status: 422, body: { code: 'user.personal_access_token_name_exists' } });
    expect((await app.api('POST', path(), { name: 'past', expiresAt: 1 })).status).toBe(422);
    expect((await app.api('GET', '/api/users/nobody/personal-access-tokens')).status).toBe(404);
    expect((await app.api('POST', path(), { name: '' })).status).toBe(400);
  });

  test('400 after its time', async () => {
    const value = await personalToken('short', app.world.now().getTime() + 60_000);
    expect((await exchange(value, TYPE.personal, { resource: API })).status).toBe(200);
    app.advance(61_000);
    expect((await exchange(value, TYPE.personal, { resource: API })).body.error).toBe('invalid_request');
  });
});

describe('an access token', () => {
  test('opaque or JWT, of an application of the tenant’s own, is exchanged for its user’s', async () => {
    const web = await createClient(app);
    const { body } = await obtainTokens(app, web, userId, { resource: API, scope: 'openid offline_access read' });
    const jwt = await requestToken(app, web, {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
      resource: API,
    });
    for (const token of [body.access_token, jwt.body.access_token]) {
      const answer = await exchange(token, TYPE.access, { resource: API, scope: 'read' });
      expect(answer.body).toMatchObject({ scope: 'read', issued_token_type: TYPE.access });
    }
  });

  test('without a resource: an opaque one that userinfo answers', async () => {
    const { body } = await exchange(await impersonate(), TYPE.impersonation, { scope: 'openid profile' });
    expect(body.scope).toBe('openid profile');
    const answer = await fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect(await answer.json()).toMatchObject({ sub: userId, name: 'Noa' });
  });

  test('of a third party, of a machine, or made by somebody else, is refused', async () => {
    const machine = await app.modules.applications.create(app.scope(), { name: 'M', type: 'MachineToMachine' });
    const [secret] = await app.modules.applications.listSecrets(app.scope(), machine.id);
    const own = await requestToken(
      app,
      { id: machine.id, secret: secret?.value, redirectUri: '' },
      { grant_type: 'client_credentials', resource: API },
    );
    for (const token of [own.body.access_token, 'nonsense', `${own.body.access_token.slice(0, -4)}AAAA`]) {
      expect((await exchange(token, TYPE.access, { resource: API })).body.error).toBe('invalid_request');
    }
  });

  test('of a suspended user is refused, and so are the user’s other tokens', async () => {
    const user = await app.modules.users.create(app.scope(), { username: 'gone_soon' });
    const { body } = await app.api('POST', `/api/users/${user.id}/personal-access-tokens`, { name: 'x' });
    await app.api('PATCH', `/api/users/${user.id}/is-suspended`, { isSuspended: true });
    expect((await exchange(body.value, TYPE.personal, { resource: API })).status).toBe(400);
  });
});

describe('the exchange', () => {
  test('names who acts (RFC 8693 §4.1)', async () => {
    const agent = await app.modules.users.create(app.scope(), { username: 'agent' });
    const { body: actor } = await obtainTokens(app, await createClient(app), agent.id, { scope: 'openid' });
    const { body } = await exchange(await impersonate(), TYPE.impersonation, {
      resource: API,
      actor_token: actor.access_token,
      actor_token_type: TYPE.access,
    });
    expect(decodeJwt(body.access_token)).toMatchObject({ sub: userId, act: { sub: agent.id } });
    const without = await exchange(await impersonate(), TYPE.impersonation, { actor_token: actor.access_token });
    expect(without.body.error).toBe('invalid_request');
  });

  test('works in an organization, and is refused in another', async () => {
    const organization = await createOrganization(app, { scopes: ['invite'], users: [userId] });
    const inside = await exchange(await impersonate(), TYPE.impersonation, {
      organization_id: organization.id,
      scope: 'invite',
    });
    expect(decodeJwt(inside.body.access_token)).toMatchObject({
      aud: `urn:logto:organization:${organization.id}`,
      scope: 'invite',
    });
    const other = await createOrganization(app);
    const token = await impersonate();
    const outside = await exchange(token, TYPE.impersonation, { organization_id: other.id });
    expect(outside).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect((await exchange(token, TYPE.impersonation, { resource: API })).status).toBe(200);
  });

  test('is refused to applications that were not allowed it, and never allowed to third parties', async () => {
    const other = await createClient(app);
    expect((await exchange(await impersonate(), TYPE.impersonation, { resource: API }, other)).status).toBe(400);
    const body = {
      name: 'T',
      type: 'Traditional',
      isThirdParty: true,
      customClientMetadata: { allowTokenExchange: true },
    };
    expect((await app.api('POST', '/api/applications', body)).body.code).toBe(
      'application.third_party_application_cannot_enable_token_exchange',
    );
  });

  test('says what is missing or cannot be', async () => {
    const token = await impersonate();
    expect((await exchange(token, 'urn:x:unknown', { resource: API })).body.error).toBe('invalid_request');
    expect((await exchange('', TYPE.impersonation)).body.error).toBe('invalid_request');
    const saml = { requested_token_type: 'urn:ietf:params:oauth:token-type:saml2', resource: API };
    expect((await exchange(token, TYPE.impersonation, saml)).body.error).toBe('invalid_request');
    const unknown = await exchange(token, TYPE.impersonation, { resource: 'https://unknown.example' });
    expect(unknown.body.error).toBe('invalid_target');
    expect((await exchange(token, TYPE.impersonation, { resource: API })).status).toBe(200);
  });
});
