import { keepPreviousData, type QueryKey, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';
import type { Choices } from '../../components/pick-dialog.tsx';

const key = 'resources';

export const resourcesQuery = (api: ApiClient, { page = 1, search }: ListView) =>
  queryOptions({
    queryKey: [key, 'list', page, search],
    queryFn: ({ signal }) =>
      api.list('GET /api/resources', { query: { page, page_size: pageSize, search: containing(search) }, signal }),
    placeholderData: keepPreviousData,
  });

export const resourceQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/resources/:id', { params: { id }, signal }),
  });

export const resourceScopesQuery = (api: ApiClient, resourceId: string, { page = 1, search }: ListView) =>
  queryOptions({
    queryKey: [key, 'scopes', resourceId, page, search],
    queryFn: ({ signal }) =>
      api.list('GET /api/resources/:resourceId/scopes', {
        params: { resourceId },
        query: { page, page_size: pageSize, search: containing(search) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

/** The permissions of all APIs but those `taken` already, each with its API; `except` leaves one API out. */
export const scopeChoices = (
  api: ApiClient,
  choicesKey: QueryKey,
  taken: (signal: AbortSignal) => Promise<Set<string>>,
  except?: string,
): Choices => ({
  key: choicesKey,
  load: async ({ page, page_size, search, signal }) => {
    const [resources, held] = await Promise.all([
      api.call('GET /api/resources', { query: { includeScopes: 'true' }, signal }),
      taken(signal),
    ]);
    const wanted = search?.toLowerCase() ?? '';
    const choices = resources
      .filter(({ indicator }) => indicator !== except)
      .flatMap(({ scopes = [], name: resource, indicator }) =>
        scopes.map(({ id, name }) => ({ id, label: name, hint: `${resource}: ${indicator}` })),
      )
      .filter(({ id, label, hint }) => !held.has(id) && `${label} ${hint}`.toLowerCase().includes(wanted));
    return { items: choices.slice((page - 1) * page_size, page * page_size), total: choices.length };
  },
});

export const useCreateResource = () =>
  useChange([[key, 'list']], (api, body: { name: string; indicator: string }) =>
    api.call('POST /api/resources', { body }),
  );

export const useUpdateResource = (id: string) =>
  useChange([[key]], (api, body: { name?: string; accessTokenTtl: number }) =>
    api.call('PATCH /api/resources/:id', { params: { id }, body }),
  );

export const useSetDefaultResource = (id: string) =>
  useChange([[key]], (api, isDefault: boolean) =>
    api.call('PATCH /api/resources/:id/is-default', { params: { id }, body: { isDefault } }),
  );

/** Not read anew: the page of what was deleted is still there for a moment. */
export const useDeleteResource = (id: string) =>
  useChange([[key, 'list'], ['roles']], (api, _: undefined) =>
    api.call('DELETE /api/resources/:id', { params: { id } }),
  );

type ScopeFields = { name: string; description: string };

export const useSaveScope = (resourceId: string, scopeId: string | undefined) =>
  useChange([[key, 'scopes']], (api, body: ScopeFields) =>
    scopeId === undefined
      ? api.call('POST /api/resources/:resourceId/scopes', { params: { resourceId }, body })
      : api.call('PATCH /api/resources/:resourceId/scopes/:scopeId', { params: { resourceId, scopeId }, body }),
  );

export const useDeleteScope = (resourceId: string) =>
  useChange([[key, 'scopes'], ['roles']], (api, scopeId: string) =>
    api.call('DELETE /api/resources/:resourceId/scopes/:scopeId', { params: { resourceId, scopeId } }),
  );
