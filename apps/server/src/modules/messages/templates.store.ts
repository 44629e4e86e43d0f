import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Channel, TemplateFilter } from './messages.contract.ts';
import { messageTemplates } from './messages.table.ts';

export type TemplateRow = typeof messageTemplates.$inferSelect;

const matching = (tenantId: string, channel: Channel, { languageTag, templateType }: TemplateFilter) =>
  and(
    eq(messageTemplates.tenantId, tenantId),
    eq(messageTemplates.channel, channel),
    languageTag === undefined ? undefined : eq(messageTemplates.languageTag, languageTag),
    templateType === undefined ? undefined : eq(messageTemplates.templateType, templateType),
  );

const byId = (tenantId: string, channel: Channel, id: string) =>
  and(matching(tenantId, channel, {}), eq(messageTemplates.id, id));

export const listTemplates = (
  db: Database,
  tenantId: string,
  channel: Channel,
  filter: TemplateFilter,
): Promise<TemplateRow[]> =>
  db
    .select()
    .from(messageTemplates)
    .where(matching(tenantId, channel, filter))
    .orderBy(asc(messageTemplates.templateType), asc(messageTemplates.languageTag));

export async function findTemplateById(
  db: Database,
  tenantId: string,
  channel: Channel,
  id: string,
): Promise<TemplateRow | undefined> {
  const rows = await db
    .select()
    .from(messageTemplates)
    .where(byId(tenantId, channel, id));
  return rows[0];
}

/** Writes the text of a language and a purpose; one that is there keeps its id and its age. */
export async function putTemplate(db: Database, row: TemplateRow): Promise<TemplateRow> {
  const rows = await db
    .insert(messageTemplates)
    .values(row)
    .onConflictDoUpdate({
      target: [
        messageTemplates.tenantId,
        messageTemplates.channel,
        messageTemplates.templateType,
        messageTemplates.languageTag,
      ],
      set: { details: row.details },
    })
    .returning();
  const [stored] = rows;
  if (!stored) throw new Error('an upsert answered no row');
  return stored;
}

export async function deleteTemplates(
  db: Database,
  tenantId: string,
  channel: Channel,
  filter: TemplateFilter & { id?: string },
): Promise<TemplateRow[]> {
  const { id } = filter;
  return db
    .delete(messageTemplates)
    .where(id === undefined ? matching(tenantId, channel, filter) : byId(tenantId, channel, id))
    .returning();
}
