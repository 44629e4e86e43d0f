import { boolean, jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { DomainStatus, VerificationFiles } from './domains.contract.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const domains = pgTable(
  'domains',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    domain: varchar('domain').notNull(),
    status: varchar('status').notNull().$type<DomainStatus>(),
    errorMessage: varchar('error_message'),
    proof: varchar('proof').notNull(),
    verificationFiles: jsonb('verification_files').notNull().$type<VerificationFiles>(),
    createdAt: time('created_at').notNull(),
    checkedAt: time('checked_at'),
    verifiedAt: time('verified_at'),
    failingSince: time('failing_since'),
    isPrimary: boolean('is_primary').notNull().default(false),
    /** The protected application that answers there; null for an address of the tenant. */
    applicationId: varchar('application_id'),
    isGiven: boolean('is_given').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
