import { jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

export const subjectTokens = pgTable(
  'subject_tokens',
  {
    tenantId: varchar('tenant_id').notNull(),
    /** SHA-256 of the value. */
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    context: jsonb('context').notNull().$type<Record<string, unknown>>(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
    consumedAt: timestamp('consumed_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const personalAccessTokens = pgTable(
  'personal_access_tokens',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    name: varchar('name').notNull(),
    valueHash: varchar('value_hash').notNull(),
    hint: varchar('hint').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId, table.name] })],
);
