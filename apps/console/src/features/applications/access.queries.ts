import type { AccessRules, Application } from '@latchkey/server/contract';
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import type { Choice, Choices } from '../../components/pick-dialog.tsx';
import { userHint, userName } from '../../components/user-name.ts';

const key = 'applications';

export const accessRulesQuery = (api: ApiClient, applicationId: string) =>
  queryOptions({
    queryKey: [key, 'access', applicationId],
    queryFn: ({ signal }) =>
      api.call('GET /api/applications/:applicationId/access-control', { params: { applicationId }, signal }),
  });

/** Whom rules name. */
export type RuleSubject = 'users' | 'roles' | 'organizations';

/** The names of at most a page of subjects; who is gone meanwhile is left out. */
export const namesQuery = (api: ApiClient, subject: RuleSubject, ids: string[]) =>
  queryOptions({
    queryKey: [subject, 'names', ids],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const query = { page: 1, page_size: 100, 'search.id': ids, 'mode.id': 'exact' as const };
      if (ids.length === 0) return [];
      switch (subject) {
        case 'users':
          return (await api.list('GET /api/users', { query, signal })).items.map(userChoice);
        case 'roles':
          return (await api.list('GET /api/roles', { query, signal })).items.map(roleChoice);
        case 'organizations':
          return Promise.all(
            ids.map(async (id) => {
              const { name } = await api.call('GET /api/organizations/:id', { params: { id }, signal });
              return { id, label: name };
            }),
          );
      }
    },
  });

type Role = { id: string; name: string; description: string };

const userChoice = (user: Parameters<typeof userName>[0]): Choice => ({
  id: user.id,
  label: userName(user),
  hint: userHint(user),
});
const roleChoice = ({ id, name, description }: Role): Choice => ({ id, label: name, hint: description });

/** Everybody and everything that rules could name. */
export const ruleChoices = (api: ApiClient, subject: RuleSubject): Choices => ({
  key: [subject, 'choices'],
  load: async ({ search, signal, ...paging }) => {
    switch (subject) {
      case 'users': {
        const query = { ...paging, search: containing(search) };
        const { items, total } = await api.list('GET /api/users', { query, signal });
        return { items: items.map(userChoice), total };
      }
      case 'roles': {
        const query = { ...paging, search: containing(search), type: 'User' as const };
        const { items, total } = await api.list('GET /api/roles', { query, signal });
        return { items: items.map(roleChoice), total };
      }
      case 'organizations': {
        const { items, total } = await api.list('GET /api/organizations', { query: { ...paging, q: search }, signal });
        return {
          items: items.map(({ id, name, description }) => ({ id, label: name, hint: description ?? id })),
          total,
        };
      }
    }
  },
});

export const useSaveAccessRules = (applicationId: string) =>
  useChange([[key, 'access', applicationId]], (api, body: AccessRules) =>
    api.call('PUT /api/applications/:applicationId/access-control', { params: { applicationId }, body }),
  );

export const useCheckAccess = (applicationId: string) =>
  useChange([], (api, userId: string) =>
    api.call('GET /api/applications/:applicationId/access-control/users/:userId', {
      params: { applicationId, userId },
    }),
  );

export const useSwitchAccessRules = ({ id, type }: Pick<Application, 'id' | 'type'>) =>
  useChange<boolean, unknown>([[key]], (api, appLevelAccessControlEnabled) => {
    const request = { params: { id }, body: { appLevelAccessControlEnabled } };
    return type === 'SAML'
      ? api.call('PATCH /api/saml-applications/:id', request)
      : api.call('PATCH /api/applications/:id', request);
  });
