import { boolean, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type {
  ApplicationType,
  CustomClientMetadata,
  OidcClientMetadata,
  ProtectedAppMetadata,
} from './applications.contract.ts';

export const applications = pgTable(
  'applications',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    name: varchar('name').notNull(),
    description: text('description'),
    type: varchar('type').notNull().$type<ApplicationType>(),
    oidcClientMetadata: jsonb('oidc_client_metadata').notNull().$type<OidcClientMetadata>(),
    customClientMetadata: jsonb('custom_client_metadata').notNull().$type<CustomClientMetadata>(),
    protectedAppMetadata: jsonb('protected_app_metadata').$type<ProtectedAppMetadata>(),
    customData: jsonb('custom_data').notNull().$type<Record<string, unknown>>(),
    isThirdParty: boolean('is_third_party').notNull(),
    appLevelAccessControlEnabled: boolean('app_level_access_control_enabled').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const applicationSecrets = pgTable(
  'application_secrets',
  {
    tenantId: varchar('tenant_id').notNull(),
    applicationId: varchar('application_id').notNull(),
    name: varchar('name').notNull(),
    valueSealed: text('value_sealed').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.applicationId, table.name] })],
);

export const applicationSignInExperiences = pgTable(
  'application_sign_in_experiences',
  {
    tenantId: varchar('tenant_id').notNull(),
    applicationId: varchar('application_id').notNull(),
    color: jsonb('color').notNull().$type<Record<string, never>>(),
    branding: jsonb('branding').notNull().$type<Record<string, never>>(),
    customCss: text('custom_css'),
    termsOfUseUrl: varchar('terms_of_use_url'),
    privacyPolicyUrl: varchar('privacy_policy_url'),
    displayName: varchar('display_name'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.applicationId] })],
);
