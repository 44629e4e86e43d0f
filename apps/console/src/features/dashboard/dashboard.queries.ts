import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';

async function readFigures(api: ApiClient, date: string, signal: AbortSignal) {
  const period = { query: { date }, signal };
  const [total, fresh, active, curves, signIns, storage] = await Promise.all([
    api.call('GET /api/dashboard/users/total', { signal }),
    api.call('GET /api/dashboard/users/new', { signal }),
    api.call('GET /api/dashboard/users/active', period),
    api.call('GET /api/dashboard/curves', period),
    api.call('GET /api/dashboard/sign-ins', period),
    api.call('GET /api/dashboard/storage', { signal }),
  ]);
  return { total, fresh, active, curves, signIns, storage };
}

export type DashboardFigures = Awaited<ReturnType<typeof readFigures>>;

/** Everything that the dashboard shows of the 30 days that end with `date`. */
export const dashboardQuery = (api: ApiClient, date: string) =>
  queryOptions({
    queryKey: ['dashboard', date],
    queryFn: ({ signal }) => readFigures(api, date, signal),
    placeholderData: keepPreviousData,
  });
