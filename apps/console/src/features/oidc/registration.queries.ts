import type { RegistrationPolicy } from '@latchkey/server/contract';
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';

const key = 'client-registration';
const tokensKey = [key, 'tokens'];

export const registrationQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'policy'],
    queryFn: ({ signal }) => api.call('GET /api/configs/dynamic-client-registration', { signal }),
  });

export const useSaveRegistration = () =>
  useChange([[key, 'policy']], (api, body: RegistrationPolicy) =>
    api.call('PATCH /api/configs/dynamic-client-registration', { body }),
  );

export const initialTokensQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: tokensKey,
    queryFn: ({ signal }) => api.call('GET /api/configs/dynamic-client-registration/initial-access-tokens', { signal }),
  });

export const useCreateInitialToken = () =>
  useChange([tokensKey], (api, body: { name: string; expiresAt: number | null }) =>
    api.call('POST /api/configs/dynamic-client-registration/initial-access-tokens', { body }),
  );

export const useDeleteInitialToken = () =>
  useChange([tokensKey], (api, tokenId: string) =>
    api.call('DELETE /api/configs/dynamic-client-registration/initial-access-tokens/:tokenId', { params: { tokenId } }),
  );
