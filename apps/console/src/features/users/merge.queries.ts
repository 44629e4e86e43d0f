import type { MergeField } from '@latchkey/server/contract';
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useChange } from '../../api/use-change.ts';
import type { Choices } from '../../components/pick-dialog.tsx';
import { ruleChoices } from '../applications/access.queries.ts';

/** Every user but this one. */
export const otherUserChoices = (api: ApiClient, userId: string): Choices => {
  const { load } = ruleChoices(api, 'users');
  return {
    key: ['users', 'choices', userId],
    load: async (request) => {
      const { items, total } = await load(request);
      return { items: items.filter(({ id }) => id !== userId), total };
    },
  };
};

/** What a merge would do; nothing is changed. */
export const mergePreviewQuery = (api: ApiClient, userId: string, sourceUserId: string, prefer: MergeField[]) =>
  queryOptions({
    queryKey: ['users', 'merge-preview', userId, sourceUserId, prefer],
    queryFn: ({ signal }) =>
      api.call('POST /api/users/:userId/merge', {
        params: { userId },
        body: { sourceUserId, prefer, dryRun: true },
        signal,
      }),
    placeholderData: (previous, query) => (query?.queryKey[3] === sourceUserId ? previous : undefined),
    // Accounts may have changed since somebody looked the last time.
    gcTime: 0,
    staleTime: 0,
  });

/** Everything that names users is out of date afterwards. */
export const useMergeUser = (userId: string) =>
  useChange(
    [['users'], ['roles'], ['organizations'], ['personal-access-tokens']],
    (api, body: { sourceUserId: string; prefer: MergeField[] }) =>
      api.call('POST /api/users/:userId/merge', { params: { userId }, body: { ...body, dryRun: false } }),
  );
