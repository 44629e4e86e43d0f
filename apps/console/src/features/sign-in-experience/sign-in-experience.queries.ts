import type { UpdateSignInExperience } from '@latchkey/server/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';

export const signInExperienceKey = ['sign-in-experience'];

export const signInExperienceQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: signInExperienceKey,
    queryFn: ({ signal }) => api.call('GET /api/sign-in-exp', { signal }),
  });

export function useUpdateSignInExperience() {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateSignInExperience) => api.call('PATCH /api/sign-in-exp', { body }),
    onSuccess: (saved) => client.setQueryData(signInExperienceQuery(api).queryKey, saved),
  });
}
