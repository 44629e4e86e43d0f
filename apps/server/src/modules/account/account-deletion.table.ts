import { pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

export const accountDeletions = pgTable(
  'account_deletions',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    requestedAt: timestamp('requested_at', { withTimezone: true, mode: 'date' }).notNull(),
    dueAt: timestamp('due_at', { withTimezone: true, mode: 'date' }).notNull(),
    keepHash: varchar('keep_hash'),
    keepExpiresAt: timestamp('keep_expires_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] })],
);
