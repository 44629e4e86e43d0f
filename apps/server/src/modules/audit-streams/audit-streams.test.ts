import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { localhostCertificate } from '../../../test/certificate.ts';
import { createTestApp } from '../../../test/harness.ts';
import { createReceiver } from '../../../test/receiver.ts';
import { createSyslogReceiver } from '../../../test/syslog.ts';
import { audit } from '../../kernel/audit.ts';
import { transaction } from '../../kernel/scope.ts';

const app = await createTestApp();
const { api } = app;
const path = '/api/configs/audit-streams';
const http = await createReceiver();
const PATIENCE = { timeout: 15_000 };

const run = () => app.runJob('stream-audit-logs');
const write = (...ids: string[]) =>
  transaction(app.scope(), async (tx) => {
    for (const id of ids) await audit(tx, { key: 'Test.Written', target: { type: 'Asset', id } });
  });
const statusOf = async (type: string) =>
  (await api('GET', path)).body.find((stream: { type: string }) => stream.type === type)?.status;

/** Entries stay behind the oldest transaction of the whole database server, which other tests may hold. */
const settled = (type: string) =>
  vi.waitFor(async () => {
    await run();
    const status = await statusOf(type);
    expect(status).toMatchObject({ waitingCount: 0, failures: 0 });
    expect(status.sentCount).toBeGreaterThan(0);
    return status;
  }, PATIENCE);

interface Sent {
  id: string;
  key: string;
  payload: { target?: { type: string; id: string } };
}
const testsOf = (entries: Sent[]) =>
  entries.filter(({ key }) => key === 'Test.Written').map(({ payload }) => payload.target?.id);
