import { createHash, pbkdf2Sync } from 'node:crypto';
import { hash as argon2 } from '@node-rs/argon2';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { and, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';
import { auditLogs } from '../../kernel/audit.ts';

const app = await createTestApp();
const { api } = app;

let count = 0;
/** Creates a user with a username of its own. */
async function createUser(fields: Record<string, unknown> = {}) {
  count += 1;
  const { status, body } = await api('POST', '/api/users', { username: `user_${count}`, ...fields });
  expect(status).toBe(200);
  return body;
}

async function lastAudit(userId: string) {
  const rows = await app.world.database
    .forTenant('default')
    .select()
    .from(auditLogs)
    .where(and(eq(auditLogs.tenantId, 'default'), eq(auditLogs.targetId, userId)))
    .orderBy(desc(auditLogs.createdAt));
  return rows[0];
}

test('200 for fifty at once while the settings have yet to be read: nobody waits for a second connection', async () => {
  // As many connections as there may be are open, and what is remembered of the settings is dropped.
  await Promise.all(Array.from({ length: 50 }, () => api('GET', '/api/users?page_size=1')));
  expect((await api('PATCH', '/api/sign-in-exp', {})).status).toBe(200);
  await Promise.all(Array.from({ length: 50 }, () => createUser()));
});

describe('POST /api/users', () => {
  test('200 with every field on the wire and none that is secret', async () => {
    const user = await createUser({
      username: 'anna',
      primaryEmail: 'Anna@example.com',
      primaryPhone: '491701234567',
      name: 'Anna',
      avatar: 'https://example.com/anna.png',
      profile: { givenName: 'Anna', address: { locality: 'Kyoto' } },
      customData: { plan: 'pro' },
      password: 'a long enough one',
    });
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{12}$/),
      username: 'anna',
      primaryEmail: 'Anna@example.com',
      primaryPhone: '491701234567',
      name: 'Anna',
      avatar: 'https://example.com/anna.png',
      profile: { givenName: 'Anna', address: { locality: 'Kyoto' } },
      customData: { plan: 'pro' },
      identities: {},
      hasPassword: true,
      isSuspended: false,
      applicationId: null,
      cimdClientId: null,
      lastSignInAt: null,
      createdAt: expect.any(Number),
      updatedAt: expect.any(Number),
    });
  });

  test('200 without anything: a user may have no identifier yet', async () => {
    expect(await api('POST', '/api/users', {})).toMatchObject({
      status: 200,
      body: { username: null, hasPassword: false },
    });
  });

  test('400 names each field that is wrong', async () => {
    const answer = await api('POST', '/api/users', {
      username: '1abc',
      primaryEmail: 'nope',
      avatar: 'javascript:alert(1)',
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    for (const field of ['username', 'primaryEmail', 'avatar']) expect(answer.body.details).toContain(`body.${field}`);
  });

  test.each([
    [{ username: 'taken' }, 'user.username_already_in_use'],
    [{ primaryEmail: 'TAKEN@example.com' }, 'user.email_already_in_use'],
    [{ primaryPhone: '81312345678' }, 'user.phone_already_in_use'],
    [{ password: 'x', passwordDigest: 'y', passwordAlgorithm: 'MD5' }, 'user.password_and_digest'],
    [{ passwordDigest: 'y' }, 'user.password_algorithm_required'],
    [{ passwordDigest: 'y', passwordAlgorithm: 'Legacy' }, 'password.invalid_legacy_password_format'],
    [
      { passwordDigest: '["nope",["@"],"00"]', passwordAlgorithm: 'Legacy' },
      'password.unsupported_legacy_hash_algorithm',
    ],
  ])('422 for %j', async (fields, code) => {
    await api('POST', '/api/users', {
      username: 'taken',
      primaryEmail: 'taken@example.com',
      primaryPhone: '81312345678',
    });
    expect(await api('POST', '/api/users', fields)).toMatchObject({ status: 422, body: { code } });
  });

  test('of twenty at once with one username, one is created', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api('POST', '/api/users', { username: 'only_one' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19);
  });

  test('the audit trail has who, what and when, without the digest', async () => {
    const user = await createUser({ password: 'a long enough one' });
    const entry = await lastAudit(user.id);
    expect(entry).toMatchObject({ key: 'User.Created', actorType: 'app', targetType: 'User' });
    expect(JSON.stringify(entry)).not.toContain('argon2');
  });
});

