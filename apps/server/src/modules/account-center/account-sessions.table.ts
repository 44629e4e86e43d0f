import { jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';

/** An application that waits for the user to return from one task. */
export interface ReturnTo {
  /** The task's path: the return belongs to it and to no other. */
  task: string;
  url: string;
  /** Whether a page says that it is done, before the way back. */
  showSuccess: boolean;
  expiresAt: number;
}

export const accountSessions = pgTable(
  'account_sessions',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    sessionUid: varchar('session_uid').notNull(),
    proofId: varchar('proof_id'),
    proofExpiresAt: timestamp('proof_expires_at', { withTimezone: true, mode: 'date' }),
    taskSealed: text('task_sealed'),
    returnTo: jsonb('return_to').$type<ReturnTo>(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
