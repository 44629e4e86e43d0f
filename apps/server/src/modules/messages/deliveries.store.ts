import { and, count, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import type { Channel } from './messages.contract.ts';
import { messageDeliveries } from './messages.table.ts';

export type DeliveryRow = typeof messageDeliveries.$inferSelect;
export interface DeliveryFilter {
  channel?: Channel | undefined;
  status?: DeliveryRow['status'] | undefined;
  recipient?: string | undefined;
}

export async function insertDelivery(db: Database, row: DeliveryRow): Promise<void> {
  await db.insert(messageDeliveries).values(row);
}

const matching = (tenantId: string, { channel, status, recipient }: DeliveryFilter) =>
  and(
    eq(messageDeliveries.tenantId, tenantId),
    channel && eq(messageDeliveries.channel, channel),
    status && eq(messageDeliveries.status, status),
    recipient === undefined ? undefined : eq(messageDeliveries.recipient, recipient),
  );

export const listDeliveries = (
  db: Database,
  tenantId: string,
  filter: DeliveryFilter,
  { limit, offset }: Page,
): Promise<DeliveryRow[]> =>
  db
    .select()
    .from(messageDeliveries)
    .where(matching(tenantId, filter))
    .orderBy(desc(messageDeliveries.createdAt), messageDeliveries.id)
    .limit(limit)
    .offset(offset);

export async function countDeliveries(db: Database, tenantId: string, filter: DeliveryFilter): Promise<number> {
  const [row] = await db.select({ total: count() }).from(messageDeliveries).where(matching(tenantId, filter));
  return row?.total ?? 0;
}

/** Deletes one batch of what is too old; answers how many rows it was. */
export async function deleteDeliveries(db: Database, before: Date, batch: number): Promise<number> {
  const old = db
    .select({ at: sql`ctid` })
    .from(messageDeliveries)
    .where(lt(messageDeliveries.createdAt, before))
    .limit(batch);
  const rows = await db
    .delete(messageDeliveries)
    .where(inArray(sql`ctid`, old))
    .returning({ id: messageDeliveries.id });
  return rows.length;
}
