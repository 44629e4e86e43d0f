import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../test/authenticator.ts';
import { createTestApp } from '../../../test/harness.ts';
import {
  asSystem,
  createOrganization,
  createResource,
  giveRole,
  type TestOrganization,
} from '../../../test/organizations.ts';
import { createClient, obtainTokens, requestToken, type TestClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const API = 'https://orders.example.com';
const SCOPE =
  'openid offline_access urn:logto:scope:organizations urn:logto:scope:organization_roles invite read:orders';
let web: TestClient;
let userId: string;
let acme: TestOrganization;
let scopeIds: Record<string, string>;

beforeAll(async () => {
  web = await createClient(app);
  userId = (await app.modules.users.create(app.scope(), { username: 'mika' })).id;
  ({ scopeIds } = await createResource(app, API, ['read:orders', 'write:orders']));
  acme = await createOrganization(app, {
    name: 'Acme',
    scopes: ['invite', 'remove'],
    resourceScopeIds: [scopeIds['read:orders'] ?? ''],
    users: [userId],
  });
});

const refresh = (client: TestClient, token: string, extra: Record<string, string>) =>
  requestToken(app, client, { grant_type: 'refresh_token', refresh_token: token, ...extra });
const signIn = async (client: TestClient, extra: Record<string, string | undefined> = {}, user = userId) =>
  (await obtainTokens(app, client, user, { scope: SCOPE, resource: API, ...extra })).body;

describe('a user’s organization token', () => {
  test('has the organization as its audience and the scopes that are asked for and held', async () => {
    const { refresh_token: token } = await signIn(web);
    const { status, body } = await refresh(web, token, { organization_id: acme.id });
    expect(status).toBe(200);
    expect(body).toMatchObject({ scope: 'invite', expires_in: 3600 });
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ aud: `urn:logto:organization:${acme.id}`, sub: userId, scope: 'invite' });
    expect(claims).not.toHaveProperty('organization_id');
  });

  test('for an API keeps its audience, says the organization, and carries what its roles give there', async () => {
    const { refresh_token: token } = await signIn(web);
    const inside = await refresh(web, token, { organization_id: acme.id, resource: API });
    expect(decodeJwt(inside.body.access_token)).toMatchObject({
      aud: API,
      organization_id: acme.id,
      scope: 'read:orders',
    });
    const empty = await createOrganization(app, { users: [userId] });
    const elsewhere = await refresh(web, token, { organization_id: empty.id, resource: API });
    expect(elsewhere.body.scope).toBe('');
    // Without one, the roles in all organizations count (features 7).
    const outside = await refresh(web, token, { resource: API });
    expect(decodeJwt(outside.body.access_token)).toMatchObject({ aud: API, scope: 'read:orders' });
    expect(decodeJwt(outside.body.access_token)).not.toHaveProperty('organization_id');
  });

  test('loses a role’s scopes at the next refresh after the role was taken away', async () => {
    const user = await app.modules.users.create(app.scope(), { username: 'short_lived_role' });
    const organization = await createOrganization(app, { scopes: ['invite'], users: [user.id] });
    const roleId = await giveRole(app, user.id, [scopeIds['read:orders'] ?? '']);
    const { refresh_token: token } = await signIn(web, {}, user.id);
    expect((await refresh(web, token, { organization_id: organization.id })).body.scope).toBe('invite');
    expect((await refresh(web, token, { resource: API })).body.scope).toBe('read:orders');
    await asSystem(app, async (run) => {
      await run('delete from organization_user_roles where tenant_id = $1 and user_id = $2', user.id);
      await run('delete from users_roles where tenant_id = $1 and role_id = $2', roleId);
    });
    expect((await refresh(web, token, { organization_id: organization.id })).body.scope).toBe('');
    expect((await refresh(web, token, { resource: API })).body.scope).toBe('');
  });

  test('403 for who is no member, and the refresh token stays good', async () => {
    const spa = await createClient(app, { type: 'SPA' });
    const { refresh_token: token } = await signIn(spa);
    const other = await createOrganization(app);
    const refused = await refresh(spa, token, { organization_id: other.id });
    expect(refused).toMatchObject({ status: 403, body: { error: 'access_denied', code: 'oidc.access_denied' } });
    expect((await refresh(spa, token, { organization_id: acme.id })).status).toBe(200);
  });

  test('403 when the organization requires a second factor and the user has none', async () => {
    const strict = await createOrganization(app, { isMfaRequired: true, users: [userId] });
    const { refresh_token: token } = await signIn(web);
    const refused = await refresh(web, token, { organization_id: strict.id });
    expect(refused).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect(refused.body.error_description).toMatch(/mfa/);
  });

  const FACTORS: Record<string, { user?: object; bind: (id: string) => Promise<unknown> }> = {
    Totp: {
      bind: (id) => app.modules.factors.totp.bind(app.scope(), id, { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }),
    },
    WebAuthn: {
      async bind(id) {
        const user = { id, username: 'key_owner', name: null, primaryEmail: null, primaryPhone: null };
        const options = await app.modules.factors.passkeys.registrationOptions(app.scope(), user);
        const response = createAuthenticator(app.origin).create(options);
        const { challenge } = options;
        const made = await app.modules.factors.passkeys.verifyNew(app.scope(), { response, challenge });
        await app.modules.factors.passkeys.bind(app.scope(), id, made);
      },
    },
    BackupCode: {
      bind: (id) =>
        app.modules.factors.backupCodes.bind(app.scope(), id, app.modules.factors.backupCodes.propose(), true),
    },
    EmailVerificationCode: {
      bind: (id) => app.api('PATCH', `/api/users/${id}`, { primaryEmail: 'second@factor.example' }),
    },
    PhoneVerificationCode: { bind: (id) => app.api('PATCH', `/api/users/${id}`, { primaryPhone: '4917012345678' }) },
  };

  test.each(Object.entries(FACTORS))(
    '%s is a second factor to an organization that requires one',
    async (type, { bind }) => {
      await app.api('PATCH', '/api/sign-in-exp', { mfa: { factors: ['Totp', type], policy: 'NoPrompt' } });
      const user = await app.modules.users.create(app.scope(), { username: `member_by_${type}` });
      const strict = await createOrganization(app, { isMfaRequired: true, users: [user.id] });
      const { refresh_token: token } = await signIn(web, {}, user.id);
      expect((await refresh(web, token, { organization_id: strict.id })).status).toBe(403);
      await bind(user.id);
      expect((await refresh(web, token, { organization_id: strict.id })).status).toBe(200);
    },
  );

  test('403 when no backup code is left, and for an address that the tenant sends no codes to', async () => {
    await app.api('PATCH', '/api/sign-in-exp', { mfa: { factors: ['Totp', 'BackupCode'], policy: 'NoPrompt' } });
    const user = await app.modules.users.create(app.scope(), { primaryEmail: 'unsent@factor.example' });
    const strict = await createOrganization(app, { isMfaRequired: true, users: [user.id] });
    const { refresh_token: token } = await signIn(web, {}, user.id);
    const { backupCodes } = app.modules.factors;
    const codes = backupCodes.propose();
    await backupCodes.bind(app.scope(), user.id, codes, true);
    for (const code of codes) await backupCodes.spend(app.scope(), user.id, code);
    expect((await refresh(web, token, { organization_id: strict.id })).status).toBe(403);
  });

  test('403 when the refresh token was not granted for organizations', async () => {
    const { refresh_token: token } = await signIn(web, { scope: 'openid offline_access', resource: undefined });
    const refused = await refresh(web, token, { organization_id: acme.id });
    expect(refused).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } });
  });
});

