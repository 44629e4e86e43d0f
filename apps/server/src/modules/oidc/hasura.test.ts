import { expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';
import { createResource, giveRole } from '../../../test/organizations.ts';
import { createClient, obtainTokens, requestToken } from '../../../test/protocol.ts';

const app = await createTestApp();
const API = 'https://graph.example.com';
const web = await createClient(app);
const { id: userId } = await app.modules.users.create(app.scope(), { username: 'hasura_user' });
await createResource(app, API, ['query']);
const role = `role-${await giveRole(app, userId, [])}`;
const { body: tokens } = await obtainTokens(app, web, userId, { resource: API });
const { body } = await requestToken(app, web, {
  grant_type: 'refresh_token',
  refresh_token: tokens.refresh_token,
  resource: API,
});

const ask = (headers: Record<string, string>, query = `resource=${encodeURIComponent(API)}`) =>
  call(`${app.origin}/api/authn/hasura?${query}`, 'GET', undefined, headers);
const bearer = { authorization: `Bearer ${body.access_token}` };

test('200 with the user, and with the role that the user holds', async () => {
  expect(await ask(bearer)).toMatchObject({ status: 200, body: { 'X-Hasura-User-Id': userId } });
  expect((await ask({ ...bearer, 'expected-role': role })).body).toEqual({
    'X-Hasura-User-Id': userId,
    'X-Hasura-Role': role,
  });
});

test('401 for a role that the user does not hold, another audience, and no token', async () => {
  expect((await ask({ ...bearer, 'expected-role': 'admin' })).body.code).toBe('auth.expected_role_not_found');
  expect((await ask(bearer, 'resource=https%3A%2F%2Felse.example')).status).toBe(401);
  expect((await ask({})).status).toBe(401);
});

test('the role for strangers when one is named, 400 without an API', async () => {
  const query = `resource=${encodeURIComponent(API)}&unauthorizedRole=anonymous`;
  expect(await ask({ authorization: 'Bearer nonsense' }, query)).toMatchObject({
    status: 200,
    body: { 'X-Hasura-Role': 'anonymous' },
  });
  expect((await ask(bearer, '')).status).toBe(400);
});

test('401 as soon as the user is suspended, though the token has not expired', async () => {
  await app.api('PATCH', `/api/users/${userId}/is-suspended`, { isSuspended: true });
  expect((await ask(bearer)).body.code).toBe('auth.unauthorized');
});
