import type { ConsentScopes, NewConsentScopes, OidcKeyType } from '@latchkey/server/contract';
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { RequestOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';

const key = 'oidc';

export const keysQuery = (api: ApiClient, keyType: OidcKeyType) =>
  queryOptions({
    queryKey: [key, 'keys', keyType],
    queryFn: ({ signal }) => api.call('GET /api/configs/oidc/:keyType', { params: { keyType }, signal }),
  });

export const useRotateKeys = (keyType: OidcKeyType) =>
  useChange([[key, 'keys', keyType]], (api, body: RequestOf<'POST /api/configs/oidc/:keyType/rotate'>['body']) =>
    api.call('POST /api/configs/oidc/:keyType/rotate', { params: { keyType }, body }),
  );

export const useDeleteKey = (keyType: OidcKeyType) =>
  useChange([[key, 'keys', keyType]], (api, keyId: string) =>
    api.call('DELETE /api/configs/oidc/:keyType/:keyId', { params: { keyType, keyId } }),
  );

export const sessionQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'session'],
    queryFn: ({ signal }) => api.call('GET /api/configs/oidc/session', { signal }),
  });

export const useSaveSession = () =>
  useChange([[key, 'session']], (api, ttl: number) => api.call('PATCH /api/configs/oidc/session', { body: { ttl } }));

export const documentClientsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'cimd'],
    queryFn: async ({ signal }) => {
      const [{ enabled }, scopes] = await Promise.all([
        api.call('GET /api/configs/cimd', { signal }),
        api.call('GET /api/cimd/user-consent-scopes', { signal }),
      ]);
      return { enabled, scopes: idsOf(scopes) };
    },
  });

/** What clients may ask for, by kind; every kind is there. */
export type ScopeIds = Required<NewConsentScopes>;

const idOf = ({ id }: { id: string }) => id;

function idsOf({
  organizationScopes,
  resourceScopes,
  organizationResourceScopes,
  userScopes,
}: ConsentScopes): ScopeIds {
  return {
    userScopes,
    organizationScopes: organizationScopes.map(idOf),
    resourceScopes: resourceScopes.flatMap(({ scopes }) => scopes.map(idOf)),
    organizationResourceScopes: organizationResourceScopes.flatMap(({ scopes }) => scopes.map(idOf)),
  };
}

export type DocumentClients = { enabled: boolean; scopes: ScopeIds };

/**
 * What they may ask for is one operation, and whether there may be any another: the door is closed before it and
 * opened after it, so that none comes in by what was meant for later. Saving again does what a failure left to do.
 */
export const useSaveDocumentClients = (before: DocumentClients) =>
  useChange([[key, 'cimd']], async (api, { enabled, scopes }: DocumentClients): Promise<void> => {
    const setEnabled = () => api.call('PATCH /api/configs/cimd', { body: { enabled } });
    if (before.enabled && !enabled) await setEnabled();
    if (JSON.stringify(scopes) !== JSON.stringify(before.scopes)) {
      await api.call('PUT /api/cimd/user-consent-scopes', { body: scopes });
    }
    if (enabled && !before.enabled) await setEnabled();
  });
