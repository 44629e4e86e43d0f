import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';

/** How far this tenant has come on the way to its first sign-in. */
export type Progress = { application: boolean; connector: boolean; signIn: boolean };

export const progressQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['get-started', 'progress'],
    queryFn: async ({ signal }): Promise<Progress> => {
      const [applications, connectors, users] = await Promise.all([
        api.list('GET /api/applications', { query: { page: 1, page_size: 1 }, signal }),
        api.call('GET /api/connectors', { signal }),
        api.list('GET /api/users', { query: { page: 1, page_size: 20 }, signal }),
      ]);
      return {
        application: applications.total > 0,
        connector: connectors.length > 0,
        signIn: users.items.some(({ lastSignInAt }) => lastSignInAt !== null),
      };
    },
    // The steps are taken in other tabs and programs, so coming back to this page asks again.
    staleTime: 0,
  });
