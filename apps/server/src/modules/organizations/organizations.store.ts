import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { after, type LongListed, type LongListOptions } from '../../kernel/paging.ts';
import { textArray } from '../../kernel/relations.ts';
import { containingPattern } from '../../kernel/search.ts';
import { organizations } from './organizations.table.ts';

export type OrganizationRow = typeof organizations.$inferSelect;

/** All that is searched, in one column with a trigram index; PostgreSQL fills it. */
const indexedText = sql`organizations.search_text`;

/** One page, the newest first, and how many there are in all. */
export async function listOrganizations(
  db: Database,
  tenantId: string,
  q: string | undefined,
  page: Page,
  { before, cap }: LongListOptions,
): Promise<LongListed<OrganizationRow>> {
  const pattern = containingPattern(q);
  const where: SQL | undefined = and(
    eq(organizations.tenantId, tenantId),
    pattern === undefined ? undefined : sql`${indexedText} ilike ${pattern}`,
  );
  const found = db.select({ id: organizations.id }).from(organizations).where(where);
  const [rows, total] = await Promise.all([
    db
      .select()
      .from(organizations)
      .where(before === undefined ? where : and(where, after(organizations, tenantId, before)))
      .orderBy(desc(organizations.createdAt), organizations.id)
      .limit(page.limit)
      .offset(page.offset),
    before === undefined ? db.$count((cap === undefined ? found : found.limit(cap)).as('found')) : undefined,
  ]);
  return { rows, total, isCapped: cap !== undefined && total === cap };
}

export interface Featured {
  usersCount: number;
  featuredUsers: { id: string; avatar: string | null; name: string | null }[];
}

/** How many users belong to each of the organizations, as the database keeps count (0325), and the three latest. */
export async function findFeatured(db: Database, tenantId: string, ids: string[]): Promise<Map<string, Featured>> {
  const { rows } = await db.execute<Record<keyof Featured | 'id', never>>(sql`
    select wanted.id,
      (select coalesce(sum(c.users), 0)::int from organization_member_counts c
        where c.tenant_id = ${tenantId} and c.organization_id = wanted.id) as "usersCount",
      (select coalesce(jsonb_agg(featured), '[]') from (
        select users.id, users.avatar, users.name from organization_users m
        join users on users.tenant_id = m.tenant_id and users.id = m.user_id
        where m.tenant_id = ${tenantId} and m.organization_id = wanted.id
        order by m.joined_at desc, m.user_id limit 3) featured) as "featuredUsers"
    from unnest(${textArray(ids)}) as wanted (id)`);
  return new Map(rows.map(({ id, ...featured }) => [id, featured]));
}

const isOrganization = (tenantId: string, id: string) =>
  and(eq(organizations.tenantId, tenantId), eq(organizations.id, id));

export async function findOrganization(
  db: Database,
  tenantId: string,
  id: string,
): Promise<OrganizationRow | undefined> {
  const rows = await db.select().from(organizations).where(isOrganization(tenantId, id));
  return rows[0];
}

export const findOrganizations = (db: Database, tenantId: string, ids: string[]): Promise<OrganizationRow[]> =>
  db
    .select()
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), inArray(organizations.id, ids)));

/** Kept from other changes until the transaction ends; rows that refer to it may come meanwhile. */
export async function lockOrganization(
  db: Database,
  tenantId: string,
  id: string,
): Promise<OrganizationRow | undefined> {
  const rows = await db.select().from(organizations).where(isOrganization(tenantId, id)).for('no key update');
  return rows[0];
}

/** The same for several, always in one order, so that two of these do not wait for each other. */
export const lockOrganizations = (db: Database, tenantId: string, ids: string[]): Promise<OrganizationRow[]> =>
  db
    .select()
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), inArray(organizations.id, ids)))
    .orderBy(organizations.id)
    .for('no key update');

export async function insertOrganization(db: Database, row: OrganizationRow): Promise<void> {
  await db.insert(organizations).values(row);
}

export async function updateOrganization(
  db: Database,
  row: OrganizationRow,
  change: Partial<Omit<OrganizationRow, 'tenantId' | 'id'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.update(organizations).set(change).where(isOrganization(row.tenantId, row.id));
}

export async function deleteOrganization(db: Database, row: OrganizationRow): Promise<void> {
  await db.delete(organizations).where(isOrganization(row.tenantId, row.id));
}
