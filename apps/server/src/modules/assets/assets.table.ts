import { integer, jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

export const assets = pgTable(
  'assets',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    kind: varchar('kind').notNull().$type<'image' | 'custom-ui'>(),
    name: varchar('name').notNull(),
    size: integer('size').notNull(),
    files: jsonb('files').$type<Record<string, number>>(),
    createdBy: varchar('created_by'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
