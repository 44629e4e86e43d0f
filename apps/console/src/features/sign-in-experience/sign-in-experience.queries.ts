import type { SignInExperience } from '@latchkey/server/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';
import type { SignInExperiencePatch } from './sign-in-settings.ts';

const path = '/api/sign-in-exp';

export const signInExperienceKey = ['sign-in-experience'];

export const signInExperienceQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: signInExperienceKey,
    queryFn: ({ signal }) => api.send<SignInExperience>('GET', path, { signal }),
  });

export function useUpdateSignInExperience() {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignInExperiencePatch) => api.send<SignInExperience>('PATCH', path, { body }),
    onSuccess: (saved) => client.setQueryData(signInExperienceQuery(api).queryKey, saved),
  });
}
