import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { findUnstorable } from '../../kernel/storable-input.ts';
import { type ImportedRow, importColumns, importedRow, type TransferFormat } from './user-imports.contract.ts';

/** A row of a file: the user it describes, or why it describes none. */
export interface ReadRow {
  /** The first user of the file is 1. */
  number: number;
  /** What the row calls its user. */
  identifier: string;
  user?: ImportedRow;
  problem?: string;
}

/** The file as a whole cannot be read; the message is for people. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** Columns that hold JSON in a CSV file. */
const JSON_COLUMNS: readonly string[] = ['customData', 'profile', 'identities', 'roleNames'];
const FLAG_COLUMNS: readonly string[] = ['emailVerified', 'isSuspended'];
const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };
const MILLISECONDS = /^\d+$/;

const csvOptions = { columns: true, bom: true, trim: true, skip_empty_lines: true } as const;

class BadCell extends Error {}

/** A cell as the value that NDJSON would have. */
function cellValue(column: string, text: string): unknown {
  if (JSON_COLUMNS.includes(column)) {
    try {
      return JSON.parse(text);
    } catch {
      throw new BadCell(`${column}: must be JSON`);
    }
  }
  if (FLAG_COLUMNS.includes(column)) return FLAGS[text.toLowerCase()] ?? text;
  if (column === 'createdAt' && MILLISECONDS.test(text)) return Number(text);
  return text;
}

const IDENTIFYING = ['username', 'primaryEmail', 'primaryPhone', 'id', 'name'] as const;

function identifierOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return '';
  const fields = value as Record<string, unknown>;
  const found = IDENTIFYING.map((name) => fields[name]).find((field) => typeof field === 'string' && field !== '');
  return String(found ?? '')
    .slice(0, 512)
    .replaceAll('\u0000', '')
    .toWellFormed();
}

function check(number: number, value: unknown): ReadRow {
  const identifier = identifierOf(value);
  const unstorable = findUnstorable(value, 'user');
  if (unstorable !== undefined) return { number, identifier, problem: unstorable };
  const parsed = importedRow.safeParse(value);
  if (!parsed.success) {
    const problem = parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
    return { number, identifier, problem };
  }
  return { number, identifier, user: parsed.data };
}

async function* readCsv(content: AsyncIterable<Buffer>): AsyncGenerator<ReadRow> {
  const records = Readable.from(content).pipe(parse(csvOptions)) as AsyncIterable<Record<string, string>>;
  let number = 0;
  try {
    for await (const record of records) {
      number += 1;
      try {
        const told = Object.entries(record).filter(([, text]) => text !== '');
        yield check(number, Object.fromEntries(told.map(([column, text]) => [column, cellValue(column, text)])));
      } catch (error) {
        if (!(error instanceof BadCell)) throw error;
        yield { number, identifier: identifierOf(record), problem: error.message };
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(`After row ${number}: ${error.message}`);
    throw error;
  }
}

async function* readLines(content: AsyncIterable<Buffer>): AsyncGenerator<ReadRow> {
  const lines = createInterface({ input: Readable.from(content), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    const text = number === 0 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    number += 1;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      yield { number, identifier: '', problem: 'must be one JSON object' };
      continue;
    }
    yield check(number, value);
  }
}

/** The rows of a file, in order. Throws `UnreadableFile` where the rest of it makes no sense. */
export const readRows = (format: TransferFormat, content: AsyncIterable<Buffer>): AsyncGenerator<ReadRow> =>
  format === 'csv' ? readCsv(content) : readLines(content);

/** Columns of a CSV file that no user has, and those that it has twice. */
export async function findBadColumns(content: Buffer): Promise<{ unknown: string[]; repeated: string[] }> {
  const head = Readable.from([content.subarray(0, 64 * 1024)]).pipe(parse({ ...csvOptions, columns: false, to: 1 }));
  for await (const names of head as AsyncIterable<string[]>) {
    return {
      unknown: names.filter((name) => !(importColumns as string[]).includes(name)),
      repeated: names.filter((name, index) => names.indexOf(name) < index),
    };
  }
  return { unknown: [], repeated: [] };
}

// Writing ------------------------------------------------------------------------------------------------------------

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

const toCell = (value: unknown): string => {
  if (isEmpty(value)) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

export type ExportedUser = { [Column in keyof ImportedRow]?: ImportedRow[Column] | null | undefined };

/** How an export is written: what comes first, and the text of a batch. It is what an import takes. */
export const transferFormats = {
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    head: stringify([importColumns]),
    // A cell that begins like a formula would be run by the spreadsheet that opens it.
    write: (users: ExportedUser[]): string =>
      stringify(
        users.map((user) => importColumns.map((column) => toCell(user[column]))),
        { escape_formulas: true },
      ),
  },
  ndjson: {
    mediaType: 'application/x-ndjson; charset=utf-8',
    head: '',
    write: (users: ExportedUser[]): string =>
      users
        .map((user) => Object.fromEntries(Object.entries(user).filter(([, value]) => !isEmpty(value))))
        .map((user) => `${JSON.stringify(user)}\n`)
        .join(''),
  },
} as const satisfies Record<TransferFormat, object>;

export const writeErrors = {
  head: stringify([['row', 'identifier', 'code', 'message', 'details']]),
  write: (rows: string[][]): string => stringify(rows, { escape_formulas: true }),
};
