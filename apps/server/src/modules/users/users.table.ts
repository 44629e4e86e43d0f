import { boolean, jsonb, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { PasswordAlgorithm, UserProfile } from './users.contract.ts';

export const users = pgTable(
  'users',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    username: varchar('username'),
    primaryEmail: varchar('primary_email'),
    /** When somebody proved the address, or an administrator vouched for it. */
    emailVerifiedAt: timestamp('email_verified_at', { withTimezone: true, mode: 'date' }),
    primaryPhone: varchar('primary_phone'),
    name: varchar('name'),
    avatar: varchar('avatar'),
    profile: jsonb('profile').notNull().$type<UserProfile>(),
    customData: jsonb('custom_data').notNull().$type<Record<string, unknown>>(),
    /** What the user has decided about the second step and about passkeys. */
    logtoConfig: jsonb('logto_config').notNull().$type<Record<string, unknown>>(),
    applicationId: varchar('application_id'),
    /** Address of the document of the client that the user registered with, where it is no application. */
    cimdClientId: varchar('cimd_client_id'),
    isSuspended: boolean('is_suspended').notNull(),
    isPasswordExpired: boolean('is_password_expired').notNull(),
    passwordDigest: varchar('password_digest'),
    passwordAlgorithm: varchar('password_algorithm').$type<PasswordAlgorithm>(),
    passwordUpdatedAt: timestamp('password_updated_at', { withTimezone: true, mode: 'date' }),
    lastSignInAt: timestamp('last_sign_in_at', { withTimezone: true, mode: 'date' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const userIdentities = pgTable(
  'user_identities',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    target: varchar('target').notNull(),
    identityId: varchar('identity_id').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId, table.target] })],
);
