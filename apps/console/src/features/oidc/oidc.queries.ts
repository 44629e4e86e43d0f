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
export type ScopeIds = { [Kind in keyof Required<NewConsentScopes>]: string[] };

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

const scopeTypes = {
  userScopes: 'user-scopes',
  organizationScopes: 'organization-scopes',
  resourceScopes: 'resource-scopes',
  organizationResourceScopes: 'organization-resource-scopes',
} as const satisfies Record<keyof ScopeIds, string>;
const kinds = Object.keys(scopeTypes) as (keyof ScopeIds)[];

export type DocumentClients = { enabled: boolean; scopes: ScopeIds };

/**
 * What can be refused comes before what takes away, so that a refusal leaves all as it was; the door is closed before
 * anything else and opened after it. After a failure half-way, saving again does what is left to do.
 */
export const useSaveDocumentClients = (before: DocumentClients) =>
  useChange([[key, 'cimd']], async (api, { enabled, scopes }: DocumentClients) => {
    const setEnabled = () => api.call('PATCH /api/configs/cimd', { body: { enabled } });
    if (before.enabled && !enabled) await setEnabled();
    const added = kinds.map((kind) => [kind, scopes[kind].filter((id) => !before.scopes[kind].includes(id))] as const);
    if (added.some(([, ids]) => ids.length > 0)) {
      await api.call('POST /api/cimd/user-consent-scopes', { body: Object.fromEntries(added) });
    }
    for (const kind of kinds) {
      for (const scopeId of before.scopes[kind].filter((id) => !scopes[kind].includes(id))) {
        await api.call('DELETE /api/cimd/user-consent-scopes/:scopeType/:scopeId', {
          params: { scopeType: scopeTypes[kind], scopeId },
        });
      }
    }
    if (enabled && !before.enabled) await setEnabled();
  });
