import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../test/harness.ts';
import { announceChange } from './cache.ts';
import { emitEvent, RECEIVERS_TOPIC } from './events.ts';
import { transaction } from './scope.ts';

const app = await createTestApp();
const scope = app.scope();

interface Written extends Record<string, unknown> {
  webhook_id: string;
  event: string;
  body: string;
}

const outbox = async () =>
  (await scope.db.execute<Written>(sql`select webhook_id, event, body from webhook_deliveries order by sequence`)).rows;

const receiver = (id: string, events: string[], enabled = true) =>
  transaction(scope, async (tx) => {
    await tx.db.execute(sql`insert into webhooks (tenant_id, id, name, events, url, signing_key_sealed, enabled, created_at)
      values (${tx.tenantId}, ${id}, ${id}, ${JSON.stringify(events)}::jsonb, 'https://receiver.example/', '', ${enabled}, now())`);
    await announceChange(tx, RECEIVERS_TOPIC, '');
  });

const created = (id: string) =>
  ({ event: 'User.Created', object: { type: 'User', id }, payload: { data: { id, name: 'nul\u0000l' } } }) as const;

describe('an event', () => {
  test('leaves nothing behind when no webhook wants it', async () => {
    await receiver('other', ['Role.Created']);
    await receiver('disabled', ['User.Created'], false);
    await transaction(scope, (tx) => emitEvent(tx, created('a')));
    expect(await outbox()).toEqual([]);
  });

  test('is written once for each webhook that wants it, in the transaction of the change', async () => {
    await receiver('first', ['User.Created']);
    await receiver('second', ['User.Created', 'User.Deleted']);
    await transaction(scope, (tx) => emitEvent(tx, created('b')));
    const rows = await outbox();
    expect(rows.map(({ webhook_id, event }) => [webhook_id, event])).toEqual([
      ['first', 'User.Created'],
      ['second', 'User.Created'],
    ]);
    expect(JSON.parse(rows[0]?.body ?? '')).toEqual({
      hookId: 'first',
      event: 'User.Created',
      createdAt: scope.now.toISOString(),
      data: { id: 'b', name: 'null' },
    });
  });

  test('goes when its transaction fails', async () => {
    const before = await outbox();
    const failing = transaction(scope, async (tx) => {
      await emitEvent(tx, created('c'));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await outbox()).toEqual(before);
  });

  test('does not reach a webhook that was removed while the change was made', async () => {
    const before = await outbox();
    await transaction(scope, async (tx) => {
      await tx.db.execute(sql`delete from webhooks where id in ('first', 'second')`);
      await emitEvent(tx, created('d'));
      await announceChange(tx, RECEIVERS_TOPIC, '');
    });
    expect(await outbox()).toEqual(before);
  });
});
