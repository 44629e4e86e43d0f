import { boolean, integer, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const resources = pgTable(
  'resources',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    name: varchar('name').notNull(),
    indicator: varchar('indicator').notNull(),
    isDefault: boolean('is_default').notNull(),
    accessTokenTtl: integer('access_token_ttl').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const scopes = pgTable(
  'scopes',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    resourceId: varchar('resource_id').notNull(),
    name: varchar('name').notNull(),
    description: text('description'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
