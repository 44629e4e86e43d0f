import type { CreateConnector, UpdateConnector } from '@latchkey/server/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { signInExperienceKey } from '../sign-in-experience/sign-in-experience.queries.ts';

const connectorsKey = ['connectors'];

/** Social connectors; the labels of their forms come in the reader's language. */
export function useConnectors() {
  const { api } = useConsole();
  const { language } = useLanguage();
  return useQuery({
    queryKey: [...connectorsKey, language],
    queryFn: ({ signal }) => api.call('GET /api/connectors', { signal }),
    select: (connectors) => connectors.filter(({ type }) => type === 'Social'),
    // A form that is being filled in stays while its labels are asked for in another language.
    placeholderData: keepPreviousData,
  });
}

/** What social connectors can be made of. */
export function useConnectorFactories() {
  const { api } = useConsole();
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['connector-factories', language],
    queryFn: ({ signal }) => api.call('GET /api/connector-factories', { signal }),
    select: (factories) => factories.filter(({ type }) => type === 'Social'),
    placeholderData: keepPreviousData,
    // Factories are part of the server's program and do not change while the page is open.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

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
