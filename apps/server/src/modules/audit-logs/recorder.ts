import { type AuditEvent, type AuditSource, auditRow } from '../../kernel/audit.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Log } from '../../kernel/log.ts';
import { insertLogs } from './audit-logs.store.ts';

const PAUSE_MS = 250;
const BATCH = 500;
/** Beyond this the database is away or hopelessly behind; the process keeps its memory and says what it drops. */
const LIMIT = 50_000;

/**
 * Records what changes nothing, such as the issuing of a token, without making anybody wait: entries are gathered for
 * a moment and written together. A process that is killed loses that moment; changes are recorded in their own
 * transaction by `audit()` and lose nothing.
 */
export interface Recorder {
  record(source: AuditSource, event: AuditEvent): void;
  /** Writes what is left. */
  flush(): Promise<void>;
}

export function createRecorder(deps: { database: DatabasePool; log: Log }): Recorder {
  let gathered: ReturnType<typeof auditRow>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    while (gathered.length > 0) {
      const rows = gathered.slice(0, BATCH);
      gathered = gathered.slice(BATCH);
      try {
        await insertLogs(deps.database.forSystem('write gathered audit logs'), rows);
      } catch (error) {
        deps.log.error({ err: error, lost: rows.length }, 'audit logs could not be written');
      }
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    flush,
    record(source, event) {
      if (gathered.length >= LIMIT) {
        deps.log.error({ key: event.key }, 'an audit log was dropped: too many wait to be written');
        return;
      }
      gathered.push(auditRow(source, event));
      timer ??= setTimeout(() => void flush(), PAUSE_MS);
    },
  };
}
