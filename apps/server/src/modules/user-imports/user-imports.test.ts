import { hash as bcrypt } from '@node-rs/bcrypt';
import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type ApiAnswer, createTestApp } from '../../../test/harness.ts';
import { createUploader } from '../../../test/uploads.ts';
import { auditLogs } from '../../kernel/audit.ts';
import { userImportChunks, userImports } from './user-imports.table.ts';

const app = await createTestApp();
const { api } = app;
const { upload } = await createUploader(app);
const db = app.world.database.forTenant('default');

const BOUNDARY = 'a-boundary';

/** Sends a file as a browser does. */
const send = (file: string, query = ''): Promise<ApiAnswer> =>
  api(
    'POST',
    `/api/user-imports${query}`,
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="users"\r\n\r\n${file}\r\n--${BOUNDARY}--\r\n`,
    { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  );

/** Imports a file and answers how it ended. */
async function importFile(file: string, query = '') {
  const { status, body } = await send(file, query);
  expect(status).toBe(201);
  await app.modules.importer.wake();
  return (await api('GET', `/api/user-imports/${body.id}`)).body;
}

const lines = (users: object[]) => users.map((user) => JSON.stringify(user)).join('\n');
const report = async (id: string): Promise<string[]> =>
  (await api('GET', `/api/user-imports/${id}/errors`)).body.trim().split('\n');
const find = async (search: string) => (await api('GET', `/api/users?search.username=${search}`)).body;

test('CSV: every column arrives, and the password from elsewhere opens the door', async () => {
  const role = (await api('POST', '/api/roles', { name: 'Importer, Editor', description: 'r', type: 'User' })).body;
  const digest = await bcrypt('an old password', { cost: 4 });
  const ended = await importFile(
    [
      '\uFEFFid,username,primaryEmail,emailVerified,primaryPhone,name,avatar,passwordDigest,passwordAlgorithm,customData,profile,identities,isSuspended,createdAt,roleNames',
      `ext-1,csv_anna,csv.anna@example.com,false,491701111111,"Anna ""A"" Ito",https://example.com/a.png,${digest},Bcrypt,"{""plan"":""pro""}","{""givenName"":""Anna""}","{""gitlab"":{""userId"":""77""}}",false,2020-02-03T04:05:06Z,"[""Importer, Editor""]"`,
    ].join('\n'),
  );
  expect(ended).toMatchObject({ status: 'Completed', total: 1, processed: 1, created: 1, refused: 0, failure: null });
  expect((await api('GET', '/api/users/ext-1')).body).toMatchObject({
    username: 'csv_anna',
    primaryEmail: 'csv.anna@example.com',
    primaryPhone: '491701111111',
    name: 'Anna "A" Ito',
    avatar: 'https://example.com/a.png',
    customData: { plan: 'pro' },
    profile: { givenName: 'Anna' },
    identities: { gitlab: { userId: '77' } },
    createdAt: Date.parse('2020-02-03T04:05:06Z'),
  });
  expect((await api('GET', '/api/users/ext-1/roles')).body).toMatchObject([{ id: role.id }]);
  const proof = await api('POST', '/api/users/ext-1/password/verify', { password: 'an old password' });
  expect(proof.status).toBe(204);
});

test('a row that cannot be taken is refused by itself, and the report says which and why', async () => {
  await api('POST', '/api/users', { username: 'nd_taken', primaryEmail: 'Taken@example.com' });
  const ended = await importFile(
    [
      lines([
        { username: 'nd_good' },
        { username: 'nd_taken' },
        { primaryEmail: 'taken@EXAMPLE.com' },
        { username: 'nd_good' },
        { username: '1bad' },
        { username: 'nd_typo', colour: 'red' },
        { username: 'nd_role', roleNames: ['Nobody'] },
        { username: 'nd_hash', passwordDigest: 'abc' },
        { username: 'nd_algorithm', passwordAlgorithm: 'Bcrypt' },
        { username: 'nd_null', name: 'a\u0000b' },
        { username: 'nd_gitlab', identities: { gitlab: { userId: '77' } } },
      ]),
      'no json',
      '',
      lines([{ username: 'nd_last' }]),
    ].join('\n'),
    '?format=ndjson',
  );
  expect(ended).toMatchObject({ status: 'Completed', total: 13, processed: 13, created: 2, refused: 11 });
  const rows = await report(ended.id);
  expect(rows[0]).toBe('row,identifier,code,message,details');
  expect(rows.slice(1).map((row) => row.split(',').slice(0, 3).join(' '))).toEqual([
    '2 nd_taken user.username_already_in_use',
    '3 taken@EXAMPLE.com user.email_already_in_use',
    '4 nd_good guard.invalid_input',
    '5 1bad guard.invalid_input',
    '6 nd_typo guard.invalid_input',
    '7 nd_role entity.relation_foreign_key_not_found',
    '8 nd_hash user.password_algorithm_required',
    '9 nd_algorithm guard.invalid_input',
    '10 nd_null guard.invalid_input',
    '11 nd_gitlab user.identity_already_in_use',
    '12  guard.invalid_input',
  ]);
  expect(rows[3]).toContain('is that of row 1, too');
  expect(await find('nd_last')).toHaveLength(1);
});

