import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Log } from '../../kernel/log.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { AuditLogSettings } from './audit-logs.contract.ts';
import { auditLogsRoutes } from './audit-logs.routes.ts';
import { createAuditLogsService } from './audit-logs.service.ts';
import { createRecorder, type Recorder } from './recorder.ts';

export { toLog } from './audit-logs.routes.ts';
export { readWindow } from './log-window.ts';
export type { Recorder } from './recorder.ts';

export interface AuditLogsApi {
  recorder: Recorder;
  settings(scope: Scope): Promise<AuditLogSettings>;
}

/** The trail: who did what, when, from where, with what outcome. */
export function createAuditLogsModule(deps: { database: DatabasePool; log: Log; now(): Date }): {
  routes: Routes;
  api: AuditLogsApi;
  jobs: Job[];
} {
  const service = createAuditLogsService();
  return {
    routes: auditLogsRoutes(service),
    api: {
      recorder: createRecorder(deps),
      settings: service.settings,
    },
    jobs: [
      {
        name: 'delete-old-audit-logs',
        schedule: '33 * * * *',
        run: () => service.deleteOld(deps.database.forSystem('delete old audit logs'), deps.now()),
      },
    ],
  };
}
