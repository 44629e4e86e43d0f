import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { userImportChunks, userImportErrors, userImports } from './user-imports.table.ts';

export type ImportRow = typeof userImports.$inferSelect;
export type ImportError = Omit<typeof userImportErrors.$inferSelect, 'tenantId' | 'importId'>;

/** Which import; its tenant with it. */
export type ImportKey = Pick<ImportRow, 'tenantId' | 'id'>;

const CHUNK_BYTES = 256 * 1024;

const isImport = ({ tenantId, id }: ImportKey) => and(eq(userImports.tenantId, tenantId), eq(userImports.id, id));
const isOpen = sql`${userImports.status} in ('Waiting', 'Running')`;

export async function insertImport(
  db: Database,
  row: typeof userImports.$inferInsert,
  content: Buffer,
): Promise<ImportRow> {
  const [inserted] = await db.insert(userImports).values(row).returning();
  if (!inserted) throw new Error('the import was not inserted');
  for (let position = 0; position * CHUNK_BYTES < content.length; position += 1) {
    const bytes = content.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES);
    await db.insert(userImportChunks).values({ tenantId: row.tenantId, importId: row.id, position, bytes });
  }
  return inserted;
}

/** The file, a piece at a time. */
export async function* readContent(db: Database, { tenantId, id }: ImportKey): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const [chunk] = await db
      .select({ bytes: userImportChunks.bytes })
      .from(userImportChunks)
      .where(
        and(
          eq(userImportChunks.tenantId, tenantId),
          eq(userImportChunks.importId, id),
          eq(userImportChunks.position, position),
        ),
      );
    if (!chunk) return;
    yield chunk.bytes;
  }
}

export async function deleteContent(db: Database, { tenantId, id }: ImportKey): Promise<void> {
  await db
    .delete(userImportChunks)
    .where(and(eq(userImportChunks.tenantId, tenantId), eq(userImportChunks.importId, id)));
}

export async function listImports(
  db: Database,
  tenantId: string,
  page: Page,
): Promise<{ rows: ImportRow[]; total: number }> {
  const where = eq(userImports.tenantId, tenantId);
  const [rows, total] = await Promise.all([
    db
      .select()
      .from(userImports)
      .where(where)
      .orderBy(desc(userImports.createdAt), userImports.id)
      .limit(page.limit)
      .offset(page.offset),
    db.$count(userImports, where),
  ]);
  return { rows, total };
}

export async function findImport(db: Database, key: ImportKey): Promise<ImportRow | undefined> {
  const rows = await db.select().from(userImports).where(isImport(key));
  return rows[0];
}

export async function lockImport(db: Database, key: ImportKey): Promise<ImportRow | undefined> {
  const rows = await db.select().from(userImports).where(isImport(key)).for('update');
  return rows[0];
}

export async function updateImport(
  db: Database,
  key: ImportKey,
  change: Partial<Omit<ImportRow, 'tenantId' | 'id'>>,
): Promise<void> {
  await db.update(userImports).set(change).where(isImport(key));
}

/** Takes the oldest import that nobody works on, of any tenant; of many processes that ask, one gets it. */
export async function claimImport(
  db: Database,
  worker: { id: string; now: Date; leasedUntil: Date },
): Promise<ImportRow | undefined> {
  const free = sql`(tenant_id, id) in (
    select tenant_id, id from user_imports
    where status in ('Waiting', 'Running') and (leased_until is null or leased_until < ${worker.now})
    order by created_at limit 1 for update skip locked)`;
  const rows = await db
    .update(userImports)
    .set({ status: 'Running', workerId: worker.id, leasedUntil: worker.leasedUntil })
    .where(and(isOpen, free))
    .returning();
  return rows[0];
}

export async function insertErrors(db: Database, key: ImportKey, errors: ImportError[]): Promise<void> {
  if (errors.length === 0) return;
  await db
    .insert(userImportErrors)
    .values(errors.map((error) => ({ tenantId: key.tenantId, importId: key.id, ...error })));
}

/** Refused rows after `after`, in the order of the file. */
export const listErrors = (db: Database, key: ImportKey, after: number, limit: number): Promise<ImportError[]> =>
  db
    .select({
      row: userImportErrors.row,
      identifier: userImportErrors.identifier,
      code: userImportErrors.code,
      details: userImportErrors.details,
    })
    .from(userImportErrors)
    .where(
      and(
        eq(userImportErrors.tenantId, key.tenantId),
        eq(userImportErrors.importId, key.id),
        gt(userImportErrors.row, after),
      ),
    )
    .orderBy(asc(userImportErrors.row))
    .limit(limit);
