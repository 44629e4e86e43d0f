import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { AnswerOf, OperationName, RequestOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';

const key = 'sso-connectors';
/** Everything that is shown of enterprise connectors, for changes elsewhere that show in them. */
export const ssoConnectorsKey = [key];

/** As many as the server answers at once. */
const CHOICES_AT_ONCE = 100;

type BodyOf<Name extends OperationName> = RequestOf<Name> extends { body: infer Body } ? Body : never;

export type SsoConnector = AnswerOf<'GET /api/sso-connectors/:id'>;
export type SsoProvider = AnswerOf<'GET /api/sso-connector-providers'>[number];

export const ssoConnectorsQuery = (api: ApiClient, { page = 1 }: ListView) =>
  queryOptions({
    queryKey: [key, 'list', page],
    queryFn: ({ signal }) => api.list('GET /api/sso-connectors', { query: { page, page_size: pageSize }, signal }),
    placeholderData: keepPreviousData,
  });

/** All of them, to choose from. */
export const ssoConnectorChoicesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'choices'],
    queryFn: async ({ signal }) => {
      const all: SsoConnector[] = [];
      for (let page = 1; ; page += 1) {
        const query = { page, page_size: CHOICES_AT_ONCE };
        const { items, total } = await api.list('GET /api/sso-connectors', { query, signal });
        all.push(...items);
        if (items.length === 0 || all.length >= total) return all;
      }
    },
  });

export const ssoConnectorQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => api.call('GET /api/sso-connectors/:id', { params: { id }, signal }),
  });

/** The kinds of providers there are, described in the reader's language. */
export const ssoProvidersQuery = (api: ApiClient, language: string) =>
  queryOptions({
    queryKey: ['sso-connector-providers', language],
    queryFn: ({ signal }) => api.call('GET /api/sso-connector-providers', { signal }),
    // They are part of the server's program and do not change while the page is open.
    staleTime: Number.POSITIVE_INFINITY,
  });

export const signingKeysQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: [key, 'signing-keys', id],
    queryFn: ({ signal }) => api.call('GET /api/sso-connectors/:id/signing-keys', { params: { id }, signal }),
  });

export const useCreateSsoConnector = () =>
  useChange([[key, 'list']], (api, body: BodyOf<'POST /api/sso-connectors'>) =>
    api.call('POST /api/sso-connectors', { body }),
  );

export const useUpdateSsoConnector = (id: string) =>
  useChange(
    [
      [key, 'list'],
      [key, 'one', id],
    ],
    (api, body: BodyOf<'PATCH /api/sso-connectors/:id'>) =>
      api.call('PATCH /api/sso-connectors/:id', { params: { id }, body }),
  );

/** The connector's own page is not read anew: it is still there for a moment. */
export const useDeleteSsoConnector = (id: string) =>
  useChange([[key, 'list']], (api, _: undefined) => api.call('DELETE /api/sso-connectors/:id', { params: { id } }));

export const useCreateSigningKey = (id: string) =>
  useChange([[key, 'signing-keys', id]], (api, active: boolean) =>
    api.call('POST /api/sso-connectors/:id/signing-keys', { params: { id }, body: { active } }),
  );

export const useActivateSigningKey = (id: string) =>
  useChange([[key, 'signing-keys', id]], (api, keyId: string) =>
    api.call('PATCH /api/sso-connectors/:id/signing-keys/:keyId', { params: { id, keyId }, body: { active: true } }),
  );

export const useDeleteSigningKey = (id: string) =>
  useChange([[key, 'signing-keys', id]], (api, keyId: string) =>
    api.call('DELETE /api/sso-connectors/:id/signing-keys/:keyId', { params: { id, keyId } }),
  );