describe('organization claims', () => {
  test('are in the ID token as the tenant has set it, and in userinfo always', async () => {
    const { id_token: idToken, access_token: token } = await signIn(web, { resource: undefined });
    expect(decodeJwt(idToken)).toMatchObject({
      organizations: expect.arrayContaining([acme.id]),
      organization_roles: expect.arrayContaining([`${acme.id}:role-${acme.roleId}`]),
    });
    expect(decodeJwt(idToken)).not.toHaveProperty('organization_data');
    const userInfo = await fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(((await userInfo.json()) as { organization_data: unknown[] }).organization_data).toContainEqual({
      id: acme.id,
      name: 'Acme',
      description: null,
    });

    const put = await app.api('PUT', '/api/configs/id-token', { enabledExtendedClaims: ['organization_data'] });
    expect(put).toMatchObject({ status: 200, body: { enabledExtendedClaims: ['organization_data'] } });
    const changed = decodeJwt((await signIn(web, { resource: undefined })).id_token);
    expect(changed).toHaveProperty('organization_data');
    expect(changed).not.toHaveProperty('organizations');
    const restored = { enabledExtendedClaims: ['roles', 'organizations', 'organization_roles'] };
    await app.api('PUT', '/api/configs/id-token', restored);
    expect((await app.api('GET', '/api/configs/id-token')).body).toEqual(restored);
  });

  test('400 for a claim that there is not', async () => {
    const answer = await app.api('PUT', '/api/configs/id-token', { enabledExtendedClaims: ['password'] });
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  });
});

