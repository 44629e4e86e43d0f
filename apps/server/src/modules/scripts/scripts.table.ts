import { jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { Action, ActionType, Customizer, customizerKeys } from './scripts.contract.ts';

export type Slot = (typeof customizerKeys)[number] | ActionType;

/** What is set beside the script and its environment. */
export type ScriptSettings = Omit<Customizer & Action, 'script' | 'environmentVariables'>;

export const scripts = pgTable(
  'scripts',
  {
    tenantId: varchar('tenant_id').notNull(),
    slot: varchar('slot').notNull().$type<Slot>(),
    script: text('script').notNull(),
    environmentSealed: text('environment_sealed'),
    settings: jsonb('settings').notNull().$type<ScriptSettings>(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.slot] })],
);
