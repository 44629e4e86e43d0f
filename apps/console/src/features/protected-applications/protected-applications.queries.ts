import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import type { ApiClient } from '../../api/client.ts';
import type { AnswerOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';

const key = 'protected-applications';
/** How often domains are looked at that wait for something; only while the page is looked at. */
const REFRESH_MS = 5000;
const DOMAINS = '/api/applications/:id/protected-app-metadata/custom-domains';

export type ProtectedDomain = AnswerOf<`GET ${typeof DOMAINS}`>[number];

/** Below what name hosts need no proof; null where the install gives none out. */
export const defaultDomainQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'default-domain'],
    queryFn: async ({ signal }) => {
      try {
        return (await api.call('GET /api/systems/application', { signal })).protectedApps.defaultDomain;
      } catch (error) {
        if (error instanceof ApiError && error.status === 501) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const protectedDomainsQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'domains', id],
    queryFn: ({ signal }) => api.call(`GET ${DOMAINS}`, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status !== 'Active') ? REFRESH_MS : false),
  });

export const useAddProtectedDomain = (id: string) =>
  useChange([[key, 'domains', id]], (api, domain: string) =>
    api.call(`POST ${DOMAINS}`, { params: { id }, body: { domain } }),
  );

export const useRemoveProtectedDomain = (id: string) =>
  useChange([[key, 'domains', id]], (api, domain: string) =>
    api.call(`DELETE ${DOMAINS}/:domain`, { params: { id, domain } }),
  );
