// Threat class "authorization, tenant crossing": Casdoor CVE-2025-61524 and CVE-2025-4210, better-auth CVE-2025-61928.
// Generated from the list of bound operations: an operation that is added is attacked without a line here.
import { generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { emitEvent } from '../../src/kernel/events.ts';
import { transaction } from '../../src/kernel/scope.ts';
import { DEFAULT_TENANT } from '../../src/kernel/tenancy.ts';
import type { OperationDefinition } from '../../src/kernel/wire.contract.ts';
import { managementApiOf } from '../../src/modules/tenants/index.ts';
import { type ApiAnswer, call, createTestApp, tenantUrl } from '../harness.ts';
import { bodyOf, PROFILE_FIELD, pathOf, type Targets } from './attempts.ts';

const app = await createTestApp();
const NEIGHBOUR = 'neighbour';
await app.modules.tenants.create({ id: NEIGHBOUR, name: 'The neighbour' });

interface Party {
  tenantId: string;
  targets: Targets;
  /** Texts that only this tenant's own callers may read. */
  secrets: string[];
  /** A good token for the whole Management API of the tenant. */
  token: string;
  /** A genuine token for the same API, without the right to use it. */
  powerless: string;
}

/** Permissions that `all` does not include. */
const OWN_PERMISSIONS = app.operations.flatMap(({ permission }) => permission ?? []);

async function grantOwnPermissions(tenantId: string, applicationId: string): Promise<void> {
  const api = await app.apiOf(tenantId);
  const { body: resources } = await api('GET', '/api/resources?includeScopes=true');
  const management = resources.find(({ indicator }: { indicator: string }) => indicator === managementApiOf(tenantId));
  const scopeIds = management.scopes
    .filter(({ name }: { name: string }) => (OWN_PERMISSIONS as string[]).includes(name))
    .map(({ id }: { id: string }) => id);
  const role = await api('POST', '/api/roles', {
    name: 'Own permissions',
    description: '?',
    type: 'MachineToMachine',
    scopeIds,
  });
  await api('POST', `/api/roles/${role.body.id}/applications`, { applicationIds: [applicationId] });
}

/** A machine's token for an API, with the right to use it or without. */
async function machineToken(tenantId: string, resource: string, allowed: boolean): Promise<string> {
  const scope = app.scope(tenantId);
  const machine = await app.modules.applications.create(scope, { name: 'Machine', type: 'MachineToMachine' });
  if (allowed) {
    await app.modules.tenants.grantManagementApi(scope, machine.id);
    await grantOwnPermissions(tenantId, machine.id);
  }
  const [secret] = await app.modules.applications.listSecrets(scope, machine.id);
  const answer = await fetch(`${tenantUrl(app.origin, tenantId)}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: machine.id,
      client_secret: secret?.value ?? '',
      resource,
      scope: ['all', ...OWN_PERMISSIONS].join(' '),
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** A tenant with one object of each kind. */
async function settle(tenantId: string): Promise<Party> {
  const api = await app.apiOf(tenantId);
  const made = async (method: string, path: string, body: object) => {
    const answer = await api(method, path, body);
    expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return answer.body;
  };
  const marker = `private-${tenantId}`;
  const application = await made('POST', '/api/applications', {
    name: `${marker}-application`,
    type: 'Traditional',
    description: marker,
    isThirdParty: true,
    oidcClientMetadata: { redirectUris: [`https://${marker}.example/`], postLogoutRedirectUris: [] },
  });
  await made('PUT', `/api/applications/${application.id}/sign-in-experience`, { displayName: marker });
  const user = await made('POST', '/api/users', {
    username: `user_${tenantId}`,
    name: marker,
    primaryEmail: `${marker}@example.com`,
    password: 'Paper-lamp-4-river',
  });
  const connector = await made('POST', '/api/connectors', {
    connectorId: 'gitlab-universal',
    enableTokenStorage: true,
    config: { clientId: marker, clientSecret: `${marker}-secret`, scope: 'openid' },
  });
  const ssoConnector = await made('POST', '/api/sso-connectors', {
    providerName: 'SAML',
    connectorName: `${marker}-sso`,
    config: { entityId: marker, signInEndpoint: 'https://idp.example/sso' },
  });
  await transaction(app.scope(tenantId), (tx) =>
    app.modules.enterpriseSso.settle(tx, user.id, {
      connectorId: ssoConnector.id,
      issuer: marker,
      userInfo: { id: marker, rawData: {} },
    }),
  );
  const samlApplication = await made('POST', '/api/saml-applications', { name: marker, entityId: `${marker}-wiki` });
  const protectedDomain = `wiki.${tenantId}.example`;
  const protectedApplication = await made('POST', '/api/applications', {
    name: marker,
    type: 'Protected',
    protectedAppMetadata: { subDomain: protectedDomain, origin: 'https://wiki.example' },
  });
  const samlSecret = await made('POST', `/api/saml-applications/${samlApplication.id}/secrets`, { lifeSpanInYears: 1 });
  const signingKey = await made('POST', `/api/sso-connectors/${ssoConnector.id}/signing-keys`, { active: false });
  await made('POST', '/api/custom-profile-fields', {
    name: PROFILE_FIELD,
    type: 'Text',
    label: marker,
    required: false,
  });
  await made('PUT', '/api/custom-phrases/en', { signIn: { title: marker } });
  await made('PUT', '/api/captcha-provider', {
    config: { type: 'Turnstile', siteKey: 'site', secretKey: `${marker}-captcha` },
  });
  await made('PUT', `/api/users/${user.id}/identities/gitlab`, { userId: marker });
  const ownScope = app.scope(tenantId);
  const source = { kind: 'social', connectorId: connector.id, identityId: marker } as const;
  const sealed = app.modules.secrets.seal(ownScope, source, {
    accessToken: `${marker}-access-token`,
    tokenType: 'Bearer',
  });
  await app.modules.secrets.keep(ownScope, { userId: user.id, provider: 'gitlab' }, sealed);
  const { tokenSecret } = (await api('GET', `/api/users/${user.id}/identities/gitlab?includeTokenSecret=true`)).body;
  const factor = await made('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'Totp' });
  const [{ id: factorId }] = (await api('GET', `/api/users/${user.id}/mfa-verifications`)).body;
  const webhook = await made('POST', '/api/hooks', {
    name: marker,
    events: ['Identifier.Lockout'],
    config: { url: 'http://localhost:1/', headers: { 'x-key': `${marker}-header` } },
  });
  await transaction(app.scope(tenantId), (tx) =>
    emitEvent(tx, {
      event: 'Identifier.Lockout',
      object: { type: 'Identifier', id: marker },
      payload: { value: marker },
    }),
  );
  await made('PUT', '/api/configs/audit-streams/http', { url: `https://${marker}.example/`, token: `${marker}-token` });
  const [delivery] = (await api('GET', `/api/hooks/${webhook.id}/deliveries?state=pending`)).body;
  const oneTimeToken = await made('POST', '/api/one-time-tokens', {
    email: `${marker}@example.com`,
    expiresIn: 86_400,
  });
  const domain = await made('POST', '/api/domains', { domain: `${marker}.example.com` });
  const text = { languageTag: 'en', templateType: 'Generic' };
  const [emailTemplate] = await made('PUT', '/api/email-templates', {
    templates: [{ ...text, details: { subject: marker, content: marker } }],
  });
  const [smsTemplate] = await made('PUT', '/api/sms-templates', {
    templates: [{ ...text, details: { content: marker } }],
  });
  await made('POST', '/api/verification-codes', { email: `${marker}@example.com` });
  const [inboxMessage] = (await api('GET', '/api/development-inbox')).body;
  const [inboxWebhook] = (await api('GET', '/api/development-inbox/webhooks')).body;
  const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n{"name":"${marker}","username":"?"}\r\n--b--\r\n`;
  const userImport = await api('POST', '/api/user-imports?format=ndjson', file, {
    'content-type': 'multipart/form-data; boundary=b',
  });
  expect(userImport.status).toBe(201);
  await app.modules.importer.wake();
  const [entry] = (await api('GET', '/api/logs?kind=change')).body;
  const resource = await made('POST', '/api/resources', { name: marker, indicator: `https://${marker}.example/api` });
  const scope = await made('POST', `/api/resources/${resource.id}/scopes`, { name: marker });
  const role = await made('POST', '/api/roles', { name: marker, description: marker, scopeIds: [scope.id] });
  const script = { environmentVariables: { key: `${marker}-variable` } };
  await made('PUT', '/api/configs/jwt-customizer/access-token', {
    ...script,
    script: 'const getCustomJwtClaims = () => ({});',
  });
  await made('PUT', '/api/configs/actions/action.postSignIn', {
    ...script,
    script: 'const runAction = () => undefined;',
  });
  const organization = await made('POST', '/api/organizations', { name: marker, description: marker });
  const organizationScope = await made('POST', '/api/organization-scopes', { name: marker });
  const organizationRole = await made('POST', '/api/organization-roles', { name: marker, description: marker });
  await made('POST', `/api/organizations/${organization.id}/users`, { userIds: [user.id] });
  const invitation = await made('POST', '/api/organization-invitations', {
    organizationId: organization.id,
    invitee: 'invitee@example.com',
    expiresAt: Date.now() + 3_600_000,
  });
  const machine = await made('POST', '/api/applications', { name: marker, type: 'MachineToMachine' });
  await made('POST', `/api/organizations/${organization.id}/applications`, { applicationIds: [machine.id] });
  const [key] = (await api('GET', '/api/configs/oidc/private-keys')).body;
  const [secret] = (await api('GET', `/api/applications/${application.id}/secrets`)).body;
  return {
    tenantId,
    targets: {
      resource: resource.id,
      scope: scope.id,
      role: role.id,
      organization: organization.id,
      invitation: invitation.id,
      machine: machine.id,
      organizationRole: organizationRole.id,
      organizationScope: organizationScope.id,
      application: application.id,
      samlApplication: samlApplication.id,
      samlSecret: samlSecret.id,
      protectedApplication: protectedApplication.id,
      protectedDomain,
      user: user.id,
      connector: connector.id,
      key: key.id,
      factor: factorId,
      webhook: webhook.id,
      delivery: delivery.id,
      oneTimeToken: oneTimeToken.id,
      domain: domain.id,
      userImport: userImport.body.id,
      emailTemplate: emailTemplate.id,
      smsTemplate: smsTemplate.id,
      inboxMessage: inboxMessage.id,
      inboxWebhook: inboxWebhook.id,
      ssoConnector: ssoConnector.id,
      ssoSigningKey: signingKey.id,
      secret: tokenSecret.id,
      log: entry.id,
    },
    secrets: [marker, secret.value, factor.secret, webhook.signingKey, oneTimeToken.token],
    token: await machineToken(tenantId, managementApiOf(tenantId), true),
    powerless: await machineToken(tenantId, managementApiOf(tenantId), false),
  };
}

const parties = { default: await settle(DEFAULT_TENANT), neighbour: await settle(NEIGHBOUR) };
// What is gathered of the trail is written now, and not in the middle of a comparison.
await app.modules.flush();

/** Everything the tenant has, as one hash a table. */
const tables = (
  await app.world.database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where column_name = 'tenant_id' and table_schema = 'public' order by 1`,
  )
).rows.map(({ name }) => name);

async function snapshot(tenantId: string): Promise<Record<string, string>> {
  const hashes = tables.map(
    (name) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from "${name}" t where tenant_id = $1`,
  );
  const client = await app.world.database.pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('latchkey.tenant', '*', true)");
    const { rows } = await client.query<{ name: string; hash: string }>(hashes.join(' union all '), [tenantId]);
    await client.query('commit');
    return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
  } finally {
    client.release();
  }
}

