import type { TemplateType } from '@latchkey/connector-kit';
import { integer, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { Channel, InboxContent, TemplateDetails } from './messages.contract.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const verificationCodes = pgTable(
  'verification_codes',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    recipientType: varchar('recipient_type').notNull().$type<'email' | 'phone'>(),
    recipient: varchar('recipient').notNull(),
    purpose: varchar('purpose').notNull().$type<TemplateType>(),
    /** Empty for codes that belong to no sign-in. */
    flowId: varchar('flow_id').notNull(),
    codeDigest: varchar('code_digest').notNull(),
    attempts: integer('attempts').notNull(),
    maxAttempts: integer('max_attempts').notNull(),
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const messageSendWindows = pgTable(
  'message_send_windows',
  {
    tenantId: varchar('tenant_id').notNull(),
    recipientType: varchar('recipient_type').notNull(),
    recipient: varchar('recipient').notNull(),
    sends: integer('sends').notNull(),
    endsAt: time('ends_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.recipientType, table.recipient] })],
);

export const messageTemplates = pgTable(
  'message_templates',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    channel: varchar('channel').notNull().$type<Channel>(),
    languageTag: varchar('language_tag').notNull(),
    templateType: varchar('template_type').notNull().$type<TemplateType>(),
    details: jsonb('details').notNull().$type<TemplateDetails>(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const messageDeliveries = pgTable(
  'message_deliveries',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    channel: varchar('channel').notNull().$type<Channel>(),
    recipient: varchar('recipient').notNull(),
    templateType: varchar('template_type').notNull().$type<TemplateType>(),
    connectorId: varchar('connector_id').notNull(),
    factoryId: varchar('factory_id').notNull(),
    status: varchar('status').notNull().$type<'Sent' | 'Failed'>(),
    answer: text('answer'),
    messageId: varchar('message_id'),
    errorCode: varchar('error_code'),
    error: text('error'),
    dialogue: text('dialogue'),
    durationMs: integer('duration_ms').notNull(),
    requestId: varchar('request_id').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const developmentInbox = pgTable(
  'development_inbox',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    channel: varchar('channel').notNull().$type<Channel>(),
    recipient: varchar('recipient').notNull(),
    templateType: varchar('template_type').notNull().$type<TemplateType>(),
    locale: varchar('locale').notNull(),
    message: jsonb('message').notNull().$type<InboxContent>(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
