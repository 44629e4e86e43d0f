import { boolean, customType, integer, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { Actor } from '../../kernel/scope.ts';
import type { TransferFormat, UserImport } from './user-imports.contract.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const userImports = pgTable(
  'user_imports',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    format: varchar('format').notNull().$type<TransferFormat>(),
    isDryRun: boolean('is_dry_run').notNull(),
    status: varchar('status').notNull().$type<UserImport['status']>(),
    failure: text('failure'),
    total: integer('total'),
    processed: integer('processed').notNull().default(0),
    created: integer('created').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    actorType: varchar('actor_type').notNull().$type<Actor['type']>(),
    actorId: varchar('actor_id'),
    requestId: varchar('request_id').notNull(),
    /** The process that works on it, until when. */
    workerId: varchar('worker_id'),
    leasedUntil: timestamp('leased_until', { withTimezone: true, mode: 'date' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    finishedAt: timestamp('finished_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const userImportChunks = pgTable(
  'user_import_chunks',
  {
    tenantId: varchar('tenant_id').notNull(),
    importId: varchar('import_id').notNull(),
    position: integer('position').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.importId, table.position] })],
);

export const userImportErrors = pgTable(
  'user_import_errors',
  {
    tenantId: varchar('tenant_id').notNull(),
    importId: varchar('import_id').notNull(),
    row: integer('row').notNull(),
    identifier: varchar('identifier').notNull(),
    code: varchar('code').notNull(),
    details: text('details'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.importId, table.row] })],
);
