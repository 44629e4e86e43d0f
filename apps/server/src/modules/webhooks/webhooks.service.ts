import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import { DELIVERY_LIFETIME_MS, OUTBOX_TOPIC, RECEIVERS_TOPIC } from '../../kernel/events.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import * as deliveries from './deliveries.store.ts';
import type { Receivers } from './receivers.ts';
import { samplePayload } from './sample-payloads.ts';
import type {
  CreateWebhook,
  DeliveryState,
  ExecutionStats,
  UpdateWebhook,
  Webhook,
  WebhookConfig,
  WebhookEvent,
} from './webhooks.contract.ts';
import { fail } from './webhooks.errors.ts';
import * as store from './webhooks.store.ts';

/** Both keys sign for so long after a rotation. */
const KEY_OVERLAP_MS = DAY_MS;

export type WebhooksService = ReturnType<typeof createWebhooksService>;

const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'webhook', id } });
const target = (id: string) => ({ type: 'Webhook' as const, id });

/** The tenant's webhooks: who is told, of what, and how it went. */
export function createWebhooksService(deps: { receivers: Receivers }) {
  const { receivers } = deps;

  const toWebhook = (row: store.WebhookRow, executionStats?: ExecutionStats): Webhook => {
    const headers = receivers.openHeaders(row);
    return {
      tenantId: row.tenantId,
      id: row.id,
      name: row.name,
      event: null,
      events: row.events,
      config: { url: row.url, ...(headers && { headers }), ...(row.retries !== null && { retries: row.retries }) },
      signingKey: receivers.openKey(row),
      previousSigningKeyUntil: row.previousSigningKeyUntil?.getTime() ?? null,
      enabled: row.enabled,
      retryAt: row.retryAt?.getTime() ?? null,
      createdAt: row.createdAt.getTime(),
      ...(executionStats && { executionStats }),
    };
  };

  /** Columns of a configuration. */
  const configColumns = (owner: { tenantId: string; id: string }, config: WebhookConfig) => ({
    url: config.url,
    headersSealed: receivers.sealHeaders(owner, config.headers),
    retries: config.retries ?? null,
  });

  const get = async (scope: Scope, id: string): Promise<store.WebhookRow> => {
    const row = await store.findWebhook(scope.db, scope.tenantId, id);
    if (!row) throw missing(id);
    return row;
  };

  const stats = (scope: Scope, ids: readonly string[]) =>
    store.readStats(scope.db, scope.tenantId, ids, new Date(scope.now.getTime() - DAY_MS));

  /** Runs a change of one webhook in a transaction that holds its row; whoever emits events hears of it. */
  const change = <Result>(scope: Scope, id: string, work: (tx: Scope, row: store.WebhookRow) => Promise<Result>) =>
    transaction(scope, async (tx) => {
      const row = await store.lockWebhook(tx.db, tx.tenantId, id);
      if (!row) throw missing(id);
      const result = await work(tx, row);
      await announceChange(tx, RECEIVERS_TOPIC, '');
      return result;
    });

  /** What waits is looked for at once, in every process. */
  const wake = (tx: Scope, id: string) => announceChange(tx, OUTBOX_TOPIC, id);

  return {
    async list(scope: Scope, page: Page | undefined, options: { stats: boolean }) {
      const { rows, total } = await store.listWebhooks(scope.db, scope.tenantId, page);
      const figures = options.stats
        ? await stats(
            scope,
            rows.map(({ id }) => id),
          )
        : undefined;
      return { webhooks: rows.map((row) => toWebhook(row, figures?.get(row.id))), total };
    },

    async get(scope: Scope, id: string, options: { stats: boolean }): Promise<Webhook> {
      const row = await get(scope, id);
      return toWebhook(row, options.stats ? (await stats(scope, [id])).get(id) : undefined);
    },

    create: (scope: Scope, input: CreateWebhook): Promise<Webhook> =>
      transaction(scope, async (tx) => {
        const owner = { tenantId: tx.tenantId, id: standardId() };
        const row: store.WebhookRow = {
          ...owner,
          name: input.name ?? new URL(input.config.url).host,
          events: eventsOf(input) ?? [],
          ...configColumns(owner, input.config),
          signingKeySealed: receivers.newSealedKey(owner),
          previousSigningKeySealed: null,
          previousSigningKeyUntil: null,
          enabled: input.enabled ?? true,
          failures: 0,
          retryAt: null,
          createdAt: tx.now,
        };
        if (row.events.length === 0) throw fail('hook.missing_events');
        await store.insertWebhook(tx.db, row);
        await audit(tx, { key: 'Webhook.Created', target: target(row.id), after: auditView(row) });
        await announceChange(tx, RECEIVERS_TOPIC, '');
        return toWebhook(row);
      }),

    update: (scope: Scope, id: string, input: UpdateWebhook): Promise<Webhook> =>
      change(scope, id, async (tx, before) => {
        const after: store.WebhookRow = {
          ...before,
          name: input.name ?? before.name,
          events: eventsOf(input) ?? before.events,
          enabled: input.enabled ?? before.enabled,
          ...(input.config && configColumns(before, input.config)),
          // A receiver that was mended is tried at once.
          ...((input.config || input.enabled) && { failures: 0, retryAt: null }),
        };
        if (after.events.length === 0) throw fail('hook.missing_events');
        const { tenantId: _tenant, id: _id, ...columns } = after;
        await store.updateWebhook(tx.db, tx.tenantId, id, columns);
        await audit(tx, {
          key: 'Webhook.Updated',
          target: target(id),
          before: auditView(before),
          after: auditView(after),
        });
        await wake(tx, id);
        return toWebhook(after);
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      change(scope, id, async (tx, before) => {
        await store.deleteWebhook(tx.db, tx.tenantId, id);
        await audit(tx, { key: 'Webhook.Deleted', target: target(id), before: auditView(before) });
      }),

    rotateSigningKey: (scope: Scope, id: string): Promise<Webhook> =>
      change(scope, id, async (tx, before) => {
        const columns = {
          signingKeySealed: receivers.newSealedKey(before),
          previousSigningKeySealed: before.signingKeySealed,
          previousSigningKeyUntil: new Date(tx.now.getTime() + KEY_OVERLAP_MS),
        };
        await store.updateWebhook(tx.db, tx.tenantId, id, columns);
        await audit(tx, {
          key: 'Webhook.SigningKey.Rotated',
          target: target(id),
          details: { previousKeyUntil: columns.previousSigningKeyUntil },
        });
        return toWebhook({ ...before, ...columns });
      }),

    /** Sends a made-up message of each event; stops at the first that is not accepted. */
    async test(scope: Scope, id: string, input: { events: readonly WebhookEvent[]; config: WebhookConfig }) {
      const row = await get(scope, id);
      for (const event of new Set(input.events)) {
        const body = JSON.stringify(samplePayload(id, event, scope.now));
        const message = { id: `msg_${standardId()}`, body, sentAt: scope.now };
        const outcome = await receivers.send(input.config, receivers.openKeys(row, scope.now), message);
        if (outcome.status !== null && outcome.result === 'Error') {
          throw fail('hook.endpoint_responded_with_error', { data: { event, responseStatus: outcome.status } });
        }
        if (outcome.error) throw fail('hook.send_test_payload_failed', { data: { event, message: outcome.error } });
      }
    },

    async listAttempts(scope: Scope, id: string, filter: deliveries.AttemptFilter, page: Page) {
      await get(scope, id);
      return deliveries.listAttempts(scope.db, laneOf(scope, id), filter, page);
    },

    async listDeliveries(scope: Scope, id: string, state: DeliveryState, page: Page) {
      await get(scope, id);
      return deliveries.listDeliveries(scope.db, laneOf(scope, id), state, page);
    },

    async getDelivery(scope: Scope, id: string, deliveryId: string): Promise<deliveries.DeliveryRow> {
      await get(scope, id);
      const row = await deliveries.findDelivery(scope.db, laneOf(scope, id), deliveryId);
      if (!row) throw fail('entity.not_exists_with_id', { data: { name: 'delivery', id: deliveryId } });
      return row;
    },

    /** Tries finished deliveries for another day. Of two who ask at once for the same one, one is refused. */
    resend: (scope: Scope, id: string, which: { id: string } | 'dead'): Promise<deliveries.DeliveryRow[]> =>
      change(scope, id, async (tx) => {
        const lane = laneOf(tx, id);
        if (which !== 'dead' && !(await deliveries.findDelivery(tx.db, lane, which.id))) {
          throw fail('entity.not_exists_with_id', { data: { name: 'delivery', id: which.id } });
        }
        const expiresAt = new Date(tx.now.getTime() + DELIVERY_LIFETIME_MS);
        const rows = await deliveries.reviveDeliveries(tx.db, lane, which, { dueAt: tx.now, expiresAt });
        if (which !== 'dead' && rows.length === 0) throw fail('hook.delivery_pending');
        await deliveries.setReceiverState(tx.db, lane, { failures: 0, retryAt: null });
        const details = which === 'dead' ? { count: rows.length } : { deliveryId: which.id };
        await audit(tx, { key: 'Webhook.Delivery.Resent', target: target(id), details });
        await wake(tx, id);
        return rows;
      }),

    async reseal(scope: Scope): Promise<number> {
      const stale = (await store.lockAllWebhooks(scope.db, scope.tenantId))
        .map((row) => ({ id: row.id, columns: receivers.resealed(row) }))
        .filter(({ columns }) => Object.keys(columns).length > 0);
      for (const { id, columns } of stale) await store.updateWebhook(scope.db, scope.tenantId, id, columns);
      return stale.length;
    },
  };
}

const laneOf = (scope: Scope, webhookId: string): deliveries.Lane => ({ tenantId: scope.tenantId, webhookId });

/** The events that are asked for, in either spelling; undefined when neither is sent. */
function eventsOf(input: Pick<UpdateWebhook, 'event' | 'events'>): WebhookEvent[] | undefined {
  if (input.events) return [...new Set(input.events)];
  return input.event ? [input.event] : undefined;
}

/** What the trail keeps of a webhook: neither keys nor headers. */
const auditView = ({ name, events, url, enabled, headersSealed }: store.WebhookRow) => ({
  name,
  events,
  url,
  enabled,
  hasHeaders: headersSealed !== null,
});
