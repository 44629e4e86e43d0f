import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { Page } from './operations.ts';

/** One page of a list, and how many rows there are in all. */
export interface Listed<Row> {
  rows: Row[];
  total: number;
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
