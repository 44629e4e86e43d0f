import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { DeliveryState, WebhookEvent } from './webhooks.contract.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const webhooks = pgTable(
  'webhooks',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    name: varchar('name').notNull(),
    events: jsonb('events').notNull().$type<WebhookEvent[]>(),
    url: varchar('url').notNull(),
    retries: integer('retries'),
    headersSealed: text('headers_sealed'),
    signingKeySealed: text('signing_key_sealed').notNull(),
    previousSigningKeySealed: text('previous_signing_key_sealed'),
    previousSigningKeyUntil: time('previous_signing_key_until'),
    enabled: boolean('enabled').notNull(),
    failures: integer('failures').notNull().default(0),
    retryAt: time('retry_at'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    webhookId: varchar('webhook_id').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    event: varchar('event').notNull().$type<WebhookEvent>(),
    objectType: varchar('object_type').notNull(),
    objectId: varchar('object_id').notNull(),
    body: text('body').notNull(),
    state: varchar('state').notNull().$type<DeliveryState>(),
    attempts: integer('attempts').notNull(),
    dueAt: time('due_at').notNull(),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    finishedAt: time('finished_at'),
    lastStatus: integer('last_status'),
    lastError: varchar('last_error'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const inboxWebhooks = pgTable(
  'development_inbox_webhooks',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    webhookId: varchar('webhook_id'),
    event: varchar('event').notNull().$type<WebhookEvent>(),
    objectType: varchar('object_type').notNull(),
    objectId: varchar('object_id').notNull(),
    body: text('body').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    webhookId: varchar('webhook_id').notNull(),
    deliveryId: varchar('delivery_id').notNull(),
    event: varchar('event').notNull().$type<WebhookEvent>(),
    attempt: integer('attempt').notNull(),
    result: varchar('result').notNull().$type<'Success' | 'Error'>(),
    status: integer('status'),
    error: varchar('error'),
    durationMs: integer('duration_ms').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
