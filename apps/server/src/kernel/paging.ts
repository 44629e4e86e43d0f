import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import type { Page } from './operations.ts';
import { COUNT_CAP } from './wire.contract.ts';

/** One page of a list, and how many rows there are in all. */
export interface Listed<Row> {
  rows: Row[];
  total: number;
}

/** How a list that may be long is read. */
export interface LongListOptions {
  /** Id of the entry after which the list goes on. */
  before?: string | undefined;
  /** Counting stops here. */
  cap?: number | undefined;
}

/** What a caller asks for by `longListQuery`. */
export const longListOptions = (query: { before?: string | undefined; enableCap: boolean }): LongListOptions => ({
  before: query.before,
  cap: query.enableCap ? COUNT_CAP : undefined,
});

/** One page of a list that may be long. */
export interface LongListed<Row> {
  rows: Row[];
  /** Unknown where the list was gone on with: counting would cost more than the page. */
  total: number | undefined;
  isCapped: boolean;
  /** Of a search that looks at so many entries at most: the last one of these, where the page could not be filled. */
  goesOnAfter?: string | undefined;
}

/**
 * The entries after another one, in a list by time downwards, and by id among those of one time.
 * Its time is read where it lies, because a time that came back from JavaScript has lost its microseconds.
 */
export function after(table: PgTable & Record<'createdAt' | 'id', PgColumn>, tenantId: string, id: string): SQL {
  const time = sql`(select p.created_at from ${table} p where p.tenant_id = ${tenantId} and p.id = ${id})`;
  return sql`(${table.createdAt} <= ${time} and (${table.createdAt} < ${time} or ${table.id} > ${id}))`;
}

/** The parts of a list's statement: the page and the total share what follows FROM, so they cannot disagree. */
export interface ListStatement {
  columns: SQL;
  /** Tables and conditions, without the word FROM. */
  from: SQL;
  order: SQL;
}

/** A time as the wire has it, in a raw statement. */
export const epochMilliseconds = (column: SQL): SQL<number> => sql`floor(extract(epoch from ${column}) * 1000)::float8`;

/** Reads one page, or everything without one; two statements at most, however many rows there are. */
export async function readList<Row extends object>(
  db: Database,
  { columns, from, order }: ListStatement,
  page: Page | undefined,
): Promise<Listed<Row>> {
  const select = sql`select ${columns} from ${from} order by ${order}`;
  if (!page) {
    const { rows } = await db.execute(select);
    return { rows: rows as Row[], total: rows.length };
  }
  const [listed, counted] = await Promise.all([
    db.execute(sql`${select} limit ${page.limit} offset ${page.offset}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total from ${from}`),
  ]);
  return { rows: listed.rows as Row[], total: counted.rows[0]?.total ?? 0 };
}
