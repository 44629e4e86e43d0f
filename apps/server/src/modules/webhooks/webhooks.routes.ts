import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import { COUNT_CAP } from '../../kernel/wire.contract.ts';
import { readWindow } from '../audit-logs/index.ts';
import type { Log } from '../audit-logs/log.contract.ts';
import type { AttemptRow, DeliveryRow } from './deliveries.store.ts';
import * as contract from './webhooks.contract.ts';
import type { WebhooksService } from './webhooks.service.ts';

const KEY_PREFIX = 'TriggerHook.';

/** An attempt in the shape of a log, as the wire has it. */
const toLog = (row: AttemptRow): Log => {
  const key = `${KEY_PREFIX}${row.event}`;
  return {
    tenantId: row.tenantId,
    id: row.id,
    key,
    payload: {
      key,
      result: row.result,
      ...(row.error !== null && { error: row.error }),
      params: { deliveryId: row.deliveryId, attempt: row.attempt, status: row.status, durationMs: row.durationMs },
    },
    createdAt: row.createdAt.getTime(),
  };
};

const toDelivery = (row: DeliveryRow): contract.WebhookDelivery => ({
  ...row,
  dueAt: row.state === 'pending' ? row.dueAt.getTime() : null,
  createdAt: row.createdAt.getTime(),
  finishedAt: row.finishedAt?.getTime() ?? null,
});

export function webhooksRoutes(service: WebhooksService): Routes {
  return (route) => {
    route(contract.listWebhooks, async ({ scope, query, page, setTotal }) => {
      const { webhooks, total } = await service.list(scope, page, { stats: query.includeExecutionStats });
      setTotal(total);
      return webhooks;
    });

    route(contract.createWebhook, ({ scope, body }) => service.create(scope, body));

    route(contract.getWebhook, ({ scope, params, query }) =>
      service.get(scope, params.id, { stats: query.includeExecutionStats }),
    );

    route(contract.updateWebhook, ({ scope, params, body }) => service.update(scope, params.id, body));

    route(contract.deleteWebhook, ({ scope, params }) => service.remove(scope, params.id));

    route(contract.rotateSigningKey, ({ scope, params }) => service.rotateSigningKey(scope, params.id));

    route(contract.testWebhook, ({ scope, params, body }) =>
      service.test(scope, params.id, {
        config: body.config,
        events: body.event ? [...body.events, body.event] : body.events,
      }),
    );

    route(contract.listRecentRequests, async ({ scope, params, query, page = FIRST_PAGE, setListed }) => {
      const { from, to } = readWindow(query);
      const cap = query.enableCap ? COUNT_CAP : undefined;
      const event = query.logKey?.startsWith(KEY_PREFIX) ? query.logKey.slice(KEY_PREFIX.length) : query.logKey;
      const { rows, total } = await service.listAttempts(scope, params.id, { event, from, to, cap }, page);
      setListed({ rows, total, isCapped: total === cap });
      return rows.map(toLog);
    });

    route(contract.listDeliveries, async ({ scope, params, query, page = FIRST_PAGE, setTotal }) => {
      const { rows, total } = await service.listDeliveries(scope, params.id, query.state, page);
      setTotal(total);
      return rows.map(toDelivery);
    });

    route(contract.getDelivery, async ({ scope, params }) => {
      const row = await service.getDelivery(scope, params.id, params.deliveryId);
      return { ...toDelivery(row), body: JSON.parse(row.body) as Record<string, unknown> };
    });

    route(contract.resendDelivery, async ({ scope, params }) => {
      const [row] = await service.resend(scope, params.id, { id: params.deliveryId });
      return toDelivery(row as DeliveryRow);
    });

    route(contract.resendDeadDeliveries, async ({ scope, params }) => ({
      count: (await service.resend(scope, params.id, 'dead')).length,
    }));
  };
}
