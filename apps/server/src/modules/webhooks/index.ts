import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Log } from '../../kernel/log.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { createDeliverer, type Deliverer } from './deliverer.ts';
import { deleteOldDeliveries, giveUpDisabled } from './deliveries.store.ts';
import { inboxRoutes } from './inbox.routes.ts';
import { createInbox } from './inbox.service.ts';
import { deleteInboxWebhooks } from './inbox.store.ts';
import { createReceivers, type ReceiverDependencies } from './receivers.ts';
import { webhooksRoutes } from './webhooks.routes.ts';
import { createWebhooksService } from './webhooks.service.ts';

export type { Deliverer } from './deliverer.ts';

export interface WebhooksDependencies extends ReceiverDependencies {
  database: DatabasePool;
  caches: Caches;
  masterKey: Buffer;
  log: Log;
  now(): Date;
}

export interface WebhooksApi {
  deliverer: Deliverer;
  /** Seals anew the keys and headers that an earlier master key sealed; answers how many webhooks. */
  reseal(scope: Scope): Promise<number>;
}

/** Days that a delivery stays to be looked at and sent again. */
const DELIVERED_DAYS = 7;
const DEAD_DAYS = 30;
const ATTEMPT_DAYS = 7;
const INBOX_DAYS = 7;
const CLEANUP_BATCH = 5000;

/** Webhooks: the events of a tenant, told to receivers of its own. */
export function createWebhooksModule(deps: WebhooksDependencies): {
  routes: Routes;
  api: WebhooksApi;
  jobs: Job[];
} {
  const receivers = createReceivers(deps);
  const service = createWebhooksService({ receivers });
  const inbox = createInbox({ receivers, masterKey: deps.masterKey });
  /** Removes deliveries, attempts and what developers were shown, when it is too old. */
  const deleteOld = async (): Promise<void> => {
    const db = deps.database.forSystem('delete old webhook deliveries');
    const now = deps.now();
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
    const before = {
      delivered: daysAgo(DELIVERED_DAYS),
      dead: daysAgo(DEAD_DAYS),
      attempts: daysAgo(ATTEMPT_DAYS),
    };
    await deleteInboxWebhooks(db, daysAgo(INBOX_DAYS));
    await giveUpDisabled(db, now);
    while (await deleteOldDeliveries(db, before, CLEANUP_BATCH));
  };
  return {
    routes(route) {
      webhooksRoutes(service)(route);
      inboxRoutes(inbox)(route);
    },
    api: {
      deliverer: createDeliverer({ ...deps, receivers }),
      reseal: service.reseal,
    },
    jobs: [{ name: 'delete-old-webhook-deliveries', schedule: '7 * * * *', run: deleteOld }],
  };
}