/** A token of the right shape that somebody else signed. */
async function forgedToken(tenantId: string): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return new SignJWT({ scope: 'all', client_id: 'forger' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: parties.default.targets.key })
    .setIssuer(`${tenantUrl(app.origin, tenantId)}/oidc`)
    .setAudience(managementApiOf(tenantId))
    .setSubject('forger')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
}

const attempt = (operation: OperationDefinition, tenantId: string, targets: Targets, token?: string) =>
  call(
    tenantUrl(app.origin, tenantId) + pathOf(operation, targets),
    operation.method,
    bodyOf(operation),
    token === undefined ? {} : { authorization: `Bearer ${token}` },
  );

function expectNothingOf(victim: Party, answer: ApiAnswer): void {
  const text = JSON.stringify(answer.body ?? null);
  for (const secret of victim.secrets) expect(text).not.toContain(secret);
}

const directions: [keyof typeof parties, keyof typeof parties][] = [
  ['default', 'neighbour'],
  ['neighbour', 'default'],
];
const named = app.operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);
const isManaged = (operation: OperationDefinition) => (operation.access ?? 'management') === 'management';
const managed = named.filter(([, operation]) => isManaged(operation));
const open = named.filter(([, operation]) => !isManaged(operation));

test('there is something to attack', () => {
  expect(managed.length).toBeGreaterThan(40);
  expect(tables.length).toBeGreaterThan(15);
});

