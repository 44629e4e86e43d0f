import { Webhook as StandardWebhook } from 'standardwebhooks';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createReceiver } from '../../../test/receiver.ts';
import { emitEvent } from '../../kernel/events.ts';
import { transaction } from '../../kernel/scope.ts';

const app = await createTestApp();
const { api } = app;
const PATH = '/api/development-inbox/webhooks';

const emit = (id: string, work: () => Promise<void> = async () => undefined) =>
  transaction(app.scope(), async (tx) => {
    await emitEvent(tx, { event: 'User.Created', object: { type: 'User', id }, payload: { data: { id } } });
    await work();
  });
const shown = async (): Promise<string[]> =>
  (await api('GET', PATH)).body.map(({ objectId }: { objectId: string }) => objectId);

beforeEach(() => api('DELETE', PATH));

describe('an event that no webhook asked for', () => {
  test('200 with the request as a receiver would have it, signed with the inbox’s own key', async () => {
    await emit('nobody');
    const list = await api('GET', PATH);
    expect(list.headers.get('total-number')).toBe('1');
    const [{ id }] = list.body;
    expect(list.body).toEqual([
      {
        id: expect.stringMatching(/^msg_/),
        event: 'User.Created',
        objectType: 'User',
        objectId: 'nobody',
        webhook: null,
        state: null,
        lastStatus: null,
        lastError: null,
        createdAt: expect.any(Number),
      },
    ]);
    const { body } = await api('GET', `${PATH}/${id}`);
    expect(JSON.parse(body.body)).toMatchObject({ hookId: 'development-inbox', event: 'User.Created' });
    expect(body.headers['webhook-id']).toBe(id);
    expect(new StandardWebhook(body.signingKey).verify(body.body, body.headers)).toMatchObject({
      data: { id: 'nobody' },
    });
  });

  test('is not kept when its change fails', async () => {
    const failing = emit('undone', () => Promise.reject(new Error('changed my mind')));
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await shown()).toEqual([]);
  });
});

describe('an event with a receiver', () => {
  test('200 with how far the delivery is and the request that was sent, and gone with its webhook', async () => {
    const receiver = await createReceiver();
    receiver.answer = () => ({ status: 503 });
    const { body: webhook } = await api('POST', '/api/hooks', {
      name: 'Orders',
      events: ['User.Created'],
      config: { url: receiver.url, headers: { 'X-Own': 'mine' } },
    });
    await api('DELETE', PATH);
    await emit('told');
    const [waiting] = (await api('GET', PATH)).body;
    expect(waiting).toMatchObject({
      webhook: { id: webhook.id, name: 'Orders', url: receiver.url },
      state: 'pending',
      lastStatus: null,
    });
    await app.modules.deliverer.start();
    await vi.waitFor(async () => expect((await api('GET', PATH)).body[0]).toMatchObject({ lastStatus: 503 }), {
      timeout: 20_000,
    });
    // No further attempt while they are compared.
    await app.modules.deliverer.stop();
    const sent = receiver.requests.at(-1);
    const { body: kept } = await api('GET', `${PATH}/${waiting.id}`);
    expect(kept.body).toBe(sent?.text);
    expect(kept.signingKey).toBe(webhook.signingKey);
    expect(sent?.headers).toMatchObject(kept.headers);
    expect(kept.headers).toMatchObject({ 'x-own': 'mine', 'webhook-id': waiting.id });

    await api('DELETE', `/api/hooks/${webhook.id}`);
    expect(await shown()).not.toContain('told');
    expect((await api('GET', `${PATH}/${waiting.id}`)).status).toBe(404);
  });
});

describe('the inbox', () => {
  test('keeps the newest 200, however many are written at once, and is cleared', async () => {
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => emit(`${round}-${index}`)));
    }
    await emit('newest');
    const page = await api('GET', `${PATH}?page_size=100`);
    expect(page.headers.get('total-number')).toBe('200');
    expect(page.body[0].objectId).toBe('newest');
    expect((await api('DELETE', PATH)).status).toBe(204);
    expect(await shown()).toEqual([]);
  });

  test('404 for what there is not, 401 without a token', async () => {
    expect((await api('GET', `${PATH}/msg_none`)).body.code).toBe('entity.not_exists_with_id');
    for (const path of [PATH, `${PATH}/msg_none`]) expect((await fetch(`${app.origin}${path}`)).status).toBe(401);
  });

  test('keeps nothing while it is off', async () => {
    const other = await createTestApp({ DEVELOPMENT_INBOX: 'false' });
    await other.api('POST', '/api/users', { username: 'unseen' });
    expect((await other.api('GET', PATH)).body).toEqual([]);
  });
});
