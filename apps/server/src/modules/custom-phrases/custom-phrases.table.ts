import { jsonb, pgTable, primaryKey, varchar } from 'drizzle-orm/pg-core';
import type { Translation } from './custom-phrases.contract.ts';

export const customPhrases = pgTable(
  'custom_phrases',
  {
    tenantId: varchar('tenant_id').notNull(),
    languageTag: varchar('language_tag').notNull(),
    id: varchar('id').notNull(),
    translation: jsonb('translation').notNull().$type<Translation>(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.languageTag] })],
);
