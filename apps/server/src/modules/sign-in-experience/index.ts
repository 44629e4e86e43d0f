import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SignInSettings } from './sign-in-experience.contract.ts';
import { signInExperienceRoutes } from './sign-in-experience.routes.ts';
import {
  createSignInExperienceService,
  SETTINGS_KEY,
  SETTINGS_TOPIC,
  type SignInExperienceDependencies,
  withDefaults,
} from './sign-in-experience.service.ts';
import { findSettings } from './sign-in-experience.store.ts';
import { type UsernameProblem, usernameProblem } from './username-policy.ts';

export type { UsernameProblem } from './username-policy.ts';

/** What an application, or an organization, may override of the tenant's settings. */
export interface ExperienceOverride {
  color: object;
  branding: object;
  customCss: string | null;
  termsOfUseUrl?: string | null;
  privacyPolicyUrl?: string | null;
}

export interface SignInExperienceApi {
  /** The tenant's settings, cached. */
  settings(tenantId: string): Promise<SignInSettings>;
  /** The tenant's settings under what is put over them, each layer above the ones before it (features 2.7). */
  settingsFor(tenantId: string, ...layers: (ExperienceOverride | undefined)[]): Promise<SignInSettings>;
  /** What the tenant's policy has against a username that somebody chooses. */
  usernameProblem(tenantId: string, username: string): Promise<UsernameProblem | undefined>;
  /** Whether `Anna` and `anna` are two people. */
  usernamesAreCaseSensitive(scope: Scope): Promise<boolean>;
  /** Takes a target out of the social buttons, in the transaction in progress. */
  forgetTarget(scope: Scope, target: string): Promise<void>;
  /** Stops asking new users for a custom profile field, in the transaction in progress. */
  forgetField(scope: Scope, name: string): Promise<void>;
  /** Switches the captcha off, in the transaction in progress. */
  switchCaptchaOff(scope: Scope): Promise<void>;
}

const overlay = (below: SignInSettings, above: ExperienceOverride): SignInSettings => ({
  ...below,
  color: { ...below.color, ...above.color },
  branding: { ...below.branding, ...above.branding },
  customCss: above.customCss ?? below.customCss,
  termsOfUseUrl: above.termsOfUseUrl ?? below.termsOfUseUrl,
  privacyPolicyUrl: above.privacyPolicyUrl ?? below.privacyPolicyUrl,
});

/** How users of a tenant sign up and in, and how the pages look. */
export function createSignInExperienceModule(
  deps: SignInExperienceDependencies & { database: DatabasePool; caches: Caches },
): { routes: Routes; api: SignInExperienceApi } {
  const service = createSignInExperienceService(deps);
  const cached = deps.caches.create(SETTINGS_TOPIC, (tenantId) =>
    findSettings(deps.database.forTenant(tenantId), tenantId),
  );
  const settings = async (tenantId: string) => withDefaults((await cached.get(tenantId, SETTINGS_KEY)) ?? {});

  return {
    routes: signInExperienceRoutes(service),
    api: {
      settings,
      settingsFor: async (tenantId, ...layers) =>
        layers.filter((layer) => layer !== undefined).reduce(overlay, await settings(tenantId)),
      usernameProblem: async (tenantId, username) =>
        usernameProblem((await settings(tenantId)).usernamePolicy, username),
      usernamesAreCaseSensitive: async ({ tenantId }) =>
        (await settings(tenantId)).usernamePolicy.caseSensitive !== false,
      forgetTarget: service.forgetTarget,
      forgetField: service.forgetField,
      switchCaptchaOff: service.switchCaptchaOff,
    },
  };
}
