import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Database, databaseErrorOf } from './database.ts';
import { fail } from './errors.ts';
import { type SearchMode, searchModes } from './wire.contract.ts';

/** One condition: a field (or any of the operation's fields) against values. */
interface SearchCondition {
  field: string | undefined;
  mode: SearchMode;
  values: string[];
}

/** The search parameters of features 5.1, parsed. */
export interface SearchQuery {
  conditions: SearchCondition[];
  joint: 'or' | 'and';
  caseSensitive: boolean;
}

const invalid = (details: string) => fail('request.invalid_input', { details });

const listOf = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));

function modeOf(value: unknown): SearchMode | undefined {
  if (value === undefined) return undefined;
  const mode = searchModes.find((known) => known === value);
  if (!mode) throw invalid(`mode must be one of ${searchModes.join(', ')}`);
  return mode;
}

/** Reads `search`, `search.<field>`, `mode`, `mode.<field>`, `joint` (or `jointMode`) and `isCaseSensitive`. */
export function parseSearch(query: Record<string, unknown>, fields: readonly string[]): SearchQuery | undefined {
  const common = modeOf(query.mode) ?? 'like';
  const caseSensitive = ['true', '1', 'yes'].includes(String(query.isCaseSensitive ?? '').toLowerCase());
  const joint = query.joint ?? query.jointMode ?? 'or';
  if (joint !== 'or' && joint !== 'and') throw invalid('joint must be or, or and');

  const conditions = Object.keys(query).flatMap((key): SearchCondition[] => {
    if (key !== 'search' && !key.startsWith('search.')) return [];
    const field = key === 'search' ? undefined : key.slice('search.'.length);
    if (field !== undefined && !fields.includes(field)) throw invalid(`${key}: search in ${fields.join(', ')}`);
    const values = listOf(query[key]).filter((value) => value !== '');
    if (values.length === 0) return [];
    const mode = (field && modeOf(query[`mode.${field}`])) || common;
    if (values.length > 1 && mode !== 'exact') throw invalid(`${key}: several values need the mode exact`);
    if (mode === 'similar_to' && !caseSensitive) throw invalid('the mode similar_to needs isCaseSensitive=true');
    return [{ field, mode, values }];
  });
  return conditions.length > 0 ? { conditions, joint, caseSensitive } : undefined;
}

function matches(column: PgColumn, { mode, values }: SearchCondition, caseSensitive: boolean): SQL {
  const [value = ''] = values;
  switch (mode) {
    case 'exact': {
      const list = sql.join(
        values.map((item) => (caseSensitive ? sql`${item}` : sql`lower(${item})`)),
        sql`, `,
      );
      return caseSensitive ? sql`${column} in (${list})` : sql`lower(${column}) in (${list})`;
    }
    case 'similar_to':
      return sql`${column} similar to ${value}`;
    case 'posix':
      return caseSensitive ? sql`${column} ~ ${value}` : sql`${column} ~* ${value}`;
    case 'like':
      return caseSensitive ? sql`${column} like ${value}` : sql`${column} ilike ${value}`;
  }
}

/** The condition as SQL over the columns that the fields stand for. */
export function searchCondition(search: SearchQuery, columns: Record<string, PgColumn>): SQL {
  const parts = search.conditions.map((condition) => {
    const among = condition.field === undefined ? Object.values(columns) : [columns[condition.field]];
    const either = among
      .filter((column) => column !== undefined)
      .map((column) => matches(column, condition, search.caseSensitive));
    return sql`(${sql.join(either, sql` or `)})`;
  });
  return sql`(${sql.join(parts, search.joint === 'and' ? sql` and ` : sql` or `)})`;
}

/** A pattern for the simple search `q`: what contains the text; undefined for no text. */
export function containingPattern(q: string | undefined): string | undefined {
  const text = q?.trim();
  return text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : undefined;
}

/** The simple search `q` in any of a list's fields, whatever the case. */
export function containing(q: string | undefined): SearchQuery | undefined {
  const pattern = containingPattern(q);
  if (pattern === undefined) return undefined;
  const condition = { field: undefined, mode: 'like' as const, values: [pattern] };
  return { conditions: [condition], joint: 'or', caseSensitive: false };
}

/** A regular expression that runs longer than this on all rows is not worth its answer. */
const PATTERN_TIMEOUT_MS = 3000;
/** SQLSTATEs of a pattern that cannot be read, and of one that took too long. */
const BAD_PATTERN: Record<string, string> = {
  '2201B': 'search: not a regular expression',
  '22025': 'search: the pattern ends with an escape character',
  '57014': 'search: the pattern takes too long',
};

/** Runs a list's statements; a pattern that PostgreSQL refuses is the caller's mistake, and a slow one is stopped. */
export async function runSearch<Result>(
  db: Database,
  search: SearchQuery | undefined,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const patterns = search?.conditions.some(({ mode }) => mode === 'posix' || mode === 'similar_to');
  try {
    if (!patterns) return await work(db);
    return await db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local statement_timeout = ${PATTERN_TIMEOUT_MS}`));
      return work(tx);
    });
  } catch (error) {
    const problem = search && BAD_PATTERN[databaseErrorOf(error)?.code ?? ''];
    throw problem ? fail('request.invalid_input', { details: problem, cause: error }) : error;
  }
}
