import { boolean, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { OrganizationBranding, OrganizationColor } from './organizations.contract.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const organizations = pgTable(
  'organizations',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    name: varchar('name').notNull(),
    slug: varchar('slug'),
    description: varchar('description'),
    customData: jsonb('custom_data').notNull().$type<Record<string, unknown>>(),
    isMfaRequired: boolean('is_mfa_required').notNull(),
    color: jsonb('color').notNull().$type<OrganizationColor>(),
    branding: jsonb('branding').notNull().$type<OrganizationBranding>(),
    customCss: text('custom_css'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const organizationScopes = pgTable(
  'organization_scopes',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    name: varchar('name').notNull(),
    description: varchar('description'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const organizationRoles = pgTable(
  'organization_roles',
  {
    tenantId: varchar('tenant_id').notNull(),
    id: varchar('id').notNull(),
    /** Null: for all organizations. */
    organizationId: varchar('organization_id'),
    name: varchar('name').notNull(),
    description: varchar('description'),
    type: varchar('type').notNull().$type<'User' | 'MachineToMachine'>(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
