import { integer, jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { FlowContext } from './flow-context.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Sign-ins in progress; `version` decides races between two tabs. */
export const signInFlows = pgTable(
  'sign_in_flows',
  {
    tenantId: varchar('tenant_id').notNull(),
    /** The interaction's id. */
    id: varchar('id').notNull(),
    context: jsonb('context').notNull().$type<FlowContext>(),
    version: integer('version').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Tries to prove something, counted for a hashed identifier. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    tenantId: varchar('tenant_id').notNull(),
    subjectHash: varchar('subject_hash').notNull(),
    action: varchar('action').notNull(),
    failures: integer('failures').notNull(),
    windowEndsAt: time('window_ends_at').notNull(),
    blockedUntil: time('blocked_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.subjectHash, table.action] })],
);
