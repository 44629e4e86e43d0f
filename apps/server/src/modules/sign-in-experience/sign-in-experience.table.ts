import { jsonb, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { SignInSettings } from './sign-in-experience.contract.ts';

export const signInExperiences = pgTable('sign_in_experiences', {
  tenantId: varchar('tenant_id').primaryKey(),
  /** What was ever set; the rest is `defaultSignInSettings`, so that a new setting needs no migration. */
  settings: jsonb('settings').notNull().$type<Partial<SignInSettings>>(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
});
