// Every kind of object that the trail knows, changed by its API: two moments tell what is different, and no secret.
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createUploader } from '../../../test/uploads.ts';
import { type AuditedObject, auditedObjects } from '../../kernel/audited-objects.ts';
import { differences } from './differences.ts';
import { changesOf, createComposition } from './object-changes.ts';

const app = await createTestApp();
const { api } = app;
const SECRET = 'Hushed-lamp-7-river';
const STRANGER = 'https://receiver.example/';

type Made = Record<string, string> | undefined;
type Call = [method: string, path: string, body?: unknown];
/** How an object of a kind is made, changed and removed, and the fields that a comparison then names. */
interface Life {
  make?: Call | (() => Promise<Made>);
  change?: (made: NonNullable<Made>) => Call | Promise<unknown>;
  remove?: (made: NonNullable<Made>) => Call;
  /** Fields of the change; without one, of the making. */
  shows: string[];
}

async function send([method, path, body]: Call): Promise<Made> {
  const answer = await api(method, path, body);
  expect([method, path, answer.body, answer.status]).toEqual([
    method,
    path,
    answer.body,
    answer.status < 300 && answer.status,
  ]);
  return Array.isArray(answer.body) ? answer.body[0] : answer.body;
}

const idOf = async (...call: Call): Promise<string> => (await send(call))?.id ?? '';
const user = (name: string) => idOf('POST', '/api/users', { username: name, name, password: SECRET });
const template = (path: string, details: object): Call => [
  'PUT',
  path,
  { templates: [{ languageTag: 'de', templateType: 'Generic', details }] },
];
const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n{"username":"imported"}\r\n--b--\r\n`;

const lives: Record<AuditedObject, Life> = {
  AccountCenter: {
    change: () => ['PATCH', '/api/account-center', { fields: { name: 'ReadOnly' } }],
    shows: ['fields.name'],
  },
  AdminConsole: {
    change: () => ['PATCH', '/api/configs/admin-console', { organizationCreated: true }],
    shows: ['organizationCreated'],
  },
  Application: {
    make: ['POST', '/api/applications', { name: 'Wiki', type: 'Traditional' }],
    change: ({ id }) => ['PATCH', `/api/applications/${id}`, { name: 'Handbook' }],
    remove: ({ id }) => ['DELETE', `/api/applications/${id}`],
    shows: ['name'],
  },
  Asset: {
    make: async () => {
      const picture = sharp({ create: { width: 2, height: 2, channels: 3, background: '#4353e0' } });
      expect((await (await createUploader(app)).image(await picture.png().toBuffer())).status).toBe(200);
      return {};
    },
    shows: ['kind', 'name', 'size'],
  },
  AuditLogs: {
    change: () => ['PATCH', '/api/configs/audit-logs', { retentionDays: { protocol: 10 } }],
    shows: ['retentionDays.protocol'],
  },
  AuditStream: {
    make: ['PUT', '/api/configs/audit-streams/http', { url: STRANGER, token: SECRET }],
    change: () => ['PUT', '/api/configs/audit-streams/http', { url: `${STRANGER}logs`, token: SECRET, enabled: false }],
    remove: () => ['DELETE', '/api/configs/audit-streams/http'],
    shows: ['url', 'enabled'],
  },
  CaptchaProvider: {
    make: ['PUT', '/api/captcha-provider', { config: { type: 'Turnstile', siteKey: 'a', secretKey: SECRET } }],
    change: () => ['PUT', '/api/captcha-provider', { config: { type: 'Turnstile', siteKey: 'b', secretKey: SECRET } }],
    remove: () => ['DELETE', '/api/captcha-provider'],
    shows: ['siteKey'],
  },
  Cimd: { change: () => ['PATCH', '/api/configs/cimd', { enabled: true }], shows: ['enabled'] },
  ClientRegistration: {
    change: () => ['PATCH', '/api/configs/dynamic-client-registration', { hourlyLimit: 7 }],
    shows: ['hourlyLimit'],
  },
  Connector: {
    make: ['POST', '/api/connectors', { connectorId: 'twilio-short-message-service', config: twilio('MG1') }],
    change: ({ id }) => ['PATCH', `/api/connectors/${id}`, { config: twilio('MG2') }],
    remove: ({ id }) => ['DELETE', `/api/connectors/${id}`],
    shows: ['config.fromMessagingServiceSID'],
  },
  CustomPhrases: {
    make: ['PUT', '/api/custom-phrases/de', { signIn: { title: 'Hallo' } }],
    change: () => ['PUT', '/api/custom-phrases/de', { signIn: { title: 'Moin' } }],
    remove: () => ['DELETE', '/api/custom-phrases/de'],
    shows: ['signIn.title'],
  },
  CustomProfileField: {
    make: ['POST', '/api/custom-profile-fields', { name: 'team', type: 'Text', label: 'Team', required: false }],
    change: () => ['PUT', '/api/custom-profile-fields/team', { type: 'Text', label: 'Crew', required: false }],
    remove: () => ['DELETE', '/api/custom-profile-fields/team'],
    shows: ['label'],
  },
  Domain: {
    make: ['POST', '/api/domains', { domain: 'id.shop.example' }],
    change: ({ id }) => [
      'PUT',
      `/api/domains/${id}/verification-files`,
      { verificationFiles: { 'proof.txt': SECRET } },
    ],
    remove: ({ id }) => ['DELETE', `/api/domains/${id}`],
    shows: ['verificationFiles'],
  },
  EmailTemplate: {
    make: template('/api/email-templates', { subject: 'Hallo', content: '{{code}}' }),
    change: () => template('/api/email-templates', { subject: 'Moin', content: '{{code}}' }),
    remove: ({ id }) => ['DELETE', `/api/email-templates/${id}`],
    shows: ['details.subject'],
  },
  IdTokenConfig: {
    change: () => ['PUT', '/api/configs/id-token', { enabledExtendedClaims: ['roles'] }],
    shows: ['enabledExtendedClaims'],
  },
  InitialAccessToken: {
    make: ['POST', '/api/configs/dynamic-client-registration/initial-access-tokens', { name: 'CI' }],
    remove: ({ id }) => ['DELETE', `/api/configs/dynamic-client-registration/initial-access-tokens/${id}`],
    shows: ['name'],
  },
  OidcKey: { make: ['POST', '/api/configs/oidc/private-keys/rotate', {}], shows: ['kind', 'algorithm'] },
  OidcSession: { change: () => ['PATCH', '/api/configs/oidc/session', { ttl: 3600 }], shows: ['ttl'] },
  OneTimeToken: {
    make: ['POST', '/api/one-time-tokens', { email: 'ada@example.com', expiresIn: 86_400 }],
    change: ({ id }) => ['PUT', `/api/one-time-tokens/${id}/status`, { status: 'revoked' }],
    remove: ({ id }) => ['DELETE', `/api/one-time-tokens/${id}`],
    shows: ['status'],
  },
  OperatorLink: {
    make: async () => ({ secret: await app.modules.tenants.links.issue(app.scope(), 'setup') }),
    shows: ['kind', 'expiresAt'],
  },
  Organization: {
    make: ['POST', '/api/organizations', { name: 'Acme' }],
    change: ({ id }) => ['PATCH', `/api/organizations/${id}`, { customData: { plan: 'team' } }],
    remove: ({ id }) => ['DELETE', `/api/organizations/${id}`],
    shows: ['customData.plan'],
  },
  OrganizationInvitation: {
    make: async () => {
      const organizationId = await idOf('POST', '/api/organizations', { name: 'Invites' });
      const expiresAt = Date.now() + 3_600_000_000;
      return send(['POST', '/api/organization-invitations', { organizationId, invitee: 'bob@example.com', expiresAt }]);
    },
    change: ({ id }) => ['PUT', `/api/organization-invitations/${id}/status`, { status: 'Revoked' }],
    remove: ({ id }) => ['DELETE', `/api/organization-invitations/${id}`],
    shows: ['status'],
  },
  OrganizationRole: {
    make: ['POST', '/api/organization-roles', { name: 'editor' }],
    change: ({ id }) => ['PATCH', `/api/organization-roles/${id}`, { description: 'Edits' }],
    remove: ({ id }) => ['DELETE', `/api/organization-roles/${id}`],
    shows: ['description'],
  },
  OrganizationScope: {
    make: ['POST', '/api/organization-scopes', { name: 'write:pages' }],
    change: ({ id }) => ['PATCH', `/api/organization-scopes/${id}`, { description: 'Writes' }],
    remove: ({ id }) => ['DELETE', `/api/organization-scopes/${id}`],
    shows: ['description'],
  },
  Resource: {
    make: ['POST', '/api/resources', { name: 'Shop', indicator: 'https://shop.example/api' }],
    change: ({ id }) => ['PATCH', `/api/resources/${id}`, { accessTokenTtl: 60 }],
    remove: ({ id }) => ['DELETE', `/api/resources/${id}`],
    shows: ['accessTokenTtl'],
  },
  Role: {
    make: ['POST', '/api/roles', { name: 'seller', description: 'Sells' }],
    change: ({ id }) => ['PATCH', `/api/roles/${id}`, { description: 'Sells much' }],
    remove: ({ id }) => ['DELETE', `/api/roles/${id}`],
    shows: ['description'],
  },
  Scope: {
    make: async () => {
      const of = await idOf('POST', '/api/resources', { name: 'Bank', indicator: 'https://bank.example/api' });
      return { of, id: await idOf('POST', `/api/resources/${of}/scopes`, { name: 'pay' }) };
    },
    change: ({ of, id }) => ['PATCH', `/api/resources/${of}/scopes/${id}`, { description: 'Pays' }],
    remove: ({ of, id }) => ['DELETE', `/api/resources/${of}/scopes/${id}`],
    shows: ['description'],
  },
  Script: {
    make: ['PUT', '/api/configs/jwt-customizer/access-token', script(1)],
    change: () => ['PUT', '/api/configs/jwt-customizer/access-token', script(2)],
    remove: () => ['DELETE', '/api/configs/jwt-customizer/access-token'],
    shows: ['script'],
  },
  Secret: {
    make: async () => {
      const config = { clientId: 'a', clientSecret: SECRET, scope: 'openid' };
      const connector = { connectorId: 'gitlab-universal', enableTokenStorage: true, config };
      const connectorId = await idOf('POST', '/api/connectors', connector);
      const userId = await user('keeper');
      await send(['PUT', `/api/users/${userId}/identities/gitlab`, { userId: 'gitlab-1' }]);
      const { secrets } = app.modules;
      const source = { kind: 'social', connectorId, identityId: 'gitlab-1' } as const;
      const sealed = secrets.seal(app.scope(), source, { accessToken: SECRET, tokenType: 'Bearer' });
      await secrets.keep(app.scope(), { userId, provider: 'gitlab' }, sealed);
      const { body } = await api('GET', `/api/users/${userId}/identities/gitlab?includeTokenSecret=true`);
      return { id: body.tokenSecret.id };
    },
    remove: ({ id }) => ['DELETE', `/api/secrets/${id}`],
    shows: [],
  },
  SignInExperience: {
    change: () => ['PATCH', '/api/sign-in-exp', { termsOfUseUrl: 'https://shop.example/terms' }],
    shows: ['termsOfUseUrl'],
  },
  SmsTemplate: {
    make: template('/api/sms-templates', { content: 'Hallo {{code}}' }),
    change: () => template('/api/sms-templates', { content: 'Moin {{code}}' }),
    remove: ({ id }) => ['DELETE', `/api/sms-templates/${id}`],
    shows: ['details.content'],
  },
  SsoConnector: {
    make: ['POST', '/api/sso-connectors', { providerName: 'SAML', connectorName: 'acme', config: sso('a') }],
    change: ({ id }) => ['PATCH', `/api/sso-connectors/${id}`, { config: sso('b') }],
    remove: ({ id }) => ['DELETE', `/api/sso-connectors/${id}`],
    shows: ['config.entityId'],
  },
  Tenant: {
    make: async () => {
      await app.modules.tenants.create({ id: 'second', name: 'Second' });
      return { tenantId: 'second' };
    },
    shows: ['name'],
  },
  User: {
    make: ['POST', '/api/users', { username: 'ada', name: 'Ada', password: SECRET }],
    change: ({ id }) => ['PATCH', `/api/users/${id}`, { name: 'Ada Lovelace' }],
    remove: ({ id }) => ['DELETE', `/api/users/${id}`],
    shows: ['name'],
  },
  UserImport: {
    make: async () => {
      const headers = { 'content-type': 'multipart/form-data; boundary=b' };
      expect((await api('POST', '/api/user-imports?format=ndjson', file, headers)).status).toBe(201);
      // It begins by itself, at no moment that the test could know.
      await app.modules.importer.wake();
      return {};
    },
    shows: ['created', 'refused'],
  },
  VerificationCode: {
    make: ['POST', '/api/verification-codes', { email: 'ada@example.com' }],
    shows: ['recipient', 'purpose'],
  },
  Webhook: {
    make: ['POST', '/api/hooks', webhook('orders', STRANGER)],
    change: ({ id }) => ['PATCH', `/api/hooks/${id}`, { name: 'bills' }],
    remove: ({ id }) => ['DELETE', `/api/hooks/${id}`],
    shows: ['name'],
  },
};

function twilio(fromMessagingServiceSID: string): object {
  const templates = ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: '{{code}}',
  }));
  return { accountSID: 'AC1', authToken: SECRET, fromMessagingServiceSID, templates };
}

function script(answer: number): object {
  return { script: `const getCustomJwtClaims = () => ({ answer: ${answer} });`, environmentVariables: { KEY: SECRET } };
}

function sso(entityId: string): object {
  return { entityId, signInEndpoint: 'https://idp.example/sso' };
}

function webhook(name: string, url: string): object {
  return { name, events: ['User.Created'], config: { url, headers: { 'x-key': SECRET } } };
}

const now = (): number => app.world.now().getTime();

/** Does something, with time passing before and after it; answers the moments on both sides. */
async function during(work: () => Promise<unknown>): Promise<{ from: number; to: number }> {
  app.advance(2000);
  const from = now();
  app.advance(2000);
  await work();
  app.advance(2000);
  return { from, to: now() };
}

async function compare(target: { type: string; id: string }, { from, to }: { from: number; to: number }, ask = api) {
  const query = new URLSearchParams({ targetType: target.type, targetId: target.id, from: `${from}`, to: `${to}` });
  const answer = await ask('GET', `/api/logs/difference?${query}`);
  expect(answer.status).toBe(200);
  expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  const paths: string[] = answer.body.changes.map(({ path }: { path: string }) => path);
  return { from: answer.body.from.state, to: answer.body.to.state, changes: answer.body.changes, paths };
}

test.each(auditedObjects)('%s: made, changed and removed, each moment differs by what was done', async (type) => {
  const { make, change, remove, shows } = lives[type];
  let made: Made = {};
  const birth = await during(async () => {
    made = typeof make === 'function' ? await make() : make && (await send(make));
  });
  const growth = await during(async () => {
    const call = change?.(made ?? {});
    await (Array.isArray(call) ? send(call) : call);
  });
  const end = remove && (await during(() => send(remove(made ?? {}))));

  const elsewhere = type === 'Tenant' && 'second';
  const ask = elsewhere ? await app.apiOf(elsewhere) : api;
  const [entry] = (await ask('GET', `/api/logs?targetType=${type}&page_size=1`)).body;
  const target = entry.payload.target;
  if (change) {
    const grown = await compare(target, growth, ask);
    expect(grown.paths).toEqual(expect.arrayContaining(shows));
    expect(grown.to).not.toBeNull();
    const back = await compare(target, { from: growth.to, to: growth.from }, ask);
    expect(back.changes).toEqual(
      grown.changes.map(({ path, before, after }: Record<string, unknown>) => ({
        path,
        ...(after !== undefined && { before: after }),
        ...(before !== undefined && { after: before }),
      })),
    );
    expect((await compare(target, { from: growth.to, to: growth.to }, ask)).changes).toEqual([]);
  }
  if (make && type !== 'Secret') {
    const born = await compare(target, { ...birth, from: 0 }, ask);
    expect(born.from).toBeNull();
    expect(born.to).not.toBeNull();
    if (!change) expect(born.paths).toEqual(expect.arrayContaining(shows));
  }
  if (end) {
    const gone = await compare(target, end, ask);
    expect(gone.from).not.toBeNull();
    expect(gone.to).toBeNull();
    expect(gone.changes.length).toBeGreaterThan(0);
    for (const each of gone.changes) expect(each).not.toHaveProperty('after');
    if (type !== 'Secret') expect((await compare(target, { from: 0, to: end.to }, ask)).changes).toEqual([]);
  }
});

describe('parts of an object', () => {
  const role = (name: string, type: string) =>
    idOf('POST', '/api/roles', { name, description: name, type, scopeIds: [] });

  test('an application: a secret, its own pages, whom it lets in, what it may ask for and its roles', async () => {
    const id = await idOf('POST', '/api/applications', { name: 'Shop', type: 'Traditional', isThirdParty: true });
    const machine = await idOf('POST', '/api/applications', { name: 'Robot', type: 'MachineToMachine' });
    const roleId = await role('robot', 'MachineToMachine');
    const userId = await user('grace');
    const path = `/api/applications/${id}`;
    const times = await during(async () => {
      await send(['POST', `${path}/secrets`, { name: 'second' }]);
      await send(['PUT', `${path}/sign-in-experience`, { displayName: 'The shop' }]);
      await send([
        'PUT',
        `${path}/access-control`,
        { userIds: [userId], userRoleIds: [], organizationIds: [], organizationRoleRules: [] },
      ]);
      await send(['POST', `${path}/user-consent-scopes`, { userScopes: ['phone'] }]);
      await send(['POST', `/api/roles/${roleId}/applications`, { applicationIds: [machine] }]);
    });
    const { to, changes } = await compare({ type: 'Application', id }, times);
    expect(to).toMatchObject({ name: 'Shop' });
    expect(changes).toEqual(
      expect.arrayContaining([
        { path: 'secret.second.name', after: 'second' },
        { path: 'signInExperience.displayName', after: 'The shop' },
        expect.objectContaining({ path: 'accessControl.userIds', after: [userId] }),
        expect.objectContaining({ path: 'consentScopes.userScopes', after: expect.arrayContaining(['phone']) }),
      ]),
    );
    const robot = await compare({ type: 'Application', id: machine }, times);
    expect(robot.changes).toEqual([{ path: 'roleIds', after: [roleId] }]);
    const withdrawn = await during(async () => {
      await send(['DELETE', `${path}/secrets/second`]);
      await send(['DELETE', `${path}/user-consent-scopes/user-scopes/phone`]);
    });
    const later = await compare({ type: 'Application', id }, withdrawn);
    expect(later.changes).toContainEqual({ path: 'secret.second.name', before: 'second' });
    // What came and went is nothing, and what stayed stays.
    const both = await compare({ type: 'Application', id }, { from: times.from, to: withdrawn.to });
    expect(both.paths.filter((each) => /^(secret|consentScopes)/.test(each))).toEqual([]);
    expect(both.paths).toContain('signInExperience.displayName');
  });

  test('a user: accounts at providers, tokens, second factors and roles leave the user’s own fields readable', async () => {
    const id = await user('alan');
    const roleId = await role('clerk', 'User');
    const path = `/api/users/${id}`;
    const times = await during(async () => {
      await send(['PUT', `${path}/identities/github`, { userId: 'github-1' }]);
      await send(['PUT', `${path}/identities/discord`, { userId: 'discord-1' }]);
      await send(['POST', `${path}/personal-access-tokens`, { name: 'laptop' }]);
      await send(['POST', `${path}/personal-access-tokens`, { name: 'phone' }]);
      await send(['POST', `${path}/mfa-verifications`, { type: 'Totp' }]);
      await send(['POST', `${path}/roles`, { roleIds: [roleId] }]);
    });
    const { from, to, paths, changes } = await compare({ type: 'User', id }, times);
    expect([from, to]).toEqual([expect.objectContaining({ name: 'alan' }), expect.objectContaining({ name: 'alan' })]);
    expect(paths).toEqual(
      expect.arrayContaining([
        'identity.github.identityId',
        'identity.discord.identityId',
        'personalAccessToken.laptop.name',
        'personalAccessToken.phone.name',
        expect.stringMatching(/^factor\..+\.type$/),
      ]),
    );
    expect(changes).toContainEqual({ path: 'roleIds', after: [roleId] });
  });

  test('an organization: members, their roles, and who joins by themselves', async () => {
    const id = await idOf('POST', '/api/organizations', { name: 'Globex' });
    const roleId = await idOf('POST', '/api/organization-roles', { name: 'guest' });
    const [first, second] = [await user('first'), await user('second')];
    const path = `/api/organizations/${id}`;
    const members = await during(async () => {
      await send(['POST', `${path}/users`, { userIds: [first, second] }]);
      await send(['POST', `${path}/users/${first}/roles`, { organizationRoleIds: [roleId] }]);
      await send(['POST', `${path}/jit/email-domains`, { emailDomain: 'globex.example' }]);
    });
    expect((await compare({ type: 'Organization', id }, members)).changes).toEqual([
      { path: 'membership.users', after: expect.arrayContaining([first, second]) },
      { path: `membership.users.${first}.roleIds`, after: [roleId] },
      { path: 'jitEmailDomains', after: ['globex.example'] },
    ]);
    const fewer = await during(() => send(['DELETE', `${path}/users/${second}`]));
    expect((await compare({ type: 'Organization', id }, fewer)).changes).toEqual([
      { path: 'membership.users', before: [second] },
    ]);
    const all = await compare({ type: 'Organization', id }, { from: members.from, to: fewer.to });
    expect(all.changes).toContainEqual({ path: 'membership.users', after: [first] });
  });

  test('a merge is told of both users', async () => {
    const [kept, merged] = [await user('kept'), await user('merged')];
    const times = await during(() => send(['POST', `/api/users/${kept}/merge`, { sourceUserId: merged }]));
    expect(await compare({ type: 'User', id: merged }, times)).toMatchObject({ from: { name: 'merged' }, to: null });
    expect(await compare({ type: 'User', id: kept }, times)).toMatchObject({
      from: { name: 'kept' },
      to: { name: 'kept' },
    });
  });

  test('the history tells of each entry what it changed, members too', async () => {
    const id = await idOf('POST', '/api/organizations', { name: 'Initech' });
    const member = await user('peter');
    await send(['POST', `/api/organizations/${id}/users`, { userIds: [member] }]);
    const { body } = await api('GET', `/api/logs/history?targetType=Organization&targetId=${id}`);
    expect(body.map(({ changes }: { changes: unknown }) => changes)).toContainEqual([
      { path: 'membership.users', after: [member] },
    ]);
  });
});

describe('composition', () => {
  const entry = (key: string, payload: Record<string, unknown>) => ({ key, targetType: 'Role', payload });
  const compose = (...entries: ReturnType<typeof entry>[]) => {
    const composition = createComposition();
    for (const each of entries) composition.take(each);
    return composition.changes();
  };

  test.each([
    [
      'a change and its way back come to nothing',
      [
        [{ name: 'a' }, { name: 'b' }],
        [{ name: 'b' }, { name: 'a' }],
      ],
      [],
    ],
    [
      'two changes of a field are one',
      [
        [{ name: 'a' }, { name: 'b' }],
        [{ name: 'b' }, { name: 'c' }],
      ],
      [{ path: 'name', before: 'a', after: 'c' }],
    ],
  ])('%s', (_title, states, expected) => {
    const entries = states.map(([before, after]) => entry('Role.Data.Updated', { before, after }));
    expect(compose(...entries)).toEqual(expected);
  });

  test('a list that was told whole goes on by what comes and goes', () => {
    const made = entry('Role.Created', { after: { scopeIds: ['a', 'b'] } });
    const lists = { addedScopeIds: ['c'], removedScopeIds: ['a'] };
    expect(compose(made, entry('Role.Scopes.Updated', lists))).toEqual([{ path: 'scopeIds', after: ['b', 'c'] }]);
    expect(changesOf(entry('Role.Scopes.Updated', lists))).toEqual([{ path: 'scopeIds', before: ['a'], after: ['c'] }]);
  });

  test('differences name fields, and take lists as a whole', () => {
    expect(differences({ a: 1, b: { c: [1], d: 2 } }, { a: 1, b: { c: [1, 2], d: 2 }, e: null })).toEqual([
      { path: 'b.c', before: [1], after: [1, 2] },
      { path: 'e', before: undefined, after: null },
    ]);
  });
});
