import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { ItemOf, RequestOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';

const key = 'organization-invitations';

export type Invitation = ItemOf<'GET /api/organization-invitations'>;

/** The organization's invitations; the search is for one whole address, as the API has it. */
export const invitationsQuery = (api: ApiClient, organizationId: string, { page = 1, search }: ListView) =>
  queryOptions({
    queryKey: [key, organizationId, page, search],
    queryFn: ({ signal }) =>
      api.list('GET /api/organization-invitations', {
        query: { organizationId, page, page_size: pageSize, invitee: search },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const useInvite = () =>
  useChange([[key]], (api, body: RequestOf<'POST /api/organization-invitations'>['body']) =>
    api.call('POST /api/organization-invitations', { body }),
  );

export const useSendInvitation = () =>
  useChange([], (api, id: string) =>
    api.call('POST /api/organization-invitations/:id/message', { params: { id }, body: {} }),
  );

export const useRevokeInvitation = () =>
  useChange([[key]], (api, id: string) =>
    api.call('PUT /api/organization-invitations/:id/status', { params: { id }, body: { status: 'Revoked' } }),
  );

export const useDeleteInvitation = () =>
  useChange([[key]], (api, id: string) => api.call('DELETE /api/organization-invitations/:id', { params: { id } }));
