import type { Role } from '@latchkey/server/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';
import type { Choices } from '../../components/pick-dialog.tsx';
import { userHint, userName } from '../../components/user-name.ts';

const key = 'roles';

const pageOf = ({ page = 1, search }: ListView) => ({ page, page_size: pageSize, search: containing(search) });

export const rolesQuery = (api: ApiClient, view: ListView) =>
  queryOptions({
    queryKey: [key, 'list', view.page, view.search],
    queryFn: ({ signal }) => api.list('GET /api/roles', { query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

export const roleQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/roles/:id', { params: { id }, signal }),
  });

export const roleScopesQuery = (api: ApiClient, id: string, view: ListView) =>
  queryOptions({
    queryKey: [key, 'scopes', id, view.page, view.search],
    queryFn: ({ signal }) => api.list('GET /api/roles/:id/scopes', { params: { id }, query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

/** The ids of all that the role allows, to leave them out of what can be added. */
export async function roleScopeIds(api: ApiClient, id: string, signal: AbortSignal): Promise<Set<string>> {
  const scopes = await api.call('GET /api/roles/:id/scopes', { params: { id }, signal });
  return new Set(scopes.map((scope) => scope.id));
}

export const roleUsersQuery = (api: ApiClient, id: string, view: ListView) =>
  queryOptions({
    queryKey: [key, 'users', id, view.page, view.search],
    queryFn: ({ signal }) => api.list('GET /api/roles/:id/users', { params: { id }, query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

export const roleApplicationsQuery = (api: ApiClient, id: string, view: ListView) =>
  queryOptions({
    queryKey: [key, 'applications', id, view.page, view.search],
    queryFn: ({ signal }) =>
      api.list('GET /api/roles/:id/applications', { params: { id }, query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

/** Users who do not hold the role. */
export const roleUserChoices = (api: ApiClient, roleId: string): Choices => ({
  key: ['users', 'choices', roleId],
  load: async ({ search, signal, ...paging }) => {
    const query = { ...paging, search: containing(search), excludeRoleId: roleId, enableCap: 'true' };
    const { items, total } = await api.list('GET /api/users', { query, signal });
    return { items: items.map((user) => ({ id: user.id, label: userName(user), hint: userHint(user) })), total };
  },
});

/** Machine-to-machine applications that do not hold the role. */
export const roleApplicationChoices = (api: ApiClient, roleId: string): Choices => ({
  key: ['applications', 'choices', roleId],
  load: async ({ search, signal, ...paging }) => {
    const query = {
      ...paging,
      search: containing(search),
      types: ['MachineToMachine' as const],
      excludeRoleId: roleId,
    };
    const { items, total } = await api.list('GET /api/applications', { query, signal });
    return { items: items.map(({ id, name }) => ({ id, label: name, hint: id })), total };
  },
});

type NewRole = Pick<Role, 'name' | 'description' | 'type' | 'isDefault'>;

export const useCreateRole = () =>
  useChange([[key, 'list']], (api, body: NewRole) => api.call('POST /api/roles', { body }));

export const useUpdateRole = (id: string) =>
  useChange([[key]], (api, body: Partial<Omit<NewRole, 'type'>>) =>
    api.call('PATCH /api/roles/:id', { params: { id }, body }),
  );

/** The role's own page is not read anew: it is still there for a moment. */
export const useDeleteRole = (id: string) =>
  useChange(
    [
      [key, 'list'],
      [key, 'held'],
    ],
    (api, _: undefined) => api.call('DELETE /api/roles/:id', { params: { id } }),
  );

export const useAddRoleScopes = (id: string) =>
  useChange([[key, 'scopes', id]], (api, scopeIds: string[]) =>
    api.call('POST /api/roles/:id/scopes', { params: { id }, body: { scopeIds } }),
  );

export const useRemoveRoleScope = (id: string) =>
  useChange([[key, 'scopes', id]], (api, scopeId: string) =>
    api.call('DELETE /api/roles/:id/scopes/:scopeId', { params: { id, scopeId } }),
  );

export const useAddRoleUsers = (id: string) =>
  useChange([[key], ['users', 'choices']], (api, userIds: string[]) =>
    api.call('POST /api/roles/:id/users', { params: { id }, body: { userIds } }),
  );

export const useRemoveRoleUser = (id: string) =>
  useChange([[key], ['users', 'choices']], (api, userId: string) =>
    api.call('DELETE /api/roles/:id/users/:userId', { params: { id, userId } }),
  );

export const useAddRoleApplications = (id: string) =>
  useChange([[key], ['applications']], (api, applicationIds: string[]) =>
    api.call('POST /api/roles/:id/applications', { params: { id }, body: { applicationIds } }),
  );

export const useRemoveRoleApplication = (id: string) =>
  useChange([[key], ['applications']], (api, applicationId: string) =>
    api.call('DELETE /api/roles/:id/applications/:applicationId', { params: { id, applicationId } }),
  );
