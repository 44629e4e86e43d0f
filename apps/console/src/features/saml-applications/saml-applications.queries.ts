import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { AnswerOf, RequestOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';

export type SamlApplication = AnswerOf<'GET /api/saml-applications/:id'>;

const key = 'saml-applications';

export const samlApplicationQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/saml-applications/:id', { params: { id }, signal }),
  });

export const useUpdateSamlApplication = (id: string) =>
  // The name and the description are those of the application, which is listed among all the others.
  useChange([[key, 'one', id], ['applications']], (api, body: RequestOf<'PATCH /api/saml-applications/:id'>['body']) =>
    api.call('PATCH /api/saml-applications/:id', { params: { id }, body }),
  );

export const samlKeysQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'keys', id],
    queryFn: ({ signal }) => api.call('GET /api/saml-applications/:id/secrets', { params: { id }, signal }),
  });

export const useCreateSamlKey = (id: string) =>
  useChange([[key, 'keys', id]], (api, lifeSpanInYears: number) =>
    api.call('POST /api/saml-applications/:id/secrets', { params: { id }, body: { lifeSpanInYears } }),
  );

export const useSetSamlKeyActive = (id: string) =>
  useChange([[key, 'keys', id]], (api, { secretId, active }: { secretId: string; active: boolean }) =>
    api.call('PATCH /api/saml-applications/:id/secrets/:secretId', { params: { id, secretId }, body: { active } }),
  );

export const useDeleteSamlKey = (id: string) =>
  useChange([[key, 'keys', id]], (api, secretId: string) =>
    api.call('DELETE /api/saml-applications/:id/secrets/:secretId', { params: { id, secretId } }),
  );
