import type { AccountToken } from '../../kernel/http.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { CredentialsApi } from '../credentials/index.ts';
import type { FactorsApi } from '../factors/index.ts';
import type { SecretsApi } from '../secrets/index.ts';
import type { SignInExperienceApi } from '../sign-in-experience/index.ts';
import type { UserRecord, UsersApi } from '../users/index.ts';
import type { VerificationsApi } from '../verifications/index.ts';
import { fail } from './account.errors.ts';
import type { AccountField } from './account-center.contract.ts';
import { checkSignInLeft } from './sign-in-left.ts';

export interface AccountDependencies {
  users: Pick<
    UsersApi,
    | 'find'
    | 'update'
    | 'mergeCustomData'
    | 'mergeProfile'
    | 'setPassword'
    | 'passwordMatches'
    | 'linkIdentity'
    | 'keepTokens'
    | 'unlinkIdentity'
    | 'findByIdentity'
  >;
  factors: Pick<FactorsApi, 'totp' | 'passkeys' | 'backupCodes' | 'remove' | 'bound' | 'listOf'>;
  verifications: VerificationsApi;
  tokens: Pick<SecretsApi, 'readAccessToken'>;
  experience: Pick<SignInExperienceApi, 'settings' | 'usernameProblem'>;
  credentials: CredentialsApi;
}

/** Who calls, what their token opens, and the proof that they sent along. */
export interface Caller extends AccountToken {
  proof: string | undefined;
}

export type AccountService = ReturnType<typeof createAccountService>;

/** Nothing that ownership could be proved by. */
const hasNothingToProveWith = (user: UserRecord): boolean =>
  !user.hasPassword && !user.primaryEmail && !user.primaryPhone;

