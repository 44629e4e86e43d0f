import { createHmac } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { localhostCertificate } from '../../../test/certificate.ts';
import { createTestApp } from '../../../test/harness.ts';
import { createReceiver } from '../../../test/receiver.ts';
import { emitEvent } from '../../kernel/events.ts';
import { transaction } from '../../kernel/scope.ts';
import type { Webhook } from './webhooks.contract.ts';

const app = await createTestApp();
const { api } = app;
const receiver = await createReceiver();
const refused = (code: string) => ({ body: { code } });

/** As if what is written had been written a day ago: the tokens of the caller do not live that long. */
const age = (statement: string) =>
  app.world.database.pool.query(`select set_config('latchkey.tenant', '*', false); ${statement}`);

let hook: Webhook;
beforeAll(async () => {
  const created = await api('POST', '/api/hooks', {
    name: 'Billing',
    events: ['User.Created', 'User.Created', 'User.Deleted'],
    config: { url: receiver.url, headers: { Authorization: 'Bearer receiver-secret' } },
  });
  expect(created.status).toBe(201);
  hook = created.body;
});

describe('create, list, change and delete', () => {
  test('201 with a signing key, each event once, and neither key nor headers in the trail', async () => {
    expect(hook).toMatchObject({
      tenantId: 'default',
      name: 'Billing',
      event: null,
      events: ['User.Created', 'User.Deleted'],
      config: { url: receiver.url, headers: { Authorization: 'Bearer receiver-secret' } },
      enabled: true,
    });
    expect(hook.signingKey).toMatch(/^[0-9A-Za-z]{32}$/);
    const { rows } = await app.world.database.pool.query(
      `select set_config('latchkey.tenant', '*', false), (select string_agg(payload::text, '') from audit_logs where key = 'Webhook.Created') as trail,
        (select string_agg(w::text, '') from webhooks w) as stored`,
    );
    expect(rows[0].trail).toContain('Billing');
    for (const secret of [hook.signingKey, 'receiver-secret']) {
      expect(rows[0].trail).not.toContain(secret);
      expect(rows[0].stored).not.toContain(secret);
    }
  });

  test('201 for the deprecated spelling with one event', async () => {
    const created = await api('POST', '/api/hooks', {
      event: 'PostSignIn',
      config: { url: 'https://hooks.example/x' },
    });
    expect(created.body).toMatchObject({ name: 'hooks.example', events: ['PostSignIn'], event: null });
    expect((await api('DELETE', `/api/hooks/${created.body.id}`)).status).toBe(204);
    expect(await api('GET', `/api/hooks/${created.body.id}`)).toMatchObject({
      status: 404,
      ...refused('entity.not_exists_with_id'),
    });
    expect((await api('DELETE', `/api/hooks/${created.body.id}`)).status).toBe(404);
  });

  test.each([
    [{ config: { url: 'https://a.example/' } }, 'hook.missing_events'],
    [{ events: [], config: { url: 'https://a.example/' } }, 'hook.missing_events'],
    [{ events: ['User.Vanished'], config: { url: 'https://a.example/' } }, 'guard.invalid_input'],
    [{ events: ['User.Created'], config: { url: 'ftp://a.example/' } }, 'guard.invalid_input'],
    [{ events: ['User.Created'], config: { url: 'https://me:secret@a.example/' } }, 'guard.invalid_input'],
    [
      { events: ['User.Created'], config: { url: 'https://a.example/', headers: { 'webhook-id': 'x' } } },
      'guard.invalid_input',
    ],
    [
      { events: ['User.Created'], config: { url: 'https://a.example/', headers: { 'x\r\ny': 'x' } } },
      'guard.invalid_input',
    ],
    [
      { events: ['User.Created'], config: { url: 'https://a.example/', headers: { x: 'a\r\nHost: b' } } },
      'guard.invalid_input',
    ],
    [{ events: ['User.Created'] }, 'guard.invalid_input'],
  ])('400 for %j', async (body, code) => {
    expect(await api('POST', '/api/hooks', body)).toMatchObject({ status: 400, ...refused(code) });
  });

  test('200 changes what is sent; 400 leaves all as it was', async () => {
    const path = `/api/hooks/${hook.id}`;
    expect((await api('PATCH', path, { name: 'Invoices' })).body).toMatchObject({
      name: 'Invoices',
      events: hook.events,
    });
    expect(await api('PATCH', path, { name: 'Lost', events: [] })).toMatchObject({ status: 400 });
    expect((await api('GET', path)).body).toMatchObject({ name: 'Invoices', config: hook.config });
    expect((await api('PATCH', '/api/hooks/nothing', { name: 'x' })).status).toBe(404);
  });

  test('200 lists all, or a page with its total', async () => {
    expect((await api('GET', '/api/hooks')).body).toHaveLength(1);
    const page = await api('GET', '/api/hooks?page=1&page_size=1&includeExecutionStats=true');
    expect(page.headers.get('total-number')).toBe('1');
    expect(page.body[0].executionStats).toEqual({
      successCount: 0,
      requestCount: 0,
      medianMs: null,
      p95Ms: null,
      pendingCount: 0,
      deadCount: 0,
    });
  });

  test('401 without a token', async () => {
    expect((await api('GET', '/api/hooks', undefined, { authorization: '' })).status).toBe(401);
  });
});

