import { boolean, jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { VerificationData } from './verifications.service.ts';

export const verificationRecords = pgTable(
  'verification_records',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    type: varchar('type').notNull().$type<VerificationData['type']>(),
    data: jsonb('data').notNull().$type<VerificationData>(),
    verified: boolean('verified').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
