import { sql } from 'drizzle-orm';
import { announceChange, type Cached, type Caches } from './cache.ts';
import type { DatabasePool } from './database.ts';
import { type EventName, interactionEvents } from './events.contract.ts';
import { standardId } from './ids.ts';
import type { Scope } from './scope.ts';

/** Something that happened, as webhooks tell it. */
export interface DomainEvent {
  event: EventName;
  /** What it happened to: deliveries about one object arrive in order. */
  object: { type: string; id: string };
  /** What the receiver is told beside the facts of the request; never anything secret. */
  payload: Record<string, unknown>;
}

/** The caches' topic of the receivers of a tenant; announced by whoever changes them. */
export const RECEIVERS_TOPIC = 'webhook-receivers';
/** Announces, with the receiver's id as the key, that something waits for delivery. */
export const OUTBOX_TOPIC = 'webhook-outbox';

/** How long a delivery is tried. */
export const DELIVERY_LIFETIME_MS = 24 * 3_600_000;

/** Ids of a tenant's enabled receivers, by the event they want. */
type Receivers = Map<string, string[]>;

interface Listeners {
  receivers: Cached<Receivers>;
  /** Developers see every event, whether or not a webhook asks for it. */
  developmentInbox: boolean;
  /** Counts what has happened; called when it is sure. */
  count(event: EventName): void;
}

const listenersOf = new WeakMap<Caches, Listeners>();

/** Prepares what `emitEvent` looks into; once for each process's caches. */
export function openEvents(world: {
  database: DatabasePool;
  caches: Caches;
  developmentInbox: boolean;
  count(event: EventName): void;
}): void {
  const load = async (tenantId: string): Promise<Receivers> => {
    const { rows } = await world.database
      .forTenant(tenantId)
      .execute<{ id: string; event: string }>(
        sql`select id, jsonb_array_elements_text(events) as event from webhooks where tenant_id = ${tenantId} and enabled`,
      );
    const receivers: Receivers = new Map();
    for (const { id, event } of rows) receivers.set(event, [...(receivers.get(event) ?? []), id]);
    return receivers;
  };
  const receivers = world.caches.create(RECEIVERS_TOPIC, load);
  const { developmentInbox, count } = world;
  listenersOf.set(world.caches, { receivers, developmentInbox, count });
}

async function wantedBy(scope: Scope, event: EventName): Promise<string[]> {
  const receivers = await listenersOf.get(scope.caches)?.receivers.get(scope.tenantId, '');
  return receivers?.get(event) ?? [];
}

/** A message that is sent, or only kept in the development inbox. */
interface Kept {
  id: string;
  webhookId: string | null;
  body: string;
}

/** More than a developer reads; the oldest make room. */
const KEPT_IN_INBOX = 200;
/** Stands for the webhook's id in messages that nobody receives. */
const NO_RECEIVER = 'development-inbox';

/** Keeps messages for developers. What others remove at this moment is left to them, so that nobody waits for anybody. */
async function keepInInbox(scope: Scope, { event, object }: DomainEvent, messages: readonly Kept[]): Promise<void> {
  const rows = messages.map(({ id, webhookId, body }) => sql`(${id}, ${webhookId}, ${body})`);
  await scope.db.execute(sql`
    with kept as (
      insert into development_inbox_webhooks
        (tenant_id, id, webhook_id, event, object_type, object_id, body, created_at)
      select ${scope.tenantId}, m.id, m.webhook_id, ${event}, ${object.type}, ${object.id}, m.body, ${scope.now}::timestamptz
      from (values ${sql.join(rows, sql`, `)}) as m (id, webhook_id, body))
    delete from development_inbox_webhooks where tenant_id = ${scope.tenantId} and id in (
      select id from development_inbox_webhooks where tenant_id = ${scope.tenantId} and sequence <= (
        select sequence from development_inbox_webhooks where tenant_id = ${scope.tenantId}
        order by sequence desc offset ${Math.max(0, KEPT_IN_INBOX - messages.length)} limit 1)
      for update skip locked)`);
}

const INTERACTION_EVENTS: ReadonlySet<string> = new Set(interactionEvents);

/** What the wire tells of the request that caused an event; the two kinds of event name the address differently. */
function factsOf(scope: Scope, event: EventName): Record<string, unknown> {
  const userAgent = scope.userAgent ?? undefined;
  const ip = scope.ip ?? undefined;
  if (INTERACTION_EVENTS.has(event)) return { userAgent, userIp: ip };
  return { userAgent, ip, ...scope.route };
}

/**
 * Tells the tenant's webhooks of an event. Call it with the transaction's scope: the message is written in the
 * transaction of the change, so that it goes out exactly when the change is there.
 * Costs no statement when no webhook wants the event, unless it is kept for developers.
 */
export async function emitEvent(scope: Scope, told: DomainEvent): Promise<void> {
  const { event, payload } = told;
  const listeners = listenersOf.get(scope.caches);
  if (scope.inTransaction) scope.afterCommit.push(() => listeners?.count(event));
  else listeners?.count(event);
  const wanted = await wantedBy(scope, event);
  const forDevelopers = listeners?.developmentInbox ?? false;
  if (wanted.length === 0 && !forDevelopers) return;
  const message = JSON.stringify({
    event,
    createdAt: scope.now.toISOString(),
    ...factsOf(scope, event),
    ...payload,
    // PostgreSQL and many receivers' databases refuse the null character.
  }).replaceAll('\\u0000', '');
  const kept = (webhookId: string | null): Kept => ({
    id: `msg_${standardId()}`,
    webhookId,
    body: `{"hookId":${JSON.stringify(webhookId ?? NO_RECEIVER)},${message.slice(1)}`,
  });
  const sent = await writeDeliveries(scope, told, wanted.map(kept));
  if (forDevelopers) await keepInInbox(scope, told, sent.length > 0 ? sent : [kept(null)]);
}

/** Writes what is sent into the outbox; answers what is there of it. */
async function writeDeliveries(scope: Scope, { event, object }: DomainEvent, messages: readonly Kept[]) {
  if (messages.length === 0) return [];
  const rows = messages.map(({ id, webhookId, body }) => sql`(${id}, ${webhookId}, ${body})`);
  const expiresAt = new Date(scope.now.getTime() + DELIVERY_LIFETIME_MS);
  // Joined with the receivers as they are now: one that was just deleted or disabled is told no more.
  const written = await scope.db.execute<{ id: string; webhook_id: string }>(sql`
    insert into webhook_deliveries
      (tenant_id, id, webhook_id, event, object_type, object_id, body, due_at, created_at, expires_at)
    select w.tenant_id, m.id, w.id, ${event}, ${object.type}, ${object.id}, m.body,
      ${scope.now}::timestamptz, ${scope.now}::timestamptz, ${expiresAt}::timestamptz
    from (values ${sql.join(rows, sql`, `)}) as m (id, webhook_id, body)
    join webhooks w on w.tenant_id = ${scope.tenantId} and w.id = m.webhook_id and w.enabled
    returning id, webhook_id`);
  for (const row of written.rows) await announceChange(scope, OUTBOX_TOPIC, row.webhook_id);
  const ids = new Set(written.rows.map(({ id }) => id));
  return messages.filter(({ id }) => ids.has(id));
}
