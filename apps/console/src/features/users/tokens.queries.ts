import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

const key = 'personal-access-tokens';

export const personalTokensQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [key, userId],
    queryFn: ({ signal }) => api.call('GET /api/users/:userId/personal-access-tokens', { params: { userId }, signal }),
  });

export const useCreatePersonalToken = (userId: string) =>
  useChange([[key, userId]], (api, body: { name: string; expiresAt: number | null }) =>
    api.call('POST /api/users/:userId/personal-access-tokens', { params: { userId }, body }),
  );

export const useDeletePersonalToken = (userId: string) =>
  useChange([[key, userId]], (api, name: string) =>
    api.call('POST /api/users/:userId/personal-access-tokens/delete', { params: { userId }, body: { name } }),
  );
