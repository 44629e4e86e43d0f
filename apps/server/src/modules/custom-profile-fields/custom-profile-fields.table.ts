import { boolean, integer, jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { FieldConfig, FieldType } from './custom-profile-fields.contract.ts';

export const customProfileFields = pgTable(
  'custom_profile_fields',
  {
    tenantId: varchar('tenant_id').notNull(),
    name: varchar('name').notNull(),
    id: varchar('id').notNull(),
    type: varchar('type').notNull().$type<FieldType>(),
    label: varchar('label').notNull(),
    description: varchar('description'),
    required: boolean('required').notNull(),
    config: jsonb('config').notNull().$type<FieldConfig>(),
    sieOrder: integer('sie_order').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] })],
);
