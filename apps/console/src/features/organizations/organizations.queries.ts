import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { OperationName, RequestOf } from '../../api/operations.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';
import type { Choices } from '../../components/pick-dialog.tsx';
import { userHint, userName } from '../../components/user-name.ts';
import { ssoConnectorsKey } from '../enterprise-sso/enterprise-sso.queries.ts';

const key = 'organizations';

type BodyOf<Name extends OperationName> = RequestOf<Name> extends { body: infer Body } ? Body : never;

const pageOf = ({ page = 1, search }: ListView) => ({ page, page_size: pageSize, q: search });

export const organizationsQuery = (api: ApiClient, view: ListView) =>
  queryOptions({
    queryKey: [key, 'list', view.page, view.search],
    queryFn: ({ signal }) =>
      api.list('GET /api/organizations', { query: { ...pageOf(view), showFeatured: 'true' }, signal }),
    placeholderData: keepPreviousData,
  });

export const organizationQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/organizations/:id', { params: { id }, signal }),
  });

export const membersQuery = (api: ApiClient, id: string, view: ListView) =>
  queryOptions({
    queryKey: [key, 'members', id, view.page, view.search],
    queryFn: ({ signal }) =>
      api.list('GET /api/organizations/:id/users', { params: { id }, query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

export const memberApplicationsQuery = (api: ApiClient, id: string, view: ListView) =>
  queryOptions({
    queryKey: [key, 'applications', id, view.page, view.search],
    queryFn: ({ signal }) =>
      api.list('GET /api/organizations/:id/applications', { params: { id }, query: pageOf(view), signal }),
    placeholderData: keepPreviousData,
  });

/** What just-in-time members come by and get. */
export const joiningQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'joining', id],
    queryFn: async ({ signal }) => {
      const [domains, connectors, roles] = await Promise.all([
        api.call('GET /api/organizations/:id/jit/email-domains', { params: { id }, signal }),
        api.call('GET /api/organizations/:id/jit/sso-connectors', { params: { id }, signal }),
        api.call('GET /api/organizations/:id/jit/roles', { params: { id }, signal }),
      ]);
      return {
        domains: domains.map(({ emailDomain }) => emailDomain),
        ssoConnectorIds: connectors.map((connector) => connector.id),
        roleIds: roles.map((role) => role.id),
      };
    },
  });

/** The roles that members of the organization can hold, its own among them. */
export const organizationRolesQuery = (api: ApiClient, organizationId: string) =>
  queryOptions({
    queryKey: ['organization-roles', 'of', organizationId],
    queryFn: ({ signal }) => api.call('GET /api/organization-roles', { query: { organizationId }, signal }),
  });

export const newMemberChoices = (api: ApiClient, id: string): Choices => ({
  key: [key, 'members', id, 'choices'],
  load: async ({ search, signal, ...paging }) => {
    const query = { ...paging, search: containing(search), excludeOrganizationId: id, enableCap: 'true' };
    const { items, total } = await api.list('GET /api/users', { query, signal });
    return { items: items.map((user) => ({ id: user.id, label: userName(user), hint: userHint(user) })), total };
  },
});

export const newApplicationChoices = (api: ApiClient, id: string): Choices => ({
  key: [key, 'applications', id, 'choices'],
  load: async ({ search, signal, ...paging }) => {
    const types = ['MachineToMachine' as const];
    const query = { ...paging, search: containing(search), types, excludeOrganizationId: id };
    const { items, total } = await api.list('GET /api/applications', { query, signal });
    return { items: items.map((entry) => ({ id: entry.id, label: entry.name, hint: entry.id })), total };
  },
});

export const useCreateOrganization = () =>
  useChange([[key, 'list']], (api, body: BodyOf<'POST /api/organizations'>) =>
    api.call('POST /api/organizations', { body }),
  );

export const useUpdateOrganization = (id: string) =>
  useChange(
    [
      [key, 'list'],
      [key, 'one', id],
    ],
    (api, body: BodyOf<'PATCH /api/organizations/:id'>) =>
      api.call('PATCH /api/organizations/:id', { params: { id }, body }),
  );

/** The organization's own page is not read anew: it is still there for a moment. */
export const useDeleteOrganization = (id: string) =>
  useChange([[key, 'list']], (api, _: undefined) => api.call('DELETE /api/organizations/:id', { params: { id } }));

export const useSetJoining = (id: string) =>
  useChange(
    [[key, 'joining', id], ssoConnectorsKey],
    (api, { domains, ssoConnectorIds, roleIds }: Record<'domains' | 'ssoConnectorIds' | 'roleIds', string[]>) =>
      api.call('PUT /api/organizations/:id/jit', {
        params: { id },
        body: { emailDomains: domains, ssoConnectorIds, organizationRoleIds: roleIds },
      }),
  );

export const useAddMembers = (id: string) =>
  useChange([[key]], (api, userIds: string[]) =>
    api.call('POST /api/organizations/:id/users', { params: { id }, body: { userIds } }),
  );

export const useRemoveMember = (id: string) =>
  useChange([[key]], (api, userId: string) =>
    api.call('DELETE /api/organizations/:id/users/:userId', { params: { id, userId } }),
  );

export const useAddApplications = (id: string) =>
  useChange([[key]], (api, applicationIds: string[]) =>
    api.call('POST /api/organizations/:id/applications', { params: { id }, body: { applicationIds } }),
  );

export const useRemoveApplication = (id: string) =>
  useChange([[key]], (api, applicationId: string) =>
    api.call('DELETE /api/organizations/:id/applications/:applicationId', { params: { id, applicationId } }),
  );

/** A member of an organization whose roles are set. */
export type Member = { id: string; name: string; kind: 'User' | 'MachineToMachine'; roleIds: string[] };

export const useSetMemberRoles = (id: string, member: Member) =>
  useChange([[key]], (api, organizationRoleIds: string[]) =>
    member.kind === 'User'
      ? api.call('PUT /api/organizations/:id/users/:userId/roles', {
          params: { id, userId: member.id },
          body: { organizationRoleIds },
        })
      : api.call('PUT /api/organizations/:id/applications/:applicationId/roles', {
          params: { id, applicationId: member.id },
          body: { organizationRoleIds },
        }),
  );
