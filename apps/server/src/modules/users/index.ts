import type { Page, Routes } from '../../kernel/operations.ts';
import type { LongListed, LongListOptions } from '../../kernel/paging.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { ClaimsUser } from '../oidc/index.ts';
import { createBulkUsers } from './bulk-users.ts';
import { type UserIdentitiesDependencies, userIdentitiesRoutes } from './user-identities.routes.ts';
import type { UserFilter } from './user-lists.store.ts';
import { createUserMerge, type UserMergeDependencies } from './user-merge.service.ts';
import { createPasswords } from './user-passwords.ts';
import type { User } from './users.contract.ts';
import { usersRoutes } from './users.routes.ts';
import { createUsersService, type UsersDependencies, type UsersService } from './users.service.ts';
import { findUser, type UserRow } from './users.store.ts';
import { toUser } from './users.wire.ts';

export type { ImportedUser, ImportOutcome } from './bulk-users.ts';
export { userSearchColumns } from './user-lists.store.ts';
export type { NewIdentity, NewUser, UserUpdate } from './users.service.ts';
export type { UserIdentifier } from './users.store.ts';
export { toUserInfo } from './users.wire.ts';

/** A user as other modules see one: all but the password's digest. */
export type UserRecord = Omit<UserRow, 'passwordDigest' | 'passwordAlgorithm'> & { hasPassword: boolean };

/** What the sign-in engine and the protocol need of users. Writes run in the caller's transaction when there is one. */
export interface UsersApi {
  find(scope: Parameters<UsersService['find']>[0], id: string): Promise<UserRecord | undefined>;
  findByIdentifier(...args: Parameters<UsersService['findByIdentifier']>): Promise<UserRecord | undefined>;
  /** The user whom this account at a provider belongs to. */
  findByIdentity(...args: Parameters<UsersService['findByIdentity']>): Promise<UserRecord | undefined>;
  /** The user with this identifier, when the password is right; all refusals take the same time. */
  authenticate(
    ...args: [...Parameters<UsersService['findByIdentifier']>, password: string]
  ): Promise<UserRecord | undefined>;
  /** Checks the password of a user who is known already. */
  passwordMatches(scope: Parameters<UsersService['find']>[0], id: string, password: string): Promise<boolean>;
  /** One page of users as the API shows them, the newest first. */
  list(scope: Scope, filter: UserFilter, page: Page, options?: LongListOptions): Promise<LongListed<User>>;
  create(...args: Parameters<UsersService['create']>): Promise<UserRecord>;
  /** Creates many users who come from elsewhere, in the transaction in progress, and tells what became of each. */
  createMany: ReturnType<typeof createBulkUsers>;
  update(...args: Parameters<UsersService['update']>): Promise<UserRecord>;
  setPassword(...args: Parameters<UsersService['setPassword']>): Promise<UserRecord>;
  changeConfig(...args: Parameters<UsersService['changeConfig']>): Promise<UserRecord>;
  /** Sets a password by the digest that the caller has made of it with the server's own hasher. */
  setPasswordDigest(...args: Parameters<UsersService['setPasswordDigest']>): Promise<UserRecord>;
  /** Merges the top-level members into the custom data. */
  mergeCustomData(...args: Parameters<UsersService['mergeCustomData']>): Promise<UserRecord>;
  mergeProfile(...args: Parameters<UsersService['mergeProfile']>): Promise<UserRecord>;
  /** A suspended user cannot sign in; sessions and tokens end at once. */
  setSuspended(...args: Parameters<UsersService['setSuspended']>): Promise<UserRecord>;
  remove: UsersService['remove'];
  linkIdentity: UsersService['linkIdentity'];
  keepTokens: UsersService['keepTokens'];
  unlinkIdentity: UsersService['unlinkIdentity'];
  recordSignIn: UsersService['recordSignIn'];
  findUsernameConflicts: UsersService['findUsernameConflicts'];
  /** A user's claims for tokens and userinfo. */
  findClaimsUser(tenantId: string, userId: string): Promise<ClaimsUser | undefined>;
}

function toRecord(row: UserRow): UserRecord;
function toRecord(row: UserRow | undefined): UserRecord | undefined;
function toRecord(row: UserRow | undefined): UserRecord | undefined {
  if (!row) return undefined;
  const { passwordDigest, passwordAlgorithm: _, ...rest } = row;
  return { ...rest, hasPassword: passwordDigest !== null };
}

/** The users of a tenant, their passwords and their linked accounts. */
export function createUsersModule(deps: UsersDependencies & UserIdentitiesDependencies & UserMergeDependencies): {
  routes: Routes;
  api: UsersApi;
} {
  const passwords = createPasswords(deps);
  const service = createUsersService({ ...deps, passwords });
  return {
    routes: (route) => {
      usersRoutes(service, createUserMerge(deps))(route);
      userIdentitiesRoutes(service, deps)(route);
    },
    api: {
      find: async (...args) => toRecord(await service.find(...args)),
      findByIdentifier: async (...args) => toRecord(await service.findByIdentifier(...args)),
      findByIdentity: async (...args) => toRecord(await service.findByIdentity(...args)),
      async authenticate(scope, identifier, password) {
        const user = await service.findByIdentifier(scope, identifier);
        return (await service.passwordMatches(scope, user, password)) ? toRecord(user) : undefined;
      },
      passwordMatches: async (scope, id, password) =>
        service.passwordMatches(scope, await service.find(scope, id), password),
      async list(...args) {
        const listed = await service.list(...args);
        return { ...listed, rows: listed.rows.map((row) => toUser(row)) };
      },
      create: async (...args) => toRecord(await service.create(...args)),
      createMany: createBulkUsers({ ...deps, passwords }),
      update: async (...args) => toRecord(await service.update(...args)),
      setPassword: async (...args) => toRecord(await service.setPassword(...args)),
      changeConfig: async (...args) => toRecord(await service.changeConfig(...args)),
      setPasswordDigest: async (...args) => toRecord(await service.setPasswordDigest(...args)),
      mergeCustomData: async (...args) => toRecord(await service.mergeCustomData(...args)),
      mergeProfile: async (...args) => toRecord(await service.mergeProfile(...args)),
      setSuspended: async (...args) => toRecord(await service.setSuspended(...args)),
      remove: service.remove,
      linkIdentity: service.linkIdentity,
      keepTokens: service.keepTokens,
      unlinkIdentity: service.unlinkIdentity,
      recordSignIn: service.recordSignIn,
      findUsernameConflicts: service.findUsernameConflicts,
      findClaimsUser: (tenantId, userId) => findUser(deps.database.forTenant(tenantId), tenantId, userId),
    },
  };
}
