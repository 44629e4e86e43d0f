import { jsonb, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { AuditTarget } from './audited-objects.ts';
import { emitChange } from './change-events.ts';
import { standardId } from './ids.ts';
import { type Scope, writtenAtCommit } from './scope.ts';

export const auditLogs = pgTable('audit_logs', {
  tenantId: varchar('tenant_id').notNull(),
  id: varchar('id').notNull(),
  key: varchar('key').notNull(),
  result: varchar('result').notNull().$type<'Success' | 'Error'>(),
  actorType: varchar('actor_type').notNull(),
  actorId: varchar('actor_id'),
  targetType: varchar('target_type'),
  targetId: varchar('target_id'),
  userId: varchar('user_id'),
  applicationId: varchar('application_id'),
  requestId: varchar('request_id').notNull(),
  ip: varchar('ip'),
  userAgent: text('user_agent'),
  payload: jsonb('payload').notNull().$type<Record<string, unknown>>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});

export interface AuditEvent {
  /** `<Object>.<Change>`, such as `Application.Created`, or one of the wire's keys. */
  key: string;
  result?: 'Success' | 'Error';
  target?: AuditTarget;
  /** The object's fields before and after the change: what was changed by whom can be read from the trail alone. */
  before?: unknown;
  after?: unknown;
  details?: Record<string, unknown>;
}

const SECRET_KEY = /secret|password|token|privatekey|digest|sealed|credential/i;

/** The same value with every secret-looking field masked; null bytes, which PostgreSQL refuses, are dropped. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value.replaceAll('\u0000', '');
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      SECRET_KEY.test(key) && typeof field === 'string' ? '******' : maskSecrets(field),
    ]),
  );
}

type AuditRow = typeof auditLogs.$inferInsert;

/** Who and where, as a record needs it: the scope of a request, or what is left of one that has been answered. */
export type AuditSource = Pick<Scope, 'tenantId' | 'actor' | 'requestId' | 'now' | 'ip' | 'userAgent'>;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The row of an event. The user and the application that it concerns are columns, so that they can be filtered by. */
export function auditRow(source: AuditSource, event: AuditEvent): AuditRow {
  const { actor } = source;
  const { target, details = {} } = event;
  const ofTarget = (type: string) => (target?.type === type ? target.id : null);
  return {
    tenantId: source.tenantId,
    id: standardId(),
    key: event.key,
    result: event.result ?? 'Success',
    actorType: actor.type,
    actorId: actor.id,
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    userId: textOf(details.userId) ?? ofTarget('User') ?? (actor.type === 'user' ? actor.id : null),
    applicationId: textOf(details.applicationId) ?? ofTarget('Application') ?? (actor.type === 'app' ? actor.id : null),
    requestId: source.requestId,
    ip: source.ip,
    userAgent: source.userAgent,
    payload: maskSecrets({
      ...(event.before !== undefined && { before: event.before }),
      ...(event.after !== undefined && { after: event.after }),
      ...details,
    }) as Record<string, unknown>,
    createdAt: source.now,
  };
}

const writeRow = writtenAtCommit<AuditRow>((db, rows) => db.insert(auditLogs).values(rows).execute());

/** Records what was done. Call it with the transaction's scope, so that the change and its record stand or fall together. */
export async function audit(scope: Scope, event: AuditEvent): Promise<void> {
  const row = auditRow(scope, event);
  await writeRow(scope, row);
  await emitChange(scope, event, row.payload);
}
