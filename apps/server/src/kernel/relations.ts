import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** A table whose rows say that `owner` (columns and their values, the tenant's first) has what `column` names. */
export interface Relation {
  table: string;
  owner: Record<string, string>;
  column: string;
}

const names = (columns: string[]): SQL =>
  sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );

const isOwners = ({ owner }: Relation): SQL =>
  sql.join(
    Object.entries(owner).map(([column, value]) => sql`${sql.identifier(column)} = ${value}`),
    sql` and `,
  );

/** An array parameter: Drizzle would spread a plain one into many. */
export const textArray = (values: readonly string[]): SQL => sql`${sql.param([...values])}::text[]`;

/** Adds what is not there yet; answers what was added. A foreign key refuses what does not exist in the tenant. */
export async function addRelated(db: Database, relation: Relation, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { table, owner, column } = relation;
  const values = sql.join(
    Object.values(owner).map((value) => sql`${value}`),
    sql`, `,
  );
  const result = await db.execute<{ id: string }>(sql`
    insert into ${sql.identifier(table)} (${names([...Object.keys(owner), column])})
    select ${values}, id from unnest(${textArray(ids)}) as added (id)
    on conflict do nothing returning ${sql.identifier(column)} as id`);
  return result.rows.map(({ id }) => id);
}

/** Removes what is there of `ids`; answers what was removed. */
export async function removeRelated(db: Database, relation: Relation, ids: readonly string[]): Promise<string[]> {
  const result = await db.execute<{ id: string }>(sql`
    delete from ${sql.identifier(relation.table)}
    where ${isOwners(relation)} and ${sql.identifier(relation.column)} = any(${textArray(ids)})
    returning ${sql.identifier(relation.column)} as id`);
  return result.rows.map(({ id }) => id);
}

/**
 * Leaves exactly `ids`; answers what was added and removed.
 * The caller holds the owner's row: of two replacements at once one is whole, they never mix.
 */
export async function replaceRelated(
  db: Database,
  relation: Relation,
  ids: readonly string[],
): Promise<{ added: string[]; removed: string[] }> {
  const result = await db.execute<{ id: string }>(sql`
    delete from ${sql.identifier(relation.table)}
    where ${isOwners(relation)} and not (${sql.identifier(relation.column)} = any(${textArray(ids)}))
    returning ${sql.identifier(relation.column)} as id`);
  return { added: await addRelated(db, relation, ids), removed: result.rows.map(({ id }) => id) };
}
