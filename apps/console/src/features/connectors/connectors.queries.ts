import type { CreateConnector, UpdateConnector } from '@latchkey/server/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';
import { signInExperienceKey } from '../sign-in-experience/sign-in-experience.queries.ts';

const connectorsKey = ['connectors'];

export const connectorsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: connectorsKey,
    queryFn: ({ signal }) => api.call('GET /api/connectors', { signal }),
    select: (connectors) => connectors.filter(({ type }) => type === 'Social'),
  });

export const connectorFactoriesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['connector-factories'],
    queryFn: ({ signal }) => api.call('GET /api/connector-factories', { signal }),
    select: (factories) => factories.filter(({ type }) => type === 'Social'),
    // Factories are part of the server's program and do not change while the page is open.
    staleTime: Number.POSITIVE_INFINITY,
  });

/**
 * A change to a connector also changes the buttons of the sign-in page, so both are asked for again.
 * `onDone` comes before that: a page whose connector is gone has been left by then.
 */
function useConnectorMutation<Input, Output>(
  change: (api: ApiClient, input: Input) => Promise<Output>,
  onDone?: () => Promise<void>,
) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(api, input),
    onSuccess: async () => {
      await onDone?.();
      await Promise.all([
        client.invalidateQueries({ queryKey: connectorsKey }),
        client.invalidateQueries({ queryKey: signInExperienceKey }),
      ]);
    },
  });
}

export const useCreateConnector = (onDone: () => Promise<void>) =>
  useConnectorMutation((api, body: CreateConnector) => api.call('POST /api/connectors', { body }), onDone);

export const useUpdateConnector = (id: string) =>
  useConnectorMutation((api, body: UpdateConnector) => api.call('PATCH /api/connectors/:id', { params: { id }, body }));

export const useDeleteConnector = (id: string, onDone: () => Promise<void>) =>
  useConnectorMutation<void, void>((api) => api.call('DELETE /api/connectors/:id', { params: { id } }), onDone);
