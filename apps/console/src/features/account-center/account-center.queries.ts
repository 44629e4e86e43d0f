import type { AccountCenterSettings } from '@latchkey/server/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';

const key = ['account-center'];

/** How much of their own accounts users may see and change. */
export const accountCenterQuery = (api: ApiClient) =>
  queryOptions({ queryKey: key, queryFn: ({ signal }) => api.call('GET /api/account-center', { signal }) });

export function useUpdateAccountCenter() {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<AccountCenterSettings>) => api.call('PATCH /api/account-center', { body: changes }),
    onSuccess: (saved) => client.setQueryData(key, saved),
  });
}
