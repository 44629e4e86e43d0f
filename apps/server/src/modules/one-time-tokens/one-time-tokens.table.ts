import { jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { OneTimeTokenContext, OneTimeTokenStatus } from './one-time-tokens.contract.ts';

export const oneTimeTokens = pgTable(
  'one_time_tokens',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    email: varchar('email').notNull(),
    tokenSealed: text('token_sealed').notNull(),
    tokenHash: varchar('token_hash').notNull(),
    context: jsonb('context').notNull().$type<OneTimeTokenContext>(),
    status: varchar('status').notNull().$type<OneTimeTokenStatus>(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
