import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { customProfileFields } from './custom-profile-fields.table.ts';

export type FieldRow = typeof customProfileFields.$inferSelect;

const one = (tenantId: string, name: string) =>
  and(eq(customProfileFields.tenantId, tenantId), eq(customProfileFields.name, name));

export const listFields = (db: Database, tenantId: string): Promise<FieldRow[]> =>
  db
    .select()
    .from(customProfileFields)
    .where(eq(customProfileFields.tenantId, tenantId))
    .orderBy(asc(customProfileFields.sieOrder), asc(customProfileFields.name));

export async function findField(db: Database, tenantId: string, name: string): Promise<FieldRow | undefined> {
  const rows = await db.select().from(customProfileFields).where(one(tenantId, name));
  return rows[0];
}

/** Keeps other changes to the tenant's catalogue waiting until the transaction ends. */
export async function lockFields(db: Database, tenantId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('custom_profile_fields'), hashtext(${tenantId}))`);
}

export async function insertFields(db: Database, rows: FieldRow[]): Promise<void> {
  await db.insert(customProfileFields).values(rows);
}

/** Answers nothing when there is no such field. */
export async function updateField(
  db: Database,
  tenantId: string,
  name: string,
  changes: Partial<FieldRow>,
): Promise<FieldRow | undefined> {
  const rows = await db.update(customProfileFields).set(changes).where(one(tenantId, name)).returning();
  return rows[0];
}

export async function deleteField(db: Database, tenantId: string, name: string): Promise<FieldRow | undefined> {
  const rows = await db.delete(customProfileFields).where(one(tenantId, name)).returning();
  return rows[0];
}
