import { isUtf8 } from 'node:buffer';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SearchQuery } from '../../kernel/search.ts';
import type { Importer } from './importer.ts';
import { findBadColumns } from './transfer-formats.ts';
import { listExported } from './user-exports.store.ts';
import { importColumns, type TransferFormat } from './user-imports.contract.ts';
import { fail } from './user-imports.errors.ts';
import * as store from './user-imports.store.ts';

const READ_BATCH = 1000;

const target = (id: string) => ({ type: 'UserImport' as const, id });
const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'user import', id } });

export type UserImportsService = ReturnType<typeof createUserImportsService>;

/** So many of a file's wrong columns are named. */
const NAMED = 10;

const named = (columns: string[]): string =>
  [...columns.slice(0, NAMED), ...(columns.length > NAMED ? ['…'] : [])].join(', ');

async function checkColumns(content: Buffer): Promise<void> {
  const { unknown, repeated } = await findBadColumns(content);
  if (unknown.length > 0) {
    throw fail('user_import.unknown_columns', { data: { unknown: named(unknown), known: importColumns.join(', ') } });
  }
  if (repeated.length > 0) throw fail('user_import.repeated_columns', { data: { repeated: named(repeated) } });
}

/** Imports of users, and their export. The work itself is `importer.ts`. */
export function createUserImportsService({ importer }: { importer: Importer }) {
  const get = async (scope: Scope, id: string): Promise<store.ImportRow> => {
    const row = await store.findImport(scope.db, { tenantId: scope.tenantId, id });
    if (!row) throw missing(id);
    return row;
  };

  return {
    get,

    list: (scope: Scope, page: Page) => store.listImports(scope.db, scope.tenantId, page),

    async create(
      scope: Scope,
      input: { format: TransferFormat; isDryRun: boolean; content: Buffer },
    ): Promise<store.ImportRow> {
      const { content, ...settings } = input;
      if (content.toString('utf8', 0, 1024).trim() === '') throw fail('user_import.empty_file');
      // What is read in another encoding than it was written in arrives, with other letters in every name.
      if (!isUtf8(content)) throw fail('user_import.not_utf8');
      if (settings.format === 'csv') await checkColumns(content);
      const row = {
        tenantId: scope.tenantId,
        id: standardId(),
        ...settings,
        status: 'Waiting' as const,
        actorType: scope.actor.type,
        actorId: scope.actor.id,
        requestId: scope.requestId,
        createdAt: scope.now,
      };
      return transaction(scope, async (tx) => {
        const inserted = await store.insertImport(tx.db, row, content);
        await audit(tx, {
          key: 'UserImport.Created',
          target: target(row.id),
          details: { ...settings, bytes: content.length },
        });
        tx.afterCommit.push(() => void importer.wake());
        return inserted;
      });
    },

    cancel: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const key = { tenantId: tx.tenantId, id };
        const row = await store.lockImport(tx.db, key);
        if (!row) throw missing(id);
        if (row.finishedAt) throw fail('user_import.already_finished');
        await store.updateImport(tx.db, key, { status: 'Cancelled', finishedAt: tx.now, leasedUntil: null });
        await store.deleteContent(tx.db, key);
        await audit(tx, { key: 'UserImport.Cancelled', target: target(id), details: { processed: row.processed } });
      }),

    /** The refused rows, in batches. */
    async *errors(scope: Scope, id: string): AsyncGenerator<store.ImportError[]> {
      let after = 0;
      for (;;) {
        const rows = await store.listErrors(scope.db, { tenantId: scope.tenantId, id }, after, READ_BATCH);
        if (rows.length > 0) yield rows;
        if (rows.length < READ_BATCH) return;
        after = rows.at(-1)?.row ?? after;
      }
    },

    /** Notes in the trail who takes the users away. */
    recordExport: (
      scope: Scope,
      details: { format: TransferFormat; includePasswordHash: boolean; filtered: boolean },
    ): Promise<void> => transaction(scope, (tx) => audit(tx, { key: 'Users.Exported', details })),

    /** The users in batches, each read when the one before it has been taken. */
    async *users(scope: Scope, options: { withHashes: boolean; search: SearchQuery | undefined }) {
      let after = '';
      for (;;) {
        const rows = await listExported(scope.db, scope.tenantId, { after, limit: READ_BATCH, ...options });
        if (rows.length > 0) yield rows;
        if (rows.length < READ_BATCH) return;
        after = rows.at(-1)?.id ?? after;
      }
    },
  };
}