describe('passwords of other systems', () => {
  const password = 'correct horse';
  const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
  const pbkdf2 = pbkdf2Sync(password, 'salty', 1000, 20, 'sha512').toString('hex');

  test.each([
    ['MD5', async () => hex('md5', password)],
    ['SHA1', async () => hex('sha1', password).toUpperCase()],
    ['SHA256', async () => hex('sha256', password)],
    ['Bcrypt', async () => bcrypt(password, { cost: 4 })],
    // One of each variant that Argon2 has, with the least work.
    ['Argon2i', () => argon2(password, { algorithm: 1, memoryCost: 64, timeCost: 1, parallelism: 1 })],
    ['Argon2d', () => argon2(password, { algorithm: 0, memoryCost: 64, timeCost: 1, parallelism: 1 })],
    ['Legacy', async () => JSON.stringify(['sha256', ['salt', '@'], hex('sha256', `salt${password}`)])],
    ['Legacy', async () => JSON.stringify(['pbkdf2', ['salty', '1000', '20', 'sha512', '@'], pbkdf2])],
  ])('%s is checked, and replaced by our own once its password is known', async (passwordAlgorithm, digest) => {
    const user = await createUser({ passwordDigest: await digest(), passwordAlgorithm });
    const verify = (text: string) => api('POST', `/api/users/${user.id}/password/verify`, { password: text });
    const read = async () => (await api('GET', `/api/users/${user.id}?includePasswordHash=true`)).body;

    expect(await verify('wrong')).toMatchObject({ status: 422, body: { code: 'session.invalid_credentials' } });
    expect(await read()).toMatchObject({ passwordAlgorithm });
    expect((await verify(password)).status).toBe(204);
    expect(await read()).toMatchObject({
      passwordAlgorithm: 'Argon2id',
      passwordDigest: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
    });
    expect((await verify(password)).status).toBe(204);
  });

  test('Firebase’s scrypt, by the example that Firebase publishes with its own program', async () => {
    const signerKey = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';
    const digest = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
    const user = await createUser({
      passwordAlgorithm: 'Legacy',
      passwordDigest: JSON.stringify(['firebase-scrypt', ['42xEC+ixf3L2lw==', signerKey, 'Bw==', '8', '14'], digest]),
    });
    const verify = (text: string) => api('POST', `/api/users/${user.id}/password/verify`, { password: text });
    expect((await verify('user2password')).status).toBe(422);
    expect((await verify('user1password')).status).toBe(204);
  });
});

