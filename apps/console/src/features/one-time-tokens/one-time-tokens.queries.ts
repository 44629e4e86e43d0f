import type { OneTimeTokenContext, OneTimeTokenStatus } from '@latchkey/server/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';

const key = ['one-time-tokens'];

/** Which links are listed: those of an address, and those in one state. */
export type TokensView = ListView & { status?: OneTimeTokenStatus | undefined };

export const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

export const oneTimeTokensQuery = (api: ApiClient, { page = 1, search: email, status }: TokensView) =>
  queryOptions({
    queryKey: [...key, page, email, status],
    queryFn: async ({ signal }) => {
      // The server finds whole addresses only, and nobody has half of one.
      if (email !== undefined && !isEmail(email)) return { items: [], total: 0 };
      return api.list('GET /api/one-time-tokens', { query: { page, page_size: pageSize, email, status }, signal });
    },
    placeholderData: keepPreviousData,
  });

export const useCreateOneTimeToken = () =>
  useChange([key], (api, body: { email: string; expiresIn: number; context: OneTimeTokenContext }) =>
    api.call('POST /api/one-time-tokens', { body }),
  );

export const useRevokeOneTimeToken = () =>
  useChange([key], (api, id: string) =>
    api.call('PUT /api/one-time-tokens/:id/status', { params: { id }, body: { status: 'revoked' } }),
  );

export const useDeleteOneTimeToken = () =>
  useChange([key], (api, id: string) => api.call('DELETE /api/one-time-tokens/:id', { params: { id } }));
