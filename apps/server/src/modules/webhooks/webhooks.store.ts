import { and, asc, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import type { ExecutionStats } from './webhooks.contract.ts';
import { webhookAttempts, webhookDeliveries, webhooks } from './webhooks.table.ts';

export type WebhookRow = typeof webhooks.$inferSelect;

const named = (tenantId: string, id: string) => and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, id));

export async function listWebhooks(
  db: Database,
  tenantId: string,
  page: Page | undefined,
): Promise<{ rows: WebhookRow[]; total: number }> {
  const where = eq(webhooks.tenantId, tenantId);
  const query = db.select().from(webhooks).where(where).orderBy(desc(webhooks.createdAt), asc(webhooks.id));
  if (!page) {
    const rows = await query;
    return { rows, total: rows.length };
  }
  const [rows, totals] = await Promise.all([
    query.limit(page.limit).offset(page.offset),
    db.select({ total: count() }).from(webhooks).where(where),
  ]);
  return { rows, total: totals[0]?.total ?? 0 };
}

export async function findWebhook(db: Database, tenantId: string, id: string): Promise<WebhookRow | undefined> {
  const rows = await db.select().from(webhooks).where(named(tenantId, id));
  return rows[0];
}

/** The same, kept from other changes until the transaction ends. */
export async function lockWebhook(db: Database, tenantId: string, id: string): Promise<WebhookRow | undefined> {
  const rows = await db.select().from(webhooks).where(named(tenantId, id)).for('update');
  return rows[0];
}

export async function lockAllWebhooks(db: Database, tenantId: string): Promise<WebhookRow[]> {
  return db.select().from(webhooks).where(eq(webhooks.tenantId, tenantId)).for('update');
}

export async function insertWebhook(db: Database, row: WebhookRow): Promise<void> {
  await db.insert(webhooks).values(row);
}

export async function updateWebhook(
  db: Database,
  tenantId: string,
  id: string,
  columns: Partial<Omit<WebhookRow, 'tenantId' | 'id'>>,
): Promise<void> {
  await db.update(webhooks).set(columns).where(named(tenantId, id));
}

/** Removes the webhook with everything that waits for it or tells of it. */
export async function deleteWebhook(db: Database, tenantId: string, id: string): Promise<void> {
  const ofWebhook = (table: typeof webhookDeliveries | typeof webhookAttempts): SQL | undefined =>
    and(eq(table.tenantId, tenantId), eq(table.webhookId, id));
  await db.delete(webhookDeliveries).where(ofWebhook(webhookDeliveries));
  await db.delete(webhookAttempts).where(ofWebhook(webhookAttempts));
  await db.delete(webhooks).where(named(tenantId, id));
}

/** Figures since a time, for the webhooks of a list. */
export async function readStats(
  db: Database,
  tenantId: string,
  ids: readonly string[],
  since: Date,
): Promise<Map<string, ExecutionStats>> {
  if (ids.length === 0) return new Map();
  const wanted = sql.join(
    ids.map((id) => sql`(${id})`),
    sql`, `,
  );
  const { rows } = await db.execute<{ id: string } & Record<keyof ExecutionStats, string | null>>(sql`
    select w.id, a."successCount", a."requestCount", a."medianMs", a."p95Ms",
      (select count(*) from webhook_deliveries d where d.tenant_id = ${tenantId} and d.webhook_id = w.id and d.state = 'pending') as "pendingCount",
      (select count(*) from webhook_deliveries d where d.tenant_id = ${tenantId} and d.webhook_id = w.id and d.state = 'dead') as "deadCount"
    from (values ${wanted}) as w (id)
    cross join lateral (
      select count(*) filter (where result = 'Success') as "successCount", count(*) as "requestCount",
        round(percentile_cont(0.5) within group (order by duration_ms)) as "medianMs",
        round(percentile_cont(0.95) within group (order by duration_ms)) as "p95Ms"
      from webhook_attempts
      where tenant_id = ${tenantId} and webhook_id = w.id and created_at >= ${since}) a`);
  const time = (value: string | null) => (value === null ? null : Number(value));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        successCount: Number(row.successCount),
        requestCount: Number(row.requestCount),
        medianMs: time(row.medianMs),
        p95Ms: time(row.p95Ms),
        pendingCount: Number(row.pendingCount),
        deadCount: Number(row.deadCount),
      },
    ]),
  );
}
