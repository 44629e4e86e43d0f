import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../console-context.tsx';
import type { ApiClient } from './client.ts';

/**
 * A change, after which everything whose key begins with one of `stale` is read anew: also after one that failed,
 * which may have been done in part, or refused because what is shown is out of date.
 */
export function useChange<Input, Answer>(
  stale: readonly QueryKey[],
  change: (api: ApiClient, input: Input) => Promise<Answer>,
) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(api, input),
    onSettled: () => Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
