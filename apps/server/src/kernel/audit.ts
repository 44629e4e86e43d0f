import { jsonb, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import { standardId } from './ids.ts';
import type { Scope } from './scope.ts';

export const auditLogs = pgTable('audit_logs', {
  tenantId: varchar('tenant_id').notNull(),
  id: varchar('id').notNull(),
  key: varchar('key').notNull(),
  result: varchar('result').notNull().$type<'Success' | 'Error'>(),
  actorType: varchar('actor_type').notNull(),
  actorId: varchar('actor_id'),
  targetType: varchar('target_type'),
  targetId: varchar('target_id'),
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
  target?: { type: string; id: string };
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

/** Records what was done. Call it with the transaction's scope, so that the change and its record stand or fall together. */
export async function audit(scope: Scope, event: AuditEvent): Promise<void> {
  await scope.db.insert(auditLogs).values({
    tenantId: scope.tenantId,
    id: standardId(),
    key: event.key,
    result: event.result ?? 'Success',
    actorType: scope.actor.type,
    actorId: scope.actor.id,
    targetType: event.target?.type ?? null,
    targetId: event.target?.id ?? null,
    requestId: scope.requestId,
    ip: scope.ip,
    userAgent: scope.userAgent,
    payload: maskSecrets({
      ...(event.before !== undefined && { before: event.before }),
      ...(event.after !== undefined && { after: event.after }),
      ...event.details,
    }) as Record<string, unknown>,
    createdAt: scope.now,
  });
}