test('a dry run finds the same faults and changes nothing', async () => {
  const file = lines([{ username: 'dry_one' }, { username: 'nd_taken' }, { username: 'dry_one' }]);
  expect(await importFile(file, '?format=ndjson&dryRun=true')).toMatchObject({
    isDryRun: true,
    created: 1,
    refused: 2,
  });
  expect(await find('dry_one')).toEqual([]);
  expect(await importFile(file, '?format=ndjson')).toMatchObject({ isDryRun: false, created: 1, refused: 2 });
  expect(await find('dry_one')).toHaveLength(1);
});

test('nothing is created from a file that breaks off in the middle', async () => {
  const ended = await importFile('username,name\ncut_one,One\ncut_two,"Two');
  expect(ended).toMatchObject({ status: 'Failed', created: 0, failure: expect.stringContaining('After row 1') });
  expect(await find('cut_one')).toEqual([]);
});

test.each([
  ['', '', 422, 'user_import.empty_file'],
  ['username,colour\nanna,red', '', 422, 'user_import.unknown_columns'],
  ['username,name,username\nanna,Anna,berta', '', 422, 'user_import.repeated_columns'],
  ['{}', '?format=xml', 400, 'guard.invalid_input'],
])('refuses %j%s', async (file, query, status, code) => {
  expect(await send(file, query)).toMatchObject({ status, body: { code } });
});

test('refuses a file in another encoding than UTF-8, and names ten of two hundred columns that there are not', async () => {
  for (const encoding of ['latin1', 'utf16le'] as const) {
    const file = Buffer.from('\uFEFFusername,name\nmuller,Müller\n'.slice(encoding === 'latin1' ? 1 : 0), encoding);
    expect(await upload('/api/user-imports', file)).toMatchObject({
      status: 422,
      body: { code: 'user_import.not_utf8' },
    });
  }
  const columns = Array.from({ length: 200 }, (_, index) => `c${index}`);
  expect((await send(columns.join(','))).body.data.unknown).toBe('c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, …');
});

test('a line of 10 MB and one that is nested three thousand levels cost nobody else of the file', async () => {
  const deep = `{"username":"too_deep","customData":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`;
  const long = JSON.stringify({ username: 'too_long', name: 'x'.repeat(10_000_000) });
  const ended = await importFile([deep, long, '{"username":"behind_them"}'].join('\n'), '?format=ndjson');
  expect(ended).toMatchObject({ status: 'Completed', created: 1, refused: 2 });
  expect((await report(ended.id)).slice(1).map((row) => row.split(',')[1])).toEqual(['too_deep', 'too_long']);
});

test('a file that the server fails at ends as failed, and holds up no other one', async () => {
  const system = app.world.database.forSystem('a fault of the database');
  await system.execute(sql`create function refuse_poison() returns trigger language plpgsql as $$
    begin if new.username = 'poison' then raise exception 'a fault'; end if; return new; end $$`);
  await system.execute(sql`create trigger refuse_poison before insert on users
    for each row execute function refuse_poison()`);
  const poison = await importFile('username\npoison');
  const other = await importFile('username\nbeside_poison');
  expect([poison.status, other.status]).toEqual(['Running', 'Completed']);
  app.advance(61_000);
  await app.modules.importer.wake();
  const { body } = await api('GET', `/api/user-imports/${poison.id}`);
  expect(body).toMatchObject({ status: 'Failed', failure: expect.stringContaining('After row 0') });
});

