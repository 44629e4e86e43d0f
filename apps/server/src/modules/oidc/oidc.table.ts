import { index, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';

/** Rows of the protocol engine: sessions, grants, interactions, codes and tokens. */
export const oidcModels = pgTable(
  'oidc_models',
  {
    tenantId: varchar('tenant_id').notNull(),
    model: varchar('model').notNull(),
    /** SHA-256 of the value that the client holds. */
    id: varchar('id').notNull(),
    payload: jsonb('payload').notNull().$type<Record<string, unknown>>(),
    grantId: varchar('grant_id'),
    uid: varchar('uid'),
    userCode: varchar('user_code'),
    accountId: varchar('account_id'),
    clientId: varchar('client_id'),
    consumedAt: timestamp('consumed_at', { withTimezone: true, mode: 'date' }),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.model, table.id] }),
    index('oidc_models_by_grant').on(table.tenantId, table.grantId),
  ],
);

export const oidcKeys = pgTable(
  'oidc_keys',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    kind: varchar('kind').notNull().$type<'private-keys' | 'cookie-keys'>(),
    status: varchar('status').notNull().$type<'Next' | 'Current' | 'Previous'>(),
    algorithm: varchar('algorithm'),
    valueSealed: text('value_sealed').notNull(),
    activatesAt: timestamp('activates_at', { withTimezone: true, mode: 'date' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.kind, table.id] })],
);

export const tenantSettings = pgTable(
  'tenant_settings',
  {
    tenantId: varchar('tenant_id').notNull(),
    key: varchar('key').notNull(),
    value: jsonb('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key] })],
);
