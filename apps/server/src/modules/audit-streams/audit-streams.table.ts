import {
  bigint,
  boolean,
  customType,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core';
import type { AuditStreamType, HttpDestination, SyslogDestination } from './audit-streams.contract.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** A transaction's number, which never wraps; kept as text, because it may exceed what a number holds. */
const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });

export const auditStreams = pgTable(
  'audit_streams',
  {
    tenantId: varchar('tenant_id').notNull(),
    type: varchar('type').notNull().$type<AuditStreamType>(),
    enabled: boolean('enabled').notNull(),
    destination: jsonb('destination').notNull().$type<SyslogDestination | HttpDestination>(),
    tokenSealed: text('token_sealed'),
    afterTransaction: transactionId('after_transaction').notNull(),
    afterId: varchar('after_id').notNull().default(''),
    since: time('since').notNull(),
    sentCount: bigint('sent_count', { mode: 'number' }).notNull().default(0),
    lastSentAt: time('last_sent_at'),
    failures: integer('failures').notNull().default(0),
    lastError: varchar('last_error'),
    retryAt: time('retry_at'),
    leasedUntil: time('leased_until'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.type] })],
);
