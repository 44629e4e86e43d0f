import { and, asc, eq, getTableColumns, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { auditLogs } from '../../kernel/audit.ts';
import type { Database } from '../../kernel/database.ts';
import { auditStreams } from './audit-streams.table.ts';

export type StreamRow = typeof auditStreams.$inferSelect;
export type Stream = Pick<StreamRow, 'tenantId' | 'type'>;

/** An entry, and the transaction that wrote it. */
export type WrittenEntry = typeof auditLogs.$inferSelect & { transactionId: string };

const named = ({ tenantId, type }: Stream): SQL | undefined =>
  and(eq(auditStreams.tenantId, tenantId), eq(auditStreams.type, type));

export async function listStreams(db: Database, tenantId: string): Promise<StreamRow[]> {
  return db.select().from(auditStreams).where(eq(auditStreams.tenantId, tenantId)).orderBy(asc(auditStreams.type));
}

export async function findStream(db: Database, stream: Stream): Promise<StreamRow | undefined> {
  const rows = await db.select().from(auditStreams).where(named(stream));
  return rows[0];
}

/** Writes where a stream leads. A new one begins with the entries that are written from now on. */
export async function upsertStream(
  db: Database,
  row: Pick<StreamRow, 'tenantId' | 'type' | 'enabled' | 'destination' | 'tokenSealed' | 'since'>,
): Promise<StreamRow> {
  const { enabled, destination, tokenSealed } = row;
  const [written] = await db
    .insert(auditStreams)
    .values({ ...row, afterTransaction: sql`pg_snapshot_xmin(pg_current_snapshot())` })
    .onConflictDoUpdate({
      target: [auditStreams.tenantId, auditStreams.type],
      // A receiver that was mended is tried at once.
      set: { enabled, destination, tokenSealed, failures: 0, lastError: null, retryAt: null },
    })
    .returning();
  if (!written) throw new Error('a stream was not written');
  return written;
}

/** Keeps the streams from other changes until the transaction ends. */
export async function lockStreams(db: Database, tenantId: string): Promise<StreamRow[]> {
  return db.select().from(auditStreams).where(eq(auditStreams.tenantId, tenantId)).for('update');
}

export async function setToken(db: Database, stream: Stream, tokenSealed: string): Promise<void> {
  await db.update(auditStreams).set({ tokenSealed }).where(named(stream));
}

export async function deleteStream(db: Database, stream: Stream): Promise<StreamRow | undefined> {
  const rows = await db.delete(auditStreams).where(named(stream)).returning();
  return rows[0];
}

const isDue = (now: Date): SQL | undefined =>
  and(
    eq(auditStreams.enabled, true),
    or(isNull(auditStreams.retryAt), lte(auditStreams.retryAt, now)),
    or(isNull(auditStreams.leasedUntil), lte(auditStreams.leasedUntil, now)),
  );

export async function listDueStreams(db: Database, now: Date): Promise<Stream[]> {
  const { tenantId, type } = auditStreams;
  return db.select({ tenantId, type }).from(auditStreams).where(isDue(now));
}

/** Takes a stream that is due; of many who try one succeeds. */
export async function claimStream(
  db: Database,
  stream: Stream,
  times: { now: Date; leasedUntil: Date },
): Promise<StreamRow | undefined> {
  const rows = await db
    .update(auditStreams)
    .set({ leasedUntil: times.leasedUntil })
    .where(and(named(stream), isDue(times.now)))
    .returning();
  return rows[0];
}

/** Writes down how it went; false when the lease ran out and somebody else has taken the stream since. */
export async function updateClaimed(
  db: Database,
  claimed: StreamRow,
  columns: Partial<Omit<StreamRow, 'tenantId' | 'type'>>,
): Promise<boolean> {
  const held = claimed.leasedUntil ? eq(auditStreams.leasedUntil, claimed.leasedUntil) : undefined;
  const result = await db
    .update(auditStreams)
    .set(columns)
    .where(and(named(claimed), held));
  return result.rowCount === 1;
}

const transactionColumn = sql.raw('audit_logs.transaction_id');
const placeOf = ({ afterTransaction, afterId }: StreamRow): SQL =>
  sql`(${transactionColumn}, ${auditLogs.id}) > (${afterTransaction}::xid8, ${afterId})`;

/** What waits: entries after the stream's place whose transaction, and every earlier one, has ended. */
const waiting = (stream: StreamRow): SQL | undefined =>
  and(
    eq(auditLogs.tenantId, stream.tenantId),
    sql`${transactionColumn} is not null`,
    placeOf(stream),
    sql`${transactionColumn} < pg_snapshot_xmin(pg_current_snapshot())`,
    sql`${auditLogs.createdAt} >= ${stream.since}`,
  );

export async function listWaiting(db: Database, stream: StreamRow, limit: number): Promise<WrittenEntry[]> {
  return db
    .select({ ...getTableColumns(auditLogs), transactionId: sql<string>`${transactionColumn}::text` })
    .from(auditLogs)
    .where(waiting(stream))
    .orderBy(asc(transactionColumn), asc(auditLogs.id))
    .limit(limit);
}

/** How much waits, up to `cap`, and since when. */
export async function measureWaiting(
  db: Database,
  stream: StreamRow,
  cap: number,
): Promise<{ count: number; oldestAt: Date | null }> {
  const found = db
    .select({ createdAt: auditLogs.createdAt })
    .from(auditLogs)
    .where(waiting(stream))
    .orderBy(asc(transactionColumn), asc(auditLogs.id))
    .limit(cap)
    .as('found');
  const [row] = await db
    .select({ count: sql<number>`count(*)::integer`, oldestAt: sql<string | null>`min(${found.createdAt})` })
    .from(found);
  return { count: row?.count ?? 0, oldestAt: row?.oldestAt ? new Date(row.oldestAt) : null };
}

/**
 * Transactions are counted by the database cluster, so after the data has moved to another one their numbers may begin
 * again below the place. It is then kept by time: entries from the last one that was sent on.
 */
export async function recoverPlace(db: Database, stream: StreamRow): Promise<boolean> {
  const result = await db.execute(sql`
    update audit_streams set after_transaction = '0', after_id = '', since = greatest(since, last_sent_at)
    where tenant_id = ${stream.tenantId} and type = ${stream.type}
      and after_transaction > pg_snapshot_xmax(pg_current_snapshot())`);
  return result.rowCount === 1;
}
