import type { ConsentScopes, ScopeType, UserScope } from '@latchkey/server/contract';
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';
import type { Choice, Choices, PageRequest } from '../../components/pick-dialog.tsx';
import { scopeChoices } from '../resources/resources.queries.ts';

const key = 'applications';

/** What users can be asked to allow a third-party application. */
export const consentScopesQuery = (api: ApiClient, applicationId: string) =>
  queryOptions({
    queryKey: [key, 'consent-scopes', applicationId],
    queryFn: ({ signal }) =>
      api.call('GET /api/applications/:applicationId/user-consent-scopes', { params: { applicationId }, signal }),
  });

/** The names by which a request calls the kinds of scopes. */
const fields = {
  'user-scopes': 'userScopes',
  'resource-scopes': 'resourceScopes',
  'organization-scopes': 'organizationScopes',
  'organization-resource-scopes': 'organizationResourceScopes',
} as const satisfies Record<ScopeType, keyof ConsentScopes>;

export type UserScopeTexts = Record<UserScope, string>;

/** The scopes of one kind as they are listed. */
export function entriesOf(scopes: ConsentScopes, kind: ScopeType, texts: UserScopeTexts): Choice[] {
  if (kind === 'user-scopes')
    return scopes.userScopes.map((scope) => ({ id: scope, label: scope, hint: texts[scope] }));
  if (kind === 'organization-scopes') {
    return scopes.organizationScopes.map(({ id, name, description }) => ({
      id,
      label: name,
      hint: description ?? undefined,
    }));
  }
  return scopes[fields[kind]].flatMap(({ resource, scopes: ofResource }) =>
    ofResource.map(({ id, name }) => ({ id, label: name, hint: `${resource.name}: ${resource.indicator}` })),
  );
}

/** One page of entries that are all here already. */
function pageOf(entries: Choice[], { page, page_size, search }: PageRequest) {
  const wanted = search?.toLowerCase() ?? '';
  const found = entries.filter(({ label, hint = '' }) => `${label} ${hint}`.toLowerCase().includes(wanted));
  return { items: found.slice((page - 1) * page_size, page * page_size), total: found.length };
}

type ChoicesOptions = { applicationId: string; kind: ScopeType; texts: UserScopeTexts; managementResource: string };

/** The scopes of one kind that could be added. */
export function newConsentChoices(api: ApiClient, options: ChoicesOptions): Choices {
  const { applicationId, kind, texts, managementResource } = options;
  const choicesKey = [key, 'consent-scopes', applicationId, 'choices', kind];
  const held = async (signal: AbortSignal) => {
    const params = { applicationId };
    const scopes = await api.call('GET /api/applications/:applicationId/user-consent-scopes', { params, signal });
    return new Set(entriesOf(scopes, kind, texts).map(({ id }) => id));
  };
  const load: Choices['load'] = async (request) => {
    const taken = await held(request.signal);
    if (kind === 'user-scopes') {
      const all = Object.entries(texts).map(([id, hint]) => ({ id, label: id, hint }));
      return pageOf(
        all.filter(({ id }) => !taken.has(id)),
        request,
      );
    }
    const scopes = await api.call('GET /api/organization-scopes', { signal: request.signal });
    const rest = scopes.filter(({ id }) => !taken.has(id));
    return pageOf(
      rest.map(({ id, name, description }) => ({ id, label: name, hint: description ?? undefined })),
      request,
    );
  };
  if (kind === 'user-scopes' || kind === 'organization-scopes') return { key: choicesKey, load };
  // Nobody can let a third party into the Management API.
  return scopeChoices(api, choicesKey, held, managementResource);
}

export const useAddConsentScopes = (applicationId: string, kind: ScopeType) =>
  useChange([[key, 'consent-scopes', applicationId]], (api, ids: string[]) =>
    api.call('POST /api/applications/:applicationId/user-consent-scopes', {
      params: { applicationId },
      body: { [fields[kind]]: ids },
    }),
  );

export const useRemoveConsentScope = (applicationId: string, scopeType: ScopeType) =>
  useChange([[key, 'consent-scopes', applicationId]], (api, scopeId: string) =>
    api.call('DELETE /api/applications/:applicationId/user-consent-scopes/:scopeType/:scopeId', {
      params: { applicationId, scopeType, scopeId },
    }),
  );
