import { audit } from '../../kernel/audit.ts';
import { type DatabasePool, violates } from '../../kernel/database.ts';
import type { EventName } from '../../kernel/events.contract.ts';
import { emitEvent } from '../../kernel/events.ts';
import { shortId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import type { LongListOptions } from '../../kernel/paging.ts';
import type { PasswordHasher } from '../../kernel/password.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SealedTokens, SecretsApi } from '../secrets/index.ts';
import { listUsers, type UserFilter } from './user-lists.store.ts';
import { OWN_ALGORITHM, type PasswordInput, type Passwords } from './user-passwords.ts';
import type { UserProfile } from './users.contract.ts';
import { fail } from './users.errors.ts';
import * as store from './users.store.ts';
import { toUserInfo } from './users.wire.ts';

export interface UsersDependencies {
  database: DatabasePool;
  hasher: PasswordHasher;
  /** Ends all sessions, grants and tokens of a user, in the transaction in progress. */
  endSessions(
    scope: Scope,
    userId: string,
    reason: 'password_changed' | 'user_suspended' | 'user_deleted',
  ): Promise<void>;
  /** Gives a new user what the tenant gives to everybody, in the transaction that creates the user. */
  welcome(tx: Scope, user: { id: string; verifiedEmail: string | undefined }): Promise<void>;
  /** Where the provider's tokens are kept that come with a linked account. */
  keepTokens: SecretsApi['keep'];
  /** Whether `Anna` and `anna` are two people in this tenant. */
  usernamesAreCaseSensitive(scope: Scope): Promise<boolean>;
}

/** An account at another provider. */
export interface NewIdentity {
  target: string;
  /** The user's id at the provider. */
  identityId: string;
  details: Record<string, unknown>;
  /** What the provider gave along; kept apart from the account, and never told. */
  tokens?: SealedTokens | undefined;
}

export interface NewUser extends PasswordInput {
  username?: string | undefined;
  primaryEmail?: string | undefined;
  primaryPhone?: string | undefined;
  name?: string | undefined;
  avatar?: string | undefined;
  profile?: UserProfile | undefined;
  customData?: Record<string, unknown> | undefined;
  /** Application that the user registers with. */
  applicationId?: string | undefined;
  /** The client that the user registers with, where its document is all that is known of it. */
  cimdClientId?: string | undefined;
  /** False when nobody has proved the address: it then opens no door. True unless said otherwise. */
  emailIsVerified?: boolean | undefined;
  identity?: NewIdentity | undefined;
}

/** What is sent replaces; `null` and the empty text remove. */
export interface UserUpdate {
  username?: string | null | undefined;
  primaryEmail?: string | null | undefined;
  primaryPhone?: string | null | undefined;
  name?: string | null | undefined;
  avatar?: string | null | undefined;
  profile?: UserProfile | undefined;
  customData?: Record<string, unknown> | undefined;
}

export type UsersService = ReturnType<typeof createUsersService>;

const target = (id: string) => ({ type: 'User' as const, id });

/** The users of a tenant. */
export function createUsersService(deps: UsersDependencies & { passwords: Passwords }) {
  const { passwords } = deps;

  const get = async (scope: Scope, id: string): Promise<store.UserRow> => {
    const row = await store.findUser(scope.db, scope.tenantId, id);
    if (!row) throw fail('entity.not_found');
    return row;
  };

  /** Runs a change of one user in a transaction that holds the row, and answers the user as changed. */
  const change = (
    scope: Scope,
    id: string,
    key: EventName,
    work: (tx: Scope, before: store.UserRow) => Promise<store.UserChange>,
  ): Promise<store.UserRow> =>
    transaction(scope, async (tx) => {
      const before = await store.lockUser(tx.db, tx.tenantId, id);
      if (!before) throw fail('entity.not_found');
      const columns = { ...(await work(tx, before)), updatedAt: tx.now };
      await uniquely(() => store.updateUser(tx.db, tx.tenantId, id, columns));
      const after = { ...before, ...columns };
      await audit(tx, { key, target: target(id), before, after });
      await tell(tx, key, after);
      // Clients of the wire know a new password as a change of the user's data.
      if (key === 'User.Password.Updated') await tell(tx, 'User.Data.Updated', after);
      return after;
    });

  /** Where usernames are compared without regard to case, the index alone does not keep them apart. */
  const claimUsername = async (tx: Scope, username: string, ownerId?: string): Promise<void> => {
    if (await deps.usernamesAreCaseSensitive(tx)) return;
    await store.lockUsername(tx.db, tx.tenantId, username);
    const taken = await store.findUserByIdentifier(tx.db, tx.tenantId, { type: 'username', value: username }, false);
    if (taken && taken.id !== ownerId) throw fail('user.username_already_in_use');
  };

  const keepTokens = async (tx: Scope, userId: string, { target: provider, tokens }: NewIdentity): Promise<void> => {
    if (tokens) await deps.keepTokens(tx, { userId, provider }, tokens);
  };

  const link = async (tx: Scope, userId: string, identity: NewIdentity): Promise<void> => {
    const { tokens: _, ...known } = identity;
    const row = { tenantId: tx.tenantId, userId, ...known, createdAt: tx.now };
    await uniquely(() => store.upsertIdentity(tx.db, row));
    await keepTokens(tx, userId, identity);
  };

  return {
    get,

    find: (scope: Scope, id: string) => store.findUser(scope.db, scope.tenantId, id),

    async list(scope: Scope, filter: UserFilter, page: Page, options: LongListOptions = {}) {
      const { before } = options;
      if (before !== undefined && !(await store.findUser(scope.db, scope.tenantId, before))) {
        throw fail('entity.not_exists_with_id', { data: { name: 'user', id: before } });
      }
      return listUsers(scope.db, { tenantId: scope.tenantId, filter, page, options });
    },

    findByIdentifier: async (scope: Scope, identifier: store.UserIdentifier) =>
      store.findUserByIdentifier(
        scope.db,
        scope.tenantId,
        identifier,
        identifier.type !== 'username' || (await deps.usernamesAreCaseSensitive(scope)),
      ),

    findByIdentity: (scope: Scope, identityTarget: string, identityId: string) =>
      store.findUserByIdentity(scope.db, scope.tenantId, identityTarget, identityId),

    async create(scope: Scope, input: NewUser): Promise<store.UserRow> {
      // Hashed before the transaction, which would hold its connection all the while.
      const password = await passwords.columnsOf(input, scope.now);
      return transaction(scope, async (tx) => {
        const row = newRow(tx, input, password);
        if (row.username) await claimUsername(tx, row.username);
        await uniquely(() => store.insertUser(tx.db, row));
        if (input.identity) await link(tx, row.id, input.identity);
        const { identity } = input;
        const identities = identity
          ? { [identity.target]: { userId: identity.identityId, details: identity.details } }
          : {};
        const user = { ...row, identities, ssoIdentities: [] };
        const verifiedEmail = row.emailVerifiedAt ? (row.primaryEmail ?? undefined) : undefined;
        await deps.welcome(tx, { id: row.id, verifiedEmail });
        await audit(tx, { key: 'User.Created', target: target(row.id), after: user });
        await tell(tx, 'User.Created', user);
        return user;
      });
    },

    update: (scope: Scope, id: string, input: UserUpdate): Promise<store.UserRow> =>
      change(scope, id, 'User.Data.Updated', async (tx, before) => {
        if (input.username && input.username !== before.username) await claimUsername(tx, input.username, id);
        // Who may set an address has proved it by a code, or is an administrator.
        const proof = input.primaryEmail === undefined ? {} : { emailVerifiedAt: input.primaryEmail ? tx.now : null };
        return { ...columnsOf(input), ...proof };
      }),

    /** Merges the top-level members into the custom data. */
    mergeCustomData: (scope: Scope, id: string, customData: Record<string, unknown>): Promise<store.UserRow> =>
      change(scope, id, 'User.Data.Updated', async (_, before) => ({
        customData: { ...before.customData, ...customData },
      })),

    mergeProfile: (scope: Scope, id: string, profile: UserProfile): Promise<store.UserRow> =>
      change(scope, id, 'User.Data.Updated', async (_, before) => ({ profile: { ...before.profile, ...profile } })),

    /** Changes what the user has decided about the second step and about passkeys. */
    changeConfig: (
      scope: Scope,
      id: string,
      work: (config: Record<string, unknown>) => Record<string, unknown>,
    ): Promise<store.UserRow> =>
      change(scope, id, 'User.Data.Updated', async (_, before) => ({ logtoConfig: work(before.logtoConfig) })),

    async setPassword(scope: Scope, id: string, password: string): Promise<store.UserRow> {
      const columns = await passwords.columnsOf({ password }, scope.now);
      return change(scope, id, 'User.Password.Updated', async () => ({ ...columns, isPasswordExpired: false }));
    },

    /**
     * An administrator's new password: whoever got in with the old one is out, so every session and token of the user
     * ends with it.
     */
    async replacePassword(scope: Scope, id: string, password: string): Promise<store.UserRow> {
      const columns = await passwords.columnsOf({ password }, scope.now);
      return change(scope, id, 'User.Password.Updated', async (tx) => {
        await deps.endSessions(tx, id, 'password_changed');
        return { ...columns, isPasswordExpired: false };
      });
    },
    /** A password that was hashed before, outside of the transaction in progress. */
    setPasswordDigest: (scope: Scope, id: string, passwordDigest: string): Promise<store.UserRow> =>
      change(scope, id, 'User.Password.Updated', async () => ({
        ...(await passwords.columnsOf({ passwordDigest, passwordAlgorithm: OWN_ALGORITHM }, scope.now)),
        isPasswordExpired: false,
      })),

    setPasswordExpired: (scope: Scope, id: string, isPasswordExpired: boolean): Promise<store.UserRow> =>
      change(scope, id, 'User.Password.Updated', async () => ({ isPasswordExpired })),

    /** True when it is the password of `user`; nobody's takes as long as a wrong one. */
    passwordMatches: passwords.matches,

    setSuspended: (scope: Scope, id: string, isSuspended: boolean): Promise<store.UserRow> =>
      change(scope, id, 'User.SuspensionStatus.Updated', async (tx) => {
        if (isSuspended) await deps.endSessions(tx, id, 'user_suspended');
        return { isSuspended };
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => {
        if (tx.actor.type === 'user' && tx.actor.id === id) throw fail('user.cannot_delete_self');
        const before = await store.lockUser(tx.db, tx.tenantId, id);
        if (!before) throw fail('entity.not_found');
        await deps.endSessions(tx, id, 'user_deleted');
        await store.deleteUser(tx.db, tx.tenantId, id);
        await audit(tx, { key: 'User.Deleted', target: target(id), before });
        await emitEvent(tx, {
          event: 'User.Deleted',
          object: target(id),
          payload: { data: null, params: { userId: id } },
        });
      }),

    /** Links an account at a provider, or renews what is known of it. */
    linkIdentity: (scope: Scope, id: string, identity: NewIdentity): Promise<void> =>
      transaction(scope, async (tx) => {
        await link(tx, id, identity);
        const { tokens: _, ...after } = identity;
        await audit(tx, { key: 'User.Identity.Linked', target: target(id), after });
        const user = await get(tx, id);
        await tell(tx, 'User.Identity.Linked', user);
        await tell(tx, 'User.Data.Updated', user);
      }),

    /** Keeps what the provider gives anew for an account that is linked already, in the transaction in progress. */
    keepTokens,

    /** Unlinks the account at a provider; its owner can sign in with it no more. */
    unlinkIdentity: (scope: Scope, id: string, identityTarget: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const before = await store.deleteIdentity(tx.db, tx.tenantId, id, identityTarget);
        if (!before) throw fail('user.identity_not_exist');
        await audit(tx, { key: 'User.Identity.Unlinked', target: target(id), before });
        const user = await get(tx, id);
        await tell(tx, 'User.Identity.Unlinked', user);
        await tell(tx, 'User.Data.Updated', user);
      }),

    /** Notes a completed sign-in, with what the provider says of the user where that is taken over. */
    recordSignIn: (scope: Scope, id: string, takenOver: Pick<UserUpdate, 'name' | 'avatar'> = {}): Promise<void> =>
      store.updateUser(scope.db, scope.tenantId, id, { ...columnsOf(takenOver), lastSignInAt: scope.now }),

    findUsernameConflicts: (scope: Scope, limit: number) =>
      store.findUsernameConflicts(scope.db, scope.tenantId, limit),
  };
}

/** Tells webhooks how a user is now. */
export const tell = (tx: Scope, event: EventName, row: store.UserRow): Promise<void> =>
  emitEvent(tx, { event, object: target(row.id), payload: { data: toUserInfo(row) } });

export const newRow = (
  scope: Scope,
  input: NewUser,
  password: Pick<store.UserColumns, 'passwordDigest' | 'passwordAlgorithm' | 'passwordUpdatedAt'>,
): store.UserColumns => ({
  tenantId: scope.tenantId,
  id: shortId(),
  username: input.username ?? null,
  primaryEmail: input.primaryEmail ?? null,
  emailVerifiedAt: input.primaryEmail && input.emailIsVerified !== false ? scope.now : null,
  primaryPhone: input.primaryPhone ?? null,
  name: input.name || null,
  avatar: input.avatar || null,
  profile: input.profile ?? {},
  customData: input.customData ?? {},
  logtoConfig: {},
  applicationId: input.applicationId ?? null,
  cimdClientId: input.cimdClientId ?? null,
  isSuspended: false,
  isPasswordExpired: false,
  ...password,
  lastSignInAt: null,
  createdAt: scope.now,
  updatedAt: scope.now,
});

/** Columns of what was sent; an empty text is stored as none, so that uniqueness counts people and not blanks. */
function columnsOf(input: UserUpdate): store.UserChange {
  const { profile, customData, ...texts } = input;
  const sent = Object.entries(texts).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(sent.map(([name, value]) => [name, value || null])),
    ...(profile && { profile }),
    ...(customData && { customData }),
  };
}

/** Unique indexes decide races; their violations become the wire's codes. */
async function uniquely(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (violates(error, 'users_username_key')) throw fail('user.username_already_in_use', { cause: error });
    if (violates(error, 'users_primary_email_key')) throw fail('user.email_already_in_use', { cause: error });
    if (violates(error, 'users_primary_phone_key')) throw fail('user.phone_already_in_use', { cause: error });
    if (violates(error, 'user_identities_identity_key')) throw fail('user.identity_already_in_use', { cause: error });
    throw error;
  }
}
