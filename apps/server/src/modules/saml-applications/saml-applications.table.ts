import { boolean, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { AcsUrl, AttributeMapping, Encryption, NameIdFormat } from './saml-applications.contract.ts';

export const samlApplicationConfigs = pgTable(
  'saml_application_configs',
  {
    tenantId: varchar('tenant_id').notNull(),
    applicationId: varchar('application_id').notNull(),
    attributeMapping: jsonb('attribute_mapping').notNull().$type<AttributeMapping>(),
    entityId: varchar('entity_id'),
    acsUrl: jsonb('acs_url').$type<AcsUrl>(),
    encryption: jsonb('encryption').$type<Encryption>(),
    nameIdFormat: varchar('name_id_format').notNull().$type<NameIdFormat>(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.applicationId] })],
);

export const samlApplicationSecrets = pgTable(
  'saml_application_secrets',
  {
    tenantId: varchar('tenant_id').notNull(),
    applicationId: varchar('application_id').notNull(),
    id: varchar('id').notNull(),
    privateKeySealed: text('private_key_sealed').notNull(),
    certificate: text('certificate').notNull(),
    active: boolean('active').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.applicationId, table.id] })],
);

export const samlSignIns = pgTable(
  'saml_sign_ins',
  {
    tenantId: varchar('tenant_id').notNull(),
    applicationId: varchar('application_id').notNull(),
    requestId: varchar('request_id').notNull(),
    stateHash: varchar('state_hash').notNull(),
    browserHash: varchar('browser_hash').notNull(),
    relayState: varchar('relay_state'),
    answeredAt: timestamp('answered_at', { withTimezone: true, mode: 'date' }),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.applicationId, table.requestId] })],
);