test('a process that dies loses no whole batch: another one goes on where it was', async () => {
  const users = Array.from({ length: 1200 }, (_, index) => ({ username: `crash_${index}` }));
  // Taken by a process that created the first 500 users and then no more was heard of.
  const { body } = await send(lines(users), '?format=ndjson&dryRun=true');
  await app.modules.importer.wake();
  expect((await api('GET', `/api/user-imports/${body.id}`)).body).toMatchObject({ processed: 1200, created: 1200 });

  const { id } = (await db.select().from(userImports).where(eq(userImports.id, body.id)))[0] ?? { id: '' };
  await db.execute(sql`insert into user_import_chunks (tenant_id, import_id, position, bytes)
    values ('default', ${id}, 0, ${Buffer.from(lines(users))})`);
  await db
    .update(userImports)
    .set({
      status: 'Running',
      isDryRun: false,
      workerId: 'a-dead-process',
      processed: 500,
      created: 500,
      finishedAt: null,
      leasedUntil: new Date(app.world.now().getTime() + 30_000),
    })
    .where(eq(userImports.id, id));
  await app.modules.importer.wake();
  expect((await api('GET', `/api/user-imports/${id}`)).body).toMatchObject({ status: 'Running', processed: 500 });

  app.advance(31_000);
  await app.modules.importer.wake();
  expect((await api('GET', `/api/user-imports/${id}`)).body).toMatchObject({
    status: 'Completed',
    processed: 1200,
    created: 1200,
    refused: 0,
  });
  expect(await find('crash_499')).toEqual([]);
  expect(await find('crash_500')).toHaveLength(1);
  expect(await find('crash_1199')).toHaveLength(1);
});

test('a cancelled import stops, keeps what was created and forgets the file', async () => {
  const row = (await db.select().from(userImports).limit(1))[0];
  await db.insert(userImports).values({
    ...(row as NonNullable<typeof row>),
    id: 'waiting',
    status: 'Running',
    finishedAt: null,
    leasedUntil: new Date(app.world.now().getTime() + 60_000),
  });
  expect((await api('POST', '/api/user-imports/waiting/cancel')).status).toBe(204);
  expect((await api('GET', '/api/user-imports/waiting')).body.status).toBe('Cancelled');
  expect(await api('POST', '/api/user-imports/waiting/cancel')).toMatchObject({
    status: 422,
    body: { code: 'user_import.already_finished' },
  });
  expect(await db.$count(userImportChunks)).toBe(0);
});

test('the trail names who imported, each user created, and who took users away', async () => {
  const ended = await importFile(lines([{ username: 'trail_one' }]), '?format=ndjson');
  const [user] = await find('trail_one');
  await api('GET', '/api/user-exports');
  const entries = await db
    .select()
    .from(auditLogs)
    .where(and(eq(auditLogs.tenantId, 'default'), sql`${auditLogs.targetId} in (${ended.id}, ${user.id})`));
  expect(entries.map(({ key, actorType }) => [key, actorType]).sort()).toEqual([
    ['User.Created', 'app'],
    ['UserImport.Created', 'app'],
    ['UserImport.Finished', 'app'],
  ]);
  expect(await db.$count(auditLogs, eq(auditLogs.key, 'Users.Exported'))).toBe(1);
});

test.each(['csv', 'ndjson'])('what %s exports, an import takes', async (format) => {
  const plain = await api('GET', `/api/user-exports?format=${format}`);
  expect(plain.status).toBe(200);
  expect(plain.headers.get('content-disposition')).toMatch(new RegExp(`^attachment; filename="users-.*\\.${format}"$`));
  const known = await api('GET', '/api/users/ext-1?includePasswordHash=true');
  expect(plain.body).not.toContain(known.body.passwordDigest);

  const { body: file } = await api('GET', `/api/user-exports?format=${format}&includePasswordHash=true`);
  expect(file).toContain('ext-1');
  await api('DELETE', '/api/users/ext-1');
  const ended = await importFile(file, `?format=${format}`);
  expect(ended).toMatchObject({ status: 'Completed', created: 1, refused: ended.total - 1 });
  const again = (await api('GET', '/api/users/ext-1?includePasswordHash=true')).body;
  expect(again).toMatchObject({ ...known.body, updatedAt: expect.any(Number), lastSignInAt: null });
});

test('imports are a tenant’s own', async () => {
  const other = await app.apiOf('admin');
  const [mine] = (await api('GET', '/api/user-imports')).body;
  expect((await other('GET', `/api/user-imports/${mine.id}`)).status).toBe(404);
  expect((await other('GET', '/api/user-imports')).body).toEqual([]);
});

test('200: an export of what a search finds, and of nothing else', async () => {
  for (const username of ['export_one', 'export_two', 'somebody_else']) await api('POST', '/api/users', { username });
  const { status, body } = await api('GET', '/api/user-exports?format=ndjson&search=export%25');
  expect(status).toBe(200);
  const names = String(body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).username);
  expect(names.sort()).toEqual(['export_one', 'export_two']);
  expect((await api('GET', '/api/user-exports?search=a&mode=nonsense')).status).toBe(400);
});