describe('GET /api/users', () => {
  beforeAll(async () => {
    for (const [username, name, primaryPhone] of [
      ['search_alpha', 'Alpha One'],
      ['search_beta', 'Beta 100%'],
      ['search_gamma', 'gamma', '49170000099'],
    ]) {
      await api('POST', '/api/users', { username, name, primaryPhone, primaryEmail: `${username}@search.example` });
    }
  });

  const names = async (query: string) => {
    const { status, body } = await api('GET', `/api/users?${query}`);
    expect(status).toBe(200);
    return (body as { username: string }[]).map(({ username }) => username).sort();
  };

  test('200 pages with Total-Number and Link', async () => {
    const first = await api('GET', '/api/users?page_size=2&search=%25search.example');
    expect(first.body).toHaveLength(2);
    expect(first.headers.get('total-number')).toBe('3');
    expect(first.headers.get('link')).toContain('rel="next"');
    const second = await api('GET', '/api/users?page=2&page_size=2&search=%25search.example');
    expect(second.body).toHaveLength(1);
    expect(second.headers.get('link')).not.toContain('rel="next"');
  });

  test('200 read on from an entry: each user once, though others come and go meanwhile, and nothing is counted', async () => {
    for (const name of ['one', 'two', 'three', 'four', 'five']) await createUser({ username: `keyset_${name}` });
    const seen: string[] = [];
    let path = '/api/users?page_size=2&search=keyset%25';
    const { body: newest, headers } = await api('GET', path);
    expect(headers.get('total-number')).toBe('5');
    path += `&before=${newest[1].id}`;
    seen.push(...newest.map(({ username }: { username: string }) => username));
    await createUser({ username: 'keyset_late' });
    await api('DELETE', `/api/users/${newest[0].id}`);
    for (let pages = 0; path && pages < 9; pages++) {
      const answer = await api('GET', path);
      expect(answer.headers.get('total-number')).toBeNull();
      seen.push(...answer.body.map(({ username }: { username: string }) => username));
      const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      path = next ? next.slice(app.origin.length) : '';
    }
    expect(seen).toEqual(['keyset_five', 'keyset_four', 'keyset_three', 'keyset_two', 'keyset_one']);
    expect(await api('GET', '/api/users?before=nobody')).toMatchObject({
      status: 404,
      body: { code: 'entity.not_exists_with_id' },
    });
  });

  test('200 with enableCap: a total that was counted to its end says nothing of a cap', async () => {
    const answer = await api('GET', '/api/users?enableCap=true&search=%25search.example');
    expect(answer.headers.get('total-number')).toBe('3');
    expect(answer.headers.get('total-number-is-capped')).toBeNull();
  });

  test.each([
    ['search=%25alpha%25', ['search_alpha']],
    ['search=%25ALPHA%25', ['search_alpha']],
    ['search=%25ALPHA%25&isCaseSensitive=true', []],
    ['search.name=beta%20100%5C%25', ['search_beta']],
    ['search.username=search_alpha&search.username=search_beta&mode.username=exact', ['search_alpha', 'search_beta']],
    ['search.username=search%25&search.name=gamma&joint=and', ['search_gamma']],
    ['search.username=search_alpha&search.name=gamma', ['search_alpha', 'search_gamma']],
    ['search.username=%5Esearch_(alpha%7Cbeta)%24&mode=posix', ['search_alpha', 'search_beta']],
    ['search.username=search_(alpha%7Cgamma)&mode=similar_to&isCaseSensitive=true', ['search_alpha', 'search_gamma']],
    ['search=alpha', []],
    ['search.primaryEmail=SEARCH_BETA%40search.example&mode=exact', ['search_beta']],
    ['search.primaryEmail=SEARCH_BETA%40search.example&mode=exact&isCaseSensitive=true', []],
    ['search.primaryPhone=4917%2599&search.name=%25gamma%25&joint=and', ['search_gamma']],
    [
      'search.username=%5Esearch&mode.username=posix&search.name=Alpha%20One&mode.name=exact&jointMode=and',
      ['search_alpha'],
    ],
    ['search.username=%5EBETA%24&mode=posix&isCaseSensitive=true', []],
  ])('200 for %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test.each([
    'search.passwordDigest=x',
    'mode=fuzzy&search=x',
    'search=a&search=b',
    'search=x&joint=xor',
    'search=x&mode=similar_to',
  ])('400 for %s', async (query) => {
    expect(await api('GET', `/api/users?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid_input' },
    });
  });

  test('400 for a regular expression that is none', async () => {
    expect(await api('GET', '/api/users?search.name=(&mode=posix')).toMatchObject({
      status: 400,
      body: { code: 'request.invalid_input' },
    });
  });

  test.each(['page=0', 'page_size=101', 'page=x'])('400 for %s', async (query) => {
    expect(await api('GET', `/api/users?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_pagination' },
    });
  });

  test('401 without a token, 401 with one for another tenant', async () => {
    expect(await call(`${app.origin}/api/users`, 'GET')).toMatchObject({
      status: 401,
      body: { code: 'auth.authorization_header_missing' },
    });
    expect(await call(`${app.origin}/api/users`, 'GET', undefined, { authorization: 'Bearer x.y.z' })).toMatchObject({
      status: 401,
      body: { code: 'auth.unauthorized' },
    });
  });
});

