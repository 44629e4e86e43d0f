import { queryOptions, useMutation } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';

/** What may be uploaded as an image, by the server's word. */
export const uploadRulesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['user-assets', 'rules'],
    queryFn: ({ signal }) => api.call('GET /api/user-assets/service-status', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useUploadImage() {
  const { api } = useConsole();
  return useMutation({ mutationFn: (file: File) => api.call('POST /api/user-assets', { file }) });
}

type Pages = { file: File; onProgress: (part: number) => void };

export function useUploadPages() {
  const { api } = useConsole();
  return useMutation({
    mutationFn: (pages: Pages) => api.call('POST /api/sign-in-exp/default/custom-ui-assets', pages),
  });
}
