import { sql } from 'drizzle-orm';
import { TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { asSystem, createOrganization, createResource, giveRole } from '../../../test/organizations.ts';
import { createClient, obtainTokens, requestToken } from '../../../test/protocol.ts';
import { leftBehind, movedApart, moves } from './user-merge.store.ts';

const app = await createTestApp();
const { api } = app;
const PASSWORD = 'Paper-lamp-4-river';

const newUser = async (user: object = {}): Promise<string> => {
  const made = await api('POST', '/api/users', user);
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return made.body.id;
};
const merge = (target: string, source: string, more: object = {}) =>
  api('POST', `/api/users/${target}/merge`, { sourceUserId: source, ...more });
const userOf = async (id: string) => (await api('GET', `/api/users/${id}`)).body;
const code = (status: number, name: string) => ({ status, body: expect.objectContaining({ code: name }) });

test('every table with a user’s id is moved or left behind on purpose', async () => {
  const { rows } = await app.world.database.forSystem('read the catalogue').execute<{ name: string }>(sql`
    select distinct c.conrelid::regclass::text as name from pg_constraint c
    where c.contype = 'f' and c.confrelid in ('users'::regclass, 'organization_users'::regclass)`);
  const known = [...moves.map(({ table }) => table), ...movedApart, ...leftBehind];
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

test('200: what the source has comes to the target, and the source is gone with its sessions and tokens', async () => {
  const source = await newUser({
    username: 'mei_old',
    primaryEmail: 'mei@example.com',
    primaryPhone: '81901234567',
    password: PASSWORD,
    name: 'Mei',
    customData: { plan: 'pro', seats: 3 },
    profile: { nickname: 'M', locale: 'ja' },
  });
  const target = await newUser({ username: 'mei', customData: { plan: 'free' }, profile: { nickname: 'Mei-chan' } });
  const { scopeIds } = await createResource(app, 'https://merge.example/api', ['read']);
  const roleId = await giveRole(app, source, [scopeIds.read ?? '']);
  const both = await createOrganization(app, { name: 'Both', users: [source, target] });
  const own = await createOrganization(app, { name: 'Own', users: [source], scopes: ['sign'] });
  const web = await createClient(app, { isThirdParty: true });
  await api('PUT', `/api/applications/${web.id}/access-control`, {
    userIds: [source],
    userRoleIds: [],
    organizationIds: [],
    organizationRoleRules: [],
  });
  const pat = await api('POST', `/api/users/${source}/personal-access-tokens`, { name: 'ci' });
  await asSystem(app, async (run) => {
    await run(
      `insert into user_identities (tenant_id, user_id, target, identity_id, details, created_at)
       values ($1, $2, 'gitlab', '77', '{"id":"77"}', now()), ($1, $2, 'github', '78', null, now()),
         ($1, $3, 'github', '79', null, now())`,
      source,
      target,
    );
    await run(
      `insert into secrets (tenant_id, id, user_id, kind, provider, connector_id, identity_id, tokens_sealed, metadata,
         created_at, updated_at) values ($1, 'secret-of-gitlab', $2, 'social', 'gitlab', 'c', '77', 'sealed', '{}', now(), now())`,
      source,
    );
    await run(
      `insert into consent_organizations (tenant_id, application_id, user_id, organization_id, created_at)
       values ($1, $2, $3, $4, now())`,
      web.id,
      source,
      own.id,
    );
  });
  const browser = await createClient(app, { custom: { alwaysIssueRefreshToken: true, allowTokenExchange: true } });
  const tokens = await obtainTokens(app, browser, source);
  const secret = app.modules.factors.totp.newSecret();
  await app.modules.factors.totp.bind(app.scope(), source, { secret });
  await app.modules.factors.backupCodes.bind(app.scope(), source, app.modules.factors.backupCodes.propose(), true);

  const preview = await merge(target, source, { dryRun: true });
  expect(preview).toMatchObject({ status: 200, body: { dryRun: true } });
  expect(await userOf(source)).toMatchObject({ username: 'mei_old' });
  expect((await userOf(target)).primaryEmail).toBe(null);

  const done = await merge(target, source);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  expect(done.body).toEqual({ ...preview.body, dryRun: false, user: expect.anything() });
  expect(done.body.conflicts).toEqual([
    { what: 'username', kept: 'target', keys: [] },
    { what: 'identities', kept: 'target', keys: ['github'] },
    { what: 'profile', kept: 'target', keys: ['nickname'] },
    { what: 'customData', kept: 'target', keys: ['plan'] },
  ]);
  expect(done.body.moved).toEqual(
    expect.arrayContaining([
      { what: 'primaryEmail', count: 1 },
      { what: 'roles', count: 1 },
      { what: 'organizations', count: 1 },
      { what: 'personalAccessTokens', count: 1 },
      { what: 'authenticatorApp', count: 1 },
      { what: 'backupCodes', count: 1 },
    ]),
  );
  expect(await userOf(target)).toMatchObject({
    username: 'mei',
    primaryEmail: 'mei@example.com',
    primaryPhone: '81901234567',
    name: 'Mei',
    customData: { plan: 'free', seats: 3 },
    profile: { nickname: 'Mei-chan', locale: 'ja' },
    identities: { gitlab: { userId: '77', details: { id: '77' } }, github: { userId: '79' } },
  });
  expect(await api('GET', `/api/users/${source}`)).toMatchObject({ status: 404 });

  expect((await api('GET', `/api/users/${target}/roles`)).body).toMatchObject([{ id: roleId }]);
  const memberships = (await api('GET', `/api/users/${target}/organizations`)).body;
  expect(memberships.map(({ id }: { id: string }) => id).sort()).toEqual([both.id, own.id].sort());
  expect((await api('GET', `/api/organizations/${own.id}/users/${target}/scopes`)).body).toMatchObject([
    { name: 'sign' },
  ]);
  expect((await api('GET', `/api/applications/${web.id}/access-control`)).body.userIds).toEqual([target]);
  const rows = await app.world.database.forTenant('default').execute<{ owner: string }>(
    sql`select user_id as owner from secrets where id = 'secret-of-gitlab'
      union all select user_id from consent_organizations where application_id = ${web.id}`,
  );
  expect(rows.rows.map(({ owner }) => owner)).toEqual([target, target]);

  expect(await app.modules.users.passwordMatches(app.scope(), target, PASSWORD)).toBe(true);
  await app.modules.factors.totp.verify(
    app.scope(),
    target,
    new TOTP({ secret }).generate({ timestamp: app.world.now().getTime() }),
  );
  expect(await app.modules.factors.backupCodes.reveal(app.scope(), target)).toHaveLength(10);
  const exchanged = await requestToken(app, browser, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: pat.body.value,
    subject_token_type: 'urn:logto:token-type:personal_access_token',
  });
  expect(exchanged.status, JSON.stringify(exchanged.body)).toBe(200);
  expect(
    await requestToken(app, browser, { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token }),
  ).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });

  const trail = await api('GET', '/api/logs?logKey=User.Merged');
  expect(trail.body).toMatchObject([{ key: 'User.Merged', payload: { sourceUserId: source } }]);
});

