import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization, createResource, giveRole } from '../../../test/organizations.ts';
import {
  authorizationRequest,
  consentThrough,
  createClient,
  redeemCode,
  requestToken,
  type TestClient,
} from '../../../test/protocol.ts';

const app = await createTestApp();
const API = 'https://photos.example.com';
let foreign: TestClient;
let userId: string;
let scopeIds: Record<string, string>;

beforeAll(async () => {
  foreign = await createClient(app, { isThirdParty: true });
  userId = (await app.modules.users.create(app.scope(), { username: 'ines', primaryEmail: 'ines@example.com' })).id;
  ({ scopeIds } = await createResource(app, API, ['view', 'print', 'delete']));
  await giveRole(app, userId, [scopeIds.view ?? '', scopeIds.delete ?? '']);
});

const path = () => `/api/applications/${foreign.id}/user-consent-scopes`;
const refresh = (token: string, extra: Record<string, string>) =>
  requestToken(app, foreign, { grant_type: 'refresh_token', refresh_token: token, ...extra });

describe('what a third party may ask for', () => {
  test('is added by kind, listed in words, and taken away', async () => {
    const added = await app.api('POST', path(), {
      userScopes: ['profile', 'email'],
      resourceScopes: [scopeIds.view, scopeIds.print],
    });
    expect(added.status).toBe(201);
    const listed = await app.api('GET', path());
    expect(listed.body).toEqual({
      userScopes: ['email', 'profile'],
      organizationScopes: [],
      organizationResourceScopes: [],
      resourceScopes: [
        {
          resource: { id: expect.any(String), name: 'Test API', indicator: API },
          scopes: [
            { id: scopeIds.print, name: 'print', description: null },
            { id: scopeIds.view, name: 'view', description: null },
          ],
        },
      ],
    });
    expect((await app.api('DELETE', `${path()}/user-scopes/email`)).status).toBe(204);
    expect((await app.api('DELETE', `${path()}/user-scopes/email`)).body.code).toBe(
      'application.user_consent_scopes_not_found',
    );
    expect((await app.api('GET', path())).body.userScopes).toEqual(['profile']);
  });

  test('422 for the Management API’s scopes, for what there is not, and for the tenant’s own applications', async () => {
    const { rows } = await app.world.database
      .forTenant('default')
      .execute(`select s.id from scopes s join resources r on r.id = s.resource_id where s.name = 'all'`);
    const management = await app.api('POST', path(), { resourceScopes: [rows[0]?.id] });
    expect(management).toMatchObject({
      status: 422,
      body: { code: 'application.consent_management_api_scopes_not_allowed' },
    });
    expect((await app.api('POST', path(), { resourceScopes: ['nothing'] })).status).toBe(422);
    const own = await createClient(app);
    const refused = await app.api('POST', `/api/applications/${own.id}/user-consent-scopes`, { userScopes: ['email'] });
    expect(refused).toMatchObject({ status: 422, body: { code: 'application.third_party_application_only' } });
  });

  test('404 for an unknown application, 400 for an unknown user scope, 401 without a token', async () => {
    expect((await app.api('GET', '/api/applications/nobody/user-consent-scopes')).status).toBe(404);
    expect((await app.api('POST', path(), { userScopes: ['everything'] })).status).toBe(400);
    expect((await fetch(app.origin + path())).status).toBe(401);
  });

  test('bounds its tokens: the user’s roles, the user’s consent and the ceiling, whichever is least', async () => {
    const request = authorizationRequest(app, foreign, {
      scope: 'openid offline_access profile view print delete',
      resource: API,
    });
    const { body } = await redeemCode(app, foreign, request, await consentThrough(app, request, userId));
    const token = await refresh(body.refresh_token, { resource: API });
    // print is not the user's, delete is not the application's to ask for.
    expect(token.body.scope).toBe('view');
    await app.api('DELETE', `${path()}/resource-scopes/${scopeIds.view}`);
    expect((await refresh(body.refresh_token, { resource: API })).body.scope).toBe('');
    await app.api('POST', path(), { resourceScopes: [scopeIds.view] });
    expect((await refresh(body.refresh_token, { resource: API })).body.scope).toBe('view');
  });

  test('invalid_scope when it asks for more about the user', async () => {
    const request = authorizationRequest(app, foreign, { scope: 'openid phone' });
    const answer = await fetch(request.url, { redirect: 'manual' });
    const target = new URL(answer.headers.get('location') ?? '');
    expect(target.searchParams.get('error')).toBe('invalid_scope');
  });

  test('is one ceiling for clients known by a metadata document', async () => {
    expect((await app.api('POST', '/api/cimd/user-consent-scopes', { userScopes: ['profile'] })).status).toBe(201);
    expect((await app.api('GET', '/api/cimd/user-consent-scopes')).body.userScopes).toEqual(['profile']);
    expect((await app.api('DELETE', '/api/cimd/user-consent-scopes/user-scopes/profile')).status).toBe(204);
    expect((await app.api('DELETE', '/api/cimd/user-consent-scopes/user-scopes/profile')).status).toBe(404);
  });

  test('204: the ceiling of clients with a document is set in one piece; of a wrong one nothing is saved', async () => {
    const ceiling = '/api/cimd/user-consent-scopes';
    expect((await app.api('PUT', ceiling, { userScopes: ['profile', 'email'] })).status).toBe(204);
    expect((await app.api('PUT', ceiling, { userScopes: ['phone'], organizationScopes: ['nothing'] })).status).toBe(
      422,
    );
    expect((await app.api('GET', ceiling)).body.userScopes).toEqual(['email', 'profile']);
    expect((await app.api('PUT', ceiling, { userScopes: ['phone'] })).status).toBe(204);
    expect((await app.api('GET', ceiling)).body.userScopes).toEqual(['phone']);
    expect((await app.api('PUT', ceiling, {})).status).toBe(204);
    expect((await app.api('GET', ceiling)).body.userScopes).toEqual([]);
  });
});

