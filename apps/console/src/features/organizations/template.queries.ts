import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { ItemOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';

export type OrganizationRole = ItemOf<'GET /api/organization-roles'>;

const rolesKey = 'organization-roles';
const scopesKey = 'organization-scopes';

const pageOf = ({ page = 1, search }: ListView) => ({ page, page_size: pageSize, q: search });

/** The roles of the template, and an organization's own. */
export const organizationRoleListQuery = (api: ApiClient, view: ListView, organizationId: string | undefined) =>
  queryOptions({
    queryKey: [rolesKey, 'list', organizationId, view.page, view.search],
    queryFn: ({ signal }) =>
      api.list('GET /api/organization-roles', { query: { ...pageOf(view), organizationId }, signal }),
    placeholderData: keepPreviousData,
  });

export const templateScopesQuery = (api: ApiClient, view: ListView) =>
  queryOptions({
    queryKey: [scopesKey, 'list', view.page, view.search],
    queryFn: ({ signal }) => api.list('GET /api/organization-scopes', { query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

/** Everything that an organization role could allow: in organizations, and at APIs. */
export const grantableQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [scopesKey, 'grantable'],
    queryFn: async ({ signal }) => {
      const [scopes, resources] = await Promise.all([
        api.call('GET /api/organization-scopes', { signal }),
        api.call('GET /api/resources', { query: { includeScopes: 'true' }, signal }),
      ]);
      return { scopes, resources };
    },
  });

type RoleFields = {
  name: string;
  description: string;
  type: 'User' | 'MachineToMachine';
  organizationScopeIds: string[];
  resourceScopeIds: string[];
};

/** Makes a role, for one organization or for all, or sets all of one that there is; the type is fixed then. */
export const useSaveOrganizationRole = (id: string | undefined, organizationId: string | undefined) =>
  useChange([[rolesKey], ['organizations']], (api, { type, ...fields }: RoleFields) =>
    id === undefined
      ? api.call('POST /api/organization-roles', { body: { type, ...fields, organizationId } })
      : api.call('PATCH /api/organization-roles/:id', { params: { id }, body: fields }),
  );

export const useDeleteOrganizationRole = () =>
  useChange([[rolesKey], ['organizations']], (api, id: string) =>
    api.call('DELETE /api/organization-roles/:id', { params: { id } }),
  );

export const useSaveTemplateScope = (id: string | undefined) =>
  useChange([[scopesKey], [rolesKey]], (api, body: { name: string; description: string }) =>
    id === undefined
      ? api.call('POST /api/organization-scopes', { body })
      : api.call('PATCH /api/organization-scopes/:id', { params: { id }, body }),
  );

export const useDeleteTemplateScope = () =>
  useChange([[scopesKey], [rolesKey]], (api, id: string) =>
    api.call('DELETE /api/organization-scopes/:id', { params: { id } }),
  );
