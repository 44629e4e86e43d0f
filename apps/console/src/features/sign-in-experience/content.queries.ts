import type { Translation } from '@latchkey/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../../console-context.tsx';

const key = ['custom-phrases'];

/** The texts that the tenant has changed, in all languages. */
export function useCustomPhrases() {
  const { api } = useConsole();
  return useQuery({ queryKey: key, queryFn: ({ signal }) => api.call('GET /api/custom-phrases', { signal }) });
}

export function useSaveCustomPhrases(languageTag: string) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Translation) =>
      api.call('PUT /api/custom-phrases/:languageTag', { params: { languageTag }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useDeleteCustomPhrases(languageTag: string) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.call('DELETE /api/custom-phrases/:languageTag', { params: { languageTag } }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
