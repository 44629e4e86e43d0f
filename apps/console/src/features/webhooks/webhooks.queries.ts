import type {
  CreateWebhook,
  DeliveryState,
  UpdateWebhook,
  WebhookConfig,
  WebhookEvent,
} from '@latchkey/server/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';

const key = 'webhooks';
/** Deliveries and requests come in while the page is looked at. */
const REFRESH_MS = 5000;

export const webhooksQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'list'],
    queryFn: ({ signal }) => api.call('GET /api/hooks', { query: { includeExecutionStats: 'true' }, signal }),
  });

export const webhookQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, id],
    queryFn: ({ signal }) =>
      api.call('GET /api/hooks/:id', { params: { id }, query: { includeExecutionStats: 'true' }, signal }),
  });

export const deliveriesQuery = (api: ApiClient, id: string, state: DeliveryState, page: number) =>
  queryOptions({
    queryKey: [key, id, 'deliveries', state, page],
    queryFn: ({ signal }) =>
      api.list('GET /api/hooks/:id/deliveries', { params: { id }, query: { state, page, page_size: 10 }, signal }),
    refetchInterval: REFRESH_MS,
  });

export const requestsQuery = (api: ApiClient, id: string, page: number) =>
  queryOptions({
    queryKey: [key, id, 'requests', page],
    queryFn: ({ signal }) =>
      api.list('GET /api/hooks/:id/recent-logs', {
        params: { id },
        query: { page, page_size: 10, enableCap: 'true' },
        signal,
      }),
    refetchInterval: REFRESH_MS,
  });

/** A change, after which everything that is shown of webhooks is read anew. */
function useChange<Input, Answer>(change: (api: ApiClient, input: Input) => Promise<Answer>) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(api, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: [key] }),
  });
}

export const useCreateWebhook = () => useChange((api, body: CreateWebhook) => api.call('POST /api/hooks', { body }));

export const useUpdateWebhook = (id: string) =>
  useChange((api, body: UpdateWebhook) => api.call('PATCH /api/hooks/:id', { params: { id }, body }));

export const useRotateKey = (id: string) =>
  useChange((api, _: undefined) => api.call('PATCH /api/hooks/:id/signing-key', { params: { id } }));

export const useTestWebhook = (id: string) =>
  useChange((api, body: { events: WebhookEvent[]; config: WebhookConfig }) =>
    api.call('POST /api/hooks/:id/test', { params: { id }, body }),
  );

export const useResend = (id: string) =>
  useChange(
    (api, deliveryId: string | undefined): Promise<unknown> =>
      deliveryId === undefined
        ? api.call('POST /api/hooks/:id/deliveries/resend', { params: { id } })
        : api.call('POST /api/hooks/:id/deliveries/:deliveryId/resend', { params: { id, deliveryId } }),
  );

/** Not read anew: the page of what was deleted is still there for a moment. */
export function useDeleteWebhook(id: string) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.call('DELETE /api/hooks/:id', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [key, 'list'] }),
  });
}
