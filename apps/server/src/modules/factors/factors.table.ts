import { bigint, jsonb, pgTable, primaryKey, smallint, text, timestamp, varchar } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Authenticator apps, one a user. */
export const totpFactors = pgTable(
  'totp_factors',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    id: varchar('id').notNull(),
    secretSealed: text('secret_sealed').notNull(),
    /** The last time step of which a code was accepted. */
    lastStep: bigint('last_step', { mode: 'number' }),
    createdAt: time('created_at').notNull(),
    lastUsedAt: time('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] })],
);

/** WebAuthn credentials, as second factors and for signing in. */
export const passkeys = pgTable(
  'passkeys',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    /** The user id that the authenticator gives, where it is not the owner's; null where it is. */
    userHandle: varchar('user_handle'),
    credentialId: varchar('credential_id').notNull(),
    publicKey: text('public_key').notNull(),
    signCount: bigint('sign_count', { mode: 'number' }).notNull(),
    transports: jsonb('transports').notNull().$type<string[]>(),
    rpId: varchar('rp_id').notNull(),
    name: varchar('name'),
    agent: text('agent'),
    createdAt: time('created_at').notNull(),
    lastUsedAt: time('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Accounts that were merged into their user's, and whose passkeys devices keep under their ids. */
export const passkeyHandles = pgTable(
  'passkey_handles',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    handle: varchar('handle').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId, table.handle] })],
);

/** Codes for who has no other factor at hand; the rows of a user are one set. */
export const backupCodes = pgTable(
  'backup_codes',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    position: smallint('position').notNull(),
    setId: varchar('set_id').notNull(),
    codeSealed: text('code_sealed').notNull(),
    createdAt: time('created_at').notNull(),
    usedAt: time('used_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId, table.position] })],
);

/** Browsers whose user is not asked for a second factor for a while. */
export const trustedDevices = pgTable(
  'trusted_devices',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    userId: varchar('user_id').notNull(),
    secretHash: varchar('secret_hash').notNull(),
    agent: text('agent'),
    ip: varchar('ip'),
    createdAt: time('created_at').notNull(),
    lastUsedAt: time('last_used_at'),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Administrators' one-time links for users who have lost every factor. */
export const factorRecoveryLinks = pgTable(
  'factor_recovery_links',
  {
    tenantId: varchar('tenant_id').notNull(),
    tokenHash: varchar('token_hash').notNull(),
    userId: varchar('user_id').notNull(),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    spentAt: time('spent_at'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.tokenHash] })],
);
