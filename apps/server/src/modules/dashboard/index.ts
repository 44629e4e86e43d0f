import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Log } from '../../kernel/log.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type ActiveUsers, createActiveUsers } from './active-users.ts';
import { dashboardRoutes } from './dashboard.routes.ts';
import { createDashboardService, type DashboardDependencies } from './dashboard.service.ts';
import { deleteActiveUsersBefore } from './dashboard.store.ts';

export type { ActiveUsers } from './active-users.ts';

export interface DashboardApi {
  activeUsers: ActiveUsers;
}

/** How long it is remembered who was active on which day: two years. */
const KEPT_MS = 2 * 365 * DAY_MS;

/** Figures of a tenant: its users, how they sign in, what goes wrong and how fast its data grows. */
export function createDashboardModule(
  deps: DashboardDependencies & { database: DatabasePool; log: Log; now(): Date },
): { routes: Routes; api: DashboardApi; jobs: Job[] } {
  return {
    routes: dashboardRoutes(createDashboardService(deps)),
    api: { activeUsers: createActiveUsers(deps) },
    jobs: [
      {
        name: 'forget-old-active-users',
        schedule: '3 3 * * *',
        run: () =>
          deleteActiveUsersBefore(
            deps.database.forSystem('forget active users of long ago'),
            new Date(deps.now().getTime() - KEPT_MS).toISOString().slice(0, 10),
          ),
      },
    ],
  };
}
