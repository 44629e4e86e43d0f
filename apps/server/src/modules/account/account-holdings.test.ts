import { describe, expect, test } from 'vitest';
import { createBrowser } from '../../../test/browser.ts';
import { type ApiAnswer, call, createTestApp } from '../../../test/harness.ts';
import { createClient, obtainTokens, type TestClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const PASSWORD = 'Paper-lamp-4-river';
const SCOPE = 'openid profile email urn:logto:scope:sessions urn:logto:scope:organizations';
const client = await createClient(app);
const FIELDS = { session: 'Edit', organization: 'Edit', personalAccessToken: 'Edit', dataExport: 'ReadOnly' };
await app.api('PATCH', '/api/account-center', { enabled: true, fields: FIELDS });
let serial = 0;

interface Owner {
  id: string;
  call(method: string, path: string, body?: unknown, proof?: string): Promise<ApiAnswer>;
  proof: string;
}

async function createUser(): Promise<string> {
  serial += 1;
  const { body } = await app.api('POST', '/api/users', { username: `holder_${serial}`, password: PASSWORD });
  return body.id;
}

async function signIn(id: string, options: { scope?: string; client?: TestClient } = {}) {
  const browser = createBrowser(app.origin);
  const { body } = await obtainTokens(app, options.client ?? client, id, { scope: options.scope ?? SCOPE }, browser);
  const send: Owner['call'] = (method, path, sent, proof) =>
    call(app.origin + path, method, sent, {
      authorization: `Bearer ${body.access_token}`,
      ...(proof && { 'logto-verification-id': proof }),
    });
  const given = await send('POST', '/api/verifications/password', { password: PASSWORD });
  return { id, call: send, proof: given.body.verificationRecordId } satisfies Owner;
}

describe('sessions', () => {
  test('200 tells which one is this one, and the browser and address of each; 204 ends another with its tokens', async () => {
    const id = await createUser();
    const here = await signIn(id);
    const there = await signIn(id);
    const { status, body } = await here.call('GET', '/api/my-account/sessions', undefined, here.proof);
    expect(status).toBe(200);
    expect(body.sessions).toHaveLength(2);
    const [other] = body.sessions.filter(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
    expect(body.sessions.filter(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toHaveLength(1);
    expect(other.lastSeen).toMatchObject({ ip: expect.stringMatching(/127\.0\.0\.1|::1/), country: null });
    const path = `/api/my-account/sessions/${other.payload.uid}?revokeGrantsTarget=all`;
    expect((await here.call('DELETE', path)).body.code).toBe('verification_record.permission_denied');
    expect((await here.call('DELETE', path, undefined, here.proof)).status).toBe(204);
    expect((await there.call('GET', '/api/my-account')).status).toBe(401);
    expect((await here.call('GET', '/api/my-account')).status).toBe(200);
    expect((await here.call('DELETE', path, undefined, here.proof)).body.code).toBe('oidc.session_not_found');
  });

  test('404 for the session and the grant of another user', async () => {
    const owner = await signIn(await createUser());
    const stranger = await signIn(await createUser());
    const { sessions } = (await owner.call('GET', '/api/my-account/sessions', undefined, owner.proof)).body;
    const { grants } = (await owner.call('GET', '/api/my-account/grants', undefined, owner.proof)).body;
    for (const path of [`sessions/${sessions[0].payload.uid}`, `grants/${grants[0].id}`]) {
      const answer = await stranger.call('DELETE', `/api/my-account/${path}`, undefined, stranger.proof);
      expect(answer.status).toBe(404);
    }
  });

  test('401 without proof, 403 without the scope, 400 while the field is off', async () => {
    const id = await createUser();
    const owner = await signIn(id);
    expect((await owner.call('GET', '/api/my-account/sessions')).status).toBe(401);
    const narrow = await signIn(id, { scope: 'openid' });
    expect((await narrow.call('GET', '/api/my-account/sessions', undefined, narrow.proof)).status).toBe(403);
    await app.api('PATCH', '/api/account-center', { fields: { session: 'Off' } });
    const off = await owner.call('GET', '/api/my-account/sessions', undefined, owner.proof);
    expect([off.status, off.body.code]).toEqual([400, 'account_center.field_not_enabled']);
    await app.api('PATCH', '/api/account-center', { fields: FIELDS });
  });
});

test('a grant is listed by the kind of application, and its tokens end when it is taken back', async () => {
  const owner = await signIn(await createUser());
  const list = async (appType: string) =>
    (await owner.call('GET', `/api/my-account/grants?appType=${appType}`, undefined, owner.proof)).body.grants;
  expect(await list('thirdParty')).toEqual([]);
  const [grant] = await list('firstParty');
  expect(grant.application.id).toBe(client.id);
  const taken = await owner.call('DELETE', `/api/my-account/grants/${grant.id}`, undefined, owner.proof);
  expect(taken.status).toBe(204);
  expect((await owner.call('GET', '/api/my-account')).status).toBe(401);
});

test('organizations are listed with their roles, and left with proof, once', async () => {
  const owner = await signIn(await createUser());
  const { body: organization } = await app.api('POST', '/api/organizations', { name: 'Lamps' });
  await app.api('POST', `/api/organizations/${organization.id}/users`, { userIds: [owner.id] });
  const list = async () => (await owner.call('GET', '/api/my-account/organizations')).body;
  expect(await list()).toEqual([{ id: organization.id, name: 'Lamps', description: null, roles: [] }]);
  const leave = (proof?: string) =>
    owner.call('DELETE', `/api/my-account/organizations/${organization.id}`, undefined, proof);
  expect((await leave()).status).toBe(401);
  expect((await leave(owner.proof)).status).toBe(204);
  expect(await list()).toEqual([]);
  expect((await leave(owner.proof)).status).toBe(404);
});

test('a personal access token shows its value once; 422 for a name that is taken; 404 when it is gone', async () => {
  const owner = await signIn(await createUser());
  const path = '/api/my-account/personal-access-tokens';
  expect((await owner.call('POST', path, { name: 'CI' })).status).toBe(401);
  const created = await owner.call('POST', path, { name: 'CI' }, owner.proof);
  expect(created).toMatchObject({ status: 201, body: { name: 'CI', value: expect.stringMatching(/^pat_/) } });
  expect((await owner.call('POST', path, { name: 'CI' }, owner.proof)).body.code).toBe(
    'user.personal_access_token_name_exists',
  );
  const listed = (await owner.call('GET', path, undefined, owner.proof)).body;
  expect(listed).toHaveLength(1);
  expect(listed[0].value).not.toBe(created.body.value);
  const remove = () => owner.call('POST', `${path}/delete`, { name: 'CI' }, owner.proof);
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
});

test('200 exports everything, and nothing secret', async () => {
  const owner = await signIn(await createUser());
  const { body: token } = await owner.call(
    'POST',
    '/api/my-account/personal-access-tokens',
    { name: 'x' },
    owner.proof,
  );
  expect((await owner.call('GET', '/api/my-account/export')).status).toBe(401);
  const { status, body } = await owner.call('GET', '/api/my-account/export', undefined, owner.proof);
  expect(status).toBe(200);
  expect(body.account).toMatchObject({ id: owner.id, hasPassword: true });
  expect([body.sessions, body.grants, body.personalAccessTokens].map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(JSON.stringify(body)).not.toMatch(/argon2|digest/i);
  expect(JSON.stringify(body)).not.toContain(token.value);
});
