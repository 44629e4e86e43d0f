import { boolean, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { ConnectorMetadataOverrides } from './connectors.contract.ts';

export const connectors = pgTable(
  'connectors',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    /** The factory. */
    connectorId: varchar('connector_id').notNull(),
    syncProfile: boolean('sync_profile').notNull(),
    enableTokenStorage: boolean('enable_token_storage').notNull(),
    configSealed: text('config_sealed').notNull(),
    metadata: jsonb('metadata').notNull().$type<ConnectorMetadataOverrides>(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