describe('test send', () => {
  const send = (body: object) => api('POST', `/api/hooks/${hook.id}/test`, body);
  const config = { url: receiver.url };

  test('204 and one signed sample of each event', async () => {
    receiver.requests.length = 0;
    expect((await send({ events: ['PostSignIn', 'Organization.Membership.Updated'], config })).status).toBe(204);
    expect(receiver.requests.map(({ body }) => [body.hookId, body.event])).toEqual([
      [hook.id, 'PostSignIn'],
      [hook.id, 'Organization.Membership.Updated'],
    ]);
    expect(receiver.requests[0]?.body).toMatchObject({ interactionEvent: 'SignIn', user: { id: 'sample-user' } });
    expectSigned(receiver.requests[0], hook.signingKey);
  });

  test('422 with the status when the endpoint refuses, and nothing of what it said', async () => {
    receiver.answer = () => ({ status: 500, body: 'internal-detail' });
    const answer = await send({ events: ['User.Created'], config });
    receiver.answer = () => ({ status: 204 });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'hook.endpoint_responded_with_error', data: { responseStatus: 500 } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('internal-detail');
  });

  test.each([
    [
      'a certificate that nobody vouches for',
      'https',
      localhostCertificate,
      'the certificate of localhost is not trusted',
    ],
    ['no TLS where the address promises it', 'https', undefined, 'localhost does not speak TLS as it should'],
    ['nobody there', 'http', 'closed', 'localhost could not be reached'],
  ] as const)('422 names what is in the way: %s', async (_title, scheme, receives, message) => {
    const server = typeof receives === 'object' ? createHttpsServer(receives) : createHttpServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    const stop = () => new Promise((resolve) => server.close(resolve));
    if (receives === 'closed') await stop();
    const config = { url: `${scheme}://localhost:${port}/` };
    const answer = await api('POST', `/api/hooks/${hook.id}/test`, { events: ['User.Created'], config });
    if (receives !== 'closed') await stop();
    expect(answer).toMatchObject({ status: 422, body: { data: { message } } });
  });

  test('422 when the name is unknown', async () => {
    const config = { url: 'https://nobody.invalid/' };
    const answer = await api('POST', `/api/hooks/${hook.id}/test`, { events: ['User.Created'], config });
    expect(answer).toMatchObject({ status: 422, body: { data: { message: 'the name nobody.invalid was not found' } } });
  });

  test('422 when nobody answers; 400 without events; 404 without a webhook', async () => {
    const nobody = await send({ events: ['User.Created'], config: { url: 'http://localhost:1/' } });
    expect(nobody).toMatchObject({ status: 422, ...refused('hook.send_test_payload_failed') });
    expect((await send({ events: [], config })).status).toBe(400);
    expect((await api('POST', '/api/hooks/nothing/test', { events: ['User.Created'], config })).status).toBe(404);
  });
});

