import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../../../test/browser.ts';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization, giveRole } from '../../../test/organizations.ts';
import {
  authorizationRequest,
  createClient,
  obtainTokens,
  requestToken,
  signInThrough,
  type TestClient,
} from '../../../test/protocol.ts';

const app = await createTestApp();
const NOBODY = { userIds: [], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };
let web: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app, { custom: { allowTokenExchange: true } });
  userId = (await app.modules.users.create(app.scope(), { username: 'rin' })).id;
});

const path = () => `/api/applications/${web.id}/access-control`;
const allow = (rules: object) => app.api('PUT', path(), { ...NOBODY, ...rules });
const enable = (appLevelAccessControlEnabled: boolean) =>
  app.api('PATCH', `/api/applications/${web.id}`, { appLevelAccessControlEnabled });
const simulate = async () => (await app.api('GET', `${path()}/users/${userId}`)).body;

describe('the rules', () => {
  test('each kind lets in whom it names, and the simulation says which', async () => {
    await enable(true);
    const roleId = await giveRole(app, userId, []);
    const acme = await createOrganization(app, { users: [userId] });
    expect(await simulate()).toEqual({ enabled: true, allowed: false, reasons: [] });
    const kinds: [object, object][] = [
      [{ userIds: [userId] }, { rule: 'user', id: userId }],
      [{ userRoleIds: [roleId] }, { rule: 'role', id: roleId }],
      [{ organizationIds: [acme.id] }, { rule: 'organization', id: acme.id }],
      [
        { organizationRoleRules: [{ organizationId: acme.id, organizationRoleIds: [acme.roleId] }] },
        { rule: 'organization-role', id: acme.id, organizationRoleId: acme.roleId },
      ],
    ];
    for (const [rules, reason] of kinds) {
      const stored = await allow(rules);
      expect(stored).toMatchObject({ status: 200, body: { ...NOBODY, ...rules } });
      expect((await app.api('GET', path())).body).toEqual(stored.body);
      expect(await simulate()).toEqual({ enabled: true, allowed: true, reasons: [reason] });
    }
    await allow({});
    await enable(false);
    expect(await simulate()).toMatchObject({ enabled: false, allowed: true });
  });

  test('400 above 1000 entries, 404 for an unknown application or user, 422 for an unknown role', async () => {
    expect((await allow({ userIds: Array.from({ length: 1001 }, (_, i) => `u${i}`) })).status).toBe(400);
    expect((await app.api('GET', '/api/applications/nobody/access-control')).status).toBe(404);
    expect((await app.api('GET', `${path()}/users/nobody`)).status).toBe(404);
    expect(await allow({ userRoleIds: ['nothing'] })).toMatchObject({
      status: 422,
      body: { code: 'entity.relation_foreign_key_not_found' },
    });
    expect((await app.api('GET', path())).body).toEqual(NOBODY);
  });
});

describe('who is on no list', () => {
  test('sees a page instead of the application, and the audit trail says so', async () => {
    await enable(true);
    await allow({});
    const request = authorizationRequest(app, web);
    const url = await signInThrough(app, request, userId, createBrowser(app.origin));
    expect(url.origin).toBe(app.origin);
    const { rows } = await app.world.database
      .forTenant('default')
      .execute(`select payload from audit_logs where key = 'Application.AccessDenied'`);
    expect(rows[0]?.payload).toMatchObject({ applicationId: web.id, userId, gate: 'authorization' });
  });

  test('403 at the next refresh and exchange after the rule was taken away', async () => {
    await allow({ userIds: [userId] });
    const { body } = await obtainTokens(app, web, userId);
    const refresh = () =>
      requestToken(app, web, { grant_type: 'refresh_token', refresh_token: body.refresh_token as string });
    expect((await refresh()).status).toBe(200);
    await allow({});
    expect(await refresh()).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    const { subjectToken } = (await app.api('POST', '/api/subject-tokens', { userId })).body;
    const exchanged = await requestToken(app, web, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subjectToken,
      subject_token_type: 'urn:logto:token-type:impersonation_token',
      scope: 'openid',
    });
    expect(exchanged).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    await allow({ userIds: [userId] });
    expect((await refresh()).status).toBe(200);
  });
});
