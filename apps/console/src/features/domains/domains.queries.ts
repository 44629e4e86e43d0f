import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { AnswerOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';
import { pageSize } from '../../components/list-panel.tsx';

const key = 'domains';
/** How often a domain is read anew that waits for something; only while the page is looked at. */
const REFRESH_MS = 5000;

export type Domain = AnswerOf<'GET /api/domains/:id'>;
export type VerificationFiles = AnswerOf<'GET /api/domains/:id/verification-files'>;

const isWaiting = ({ status, servesUntil }: Domain) => status !== 'Active' || servesUntil !== null;

export const domainsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'list'],
    queryFn: ({ signal }) => api.call('GET /api/domains', { signal }),
    refetchInterval: ({ state }) => (state.data?.some(isWaiting) ? REFRESH_MS : false),
  });

export const domainQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/domains/:id', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isWaiting(state.data) ? REFRESH_MS : false),
  });

/** Entries of the trail by which domains were removed, the newest first. */
export const removedDomainsQuery = (api: ApiClient, page: number) =>
  queryOptions({
    queryKey: [key, 'removed', page],
    queryFn: ({ signal }) =>
      api.list('GET /api/logs', { query: { logKey: 'Domain.Deleted', page, page_size: pageSize }, signal }),
    placeholderData: keepPreviousData,
  });

export const domainFilesQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'files', id],
    queryFn: ({ signal }) => api.call('GET /api/domains/:id/verification-files', { params: { id }, signal }),
  });

export const useCreateDomain = () =>
  useChange([[key, 'list']], (api, domain: string) => api.call('POST /api/domains', { body: { domain } }));

const shown = (id: string) => [
  [key, 'list'],
  [key, 'one', id],
];

export const useVerifyDomain = (id: string) =>
  useChange(shown(id), (api, _: undefined) => api.call('POST /api/domains/:id/verify', { params: { id } }));

/** Another domain that was primary gives way, so all of them are read anew. */
export const useSetPrimary = (id: string) =>
  useChange([[key]], (api, isPrimary: boolean) =>
    api.call('PATCH /api/domains/:id', { params: { id }, body: { isPrimary } }),
  );

/** The domain's own page is not read anew: it is still there for a moment. */
export const useDeleteDomain = (id: string) =>
  useChange(
    [
      [key, 'list'],
      [key, 'removed'],
    ],
    (api, _: undefined) => api.call('DELETE /api/domains/:id', { params: { id } }),
  );

export const useSetDomainFiles = (id: string) =>
  useChange([[key, 'files', id]], (api, verificationFiles: VerificationFiles) =>
    api.call('PUT /api/domains/:id/verification-files', { params: { id }, body: { verificationFiles } }),
  );
