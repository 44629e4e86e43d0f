import { and, count, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import type { Channel } from './messages.contract.ts';
import { developmentInbox } from './messages.table.ts';

export type InboxRow = typeof developmentInbox.$inferSelect;
export interface InboxFilter {
  channel?: Channel | undefined;
  recipient?: string | undefined;
}

/** More than a developer reads; the oldest make room. */
const KEPT = 200;

const matching = (tenantId: string, { channel, recipient }: InboxFilter) =>
  and(
    eq(developmentInbox.tenantId, tenantId),
    channel && eq(developmentInbox.channel, channel),
    recipient === undefined ? undefined : eq(developmentInbox.recipient, recipient),
  );

const newestFirst = [desc(developmentInbox.createdAt), developmentInbox.id] as const;

export async function insertInboxMessage(db: Database, row: InboxRow): Promise<void> {
  await db.insert(developmentInbox).values(row);
  const tooMany = db
    .select({ id: developmentInbox.id })
    .from(developmentInbox)
    .where(eq(developmentInbox.tenantId, row.tenantId))
    .orderBy(...newestFirst)
    .offset(KEPT);
  await db
    .delete(developmentInbox)
    .where(and(eq(developmentInbox.tenantId, row.tenantId), inArray(developmentInbox.id, tooMany)));
}

export const listInbox = (
  db: Database,
  tenantId: string,
  filter: InboxFilter,
  { limit, offset }: Page,
): Promise<InboxRow[]> =>
  db
    .select()
    .from(developmentInbox)
    .where(matching(tenantId, filter))
    .orderBy(...newestFirst)
    .limit(limit)
    .offset(offset);

export async function countInbox(db: Database, tenantId: string, filter: InboxFilter): Promise<number> {
  const [row] = await db.select({ total: count() }).from(developmentInbox).where(matching(tenantId, filter));
  return row?.total ?? 0;
}

export async function findInboxMessage(db: Database, tenantId: string, id: string): Promise<InboxRow | undefined> {
  const rows = await db
    .select()
    .from(developmentInbox)
    .where(and(eq(developmentInbox.tenantId, tenantId), eq(developmentInbox.id, id)));
  return rows[0];
}

export async function clearInbox(db: Database, tenantId: string): Promise<number> {
  const rows = await db
    .delete(developmentInbox)
    .where(eq(developmentInbox.tenantId, tenantId))
    .returning({ id: developmentInbox.id });
  return rows.length;
}

export async function deleteInboxMessages(db: Database, before: Date): Promise<void> {
  await db.delete(developmentInbox).where(lt(developmentInbox.createdAt, before));
}
