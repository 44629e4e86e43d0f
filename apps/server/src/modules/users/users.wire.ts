import type * as contract from './users.contract.ts';
import type { UserRow } from './users.store.ts';

/** What a webhook is told of a user, and what the API shows of one beside the password. */
export const toUserInfo = (row: Omit<UserRow, 'passwordDigest' | 'passwordAlgorithm'>) => ({
  id: row.id,
  username: row.username,
  primaryEmail: row.primaryEmail,
  primaryPhone: row.primaryPhone,
  name: row.name,
  avatar: row.avatar,
  customData: row.customData,
  identities: row.identities,
  lastSignInAt: row.lastSignInAt?.getTime() ?? null,
  createdAt: row.createdAt.getTime(),
  updatedAt: row.updatedAt.getTime(),
  profile: row.profile,
  applicationId: row.applicationId,
  isSuspended: row.isSuspended,
});

/** The user as the API shows it; the digest only to who asks for it by name. */
export const toUser = (row: UserRow, options: { includePasswordHash?: boolean } = {}): contract.User => ({
  ...toUserInfo(row),
  cimdClientId: row.cimdClientId,
  hasPassword: row.passwordDigest !== null,
  ...(options.includePasswordHash && {
    passwordDigest: row.passwordDigest,
    passwordAlgorithm: row.passwordAlgorithm,
  }),
});