/** What account owners do for themselves. The routes have checked that the tenant allows it. */
export function createAccountService(deps: AccountDependencies) {
  const { users, factors, verifications } = deps;

  const getUser = async (scope: Scope, { userId }: Pick<Caller, 'userId'>): Promise<UserRecord> => {
    const user = await users.find(scope, userId);
    // The account is gone, and its tokens with it.
    if (!user) throw fail('auth.unauthorized');
    return user;
  };

  const requireProof = (scope: Scope, { userId, proof }: Caller): Promise<void> =>
    verifications.requireOwner(scope, userId, proof);

  /** For what gives an account its first way in. */
  const requireProofIfAny = async (scope: Scope, caller: Caller, user: UserRecord): Promise<void> => {
    if (!hasNothingToProveWith(user)) await requireProof(scope, caller);
  };

  const checkUsername = async (scope: Scope, user: UserRecord, username: string): Promise<void> => {
    const problem = await deps.experience.usernameProblem(scope.tenantId, username);
    if (!problem) return;
    const { minLength: min = 1, maxLength: max = 128 } = (await deps.experience.settings(scope.tenantId))
      .usernamePolicy;
    if (username !== user.username) throw fail(problem, { data: { min, max } });
  };

  const requireFactorEnabled = async (scope: Scope, type: 'Totp' | 'WebAuthn' | 'BackupCode'): Promise<void> => {
    const { mfa, passkeySignIn } = await deps.experience.settings(scope.tenantId);
    const isSignIn = type === 'WebAuthn' && passkeySignIn.enabled === true;
    if (!mfa.factors.includes(type) && !isSignIn) throw fail('session.mfa.mfa_factor_not_enabled');
  };

  /** Removes a way to sign in, unless it is the last. */
  const removeAddress = async (scope: Scope, caller: Caller, field: 'primaryEmail' | 'primaryPhone') => {
    await requireProof(scope, caller);
    const user = await getUser(scope, caller);
    if (!user[field]) throw fail('entity.not_found');
    const after = { ...user, [field]: null };
    const settings = await deps.experience.settings(scope.tenantId);
    checkRequired(settings.signUp.identifiers, after, field);
    checkSignInLeft(settings, after, await factors.bound(scope, user.id));
    await users.update(scope, user.id, { [field]: null });
  };

  return {
    getUser,
    requireProof,
    hasSecurityMethod: (user: UserRecord) => !hasNothingToProveWith(user),

    async update(
      scope: Scope,
      caller: Caller,
      input: {
        name?: string | null | undefined;
        avatar?: string | null | undefined;
        username?: string | null | undefined;
        customData?: Record<string, unknown> | undefined;
      },
    ): Promise<UserRecord> {
      const { customData, ...texts } = input;
      const user = await getUser(scope, caller);
      if (texts.username !== undefined) {
        await requireProof(scope, caller);
        if (texts.username) await checkUsername(scope, user, texts.username);
        else {
          const settings = await deps.experience.settings(scope.tenantId);
          const after = { ...user, username: null };
          checkRequired(settings.signUp.identifiers, after, 'username');
          checkSignInLeft(settings, after, await factors.bound(scope, user.id));
        }
      }
      return transaction(scope, async (tx) => {
        if (customData) await users.mergeCustomData(tx, user.id, customData);
        return users.update(tx, user.id, texts);
      });
    },

    mergeProfile: async (scope: Scope, caller: Caller, profile: UserRecord['profile']) =>
      (await users.mergeProfile(scope, caller.userId, profile)).profile,

    async setPassword(scope: Scope, caller: Caller, password: string): Promise<void> {
      const user = await getUser(scope, caller);
      await requireProofIfAny(scope, caller, user);
      const { passwordPolicy } = await deps.experience.settings(scope.tenantId);
      const issues = await deps.credentials.passwordIssues(passwordPolicy, password, user);
      if (issues.length > 0) throw fail('password.rejected', { data: { issues } });
      if (user.hasPassword && (await users.passwordMatches(scope, user.id, password))) throw fail('user.same_password');
      await users.setPassword(scope, user.id, password);
    },

    async setEmail(scope: Scope, caller: Caller, input: { email: string; recordId: string }): Promise<void> {
      await requireProof(scope, caller);
      const email = input.email.trim();
      await transaction(scope, async (tx) => {
        await verifications.takeIdentifier(tx, caller.userId, input.recordId, { type: 'email', value: email });
        await users.update(tx, caller.userId, { primaryEmail: email });
      });
    },

    async setPhone(scope: Scope, caller: Caller, input: { phone: string; recordId: string }): Promise<void> {
      await requireProof(scope, caller);
      const phone = input.phone.replace(/\D/g, '');
      await transaction(scope, async (tx) => {
        await verifications.takeIdentifier(tx, caller.userId, input.recordId, { type: 'phone', value: phone });
        await users.update(tx, caller.userId, { primaryPhone: phone });
      });
    },

    removeEmail: (scope: Scope, caller: Caller) => removeAddress(scope, caller, 'primaryEmail'),
    removePhone: (scope: Scope, caller: Caller) => removeAddress(scope, caller, 'primaryPhone'),

    /** Links an account at a provider; `replace` puts it in the place of the one there is. */
    async linkIdentity(
      scope: Scope,
      caller: Caller,
      recordId: string,
      { replace }: { replace: boolean },
    ): Promise<void> {
      const user = await getUser(scope, caller);
      if (replace) await requireProof(scope, caller);
      else await requireProofIfAny(scope, caller, user);
      await transaction(scope, async (tx) => {
        const { target, userInfo, tokens } = await verifications.takeIdentity(tx, user.id, recordId);
        if (user.identities[target] && !replace) throw fail('user.social_account_exists_in_profile');
        if (replace && user.identities[target]) await users.unlinkIdentity(tx, user.id, target);
        const identity = { target, identityId: userInfo.id, details: { ...userInfo }, tokens };
        await users.linkIdentity(tx, user.id, identity);
      });
    },

    async unlinkIdentity(scope: Scope, caller: Caller, target: string): Promise<void> {
      const user = await getUser(scope, caller);
      await requireProofIfAny(scope, caller, user);
      if (!user.identities[target]) throw fail('user.identity_not_exist');
      const { [target]: _gone, ...identities } = user.identities;
      const settings = await deps.experience.settings(scope.tenantId);
      checkSignInLeft(settings, { ...user, identities }, await factors.bound(scope, user.id));
      await users.unlinkIdentity(scope, user.id, target);
    },

    /** The provider's access token, renewed when it is over. */
    async readProviderToken(scope: Scope, caller: Caller, target: string) {
      if (!(await getUser(scope, caller)).identities[target]) throw fail('user.identity_not_exist');
      return deps.tokens.readAccessToken(scope, { userId: caller.userId, kind: 'social', provider: target });
    },

    /** The same of an enterprise provider. */
    async readEnterpriseToken(scope: Scope, caller: Caller, connectorId: string) {
      const { ssoIdentities } = await getUser(scope, caller);
      if (!ssoIdentities.some(({ ssoConnectorId }) => ssoConnectorId === connectorId)) {
        throw fail('user.identity_not_exist');
      }
      const { userId } = caller;
      return deps.tokens.readAccessToken(scope, { userId, kind: 'enterprise_sso', provider: connectorId });
    },

    /** Keeps what the provider gave when the owner has just shown up there again. */
    async renewProviderToken(scope: Scope, caller: Caller, target: string, recordId: string): Promise<void> {
      const { identities } = await getUser(scope, caller);
      await transaction(scope, async (tx) => {
        const proved = await verifications.takeIdentity(tx, caller.userId, recordId);
        const { userInfo, tokens } = proved;
        if (proved.target !== target || identities[target]?.userId !== userInfo.id)
          throw fail('user.identity_not_exist');
        if (!tokens) throw fail('connector.token_storage_not_supported');
        const identity = { target, identityId: userInfo.id, details: { ...userInfo }, tokens };
        await users.keepTokens(tx, caller.userId, identity);
      });
    },

    listFactors: (scope: Scope, { userId }: Caller) => factors.listOf(scope, userId),

    async describeTotp(scope: Scope, caller: Caller) {
      const secret = factors.totp.newSecret();
      const { secretQrCode } = await factors.totp.describe(scope, await getUser(scope, caller), secret);
      return { secret, secretQrCode };
    },

    proposeBackupCodes: () => factors.backupCodes.propose(),

    async bindTotp(
      scope: Scope,
      caller: Caller,
      input: { secret: string; code?: string | undefined },
      replace = false,
    ) {
      await requireProof(scope, caller);
      await requireFactorEnabled(scope, 'Totp');
      const step = input.code === undefined ? undefined : factors.totp.stepOf(scope, input.secret, input.code);
      if (input.code !== undefined && step === undefined) throw fail('session.mfa.invalid_totp_code');
      await transaction(scope, async (tx) => {
        const { totp } = replace ? await factors.bound(tx, caller.userId) : { totp: undefined };
        // Together with the old app the backup codes would go; the new one takes its place at once.
        if (totp) await factors.totp.unbind(tx, caller.userId);
        await factors.totp.bind(tx, caller.userId, { secret: input.secret, step });
      });
    },

    async bindPasskey(scope: Scope, caller: Caller, input: { recordId: string; name?: string | undefined }) {
      await requireProof(scope, caller);
      await requireFactorEnabled(scope, 'WebAuthn');
      await transaction(scope, async (tx) => {
        const passkey = await verifications.takePasskey(tx, caller.userId, input.recordId);
        await factors.passkeys.bind(tx, caller.userId, { ...passkey, ...(input.name && { name: input.name }) });
      });
    },

    async bindBackupCodes(scope: Scope, caller: Caller, codes: readonly string[]) {
      await requireProof(scope, caller);
      await requireFactorEnabled(scope, 'BackupCode');
      const all = await factors.listOf(scope, caller.userId);
      const hasOther = all.some(({ type }) => type !== 'BackupCode');
      await factors.backupCodes.bind(scope, caller.userId, codes, hasOther);
    },

    async revealBackupCodes(scope: Scope, caller: Caller) {
      await requireProof(scope, caller);
      const codes = await factors.backupCodes.reveal(scope, caller.userId);
      if (codes.length === 0) throw fail('entity.not_found');
      return codes.map(({ code, usedAt }) => ({ code, usedAt: usedAt?.toISOString() ?? null }));
    },

    async renamePasskey(scope: Scope, caller: Caller, id: string, name: string): Promise<void> {
      await requireProof(scope, caller);
      await factors.passkeys.rename(scope, caller.userId, id, name);
    },

    async removeFactor(scope: Scope, caller: Caller, id: string): Promise<void> {
      await requireProof(scope, caller);
      await factors.remove(scope, caller.userId, id);
    },
  };
}

/** What the tenant asks of everybody who signs up nobody may take away again. */
function checkRequired(
  identifiers: readonly string[],
  after: Pick<UserRecord, 'username' | 'primaryEmail' | 'primaryPhone'>,
  removed: 'username' | 'primaryEmail' | 'primaryPhone',
): void {
  if (removed === 'username') {
    if (identifiers.includes('username')) throw fail('user.username_required');
    return;
  }
  const [email, phone] = [identifiers.includes('email'), identifiers.includes('phone')];
  if (email && phone) {
    if (!after.primaryEmail && !after.primaryPhone) throw fail('user.email_or_phone_required');
  } else if (email && removed === 'primaryEmail') throw fail('user.email_required');
  else if (phone && removed === 'primaryPhone') throw fail('user.phone_required');
}

/** Fields of the account center by the members that they show. */
export const FIELD_OF: Readonly<Record<string, AccountField>> = {
  name: 'name',
  avatar: 'avatar',
  username: 'username',
  profile: 'profile',
  primaryEmail: 'email',
  primaryPhone: 'phone',
  customData: 'customData',
  identities: 'social',
};