// Nobody is signed in here, so there is no session to read.
const readable = managed.filter(([, { method, path }]) => method === 'GET' && !path.endsWith('/:sessionId'));

test.each(readable)('control: %s answers its own tenant', async (_name, operation) => {
  const { tenantId, targets, token } = parties.neighbour;
  const answer = await attempt(operation, tenantId, targets, token);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
});

test('control: a change of the tenant shows in its snapshot, and in no other', async () => {
  const before = { own: await snapshot(NEIGHBOUR), other: await snapshot(DEFAULT_TENANT) };
  const { targets, token } = parties.neighbour;
  const operation = app.operations.find(({ method, path }) => `${method} ${path}` === 'PATCH /api/users/:userId');
  if (!operation) throw new Error('users cannot be changed any more');
  const url = tenantUrl(app.origin, NEIGHBOUR) + pathOf(operation, targets);
  const answer = await call(url, 'PATCH', { customData: { seen: 1 } }, { authorization: `Bearer ${token}` });
  expect(answer.status).toBe(200);
  expect((await snapshot(NEIGHBOUR)).users).not.toBe(before.own.users);
  expect(await snapshot(DEFAULT_TENANT)).toEqual(before.other);
});

for (const [attackerName, victimName] of directions) {
  const attacker = parties[attackerName];
  const victim = parties[victimName];
  const wrongTokens: [string, number[], string | undefined][] = [
    ['no token', [401], undefined],
    ['a garbage token', [401], 'garbage'],
    ['a forged token', [401], await forgedToken(victim.tenantId)],
    ['the neighbour’s token', [401], attacker.token],
    [
      'the tenant’s own token for another audience',
      [401],
      await machineToken('admin', managementApiOf(attacker.tenantId), false),
    ],
    ['a token without the scope', [403], victim.powerless],
  ];

  test.each(managed)(
    `%s of ${victimName}: refused with each wrong token, and nothing changes`,
    async (_name, operation) => {
      const before = await snapshot(victim.tenantId);
      for (const [label, statuses, token] of wrongTokens) {
        const answer = await attempt(operation, victim.tenantId, victim.targets, token);
        expect(statuses, `${label}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
        expectNothingOf(victim, answer);
      }
      expect(await snapshot(victim.tenantId)).toEqual(before);
    },
  );

  // An upload names nothing that another tenant could have.
  test.each(managed.filter(([, { upload }]) => !upload))(
    `%s in ${attackerName} with ids of ${victimName}: not found, and nothing changes`,
    async (_name, operation) => {
      const before = await snapshot(victim.tenantId);
      const answer = await attempt(operation, attacker.tenantId, victim.targets, attacker.token);
      // An attempt that the validation stops has tried nothing.
      expect(answer.body?.code, JSON.stringify(answer.body)).not.toBe('guard.invalid_input');
      const namesVictim =
        operation.path.match(/:(applicationId|userId|connectorId|keyId|id)\b/) && !operation.path.includes('factories');
      if (namesVictim) expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 404 });
      expectNothingOf(victim, answer);
      expect(await snapshot(victim.tenantId)).toEqual(before);
    },
  );

  test.each(open)(
    `%s, open to all, in ${attackerName} with ids of ${victimName}: tells and changes nothing`,
    async (_name, operation) => {
      const before = await snapshot(victim.tenantId);
      const answer = await attempt(operation, attacker.tenantId, victim.targets);
      expect(answer.status).toBeLessThan(500);
      expectNothingOf(victim, answer);
      expect(await snapshot(victim.tenantId)).toEqual(before);
    },
  );
}
