import { expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization, createResource, giveRole } from '../../../test/organizations.ts';
import { createRecorder } from '../../../test/plans.ts';
import { createClient, obtainTokens, requestToken } from '../../../test/protocol.ts';

const app = await createTestApp();
const API = 'https://large.example.com';
const SCOPES = Array.from({ length: 500 }, (_, i) => `scope:${i}`);
const web = await createClient(app);
const { scopeIds } = await createResource(app, API, SCOPES);

const record = createRecorder(app);

/** A user with so many roles, of ten scopes each, and organizations; and how to get the user's next token. */
async function holder(username: string, roles: number, organizations: number) {
  const { id } = await app.modules.users.create(app.scope(), { username });
  for (let i = 0; i < roles; i++) {
    await giveRole(
      app,
      id,
      SCOPES.slice(i * 10, i * 10 + 10).map((name) => scopeIds[name] ?? ''),
    );
  }
  for (let i = 0; i < organizations; i++) await createOrganization(app, { users: [id] });
  const scope = `openid offline_access roles urn:logto:scope:organizations urn:logto:scope:organization_roles ${SCOPES.slice(0, 10).join(' ')}`;
  const { body } = await obtainTokens(app, web, id, { scope, resource: API });
  return () =>
    requestToken(app, web, { grant_type: 'refresh_token', refresh_token: body.refresh_token, resource: API });
}

test('a token costs the same statements with 50 roles, 500 scopes and 20 organizations as with one role', async () => {
  const small = await holder('small', 1, 1);
  const large = await holder('large', 50, 20);
  await small();
  await large();
  const one = await record(small);
  const many = await record(large);
  expect([one.result.status, many.result.status]).toEqual([200, 200]);
  expect(many.result.body.scope.split(' ')).toHaveLength(10);
  expect(one.statements.length).toBeGreaterThan(1);
  expect(many.statements).toHaveLength(one.statements.length);
});
