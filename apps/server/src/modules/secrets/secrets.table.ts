import { jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { TokenFacts } from './secrets.contract.ts';

/** Which connectors an account comes by. */
export type SecretKind = 'social' | 'enterprise_sso';

export const secrets = pgTable(
  'secrets',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    kind: varchar('kind').notNull().$type<SecretKind>(),
    /** The target of a social account, the connector's id of an enterprise one. */
    provider: varchar('provider').notNull(),
    connectorId: varchar('connector_id').notNull(),
    identityId: varchar('identity_id').notNull(),
    tokensSealed: text('tokens_sealed').notNull(),
    metadata: jsonb('metadata').notNull().$type<TokenFacts>(),
    renewingUntil: timestamp('renewing_until', { withTimezone: true, mode: 'date' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
