import { boolean, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { ProviderName, SsoBranding } from './enterprise-sso.contract.ts';
import type { ResolvedProvider } from './providers/provider.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const ssoConnectors = pgTable(
  'sso_connectors',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    providerName: varchar('provider_name').notNull().$type<ProviderName>(),
    connectorName: varchar('connector_name').notNull(),
    configSealed: text('config_sealed').notNull(),
    provider: jsonb('provider').$type<ResolvedProvider>(),
    domains: varchar('domains').array().notNull(),
    branding: jsonb('branding').notNull().$type<SsoBranding>(),
    syncProfile: boolean('sync_profile').notNull(),
    enableTokenStorage: boolean('enable_token_storage').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const ssoSigningKeys = pgTable(
  'sso_signing_keys',
  {
    tenantId: varchar('tenant_id').notNull(),
    ssoConnectorId: varchar('sso_connector_id').notNull(),
    id: varchar('id').notNull(),
    privateKeySealed: text('private_key_sealed').notNull(),
    certificate: text('certificate').notNull(),
    active: boolean('active').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.ssoConnectorId, table.id] })],
);

export const userSsoIdentities = pgTable(
  'user_sso_identities',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    ssoConnectorId: varchar('sso_connector_id').notNull(),
    issuer: varchar('issuer').notNull(),
    identityId: varchar('identity_id').notNull(),
    detail: jsonb('detail').notNull().$type<Record<string, unknown>>(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
