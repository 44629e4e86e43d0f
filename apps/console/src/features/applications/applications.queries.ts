import type { Application, CreateApplication, UpdateApplication } from '@latchkey/server/contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { RequestOf } from '../../api/operations.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';
import { useConsole } from '../../console-context.tsx';

export const applicationsQuery = (api: ApiClient, { page = 1, search }: ListView) =>
  queryOptions({
    queryKey: ['applications', 'list', page, search],
    queryFn: ({ signal }) =>
      api.list('GET /api/applications', {
        query: { page, page_size: pageSize, search: containing(search) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const applicationQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: ['applications', 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/applications/:id', { params: { id }, signal }),
  });

/** What the application has of its own; null while it has nothing. */
export const applicationExperienceQuery = (api: ApiClient, applicationId: string) =>
  queryOptions({
    queryKey: ['applications', 'experience', applicationId],
    queryFn: async ({ signal }) => {
      const request = { params: { applicationId }, query: { optional: 'true' }, signal };
      return (await api.call('GET /api/applications/:applicationId/sign-in-experience', request)) ?? null;
    },
  });

export const useSaveApplicationExperience = (applicationId: string) =>
  useChange(
    [['applications', 'experience', applicationId]],
    (api, body: RequestOf<'PUT /api/applications/:applicationId/sign-in-experience'>['body']) =>
      api.call('PUT /api/applications/:applicationId/sign-in-experience', { params: { applicationId }, body }),
  );

export const secretsQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: ['applications', 'secrets', id],
    queryFn: ({ signal }) => api.call('GET /api/applications/:id/secrets', { params: { id }, signal }),
  });

export function useCreateApplication() {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, description, ...body }: CreateApplication): Promise<Pick<Application, 'id'>> =>
      body.type === 'SAML'
        ? api.call('POST /api/saml-applications', { body: { name, description } })
        : api.call('POST /api/applications', { body: { name, description, ...body } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['applications', 'list'] }),
  });
}

export function useUpdateApplication(id: string) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateApplication) => api.call('PATCH /api/applications/:id', { params: { id }, body }),
    onSuccess: (application) => {
      // The answer lacks what only the details have, which this change leaves as it was.
      queries.setQueryData(applicationQuery(api, id).queryKey, (known) => known && { ...known, ...application });
      return queries.invalidateQueries({ queryKey: ['applications', 'list'] });
    },
  });
}

export function useSetManagementAccess(id: string) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (isAdmin: boolean) => api.call('PATCH /api/applications/:id', { params: { id }, body: { isAdmin } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: applicationQuery(api, id).queryKey }),
  });
}

export function useDeleteApplication({ id, type }: Pick<Application, 'id' | 'type'>) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      type === 'SAML'
        ? api.call('DELETE /api/saml-applications/:id', { params: { id } })
        : api.call('DELETE /api/applications/:id', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['applications', 'list'] }),
  });
}

export function useCreateSecret(id: string) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; expiresAt?: number }) =>
      api.call('POST /api/applications/:id/secrets', { params: { id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['applications', 'secrets', id] }),
  });
}

export function useDeleteSecret(id: string) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.call('DELETE /api/applications/:id/secrets/:name', { params: { id, name } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['applications', 'secrets', id] }),
  });
}

/** The tenant's own discovery document: what applications will really be told. */
export type Discovery = {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  userinfo_endpoint: string;
  jwks_uri: string;
  end_session_endpoint: string;
};

export const discoveryPath = '/oidc/.well-known/openid-configuration';

export const discoveryQuery = (endpoint: string) =>
  queryOptions({
    queryKey: ['discovery', endpoint],
    queryFn: async ({ signal }): Promise<Discovery> => {
      const response = await fetch(`${endpoint}${discoveryPath}`, { signal });
      if (!response.ok) throw new TypeError(`The discovery document answered ${response.status}.`);
      return response.json();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
