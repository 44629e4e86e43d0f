import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { audit } from '../../kernel/audit.ts';

const app = await createTestApp();
const { api } = app;
const refused = (code: string) => ({ body: { code } });
let userId: string;
const started = Date.now();

beforeAll(async () => {
  const created = await api('POST', '/api/users', { username: 'ada', name: 'Ada', password: 'Paper-lamp-4-river' });
  userId = created.body.id;
  await api('PATCH', `/api/users/${userId}`, { name: 'Ada Lovelace', customData: { plan: 'team' } });
  await app.modules.flush();
});

const keys = (answer: { body: { key: string }[] }) => answer.body.map(({ key }) => key);

describe('list', () => {
  test('200 with actor, target, before and after, address and device; passwords masked', async () => {
    const { body } = await api('GET', `/api/logs?userId=${userId}`, undefined, {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    expect(keys({ body })).toEqual(['User.Data.Updated', 'User.Created']);
    expect(body[0]).toMatchObject({
      tenantId: 'default',
      payload: {
        key: 'User.Data.Updated',
        result: 'Success',
        actor: { type: 'app' },
        target: { type: 'User', id: userId },
        userId,
        before: { name: 'Ada' },
        after: { name: 'Ada Lovelace' },
        ip: expect.any(String),
        requestId: expect.any(String),
      },
      createdAt: expect.any(Number),
    });
    expect(JSON.stringify(body)).not.toMatch(/argon2id\$|Paper-lamp/);
  });

  test('each request for a token leaves an entry under the wire’s key', async () => {
    const { body } = await api('GET', '/api/logs?logKey=ExchangeTokenBy.ClientCredentials');
    expect(body[0].payload).toMatchObject({
      result: 'Success',
      applicationId: expect.any(String),
      userAgentParsed: { ua: expect.any(String) },
      params: { grant_type: 'client_credentials', scope: 'all', resource: 'https://default.logto.app/api' },
    });
    expect(JSON.stringify(body)).not.toContain('client_secret');
    await fetch(`${app.origin}/oidc/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'nonsense' }) });
    await app.modules.flush();
    const failed = await api('GET', '/api/logs?kind=protocol&result=Error');
    expect(failed.body[0]).toMatchObject({ key: 'ExchangeTokenBy.Unknown', payload: { error: expect.any(String) } });
  });

  test.each([
    ['kind=change', ['User.Data.Updated', 'User.Created', 'Application.Created']],
    ['search=Lovelace', ['User.Data.Updated']],
    ['search=%22Ada%20Lovelace%22%20-User.Created', ['User.Data.Updated']],
    ['search=User', ['User.Data.Updated', 'User.Created']],
    ['search=nobody', []],
    ['end_time=1000', []],
    [`targetType=Application&logKey=Application.Created`, ['Application.Created']],
  ])('200 for %s', async (query, expected) => {
    expect(keys(await api('GET', `/api/logs?${query}`))).toEqual(expect.arrayContaining(expected));
    if (expected.length < 3) expect(keys(await api('GET', `/api/logs?${query}`))).toEqual(expected);
  });

  test('goes on after an entry, and stops counting when it may', async () => {
    const first = await api('GET', '/api/logs?page_size=2&enableCap=true');
    const next = await api('GET', `/api/logs?page_size=100&before=${first.body[1].id}`);
    const all = await api('GET', '/api/logs?page_size=100');
    expect([...first.body, ...next.body]).toEqual(all.body);
    expect(Number(first.headers.get('total-number'))).toBe(all.body.length);
    expect(first.headers.get('total-number-is-capped')).toBeNull();
  });

  test('400 for a window that ends before it begins, 404 for what there is not, 401 without a token', async () => {
    expect(await api('GET', '/api/logs?start_time=2&end_time=1')).toMatchObject({
      status: 400,
      ...refused('log.invalid_time_window'),
    });
    expect((await api('GET', '/api/logs?kind=gossip')).status).toBe(400);
    expect(await api('GET', '/api/logs/nothing')).toMatchObject({
      status: 404,
      ...refused('entity.not_exists_with_id'),
    });
    expect((await api('GET', '/api/logs?before=nothing')).status).toBe(404);
    expect((await api('GET', '/api/logs', undefined, { authorization: '' })).status).toBe(401);
  });

  test('a fact that has not the wire’s form keeps nobody from the list', async () => {
    await audit(app.scope(), {
      key: 'Test.Odd',
      target: { type: 'OperatorLink', id: 'odd' },
      details: { userId: null },
    });
    const { status, body } = await api('GET', '/api/logs?logKey=Test.Odd');
    expect([status, body.length, 'userId' in body[0].payload]).toEqual([200, 1, false]);
  });

  test('200 for one entry', async () => {
    const [entry] = (await api('GET', '/api/logs')).body;
    expect((await api('GET', `/api/logs/${entry.id}`)).body).toEqual(entry);
  });
});

describe('export', () => {
  test('CSV with a header, and cells that no spreadsheet runs', async () => {
    await audit(app.scope(), { key: 'Test.Formula', target: { type: 'Asset', id: '=cmd()' } });
    const { status, headers, body } = await api('GET', '/api/logs/export?format=csv&kind=change');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toMatch(/attachment; filename="audit-logs-\d{4}-\d{2}-\d{2}\.csv"/);
    expect(body.split('\n')[0]).toBe(
      'createdAt,key,result,actorType,actorId,targetType,targetId,userId,applicationId,ip,userAgent,requestId,id,payload',
    );
    expect(body).toContain(`,'=cmd(),`);
  });

  test('one JSON object a line, every entry once, over many batches', async () => {
    await app.scope().db.execute(sql`
      insert into audit_logs (tenant_id, id, key, result, actor_type, request_id, created_at)
      select 'default', 'bulk-' || n, 'Test.Bulk', 'Success', 'system', 'bulk', now() from generate_series(1, 2500) n`);
    const { body } = await api('GET', '/api/logs/export?format=ndjson&logKey=Test.Bulk');
    const ids = body
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line).id);
    expect(ids).toHaveLength(2500);
    expect(new Set(ids).size).toBe(2500);
  });

  test('400 for a format there is not', async () => {
    expect((await api('GET', '/api/logs/export?format=xml')).status).toBe(400);
  });
});

describe('one object’s past', () => {
  test('the history tells each change with its fields', async () => {
    const { body, headers } = await api('GET', `/api/logs/history?targetType=User&targetId=${userId}`);
    expect(headers.get('total-number')).toBe('2');
    expect(body[0]).toMatchObject({ key: 'User.Data.Updated', actor: { type: 'app' } });
    expect(body[0].changes).toEqual(
      expect.arrayContaining([
        { path: 'name', before: 'Ada', after: 'Ada Lovelace' },
        { path: 'customData.plan', after: 'team' },
      ]),
    );
  });

  test('two moments: before it was there, and now', async () => {
    const query = `targetType=User&targetId=${userId}`;
    const now = await api('GET', `/api/logs/difference?${query}&from=${started - 60_000}&to=${Date.now()}`);
    expect(now.body).toMatchObject({ from: { state: null }, to: { state: { name: 'Ada Lovelace' } } });
    expect(now.body.changes).toContainEqual({ path: 'name', after: 'Ada Lovelace' });
    const same = await api('GET', `/api/logs/difference?${query}&from=${Date.now()}&to=${Date.now()}`);
    expect(same.body.changes).toEqual([]);
    expect((await api('GET', `/api/logs/difference?${query}&from=x&to=1`)).status).toBe(400);
  });
});

describe('retention', () => {
  test('is by kind, audited, and what is over its time is deleted while the rest stays', async () => {
    const path = '/api/configs/audit-logs';
    expect((await api('GET', path)).body).toEqual({ retentionDays: { protocol: 90, signIn: 365, change: null } });
    const changed = await api('PATCH', path, { retentionDays: { signIn: 30 } });
    expect(changed.body).toEqual({ retentionDays: { protocol: 90, signIn: 30, change: null } });
    expect((await api('PATCH', path, { retentionDays: { signIn: 0 } })).status).toBe(400);
    expect(keys(await api('GET', '/api/logs?search=AuditLogs'))).toEqual(['AuditLogs.Settings.Updated']);

    await app.scope().db.execute(sql`
      insert into audit_logs (tenant_id, id, key, result, actor_type, request_id, created_at)
      select 'default', 'old-' || n || '-' || left(key, 3), key, 'Success', 'system', 'old', now() - interval '31 days' * n
      from unnest(array['ExchangeTokenBy.RefreshToken', 'Interaction.SignIn.Submit', 'User.Created']) as k (key),
        generate_series(1, 4) n`);
    await app.runJob('delete-old-audit-logs');
    const { rows } = await app
      .scope()
      .db.execute<{ id: string }>(sql`select id from audit_logs where id like 'old-%' order by 1`);
    expect(rows.map(({ id }) => id)).toEqual([
      'old-1-Exc',
      'old-1-Use',
      'old-2-Exc',
      'old-2-Use',
      'old-3-Use',
      'old-4-Use',
    ]);
  });
});
