import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { type Abilities, checkSettings } from './settings-rules.ts';
import {
  defaultSignInSettings,
  type SignInSettings,
  type UpdateSignInExperience,
} from './sign-in-experience.contract.ts';
import { fail } from './sign-in-experience.errors.ts';
import * as store from './sign-in-experience.store.ts';

/** The caches' topic of a tenant's settings, which are one entry. */
export const SETTINGS_TOPIC = 'sign-in-experience';
export const SETTINGS_KEY = 'settings';

/** Usernames that differ by case only: how many, and some of them. */
export interface UsernameConflicts {
  totalConflicts: number;
  samples: { usernameLower: string; userIds: string[] }[];
}

/** What a new password must not contain pieces of. */
export interface PasswordOwner {
  name: string | null;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
}

export interface PasswordIssue {
  code: string;
  interpolation?: Record<string, string | number>;
}

export interface SignInExperienceDependencies {
  findUsernameConflicts(scope: Scope, limit: number): Promise<UsernameConflicts>;
  findUser(scope: Scope, id: string): Promise<PasswordOwner | undefined>;
  passwordIssues(
    policy: SignInSettings['passwordPolicy'],
    password: string,
    owner: Partial<PasswordOwner>,
  ): Promise<PasswordIssue[]>;
  /** Languages that the tenant's pages speak. */
  languages(tenantId: string): Promise<readonly string[]>;
  /** Whether the tenant has uploaded sign-in pages under this id. */
  hasCustomUi(scope: Scope, id: string): Promise<boolean>;
  /** Whether a message of this kind gets anywhere. */
  canSend(tenantId: string, channel: 'Email' | 'Sms'): Promise<boolean>;
  /** Whether the tenant has a captcha provider. */
  hasCaptcha(tenantId: string): Promise<boolean>;
  /** The tenant's own profile fields. */
  profileFields(tenantId: string): Promise<readonly { name: string }[]>;
}

export type SignInExperienceService = ReturnType<typeof createSignInExperienceService>;

/** Links are removed by the empty text as well as by null. */
const LINKS = ['termsOfUseUrl', 'privacyPolicyUrl', 'supportEmail', 'supportWebsiteUrl', 'unknownSessionRedirectUrl'];

function changesOf(input: UpdateSignInExperience): Partial<SignInSettings> {
  const sent = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent.map(([name, value]) => [name, LINKS.includes(name) && value === '' ? null : value]));
}

/** Passwords grow old from the moment that they may, which the server notes. */
function stamped(
  changes: Partial<SignInSettings>,
  { passwordExpiration: before }: SignInSettings,
  now: Date,
): Partial<SignInSettings> {
  const { passwordExpiration: after } = changes;
  if (after?.enabled !== true) return changes;
  const enabledAt = (before.enabled === true ? before.enabledAt : undefined) ?? now.getTime();
  return { ...changes, passwordExpiration: { ...after, enabledAt } };
}

export const withDefaults = (stored: Partial<SignInSettings>): SignInSettings => ({
  ...defaultSignInSettings,
  ...stored,
});

/** How users of a tenant sign up and in, and how the pages look. */
export function createSignInExperienceService(deps: SignInExperienceDependencies) {
  const abilitiesOf = async (tenantId: string): Promise<Abilities> => {
    const [languages, email, phone, hasCaptcha, fields] = await Promise.all([
      deps.languages(tenantId),
      deps.canSend(tenantId, 'Email'),
      deps.canSend(tenantId, 'Sms'),
      deps.hasCaptcha(tenantId),
      deps.profileFields(tenantId),
    ]);
    return { languages, channels: { email, phone }, hasCaptcha, profileFields: fields.map(({ name }) => name) };
  };

  /** Runs a change of the stored settings while no other is under way. */
  const change = (
    scope: Scope,
    work: (tx: Scope, before: SignInSettings) => Promise<Partial<SignInSettings>>,
  ): Promise<SignInSettings> =>
    transaction(scope, async (tx) => {
      const stored = await store.lockSettings(tx.db, tx.tenantId, tx.now);
      const before = withDefaults(stored);
      const changes = await work(tx, before);
      const after = { ...before, ...changes };
      await store.updateSettings(tx.db, tx.tenantId, { ...stored, ...changes }, tx.now);
      const changed = Object.keys(changes) as (keyof SignInSettings)[];
      const view = (settings: SignInSettings) => Object.fromEntries(changed.map((name) => [name, settings[name]]));
      await audit(tx, {
        key: 'SignInExperience.Updated',
        target: { type: 'SignInExperience', id: 'default' },
        before: view(before),
        after: view(after),
      });
      await announceChange(tx, SETTINGS_TOPIC, SETTINGS_KEY);
      return after;
    });

  return {
    get: async (scope: Scope): Promise<SignInSettings> =>
      withDefaults(await store.findSettings(scope.db, scope.tenantId)),

    update: (scope: Scope, input: UpdateSignInExperience): Promise<SignInSettings> =>
      change(scope, async (tx, before) => {
        const changes = stamped(changesOf(input), before, tx.now);
        const after = { ...before, ...changes };
        checkSettings(after, await abilitiesOf(tx.tenantId));
        if (changes.customUiAssets && !(await deps.hasCustomUi(tx, changes.customUiAssets.id))) {
          throw fail('request.invalid_input', { details: 'customUiAssets.id: nothing was uploaded under this id' });
        }
        if (before.usernamePolicy.caseSensitive !== false && after.usernamePolicy.caseSensitive === false) {
          const conflicts = await deps.findUsernameConflicts(tx, 5);
          if (conflicts.totalConflicts > 0) {
            throw fail('sign_in_experiences.username_policy_case_conflicts_exist', { data: conflicts });
          }
        }
        return changes;
      }),

    /** Takes a target out of the social buttons: its last connector is gone. */
    async forgetTarget(scope: Scope, target: string): Promise<void> {
      await change(scope, async (_, { socialSignInConnectorTargets }) => ({
        socialSignInConnectorTargets: socialSignInConnectorTargets.filter((known) => known !== target),
      }));
    },

    /** Stops asking new users for a field that is deleted. */
    async forgetField(scope: Scope, name: string): Promise<void> {
      await change(scope, async (_, { signUpProfileFields }) => ({
        signUpProfileFields: signUpProfileFields?.filter((field) => field.name !== name) ?? null,
      }));
    },

    /** Switches the captcha off: its provider is gone. */
    async switchCaptchaOff(scope: Scope): Promise<void> {
      await change(scope, async (_, { captchaPolicy }) => ({ captchaPolicy: { ...captchaPolicy, enabled: false } }));
    },

    /** All that the policy has against a password, as a new one of `userId` or of anybody. */
    async checkPassword(scope: Scope, input: { password: string; userId?: string | undefined }) {
      const { passwordPolicy } = withDefaults(await store.findSettings(scope.db, scope.tenantId));
      const owner = input.userId === undefined ? undefined : await deps.findUser(scope, input.userId);
      return deps.passwordIssues(passwordPolicy, input.password, owner ?? {});
    },

    findUsernameConflicts: deps.findUsernameConflicts,
  };
}