describe('organizations that a user allowed', () => {
  test('are chosen at consent; the application gets tokens for these alone, until they are withdrawn', async () => {
    await app.api('POST', path(), { userScopes: ['urn:logto:scope:organizations'] });
    const chosen = await createOrganization(app, { scopes: ['invite'], users: [userId] });
    const other = await createOrganization(app, { users: [userId] });
    const [invite] = (
      await app.world.database.forTenant('default').execute(`select id from organization_scopes where name = 'invite'`)
    ).rows;
    await app.api('POST', path(), { organizationScopes: [invite?.id] });

    const request = authorizationRequest(app, foreign, {
      scope: 'openid offline_access urn:logto:scope:organizations invite',
    });
    const callback = await consentThrough(app, request, userId, { organizationIds: [chosen.id] });
    const { body } = await redeemCode(app, foreign, request, callback);
    const allowed = await refresh(body.refresh_token, { organization_id: chosen.id });
    expect(decodeJwt(allowed.body.access_token)).toMatchObject({
      aud: `urn:logto:organization:${chosen.id}`,
      scope: 'invite',
    });
    const refused = await refresh(body.refresh_token, { organization_id: other.id });
    expect(refused).toMatchObject({ status: 403, body: { error: 'access_denied' } });

    const organizations = `/api/applications/${foreign.id}/users/${userId}/consent-organizations`;
    const listed = await app.api('GET', organizations);
    expect(listed.body.organizations).toMatchObject([{ id: chosen.id, isMfaRequired: false }]);
    expect((await app.api('DELETE', `${organizations}/${chosen.id}`)).status).toBe(204);
    expect((await refresh(body.refresh_token, { organization_id: chosen.id })).status).toBe(403);
    expect((await app.api('DELETE', `${organizations}/${chosen.id}`)).status).toBe(404);

    expect((await app.api('PUT', organizations, { organizationIds: [chosen.id, other.id] })).status).toBe(204);
    expect((await app.api('PUT', organizations, { organizationIds: [other.id] })).status).toBe(204);
    expect((await app.api('POST', organizations, { organizationIds: [chosen.id] })).status).toBe(201);
    const page = await app.api('GET', `${organizations}?page=1&page_size=1`);
    expect(page.body.organizations).toHaveLength(1);
    expect(page.headers.get('total-number')).toBe('2');
  });

  test('422 for an organization of others', async () => {
    const organization = await createOrganization(app);
    const answer = await app.api('POST', `/api/applications/${foreign.id}/users/${userId}/consent-organizations`, {
      organizationIds: [organization.id],
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'organization.require_membership' } });
  });
});
