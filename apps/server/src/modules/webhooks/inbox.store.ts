import { and, count, desc, eq, isNotNull, isNull, lt, max, or, type SQL } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { inboxWebhooks, webhookAttempts, webhookDeliveries, webhooks } from './webhooks.table.ts';

/** Reads messages with the delivery and the receiver of each; those of a webhook that is gone are gone with it. */
function selectMessages(db: Database, tenantId: string, wanted?: SQL) {
  const { tenantId: tenant, id, webhookId } = inboxWebhooks;
  const query = db
    .select({ message: inboxWebhooks, delivery: webhookDeliveries, webhook: webhooks })
    .from(inboxWebhooks)
    .leftJoin(webhookDeliveries, and(eq(webhookDeliveries.tenantId, tenant), eq(webhookDeliveries.id, id)))
    .leftJoin(webhooks, and(eq(webhooks.tenantId, tenant), eq(webhooks.id, webhookId)));
  return query.where(and(ofTenant(tenantId), wanted, or(isNull(webhookId), isNotNull(webhookDeliveries.id))));
}

const ofTenant = (tenantId: string): SQL | undefined => eq(inboxWebhooks.tenantId, tenantId);

export type InboxMessage = Awaited<ReturnType<typeof selectMessages>>[number];

export async function listMessages(
  db: Database,
  tenantId: string,
  page: Page,
): Promise<{ messages: InboxMessage[]; total: number }> {
  const all = selectMessages(db, tenantId).as('shown');
  const [messages, totals] = await Promise.all([
    selectMessages(db, tenantId).orderBy(desc(inboxWebhooks.sequence)).limit(page.limit).offset(page.offset),
    db.select({ total: count() }).from(all),
  ]);
  return { messages, total: totals[0]?.total ?? 0 };
}

export async function findMessage(db: Database, tenantId: string, id: string): Promise<InboxMessage | undefined> {
  const rows = await selectMessages(db, tenantId, eq(inboxWebhooks.id, id));
  return rows[0];
}

/** When a delivery was last sent, if it was. */
export async function findLastSent(
  db: Database,
  tenantId: string,
  { webhookId, id }: { webhookId: string; id: string },
): Promise<Date | undefined> {
  const { createdAt, tenantId: tenant, webhookId: webhook, deliveryId } = webhookAttempts;
  const rows = await db
    .select({ sentAt: max(createdAt) })
    .from(webhookAttempts)
    .where(and(eq(tenant, tenantId), eq(webhook, webhookId), eq(deliveryId, id)));
  return rows[0]?.sentAt ?? undefined;
}

export async function clearMessages(db: Database, tenantId: string): Promise<number> {
  const result = await db.delete(inboxWebhooks).where(ofTenant(tenantId));
  return result.rowCount ?? 0;
}

export async function deleteInboxWebhooks(db: Database, before: Date): Promise<void> {
  await db.delete(inboxWebhooks).where(lt(inboxWebhooks.createdAt, before));
}
