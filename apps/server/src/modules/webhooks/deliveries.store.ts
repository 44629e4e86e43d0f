import { and, asc, count, desc, eq, getTableColumns, gte, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import type { DeliveryState, WebhookEvent } from './webhooks.contract.ts';
import type { WebhookRow } from './webhooks.store.ts';
import { webhookAttempts, webhookDeliveries, webhooks } from './webhooks.table.ts';

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
export type AttemptRow = typeof webhookAttempts.$inferSelect;

/** Where something waits for delivery. */
export interface Lane {
  tenantId: string;
  webhookId: string;
}

const ofLane = ({ tenantId, webhookId }: Lane): SQL | undefined =>
  and(eq(webhookDeliveries.tenantId, tenantId), eq(webhookDeliveries.webhookId, webhookId));

const delivery = (lane: Lane, id: string): SQL | undefined => and(ofLane(lane), eq(webhookDeliveries.id, id));

/** No earlier delivery of the same object to the same receiver waits. */
const isFirstOfItsObject = (row: SQL): SQL => sql`not exists (
  select 1 from webhook_deliveries earlier
  where earlier.tenant_id = ${row}.tenant_id and earlier.webhook_id = ${row}.webhook_id and earlier.state = 'pending'
    and earlier.object_type = ${row}.object_type and earlier.object_id = ${row}.object_id
    and earlier.sequence < ${row}.sequence)`;

/** Every lane in which something waits; for the start of a process, which has heard no announcement. */
export async function listWaitingLanes(db: Database): Promise<Lane[]> {
  const { tenantId, webhookId } = webhookDeliveries;
  return db
    .selectDistinct({ tenantId, webhookId })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.state, 'pending'));
}

/** What was taken of a lane at one time. */
export interface Claim {
  /** The receiver, as it was at that moment; undefined when nothing was taken. */
  webhook: WebhookRow | undefined;
  rows: DeliveryRow[];
  /** Something else of the lane waits: it is not due yet, stands behind another one, or is in somebody's hands. */
  more: boolean;
}

/**
 * Takes what is due, at most one delivery of each object and never one before an earlier one of the same object.
 * A delivery that is taken is due again when `leasedUntil` comes, should this process not live to say how it went.
 * `width` is how many may be taken; a receiver with `failing` failures in a row is given `failingWidth` instead, and one
 * that is disabled or rests until later nothing.
 */
export async function claimDeliveries(
  db: Database,
  lane: Lane,
  options: { now: Date; leasedUntil: Date; width: number; failing: number; failingWidth: number },
): Promise<Claim> {
  const { now, leasedUntil, width, failing, failingWidth } = options;
  const mayTake = sql`(
    select case when w.failures >= ${failing} then ${failingWidth}::int else ${width}::int end from webhooks w
    where w.tenant_id = ${lane.tenantId} and w.id = ${lane.webhookId} and w.enabled
      and (w.retry_at is null or w.retry_at <= ${now}))`;
  // The limit within is a plain number, so that PostgreSQL reads no more of the index than that.
  const due = db.$with('due', { id: webhookDeliveries.id }).as(sql`
    select id from (
      select d.id from webhook_deliveries d
      where d.tenant_id = ${lane.tenantId} and d.webhook_id = ${lane.webhookId} and d.state = 'pending'
        and d.due_at <= ${now} and ${isFirstOfItsObject(sql`d`)}
      order by d.attempts, d.sequence
      limit ${width}
      for update of d skip locked) first
    limit coalesce(${mayTake}, 0)`);
  const waiting = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(and(ofLane(lane), eq(webhookDeliveries.state, 'pending')))
    .limit(width + 1);
  const taken = await db
    .with(due)
    .update(webhookDeliveries)
    .set({ dueAt: leasedUntil, attempts: sql`${webhookDeliveries.attempts} + 1` })
    .from(webhooks)
    .where(
      and(
        ofLane(lane),
        sql`${webhookDeliveries.id} in (select id from due)`,
        eq(webhooks.tenantId, webhookDeliveries.tenantId),
        eq(webhooks.id, webhookDeliveries.webhookId),
      ),
    )
    .returning({
      row: getTableColumns(webhookDeliveries),
      webhook: getTableColumns(webhooks),
      more: sql<boolean>`(select count(*) from ${waiting}) > (select count(*) from due)`,
    });
  return { webhook: taken[0]?.webhook, rows: taken.map(({ row }) => row), more: taken[0]?.more ?? false };
}

/** When something of the lane is due next; what waits for an earlier delivery of its object is not. */
export async function findNextDue(db: Database, lane: Lane): Promise<Date | undefined> {
  const rows = await db
    .select({ dueAt: webhookDeliveries.dueAt })
    .from(webhookDeliveries)
    .where(and(ofLane(lane), eq(webhookDeliveries.state, 'pending'), isFirstOfItsObject(sql`${webhookDeliveries}`)))
    .orderBy(asc(webhookDeliveries.dueAt))
    .limit(1);
  return rows[0]?.dueAt;
}

/** Writes down an attempt and what it made of the delivery, in one statement. */
export async function recordAttempt(
  db: Database,
  attempt: AttemptRow,
  columns: Partial<Pick<DeliveryRow, 'state' | 'dueAt' | 'finishedAt' | 'lastStatus' | 'lastError'>>,
): Promise<void> {
  const written = db
    .$with('written')
    .as(db.insert(webhookAttempts).values(attempt).returning({ id: webhookAttempts.id }));
  await db
    .with(written)
    .update(webhookDeliveries)
    .set(columns)
    .where(and(delivery(attempt, attempt.deliveryId), eq(webhookDeliveries.state, 'pending')));
}