describe('a machine’s organization token', () => {
  const machine = async () => {
    const row = await app.modules.applications.create(app.scope(), { name: 'M', type: 'MachineToMachine' });
    const [secret] = await app.modules.applications.listSecrets(app.scope(), row.id);
    return { id: row.id, secret: secret?.value, redirectUri: '' };
  };

  test('carries the scopes of its roles, for the organization and for an API', async () => {
    const client = await machine();
    const organization = await createOrganization(app, {
      scopes: ['invite'],
      resourceScopeIds: [scopeIds['write:orders'] ?? ''],
      applications: [client.id],
    });
    const ask = (extra: Record<string, string>) =>
      requestToken(app, client, { grant_type: 'client_credentials', organization_id: organization.id, ...extra });
    const own = await ask({ scope: 'invite remove' });
    expect(own.status).toBe(200);
    expect(decodeJwt(own.body.access_token)).toMatchObject({
      aud: `urn:logto:organization:${organization.id}`,
      sub: client.id,
      scope: 'invite',
    });
    const api = await ask({ scope: 'write:orders read:orders', resource: API });
    expect(decodeJwt(api.body.access_token)).toMatchObject({
      aud: API,
      organization_id: organization.id,
      scope: 'write:orders',
    });
    expect((await ask({})).body.scope).toBe('');
  });

  test('403 when the application does not belong to the organization', async () => {
    const refused = await requestToken(app, await machine(), {
      grant_type: 'client_credentials',
      organization_id: acme.id,
      scope: 'invite',
    });
    expect(refused).toMatchObject({ status: 403, body: { error: 'access_denied' } });
  });
});

describe('the limit of grants', () => {
  test('ends the oldest grants, and 20 parallel sign-ins leave no more than it allows', async () => {
    const limited = await createClient(app, { custom: { maxAllowedGrants: 2 } });
    const user = await app.modules.users.create(app.scope(), { username: 'many_devices' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => obtainTokens(app, limited, user.id, { scope: 'openid offline_access' })),
    );
    const tokens = answers.flatMap(({ body }) => (body.refresh_token ? [body.refresh_token as string] : []));
    const alive = await Promise.all(tokens.map((token) => refresh(limited, token, {})));
    expect(alive.filter(({ status }) => status === 200)).toHaveLength(2);
    const next = await obtainTokens(app, limited, user.id, { scope: 'openid offline_access' });
    expect((await refresh(limited, next.body.refresh_token, {})).status).toBe(200);
  });
});
