import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';
import type { Choices } from '../../components/pick-dialog.tsx';

/** Who holds roles: a user, or a machine-to-machine application. */
export type Holder = { userId: string } | { applicationId: string };

const key = 'roles';

export const heldRolesQuery = (api: ApiClient, holder: Holder, { page = 1, search }: ListView) =>
  queryOptions({
    queryKey: [key, 'held', holder, page, search],
    queryFn: ({ signal }) => {
      const query = { page, page_size: pageSize, search: containing(search) };
      return 'userId' in holder
        ? api.list('GET /api/users/:userId/roles', { params: holder, query, signal })
        : api.list('GET /api/applications/:applicationId/roles', { params: holder, query, signal });
    },
    placeholderData: keepPreviousData,
  });

/** Roles that the holder could be given. */
export const newRoleChoices = (api: ApiClient, holder: Holder): Choices => ({
  key: [key, 'held', holder, 'choices'],
  load: async ({ search, signal, ...paging }) => {
    const of =
      'userId' in holder
        ? { type: 'User' as const, excludeUserId: holder.userId }
        : { type: 'MachineToMachine' as const, excludeApplicationId: holder.applicationId };
    const query = { ...paging, ...of, search: containing(search) };
    const { items, total } = await api.list('GET /api/roles', { query, signal });
    return { items: items.map(({ id, name, description }) => ({ id, label: name, hint: description })), total };
  },
});

export const useAddHeldRoles = (holder: Holder) =>
  useChange([[key], ['applications']], (api, roleIds: string[]) =>
    'userId' in holder
      ? api.call('POST /api/users/:userId/roles', { params: holder, body: { roleIds } })
      : api.call('POST /api/applications/:applicationId/roles', { params: holder, body: { roleIds } }),
  );

export const useRemoveHeldRole = (holder: Holder) =>
  useChange([[key], ['applications']], (api, roleId: string) =>
    'userId' in holder
      ? api.call('DELETE /api/users/:userId/roles/:roleId', { params: { ...holder, roleId } })
      : api.call('DELETE /api/applications/:applicationId/roles/:roleId', { params: { ...holder, roleId } }),
  );
