import type { ApiClient } from '../../api/client.ts';
import type { RequestOf } from '../../api/operations.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import type { Choice, Choices } from '../../components/pick-dialog.tsx';

/** The APIs; the hint of each is its identifier. */
export const resourceChoices = (api: ApiClient): Choices => ({
  key: ['resources', 'choices'],
  load: async ({ search, signal, ...paging }) => {
    const query = { ...paging, search: containing(search) };
    const { items, total } = await api.list('GET /api/resources', { query, signal });
    return { items: items.map(({ id, name, indicator }) => ({ id, label: name, hint: indicator })), total };
  },
});

/** The permissions of one API, or without one those of organizations. */
export const permissionChoices = (api: ApiClient, resource: Choice | null): Choices => ({
  key: resource ? ['resources', 'scopes', resource.id, 'choices'] : ['organization-scopes', 'choices'],
  load: async ({ search, signal, ...paging }) => {
    const { items, total } = resource
      ? await api.list('GET /api/resources/:resourceId/scopes', {
          params: { resourceId: resource.id },
          query: { ...paging, search: containing(search) },
          signal,
        })
      : await api.list('GET /api/organization-scopes', { query: { ...paging, q: search }, signal });
    return {
      items: items.map(({ id, name, description }) => ({ id, label: name, hint: description ?? undefined })),
      total,
    };
  },
});

export const useAskWhy = () =>
  useChange([], (api, body: RequestOf<'POST /api/authorization/check'>['body']) =>
    api.call('POST /api/authorization/check', { body }),
  );