test('200: the source’s is taken where it is preferred, and said to be', async () => {
  const source = await newUser({ username: 'new_name', name: 'New' });
  const target = await newUser({ username: 'old_name', name: 'Old' });
  const { status, body } = await merge(target, source, { prefer: ['username'] });
  expect(status).toBe(200);
  expect(body.user).toMatchObject({ id: target, username: 'new_name', name: 'Old' });
  expect(body.conflicts).toEqual([
    { what: 'username', kept: 'source', keys: [] },
    { what: 'name', kept: 'target', keys: [] },
  ]);
});

test('of 50 merges at once one succeeds, crosswise ones included, and one user is left', async () => {
  const [a, b] = [await newUser({ username: 'race_a' }), await newUser({ username: 'race_b' })];
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? merge(a, b) : merge(b, a))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(49);
  const left = [await api('GET', `/api/users/${a}`), await api('GET', `/api/users/${b}`)];
  expect(left.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('404 and 422: for nobody, for oneself, and while one of them is suspended; nothing moves', async () => {
  const [source, target] = [await newUser({ name: 'Held' }), await newUser()];
  expect(await merge(target, 'nobody')).toMatchObject(code(404, 'entity.not_found'));
  expect(await merge('nobody', source)).toMatchObject(code(404, 'entity.not_found'));
  expect(await merge(target, target)).toMatchObject(code(422, 'user.merge_with_itself'));
  await api('PATCH', `/api/users/${source}/is-suspended`, { isSuspended: true });
  expect(await merge(target, source)).toMatchObject(code(422, 'user.merge_suspended'));
  expect((await userOf(target)).name).toBe(null);
  expect(await merge(target, source, { prefer: ['id'] })).toMatchObject({ status: 400 });
});
