import { pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

/** The registry of tenants: the one table that is no tenant's own. */
export const tenants = pgTable('tenants', {
  id: varchar('id').primaryKey(),
  name: varchar('name').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
});

export const operatorLinks = pgTable(
  'operator_links',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    kind: varchar('kind').notNull().$type<'setup' | 'recover'>(),
    userId: varchar('user_id'),
    secretHash: varchar('secret_hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
    consumedAt: timestamp('consumed_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
