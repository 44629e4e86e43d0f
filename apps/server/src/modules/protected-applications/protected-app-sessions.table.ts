import { pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const protectedAppSessions = pgTable(
  'protected_app_sessions',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    applicationId: varchar('application_id').notNull(),
    host: varchar('host').notNull(),
    userId: varchar('user_id').notNull(),
    sessionUid: varchar('session_uid').notNull(),
    grantHash: varchar('grant_hash').notNull(),
    signedInAt: time('signed_in_at').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
