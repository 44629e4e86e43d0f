import type { CaptchaConfig } from '@latchkey/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../../console-context.tsx';
import { signInExperienceKey } from '../sign-in-experience/sign-in-experience.queries.ts';

const captchaKey = ['captcha-provider'];

/** The tenant's captcha provider, or null while it has none. */
export function useCaptchaProvider() {
  const { api } = useConsole();
  return useQuery({
    queryKey: captchaKey,
    queryFn: async ({ signal }) =>
      (await api.call('GET /api/captcha-provider', { query: { optional: 'true' }, signal })) ?? null,
  });
}

export function useSaveCaptchaProvider() {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (config: CaptchaConfig) => api.call('PUT /api/captcha-provider', { body: { config } }),
    onSuccess: (saved) => client.setQueryData(captchaKey, saved),
  });
}

/** Switches the captcha off too, so the settings are read anew. */
export function useRemoveCaptchaProvider() {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.call('DELETE /api/captcha-provider', {}),
    onSuccess: () => {
      client.setQueryData(captchaKey, null);
      return client.invalidateQueries({ queryKey: signInExperienceKey });
    },
  });
}

export function useUnlock() {
  const { api } = useConsole();
  return useMutation({
    mutationFn: (targets: string[]) =>
      api.call('POST /api/sentinel-activities/delete', { body: { targetType: 'User', targets } }),
  });
}

export function useCheckPassword() {
  const { api } = useConsole();
  return useMutation({
    mutationFn: (password: string) => api.call('POST /api/sign-in-exp/default/check-password', { body: { password } }),
  });
}