const httpEntries = (): Sent[] =>
  http.requests.flatMap(({ text }) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
const jsonOf = (message: string): Sent => JSON.parse(message.slice(message.indexOf('{')));

beforeEach(() => {
  http.requests.length = 0;
  http.answer = () => ({ status: 204 });
});
afterEach(async () => {
  await api('DELETE', `${path}/http`);
  await api('DELETE', `${path}/syslog`);
});

describe('by HTTP', () => {
  test('each entry from now on arrives once, one JSON object a line, with the token', async () => {
    await write('before');
    const { status, body } = await api('PUT', `${path}/http`, { url: http.url, token: 'stream-token' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'http', enabled: true, hasToken: true, status: { failures: 0 } });
    expect(JSON.stringify(body)).not.toContain('stream-token');
    await write(...Array.from({ length: 450 }, (_, n) => String(n)));
    await settled('http');
    expect(testsOf(httpEntries()).sort()).toEqual(Array.from({ length: 450 }, (_, n) => String(n)).sort());
    expect(http.requests.every(({ headers }) => headers.authorization === 'Bearer stream-token')).toBe(true);
    expect(http.requests[0]?.headers['content-type']).toBe('application/x-ndjson');
    expect(http.requests.every(({ text }) => text.trimEnd().split('\n').length <= 200)).toBe(true);
    const [entry] = (await api('GET', '/api/logs?logKey=Test.Written')).body;
    expect(httpEntries().find(({ id }) => id === entry.id)).toEqual(entry);
  });

  test('a receiver that fails is told later, less and less often, and misses nothing', async () => {
    await api('PUT', `${path}/http`, { url: http.url });
    await write('first');
    http.answer = () => ({ status: 503, body: 'internal-detail' });
    await vi.waitFor(async () => {
      await run();
      expect((await statusOf('http')).failures).toBe(1);
    }, PATIENCE);
    const failed = await statusOf('http');
    expect(failed).toMatchObject({ lastError: 'the receiver answered 503', oldestWaitingAt: expect.any(Number) });
    expect(failed.waitingCount).toBeGreaterThan(0);
    expect(failed.retryAt).toBeGreaterThan(app.world.now().getTime());
    const asked = http.requests.length;
    await run();
    expect(http.requests).toHaveLength(asked);

    app.advance(31_000);
    await run();
    const again = await statusOf('http');
    expect(again.failures).toBe(2);
    expect(again.retryAt - app.world.now().getTime()).toBeGreaterThan(45_000);

    http.answer = () => ({ status: 200 });
    app.advance(61_000);
    await settled('http');
    expect(testsOf(httpEntries().slice(-10))).toContain('first');
  });

  test('a process that dies after the receiver took a batch leaves it to be sent again, with the same ids', async () => {
    await api('PUT', `${path}/http`, { url: http.url });
    await settled('http');
    // What a killed process leaves behind: the lease, and the place before the batch.
    await app.scope().db.execute(sql`
      update audit_streams set leased_until = ${new Date(app.world.now().getTime() + 120_000)}, after_transaction = '0'`);
    await write('again');
    await run();
    expect(testsOf(httpEntries())).not.toContain('again');
    app.advance(121_000);
    await settled('http');
    const ids = httpEntries().map(({ id }) => id);
    expect(new Set(ids).size).toBeLessThan(ids.length);
    expect(testsOf(httpEntries())).toContain('again');
  });

  test('an entry whose transaction ends after later ones is not passed over', async () => {
    await api('PUT', `${path}/http`, { url: http.url });
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const late = transaction(app.scope(), async (tx) => {
      // Its number is taken here, before the others'.
      await tx.db.execute(sql`select pg_current_xact_id()`);
      await audit(tx, { key: 'Test.Written', target: { type: 'Asset', id: 'late' } });
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    await write('early');
    await run();
    end.resolve();
    await late;
    await settled('http');
    expect(testsOf(httpEntries()).sort()).toEqual(['early', 'late']);
  });

  test('two who send at once do not send the same', async () => {
    await api('PUT', `${path}/http`, { url: http.url });
    await write('once');
    await vi.waitFor(async () => {
      await Promise.all(Array.from({ length: 50 }, run));
      expect(testsOf(httpEntries())).toEqual(['once']);
    }, PATIENCE);
  });

  test('goes on when the data has moved to a database server that counts from the start', async () => {
    await api('PUT', `${path}/http`, { url: http.url });
    await write('moved');
    await app.scope().db.execute(sql`update audit_streams set after_transaction = '9223372036854775807'`);
    await settled('http');
    expect(testsOf(httpEntries())).toContain('moved');
  });

  test('switched off it keeps its place; ended and made anew it begins anew', async () => {
    await api('PUT', `${path}/http`, { url: http.url });
    await api('PUT', `${path}/http`, { url: http.url, enabled: false });
    await write('meanwhile');
    await run();
    expect(http.requests).toEqual([]);
    await api('PUT', `${path}/http`, { url: http.url, enabled: true });
    await settled('http');
    expect(testsOf(httpEntries())).toEqual(['meanwhile']);
    http.requests.length = 0;
    expect((await api('DELETE', `${path}/http`)).status).toBe(204);
    await write('never sent');
    await api('PUT', `${path}/http`, { url: http.url });
    await settled('http');
    expect(testsOf(httpEntries())).toEqual([]);
  });

  test('the token stays with the origin that it was given for', async () => {
    await api('PUT', `${path}/http`, { url: http.url, token: 'stream-token' });
    expect((await api('PUT', `${path}/http`, { url: `${http.url}other` })).body.hasToken).toBe(true);
    expect((await api('PUT', `${path}/http`, { url: 'https://elsewhere.example/' })).body.hasToken).toBe(false);
    await api('PUT', `${path}/http`, { url: http.url, token: 'stream-token' });
    expect((await api('PUT', `${path}/http`, { url: http.url, token: null })).body.hasToken).toBe(false);
    const { body: logs } = await api('GET', '/api/logs?targetType=AuditStream');
    expect(logs.map(({ key }: Sent) => key)).toContain('AuditStream.Updated');
    expect(JSON.stringify(logs)).not.toContain('stream-token');
  });
});

describe('by syslog', () => {
  test('each entry is a message of RFC 5424 over TLS; a receiver killed and restarted misses none', async () => {
    const receiver = await createSyslogReceiver(localhostCertificate);
    const destination = { host: 'localhost', port: receiver.port, certificate: localhostCertificate.cert };
    const { status, body } = await api('PUT', `${path}/syslog`, destination);
    expect([status, body.tls, body.enabled]).toEqual([200, true, true]);
    await write('one', '日本語 "quoted"\n<13>1 forged');
    await settled('syslog');
    expect(receiver.messages[0]).toMatch(
      /^<110>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z localhost latchkey - [\w.]+ - \{"tenantId":"default",.*\}$/,
    );
    expect(testsOf(receiver.messages.map(jsonOf)).sort()).toEqual(['one', '日本語 "quoted"\n<13>1 forged'].sort());

    await receiver.kill();
    await write('while it was down');
    await vi.waitFor(async () => {
      await run();
      expect((await statusOf('syslog')).lastError).toBe('localhost could not be reached');
    }, PATIENCE);
    await receiver.restart();
    app.advance(31_000);
    await settled('syslog');
    const received = receiver.messages.map(jsonOf);
    expect(testsOf(received)).toContain('while it was down');
    expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
  });

  test('over TCP, a connection that breaks in the middle of a batch has the batch sent again', async () => {
    const receiver = await createSyslogReceiver();
    await api('PUT', `${path}/syslog`, { host: 'localhost', port: receiver.port, tls: false });
    const ids = Array.from({ length: 150 }, (_, n) => `entry ${n}`);
    await write(...ids);
    receiver.breakAfter = 1000;
    await vi.waitFor(async () => {
      await run();
      expect((await statusOf('syslog')).lastError).toBe('the receiver broke the connection');
    }, PATIENCE);
    receiver.breakAfter = null;
    app.advance(31_000);
    await settled('syslog');
    expect(testsOf(receiver.messages.map(jsonOf)).sort()).toEqual(ids.sort());
  });

  test('nothing is sent to a receiver whose certificate does not hold', async () => {
    const receiver = await createSyslogReceiver(localhostCertificate);
    await api('PUT', `${path}/syslog`, { host: 'localhost', port: receiver.port });
    const answer = await api('POST', `${path}/syslog/test`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'log.stream_test_failed' } });
    expect(answer.body.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(receiver.messages).toEqual([]);
  });

  test('failures are warnings', async () => {
    const receiver = await createSyslogReceiver();
    await api('PUT', `${path}/syslog`, { host: 'localhost', port: receiver.port, tls: false });
    await audit(app.scope(), { key: 'Test.Failed', result: 'Error' });
    await settled('syslog');
    expect(receiver.messages.find((message) => message.includes('Test.Failed'))).toMatch(/^<108>1 /);
  });
});

describe('test', () => {
  test('204 and one made-up entry', async () => {
    await api('PUT', `${path}/http`, { url: http.url, enabled: false });
    expect((await api('POST', `${path}/http/test`)).status).toBe(204);
    expect(httpEntries()).toMatchObject([{ key: 'AuditStream.Test', payload: { result: 'Success' } }]);
  });

  test('422 with the reason, 404 without a stream', async () => {
    http.answer = () => ({ status: 500, body: 'internal-detail' });
    await api('PUT', `${path}/http`, { url: http.url });
    const refused = await api('POST', `${path}/http/test`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'log.stream_test_failed' } });
    expect(JSON.stringify(refused.body)).toContain('the receiver answered 500');
    expect(JSON.stringify(refused.body)).not.toContain('internal-detail');
    expect((await api('POST', `${path}/syslog/test`)).status).toBe(404);
    expect((await api('DELETE', `${path}/syslog`)).status).toBe(404);
  });
});

test.each([
  ['http', { url: 'ftp://example.com/' }],
  ['http', { url: 'https://user:secret@example.com/' }],
  ['http', { url: 'https://example.com/', token: 'two words' }],
  ['syslog', { host: 'a b', port: 514 }],
  ['syslog', { host: 'localhost', port: 0 }],
  ['syslog', { host: 'localhost', port: 6514, certificate: 'no certificate' }],
])('400 for %s %j, and nothing is written', async (type, body) => {
  expect(await api('PUT', `${path}/${type}`, body)).toMatchObject({
    status: 400,
    body: { code: 'guard.invalid_input' },
  });
  expect((await api('GET', path)).body).toEqual([]);
});

test('401 without a token', async () => {
  expect((await api('GET', path, undefined, { authorization: '' })).status).toBe(401);
});
