import { and, asc, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { runSearch, type SearchQuery, searchCondition } from '../../kernel/search.ts';
import { resources, scopes } from './resources.table.ts';

export type ResourceRow = typeof resources.$inferSelect;
export type ScopeRow = typeof scopes.$inferSelect;

const isResource = (tenantId: string, id: string) => and(eq(resources.tenantId, tenantId), eq(resources.id, id));
const isScope = (tenantId: string, resourceId: string, id: string) =>
  and(eq(scopes.tenantId, tenantId), eq(scopes.resourceId, resourceId), eq(scopes.id, id));

const resourceColumns = { id: resources.id, name: resources.name, indicator: resources.indicator };

/** One page or all, the newest first, and how many there are in all. */
export async function listResources(
  db: Database,
  tenantId: string,
  search: SearchQuery | undefined,
  page: Page | undefined,
): Promise<{ rows: ResourceRow[]; total: number }> {
  const where = and(eq(resources.tenantId, tenantId), search && searchCondition(search, resourceColumns));
  return runSearch(db, search, async (tx) => {
    const query = tx.select().from(resources).where(where).orderBy(desc(resources.createdAt), asc(resources.id));
    if (!page) {
      const rows = await query;
      return { rows, total: rows.length };
    }
    const [rows, totals] = await Promise.all([
      query.limit(page.limit).offset(page.offset),
      tx.select({ total: count() }).from(resources).where(where),
    ]);
    return { rows, total: totals[0]?.total ?? 0 };
  });
}

export async function findResource(db: Database, tenantId: string, id: string): Promise<ResourceRow | undefined> {
  const rows = await db.select().from(resources).where(isResource(tenantId, id));
  return rows[0];
}

/** All APIs of the tenant, kept from other changes until the transaction ends. */
export const lockResources = (db: Database, tenantId: string): Promise<ResourceRow[]> =>
  db.select().from(resources).where(eq(resources.tenantId, tenantId)).for('no key update');

export async function insertResource(db: Database, row: ResourceRow): Promise<void> {
  await db.insert(resources).values(row);
}

export async function updateResource(
  db: Database,
  tenantId: string,
  id: string,
  change: Partial<Pick<ResourceRow, 'name' | 'accessTokenTtl'>>,
): Promise<ResourceRow | undefined> {
  if (Object.keys(change).length === 0) return findResource(db, tenantId, id);
  const rows = await db.update(resources).set(change).where(isResource(tenantId, id)).returning();
  return rows[0];
}

export async function setDefault(db: Database, tenantId: string, id: string, isDefault: boolean): Promise<void> {
  await db.update(resources).set({ isDefault }).where(isResource(tenantId, id));
}

export async function deleteResource(db: Database, tenantId: string, id: string): Promise<void> {
  await db.delete(resources).where(isResource(tenantId, id));
}

// Scopes -------------------------------------------------------------------------------------------------------------

const searchColumns = { id: scopes.id, name: scopes.name, description: scopes.description };

export async function listScopes(
  db: Database,
  tenantId: string,
  filter: { resourceId: string; search?: SearchQuery | undefined },
  page: Page | undefined,
): Promise<{ rows: ScopeRow[]; total: number }> {
  const where: SQL | undefined = and(
    eq(scopes.tenantId, tenantId),
    eq(scopes.resourceId, filter.resourceId),
    filter.search && searchCondition(filter.search, searchColumns),
  );
  return runSearch(db, filter.search, async (tx) => {
    const query = tx.select().from(scopes).where(where).orderBy(asc(scopes.name), asc(scopes.id));
    if (!page) {
      const rows = await query;
      return { rows, total: rows.length };
    }
    const [rows, totals] = await Promise.all([
      query.limit(page.limit).offset(page.offset),
      tx.select({ total: count() }).from(scopes).where(where),
    ]);
    return { rows, total: totals[0]?.total ?? 0 };
  });
}

/** The scopes of several APIs, in one statement. */
export const listScopesOf = (db: Database, tenantId: string, resourceIds: string[]): Promise<ScopeRow[]> =>
  db
    .select()
    .from(scopes)
    .where(and(eq(scopes.tenantId, tenantId), inArray(scopes.resourceId, resourceIds)))
    .orderBy(asc(scopes.name), asc(scopes.id));

export async function findScope(
  db: Database,
  tenantId: string,
  resourceId: string,
  id: string,
): Promise<ScopeRow | undefined> {
  const rows = await db
    .select()
    .from(scopes)
    .where(isScope(tenantId, resourceId, id));
  return rows[0];
}

export async function insertScope(db: Database, row: ScopeRow): Promise<void> {
  await db.insert(scopes).values(row);
}

export async function updateScope(
  db: Database,
  row: ScopeRow,
  change: Partial<Pick<ScopeRow, 'name' | 'description'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db
    .update(scopes)
    .set(change)
    .where(isScope(row.tenantId, row.resourceId, row.id));
}

export async function deleteScope(db: Database, row: ScopeRow): Promise<void> {
  await db.delete(scopes).where(isScope(row.tenantId, row.resourceId, row.id));
}
