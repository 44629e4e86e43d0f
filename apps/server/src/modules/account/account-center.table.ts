import { jsonb, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { AccountCenterSettings } from './account-center.contract.ts';

export const accountCenters = pgTable('account_centers', {
  tenantId: varchar('tenant_id').primaryKey(),
  /** What was ever set; the rest is `defaultAccountCenter`. */
  settings: jsonb('settings').notNull().$type<Partial<AccountCenterSettings>>(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
});