describe('delivery', () => {
  const emit = (id: string) =>
    transaction(app.scope(), (tx) =>
      emitEvent(tx, { event: 'User.Created', object: { type: 'User', id }, payload: { data: { id } } }),
    );
  /** The delivery about an object has been put off until its next attempt. */
  const waited = (id: string) =>
    vi.waitFor(async () => {
      const { body } = await api('GET', `/api/hooks/${hook.id}/deliveries?state=pending`);
      expect(body).toMatchObject([{ objectId: id, lastStatus: 503 }]);
    });
  const arrived = (count: number) =>
    vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThanOrEqual(count), { timeout: 10_000 });

  beforeAll(async () => {
    receiver.requests.length = 0;
    await app.modules.deliverer.start();
  });

  test('arrives with both signatures, the receiver’s own headers, and shows in the recent requests', async () => {
    await emit('one');
    await arrived(1);
    const [request] = receiver.requests;
    expect(request?.body).toMatchObject({ hookId: hook.id, event: 'User.Created', data: { id: 'one' } });
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer receiver-secret',
      'content-type': 'application/json',
    });
    expectSigned(request, hook.signingKey);

    const recent = await vi.waitFor(async () => {
      const { body } = await api(
        'GET',
        `/api/hooks/${hook.id}/recent-logs?logKey=TriggerHook.User.Created&enableCap=true`,
      );
      expect(body).toHaveLength(1);
      return body;
    });
    expect(recent[0]).toMatchObject({
      key: 'TriggerHook.User.Created',
      payload: { key: 'TriggerHook.User.Created', result: 'Success', params: { attempt: 1, status: 204 } },
    });
    const stats = (await api('GET', `/api/hooks/${hook.id}?includeExecutionStats=1`)).body.executionStats;
    expect(stats).toMatchObject({ successCount: 1, requestCount: 1, pendingCount: 0, medianMs: expect.any(Number) });
  });

  test('recent requests outside of the window are left out; 400 for a window that ends before it begins', async () => {
    const path = `/api/hooks/${hook.id}/recent-logs`;
    expect((await api('GET', `${path}?end_time=1000`)).body).toEqual([]);
    expect(await api('GET', `${path}?start_time=2&end_time=1`)).toMatchObject({
      status: 400,
      ...refused('log.invalid_time_window'),
    });
    expect((await api('GET', `${path}?start_time=x`)).status).toBe(400);
  });

  test('after a rotation both keys verify, and the old one alone no more when a day has passed', async () => {
    const rotated = (await api('PATCH', `/api/hooks/${hook.id}/signing-key`)).body as Webhook;
    expect(rotated.signingKey).not.toBe(hook.signingKey);
    receiver.requests.length = 0;
    await emit('rotated');
    await arrived(1);
    expectSigned(receiver.requests[0], rotated.signingKey);
    const [request] = receiver.requests;
    expect(() =>
      new StandardWebhook(hook.signingKey).verify(request?.text ?? '', request?.headers as never),
    ).not.toThrow();
    expect(request?.headers['logto-signature-sha-256-previous']).toBe(hmac(hook.signingKey, request?.text ?? ''));
    await age(`update webhooks set previous_signing_key_until = now() - interval '1 second'`);
    receiver.requests.length = 0;
    await emit('later');
    await arrived(1);
    expect(receiver.requests[0]?.headers['logto-signature-sha-256-previous']).toBeUndefined();
    expect(String(receiver.requests[0]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  test('a delivery that is given up can be looked at and sent again, by one of fifty who ask at once', async () => {
    receiver.answer = () => ({ status: 503 });
    receiver.requests.length = 0;
    await emit('unlucky');
    await arrived(1);
    await waited('unlucky');
    await age(`update webhook_deliveries set expires_at = now() - interval '1 second'`);
    app.advance(6000);
    await app.modules.deliverer.sweep();
    const dead = await vi.waitFor(async () => {
      const { body } = await api('GET', `/api/hooks/${hook.id}/deliveries?state=dead`);
      expect(body).toHaveLength(1);
      return body[0];
    });
    expect(dead).toMatchObject({ objectId: 'unlucky', state: 'dead', lastStatus: 503, dueAt: null });
    const path = `/api/hooks/${hook.id}/deliveries/${dead.id}`;
    expect((await api('GET', path)).body.body).toMatchObject({ event: 'User.Created', data: { id: 'unlucky' } });

    const requests = receiver.requests.length;
    const answers = await Promise.all(Array.from({ length: 50 }, () => api('POST', `${path}/resend`)));
    const codes = answers.map(({ status, body }) => (status === 200 ? 'sent' : body.code));
    expect(codes.filter((code) => code === 'sent')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['sent', 'hook.delivery_pending']));
    await arrived(requests + 1);
    expect(receiver.requests.at(-1)?.headers['webhook-id']).toBe(dead.id);

    await waited('unlucky');
    receiver.answer = () => ({ status: 204 });
    app.advance(60_000);
    await app.modules.deliverer.sweep();
    await vi.waitFor(async () => expect((await api('GET', path)).body.state).toBe('delivered'));
    expect((await api('POST', `/api/hooks/${hook.id}/deliveries/resend`)).body).toEqual({ count: 0 });
    expect((await api('POST', `/api/hooks/${hook.id}/deliveries/nothing/resend`)).status).toBe(404);
  });

  test('a disabled webhook is told nothing, and all that happens once it is enabled again', async () => {
    receiver.requests.length = 0;
    await api('PATCH', `/api/hooks/${hook.id}`, { enabled: false });
    await emit('never told');
    await api('PATCH', `/api/hooks/${hook.id}`, { enabled: true });
    await emit('told');
    await arrived(1);
    expect(receiver.requests.map(({ body }) => body.data.id)).toEqual(['told']);
  });
});

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

/** Checked as the wire's clients do, and by the standard's own library. */
function expectSigned(request: { headers: object; text: string } | undefined, key: string): void {
  if (!request) throw new Error('nothing arrived');
  const headers = request.headers as Record<string, string>;
  expect(headers['logto-signature-sha-256']).toBe(hmac(key, request.text));
  if (Math.abs(Number(headers['webhook-timestamp']) * 1000 - Date.now()) < 60_000) {
    expect(new StandardWebhook(key).verify(request.text, headers)).toMatchObject({ event: expect.any(String) });
  }
}
