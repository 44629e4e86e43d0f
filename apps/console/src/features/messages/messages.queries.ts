import type { Channel, CreateConnector, InboxWebhook } from '@latchkey/server/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../../console-context.tsx';
import { useLanguage } from '../../i18n/language.tsx';

/** How often a page that people watch asks again while it is in sight. */
const LIVE_MS = 2_000;
export const pageSize = 20;

const inboxKey = ['development-inbox'];
const connectorsKey = ['connectors'];

export function useInboxStatus() {
  const { api } = useConsole();
  return useQuery({
    queryKey: [...inboxKey, 'status'],
    queryFn: ({ signal }) => api.call('GET /api/development-inbox/status', { signal }),
  });
}

export function useInbox(page: number) {
  const { api } = useConsole();
  return useQuery({
    queryKey: [...inboxKey, page],
    queryFn: ({ signal }) => api.list('GET /api/development-inbox', { query: { page, page_size: pageSize }, signal }),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useInboxWebhooks(page: number) {
  const { api } = useConsole();
  return useQuery({
    queryKey: [...inboxKey, 'webhooks', page],
    queryFn: ({ signal }) =>
      api.list('GET /api/development-inbox/webhooks', { query: { page, page_size: pageSize }, signal }),
    refetchInterval: LIVE_MS,
    placeholderData: keepPreviousData,
  });
}

/** The request of one message; `lastStatus` and the like tell when there is another attempt to show. */
export function useInboxWebhook({ id, state, lastStatus, lastError }: InboxWebhook) {
  const { api } = useConsole();
  return useQuery({
    queryKey: [...inboxKey, 'webhooks', id, state, lastStatus, lastError],
    queryFn: ({ signal }) =>
      api.call('GET /api/development-inbox/webhooks/:messageId', { params: { messageId: id }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useClearInbox(part: 'messages' | 'webhooks', onDone: () => void) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      part === 'webhooks'
        ? api.call('DELETE /api/development-inbox/webhooks', {})
        : api.call('DELETE /api/development-inbox', {}),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: inboxKey });
    },
  });
}

/** The channel's provider, if it has one; labels of its form come in the reader's language. */
export function useProvider(channel: Channel) {
  const { api } = useConsole();
  const { language } = useLanguage();
  return useQuery({
    queryKey: [...connectorsKey, language],
    queryFn: ({ signal }) => api.call('GET /api/connectors', { signal }),
    select: (connectors) => connectors.find(({ type }) => type === channel) ?? null,
    placeholderData: keepPreviousData,
  });
}

export function useProviderFactories(channel: Channel) {
  const { api } = useConsole();
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['connector-factories', language],
    queryFn: ({ signal }) => api.call('GET /api/connector-factories', { signal }),
    select: (factories) => factories.filter(({ type }) => type === channel),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Saves the channel's provider: changes the one there is, or sets another one up in its place. */
export function useSaveProvider(existingId: string | undefined) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ connectorId, config = {} }: CreateConnector) =>
      existingId === undefined
        ? api.call('POST /api/connectors', { body: { connectorId, config } })
        : api.call('PATCH /api/connectors/:id', { params: { id: existingId }, body: { config } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: connectorsKey }),
        client.invalidateQueries({ queryKey: inboxKey }),
      ]),
  });
}

export function useRemoveProvider(onDone: () => void) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.call('DELETE /api/connectors/:id', { params: { id } }),
    onSuccess: async () => {
      onDone();
      await Promise.all([
        client.invalidateQueries({ queryKey: connectorsKey }),
        client.invalidateQueries({ queryKey: inboxKey }),
      ]);
    },
  });
}

export function useTestSend(factoryId: string) {
  const { api } = useConsole();
  const { language } = useLanguage();
  return useMutation({
    mutationFn: (body: { email?: string; phone?: string; config: Record<string, unknown> }) =>
      api.call('POST /api/connectors/:factoryId/test', { params: { factoryId }, body: { ...body, locale: language } }),
  });
}

export function useDeliveries(page: number, filter: { recipient?: string; status?: 'Sent' | 'Failed' }) {
  const { api } = useConsole();
  return useQuery({
    queryKey: ['message-deliveries', page, filter],
    queryFn: ({ signal }) =>
      api.list('GET /api/message-deliveries', { query: { page, page_size: pageSize, ...filter }, signal }),
    placeholderData: keepPreviousData,
  });
}
