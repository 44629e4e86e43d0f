import type { CreateField, CustomProfileField } from '@latchkey/server/contract';
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';
import { signInExperienceKey } from '../sign-in-experience/sign-in-experience.queries.ts';

const key = ['custom-profile-fields'];

export const profileFieldsQuery = (api: ApiClient) =>
  queryOptions({ queryKey: key, queryFn: ({ signal }) => api.call('GET /api/custom-profile-fields', { signal }) });

/** Creates a field, or replaces everything but the name of one. */
export const useSaveField = (existing: CustomProfileField | undefined) =>
  useChange([key], (api, field: CreateField) => {
    if (!existing) return api.call('POST /api/custom-profile-fields', { body: field });
    const { name: _, ...body } = field;
    return api.call('PUT /api/custom-profile-fields/:name', { params: { name: existing.name }, body });
  });

/** The field leaves sign-up, too. */
export const useDeleteField = () =>
  useChange([key, signInExperienceKey], (api, name: string) =>
    api.call('DELETE /api/custom-profile-fields/:name', { params: { name } }),
  );
