import { pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const samlAnswers = pgTable(
  'saml_answers',
  {
    tenantId: varchar('tenant_id').notNull(),
    connectorId: varchar('connector_id').notNull(),
    stateHash: varchar('state_hash').notNull(),
    redirectUri: varchar('redirect_uri').notNull(),
    responseSealed: text('response_sealed'),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.connectorId, table.stateHash] })],
);