describe('one user', () => {
  test('PATCH 200 changes what is sent, and an empty text removes', async () => {
    const user = await createUser({ primaryEmail: 'before@example.com', name: 'Before', customData: { a: 1 } });
    const answer = await api('PATCH', `/api/users/${user.id}`, {
      primaryEmail: '',
      name: 'After',
      customData: { b: 2 },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { username: user.username, primaryEmail: null, name: 'After', customData: { b: 2 } },
    });
    expect(await lastAudit(user.id)).toMatchObject({
      key: 'User.Data.Updated',
      payload: { before: { name: 'Before' }, after: { name: 'After' } },
    });
  });

  test('PATCH 422 when another user has the e-mail', async () => {
    await createUser({ primaryEmail: 'first@example.com' });
    const user = await createUser();
    expect(await api('PATCH', `/api/users/${user.id}`, { primaryEmail: 'FIRST@example.com' })).toMatchObject({
      status: 422,
      body: { code: 'user.email_already_in_use' },
    });
  });

  test('custom data and profile are merged by their own operations', async () => {
    const user = await createUser({ customData: { a: 1 }, profile: { nickname: 'x' } });
    const base = `/api/users/${user.id}`;
    expect((await api('PATCH', `${base}/custom-data`, { customData: { b: 2 } })).body).toEqual({ a: 1, b: 2 });
    expect((await api('GET', `${base}/custom-data`)).body).toEqual({ a: 1, b: 2 });
    expect((await api('PATCH', `${base}/profile`, { profile: { locale: 'ja' } })).body).toEqual({
      nickname: 'x',
      locale: 'ja',
    });
  });

  test('a password is set, asked for and checked', async () => {
    const user = await createUser();
    const base = `/api/users/${user.id}`;
    expect((await api('GET', `${base}/has-password`)).body).toEqual({ hasPassword: false });
    expect((await api('POST', `${base}/password/verify`, { password: 'x' })).status).toBe(422);
    expect(await api('PATCH', `${base}/password`, { password: 'new one' })).toMatchObject({
      status: 200,
      body: { hasPassword: true },
    });
    expect((await api('GET', `${base}/has-password`)).body).toEqual({ hasPassword: true });
    expect((await api('POST', `${base}/password/verify`, { password: 'new one' })).status).toBe(204);
    expect((await api('PATCH', `${base}/password/expiration`, { isExpired: true })).status).toBe(200);
  });

  test('is suspended, reinstated and deleted', async () => {
    const user = await createUser();
    const base = `/api/users/${user.id}`;
    expect((await api('PATCH', `${base}/is-suspended`, { isSuspended: true })).body.isSuspended).toBe(true);
    expect((await api('PATCH', `${base}/is-suspended`, { isSuspended: false })).body.isSuspended).toBe(false);
    expect((await api('DELETE', base)).status).toBe(204);
    expect(await api('GET', base)).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
    expect((await api('DELETE', base)).status).toBe(404);
  });

  test.each([
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['GET', '/custom-data'],
    ['GET', '/has-password'],
  ])('404 for %s of nobody%s', async (method, path) => {
    const body = method === 'PATCH' ? {} : undefined;
    expect(await api(method, `/api/users/nobody${path}`, body)).toMatchObject({
      status: 404,
      body: { code: 'entity.not_found' },
    });
  });

  test('404 from another tenant', async () => {
    const user = await createUser();
    const admin = await app.apiOf('admin');
    expect((await admin('GET', `/api/users/${user.id}`)).status).toBe(404);
  });
});
