import { and, eq } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { assets } from './assets.table.ts';

export type AssetRow = typeof assets.$inferSelect;

export async function insertAsset(db: Database, row: AssetRow): Promise<void> {
  await db.insert(assets).values(row);
}

export async function findAsset(db: Database, tenantId: string, id: string): Promise<AssetRow | undefined> {
  const rows = await db
    .select()
    .from(assets)
    .where(and(eq(assets.tenantId, tenantId), eq(assets.id, id)));
  return rows[0];
}