/** Counts one more failure of the receiver; answers how many there are since its last success. */
export async function countFailure(db: Database, { tenantId, webhookId }: Lane): Promise<number> {
  const rows = await db
    .update(webhooks)
    .set({ failures: sql`${webhooks.failures} + 1` })
    .where(and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, webhookId)))
    .returning({ failures: webhooks.failures });
  return rows[0]?.failures ?? 0;
}

export async function setReceiverState(
  db: Database,
  { tenantId, webhookId }: Lane,
  columns: { failures?: number; retryAt: Date | null },
): Promise<void> {
  await db
    .update(webhooks)
    .set(columns)
    .where(and(eq(webhooks.tenantId, tenantId), eq(webhooks.id, webhookId)));
}

/** What a delivery says that was given up with all the others of its receiver. */
const NEVER_TRIED = 'the receiver could not be reached all the while';

/** Gives up everything of the lane whose time is over and that nobody has in hand. */
export async function giveUpExpired(db: Database, lane: Lane, now: Date): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ state: 'dead', finishedAt: now, lastError: sql`coalesce(${webhookDeliveries.lastError}, ${NEVER_TRIED})` })
    .where(
      and(
        ofLane(lane),
        eq(webhookDeliveries.state, 'pending'),
        lte(webhookDeliveries.expiresAt, now),
        lte(webhookDeliveries.dueAt, now),
      ),
    );
}

/** A deleted webhook's messages that were written while it was deleted. */
export async function dropLane(db: Database, lane: Lane): Promise<void> {
  await db.delete(webhookDeliveries).where(ofLane(lane));
}

export async function findDelivery(db: Database, lane: Lane, id: string): Promise<DeliveryRow | undefined> {
  const rows = await db.select().from(webhookDeliveries).where(delivery(lane, id));
  return rows[0];
}

export async function listDeliveries(
  db: Database,
  lane: Lane,
  state: DeliveryState,
  page: Page,
): Promise<{ rows: DeliveryRow[]; total: number }> {
  const where = and(ofLane(lane), eq(webhookDeliveries.state, state));
  const [rows, totals] = await Promise.all([
    db
      .select()
      .from(webhookDeliveries)
      .where(where)
      .orderBy(desc(webhookDeliveries.sequence))
      .limit(page.limit)
      .offset(page.offset),
    db.select({ total: count() }).from(webhookDeliveries).where(where),
  ]);
  return { rows, total: totals[0]?.total ?? 0 };
}

/** Makes a finished delivery, or every dead one, due again. */
export async function reviveDeliveries(
  db: Database,
  lane: Lane,
  which: { id: string } | 'dead',
  times: { dueAt: Date; expiresAt: Date },
): Promise<DeliveryRow[]> {
  const chosen =
    which === 'dead'
      ? eq(webhookDeliveries.state, 'dead')
      : and(eq(webhookDeliveries.id, which.id), ne(webhookDeliveries.state, 'pending'));
  return db
    .update(webhookDeliveries)
    .set({ state: 'pending', finishedAt: null, ...times })
    .where(and(ofLane(lane), chosen))
    .returning();
}

export interface AttemptFilter {
  event?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Counting stops here. */
  cap?: number | undefined;
}

export async function listAttempts(
  db: Database,
  lane: Lane,
  filter: AttemptFilter,
  page: Page,
): Promise<{ rows: AttemptRow[]; total: number }> {
  const where = and(
    eq(webhookAttempts.tenantId, lane.tenantId),
    eq(webhookAttempts.webhookId, lane.webhookId),
    filter.event === undefined ? undefined : eq(webhookAttempts.event, filter.event as WebhookEvent),
    filter.from && gte(webhookAttempts.createdAt, filter.from),
    filter.to && lte(webhookAttempts.createdAt, filter.to),
  );
  const counted = db.select({ id: webhookAttempts.id }).from(webhookAttempts).where(where);
  const [rows, totals] = await Promise.all([
    db
      .select()
      .from(webhookAttempts)
      .where(where)
      .orderBy(desc(webhookAttempts.createdAt), asc(webhookAttempts.id))
      .limit(page.limit)
      .offset(page.offset),
    db.select({ total: count() }).from((filter.cap ? counted.limit(filter.cap) : counted).as('counted')),
  ]);
  return { rows, total: totals[0]?.total ?? 0 };
}

/** Removes a batch of what is too old to show; answers whether there may be more. */
export async function deleteOldDeliveries(
  db: Database,
  before: { delivered: Date; dead: Date; attempts: Date },
  batch: number,
): Promise<boolean> {
  const deliveries = await db.execute(sql`
    delete from webhook_deliveries where (tenant_id, id) in (
      select tenant_id, id from webhook_deliveries
      where finished_at < ${before.dead} or (state = 'delivered' and finished_at < ${before.delivered}) limit ${batch})`);
  const attempts = await db.execute(sql`
    delete from webhook_attempts where (tenant_id, id) in (
      select tenant_id, id from webhook_attempts where created_at < ${before.attempts} limit ${batch})`);
  return deliveries.rowCount === batch || attempts.rowCount === batch;
}

/** Gives up what waits for disabled webhooks beyond its time: nobody tries it, so nobody else would. */
export async function giveUpDisabled(db: Database, now: Date): Promise<void> {
  await db.execute(sql`
    update webhook_deliveries d set state = 'dead', finished_at = ${now}
    where d.state = 'pending' and d.expires_at < ${now}
      and exists (select 1 from webhooks w where w.tenant_id = d.tenant_id and w.id = d.webhook_id and not w.enabled)`);
}
