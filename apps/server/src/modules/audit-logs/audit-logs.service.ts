import { audit } from '../../kernel/audit.ts';
import type { Database } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { COUNT_CAP } from '../../kernel/wire.contract.ts';
import { type AuditLogSettings, auditKinds, type Difference } from './audit-logs.contract.ts';
import { fail } from './audit-logs.errors.ts';
import * as store from './audit-logs.store.ts';
import { changesOf, createComposition, statesOf } from './object-changes.ts';

const EXPORT_BATCH = 1000;
const CLEANUP_BATCH = 5000;
/** Token requests are many and soon of no interest; what was changed by whom is kept until somebody decides otherwise. */
const DEFAULT_SETTINGS: AuditLogSettings = { retentionDays: { protocol: 90, signIn: 365, change: null } };

export interface Moment {
  time: Date;
  state: Record<string, unknown> | null;
}

const turned = ({ path, before, after }: Difference): Difference => ({ path, before: after, after: before });

export type AuditLogsService = ReturnType<typeof createAuditLogsService>;

/** Reads the trail; it is written by `audit()` in each change's own transaction. */
export function createAuditLogsService() {
  const get = async (scope: Scope, id: string): Promise<store.AuditRow> => {
    const row = await store.findLog(scope.db, scope.tenantId, id);
    if (!row) throw fail('entity.not_exists_with_id', { data: { name: 'log', id } });
    return row;
  };

  const readSettings = async (db: Database, tenantId: string): Promise<AuditLogSettings> => ({
    retentionDays: {
      ...DEFAULT_SETTINGS.retentionDays,
      ...(await store.findSettings(db, tenantId))?.retentionDays,
    },
  });

  const stateAt = async (scope: Scope, target: { type: string; id: string }, time: Date): Promise<Moment> => {
    const found = await store.findStateEntry(scope.db, scope.tenantId, target, time);
    const states = found && statesOf(found.entry);
    const state = found?.isLater ? states?.before : states?.after;
    return { time, state: (state as Record<string, unknown> | undefined) ?? null };
  };

  return {
    get,

    async list(
      scope: Scope,
      filter: store.LogFilter,
      options: { page: Page; before: string | undefined; cap: boolean },
    ): Promise<{ rows: store.AuditRow[]; total: number; isCapped: boolean }> {
      if (options.before !== undefined) await get(scope, options.before);
      const cap = options.cap ? COUNT_CAP : undefined;
      const [rows, total] = await Promise.all([
        store.listLogs(scope.db, scope.tenantId, filter, { page: options.page, before: options.before }),
        store.countLogs(scope.db, scope.tenantId, filter, cap),
      ]);
      return { rows, total, isCapped: total === cap };
    },

    /** All entries in batches, each read when the one before it has been taken. */
    async *batches(scope: Scope, filter: store.LogFilter): AsyncGenerator<store.AuditRow[]> {
      const page = { limit: EXPORT_BATCH, offset: 0 };
      let before: string | undefined;
      do {
        const rows = await store.listLogs(scope.db, scope.tenantId, filter, { page, before });
        if (rows.length > 0) yield rows;
        before = rows.length === EXPORT_BATCH ? rows.at(-1)?.id : undefined;
      } while (before);
    },

    async history(scope: Scope, target: { type: string; id: string }, page: Page) {
      const [rows, total] = await Promise.all([
        store.listLogs(scope.db, scope.tenantId, { target }, { page }),
        store.countLogs(scope.db, scope.tenantId, { target }),
      ]);
      const entries = rows.map((row) => ({ row, changes: changesOf(row) }));
      return { entries, total };
    },

    async compare(scope: Scope, target: { type: string; id: string }, times: { from: Date; to: Date }) {
      const [from, to] = [await stateAt(scope, target, times.from), await stateAt(scope, target, times.to)];
      const isBackwards = times.from > times.to;
      const between = isBackwards ? { from: times.to, to: times.from } : times;
      const composition = createComposition();
      for await (const entry of store.entriesBetween(scope.db, scope.tenantId, target, between))
        composition.take(entry);
      const changes = composition.changes();
      return { from, to, changes: isBackwards ? changes.map(turned) : changes };
    },

    settings: (scope: Scope): Promise<AuditLogSettings> => readSettings(scope.db, scope.tenantId),

    updateSettings: (scope: Scope, input: { retentionDays?: Partial<AuditLogSettings['retentionDays']> | undefined }) =>
      transaction(scope, async (tx) => {
        const before = await readSettings(tx.db, tx.tenantId);
        const after = { retentionDays: { ...before.retentionDays, ...input.retentionDays } };
        await store.upsertSettings(tx.db, tx.tenantId, after);
        await audit(tx, {
          key: 'AuditLogs.Settings.Updated',
          target: { type: 'AuditLogs', id: 'settings' },
          before,
          after,
        });
        return after;
      }),

    /** Deletes what is over its time, in batches, tenant by tenant. */
    async deleteOld(db: Database, now: Date): Promise<void> {
      for (const tenantId of await store.listTenantIds(db)) {
        const { retentionDays } = await readSettings(db, tenantId);
        for (const kind of auditKinds) {
          const days = retentionDays[kind];
          if (days === null) continue;
          const before = new Date(now.getTime() - days * DAY_MS);
          while ((await store.deleteOlder(db, tenantId, kind, before, CLEANUP_BATCH)) === CLEANUP_BATCH);
        }
      }
    },
  };
}
