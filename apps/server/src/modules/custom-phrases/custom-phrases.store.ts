import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { customPhrases } from './custom-phrases.table.ts';

export type CustomPhrasesRow = typeof customPhrases.$inferSelect;

const one = (tenantId: string, languageTag: string) =>
  and(eq(customPhrases.tenantId, tenantId), eq(customPhrases.languageTag, languageTag));

export const listPhrases = (db: Database, tenantId: string): Promise<CustomPhrasesRow[]> =>
  db.select().from(customPhrases).where(eq(customPhrases.tenantId, tenantId)).orderBy(asc(customPhrases.languageTag));

export async function findPhrases(
  db: Database,
  tenantId: string,
  languageTag: string,
): Promise<CustomPhrasesRow | undefined> {
  const rows = await db.select().from(customPhrases).where(one(tenantId, languageTag));
  return rows[0];
}

/** Keeps the id of what was there before. */
export async function upsertPhrases(db: Database, row: CustomPhrasesRow): Promise<CustomPhrasesRow> {
  const rows = await db
    .insert(customPhrases)
    .values(row)
    .onConflictDoUpdate({
      target: [customPhrases.tenantId, customPhrases.languageTag],
      set: { translation: row.translation },
    })
    .returning();
  return rows[0] as CustomPhrasesRow;
}

export async function deletePhrases(db: Database, tenantId: string, languageTag: string): Promise<void> {
  await db.delete(customPhrases).where(one(tenantId, languageTag));
}
