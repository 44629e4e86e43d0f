import { audit } from '../../kernel/audit.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { COUNT_CAP } from '../../kernel/wire.contract.ts';
import type { Log } from '../audit-logs/log.contract.ts';
import type {
  AuditStreamStatus,
  AuditStreamType,
  HttpDestination,
  SyslogDestination,
} from './audit-streams.contract.ts';
import { fail } from './audit-streams.errors.ts';
import * as store from './audit-streams.store.ts';
import type { Destinations } from './destinations.ts';

const TEST_KEY = 'AuditStream.Test';

export type AuditStreamsService = ReturnType<typeof createAuditStreamsService>;

export interface MeasuredStream {
  row: store.StreamRow;
  status: AuditStreamStatus;
}

const target = (type: AuditStreamType) => ({ type: 'AuditStream' as const, id: type });
const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'audit stream', id } });

/** Where the tenant's trail is sent to. */
export function createAuditStreamsService({ destinations }: { destinations: Destinations }) {
  const measure = async (scope: Scope, row: store.StreamRow): Promise<MeasuredStream> => {
    const { count, oldestAt } = await store.measureWaiting(scope.db, row, COUNT_CAP);
    return {
      row,
      status: {
        sentCount: row.sentCount,
        lastSentAt: row.lastSentAt?.getTime() ?? null,
        waitingCount: count,
        oldestWaitingAt: oldestAt?.getTime() ?? null,
        failures: row.failures,
        lastError: row.lastError,
        retryAt: row.retryAt?.getTime() ?? null,
      },
    };
  };

  const put = async (
    scope: Scope,
    type: AuditStreamType,
    change: (before: store.StreamRow | undefined) => Pick<store.StreamRow, 'enabled' | 'destination' | 'tokenSealed'>,
  ): Promise<MeasuredStream> => {
    const after = await transaction(scope, async (tx) => {
      const before = (await store.lockStreams(tx.db, tx.tenantId)).find((row) => row.type === type);
      const row = await store.upsertStream(tx.db, { tenantId: tx.tenantId, type, since: tx.now, ...change(before) });
      await audit(tx, {
        key: before ? 'AuditStream.Updated' : 'AuditStream.Created',
        target: target(type),
        ...(before && { before: auditView(before) }),
        after: auditView(row),
      });
      return row;
    });
    return measure(scope, after);
  };

  return {
    async list(scope: Scope): Promise<MeasuredStream[]> {
      const rows = await store.listStreams(scope.db, scope.tenantId);
      return Promise.all(rows.map((row) => measure(scope, row)));
    },

    putSyslog: (scope: Scope, { enabled, ...destination }: SyslogDestination & { enabled: boolean }) =>
      put(scope, 'syslog', () => ({ enabled, destination, tokenSealed: null })),

    putHttp: (scope: Scope, input: HttpDestination & { enabled: boolean; token?: string | null | undefined }) =>
      put(scope, 'http', (before) => ({
        enabled: input.enabled,
        destination: { url: input.url },
        tokenSealed:
          input.token === undefined
            ? keptToken(before, input.url)
            : input.token && destinations.sealToken({ tenantId: scope.tenantId, type: 'http' }, input.token),
      })),

    remove: (scope: Scope, type: AuditStreamType): Promise<void> =>
      transaction(scope, async (tx) => {
        const before = await store.deleteStream(tx.db, { tenantId: tx.tenantId, type });
        if (!before) throw missing(type);
        await audit(tx, { key: 'AuditStream.Deleted', target: target(type), before: auditView(before) });
      }),

    async test(scope: Scope, type: AuditStreamType): Promise<void> {
      const row = await store.findStream(scope.db, { tenantId: scope.tenantId, type });
      if (!row) throw missing(type);
      const { tenantId, actor, requestId } = scope;
      const entry: Log = {
        tenantId,
        id: 'test',
        key: TEST_KEY,
        payload: { key: TEST_KEY, result: 'Success', actor, requestId },
        createdAt: scope.now.getTime(),
      };
      const message = await destinations.send(row, [entry]);
      if (message !== null) throw fail('log.stream_test_failed', { data: { message } });
    },

    async reseal(scope: Scope): Promise<number> {
      const rows = await store.lockStreams(scope.db, scope.tenantId);
      let count = 0;
      for (const row of rows) {
        const token = destinations.resealed(row);
        if (token === undefined) continue;
        await store.setToken(scope.db, row, token);
        count += 1;
      }
      return count;
    },
  };
}

/** A token goes to the receiver that it was given for: whoever changes the address must know it. */
function keptToken(before: store.StreamRow | undefined, url: string): string | null {
  if (!before) return null;
  return new URL((before.destination as HttpDestination).url).origin === new URL(url).origin
    ? before.tokenSealed
    : null;
}

/** What the trail keeps of a stream: no token. */
const auditView = ({ enabled, destination, tokenSealed }: store.StreamRow) => ({
  enabled,
  ...destination,
  hasToken: tokenSealed !== null,
});
