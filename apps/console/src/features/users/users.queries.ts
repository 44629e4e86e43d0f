import type { CreateUser, UpdateUser } from '@latchkey/server/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';

const key = 'users';

export const usersQuery = (api: ApiClient, { page = 1, search }: ListView) =>
  queryOptions({
    queryKey: [key, 'list', page, search],
    queryFn: ({ signal }) =>
      api.list('GET /api/users', { query: { page, page_size: pageSize, search: containing(search) }, signal }),
    placeholderData: keepPreviousData,
  });

export const userQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [key, 'one', userId],
    queryFn: ({ signal }) => api.call('GET /api/users/:userId', { params: { userId }, signal }),
  });

export const factorsQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [key, 'factors', userId],
    queryFn: ({ signal }) => api.call('GET /api/users/:userId/mfa-verifications', { params: { userId }, signal }),
  });

export const devicesQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [key, 'devices', userId],
    queryFn: ({ signal }) => api.call('GET /api/users/:userId/trusted-devices', { params: { userId }, signal }),
  });

export const sessionsQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [key, 'sessions', userId],
    queryFn: ({ signal }) => api.call('GET /api/users/:userId/sessions', { params: { userId }, signal }),
  });

export const grantsQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [key, 'grants', userId],
    queryFn: ({ signal }) => api.call('GET /api/users/:userId/grants', { params: { userId }, signal }),
  });

export const useCreateUser = () =>
  useChange([[key, 'list']], (api, body: CreateUser) => api.call('POST /api/users', { body }));

export const useUpdateUser = (userId: string) =>
  useChange(
    [
      [key, 'list'],
      [key, 'one', userId],
    ],
    (api, body: UpdateUser) => api.call('PATCH /api/users/:userId', { params: { userId }, body }),
  );

export const useSuspend = (userId: string) =>
  useChange([[key]], (api, isSuspended: boolean) =>
    api.call('PATCH /api/users/:userId/is-suspended', { params: { userId }, body: { isSuspended } }),
  );

/** The user's own page is not read anew: it is still there for a moment. */
export const useDeleteUser = (userId: string) =>
  useChange([[key, 'list'], ['roles']], (api, _: undefined) =>
    api.call('DELETE /api/users/:userId', { params: { userId } }),
  );

export const useSetPassword = (userId: string) =>
  useChange([[key]], (api, password: string) =>
    api.call('PATCH /api/users/:userId/password', { params: { userId }, body: { password } }),
  );

export const useExpirePassword = (userId: string) =>
  useChange([[key, 'one', userId]], (api, _: undefined) =>
    api.call('PATCH /api/users/:userId/password/expiration', { params: { userId }, body: { isExpired: true } }),
  );

export const useRemoveFactor = (userId: string) =>
  useChange([[key, 'factors', userId]], (api, verificationId: string) =>
    api.call('DELETE /api/users/:userId/mfa-verifications/:verificationId', { params: { userId, verificationId } }),
  );

export const useRecoveryLink = (userId: string) =>
  useChange([], (api, _: undefined) => api.call('POST /api/users/:userId/mfa-recovery-links', { params: { userId } }));

export const useForgetDevice = (userId: string) =>
  useChange([[key, 'devices', userId]], (api, trustedDeviceId: string) =>
    api.call('DELETE /api/users/:userId/trusted-devices/:trustedDeviceId', { params: { userId, trustedDeviceId } }),
  );

export const useEndSession = (userId: string) =>
  useChange(
    [
      [key, 'sessions', userId],
      [key, 'grants', userId],
    ],
    (api, sessionId: string) =>
      api.call('DELETE /api/users/:userId/sessions/:sessionId', {
        params: { userId, sessionId },
        query: { revokeGrantsTarget: 'all' },
      }),
  );

export const useRevokeGrant = (userId: string) =>
  useChange([[key, 'grants', userId]], (api, grantId: string) =>
    api.call('DELETE /api/users/:userId/grants/:grantId', { params: { userId, grantId } }),
  );

export const useUnlink = (userId: string) =>
  useChange([[key, 'one', userId]], (api, target: string) =>
    api.call('DELETE /api/users/:userId/identities/:target', { params: { userId, target } }),
  );
