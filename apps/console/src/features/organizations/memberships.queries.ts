import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';
import type { Choices } from '../../components/pick-dialog.tsx';

/** Who belongs to organizations: a user, or a machine-to-machine application. */
export type MembershipHolder = { userId: string } | { applicationId: string };

const key = 'organizations';

/** Every organization of the holder. */
export const membershipsQuery = (api: ApiClient, holder: MembershipHolder) =>
  queryOptions({
    queryKey: [key, 'of', holder],
    queryFn: ({ signal }) =>
      'userId' in holder
        ? api.call('GET /api/users/:userId/organizations', { params: holder, signal })
        : api.call('GET /api/applications/:id/organizations', { params: { id: holder.applicationId }, signal }),
  });

/** Organizations; who is a member already stays one when picked again. */
export const newOrganizationChoices = (api: ApiClient, holder: MembershipHolder): Choices => ({
  key: [key, 'of', holder, 'choices'],
  load: async ({ search, signal, ...paging }) => {
    const { items, total } = await api.list('GET /api/organizations', { query: { ...paging, q: search }, signal });
    return { items: items.map(({ id, name, description }) => ({ id, label: name, hint: description ?? id })), total };
  },
});

export const useJoinOrganizations = (holder: MembershipHolder) =>
  useChange([[key]], (api, organizationIds: string[]) =>
    api.call('POST /api/organizations/memberships', { body: { ...holder, organizationIds } }),
  );

export const useLeaveOrganization = (holder: MembershipHolder) =>
  useChange([[key]], (api, id: string) =>
    'userId' in holder
      ? api.call('DELETE /api/organizations/:id/users/:userId', { params: { id, ...holder } })
      : api.call('DELETE /api/organizations/:id/applications/:applicationId', { params: { id, ...holder } }),
  );
