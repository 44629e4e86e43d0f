import { boolean, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

export const roles = pgTable(
  'roles',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    name: varchar('name').notNull(),
    description: varchar('description').notNull(),
    type: varchar('type').notNull().$type<'User' | 'MachineToMachine'>(),
    isDefault: boolean('is_default').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
