import { pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const captchaProviders = pgTable('captcha_providers', {
  tenantId: varchar('tenant_id').primaryKey(),
  id: varchar('id').notNull(),
  configSealed: text('config_sealed').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
});

export const captchaSolutions = pgTable(
  'captcha_solutions',
  {
    tenantId: varchar('tenant_id').notNull(),
    solutionHash: varchar('solution_hash').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.solutionHash] })],
);
