import type { Features } from './compose.features.ts';
import { consoleOriginOf } from './console.routes.ts';
import { createOperationCaller } from './kernel/operation-caller.ts';
import { addressInUse } from './kernel/tenancy.ts';
import { createAccountModule } from './modules/account/index.ts';
import { createAccountCenterModule } from './modules/account-center/index.ts';
import { createSamlApplicationsModule } from './modules/saml-applications/index.ts';
import { createSignInModule } from './modules/sign-in/index.ts';
import { createVerificationsModule } from './modules/verifications/index.ts';
import { createWellKnownModule } from './modules/well-known/index.ts';
import type { World } from './world.ts';

/** The modules by which people come in: signing in, SAML, and the account. */
export function createDoors(world: World, features: Features) {
  const { addressing } = world;
  const address = (tenantId: string) => addressInUse(addressing, tenantId);
  const {
    accountCenter,
    adaptiveMfa,
    applications,
    assets,
    captcha,
    connectors,
    credentials,
    enterpriseSso,
    experience,
    factors,
    messages,
    oidc,
    oneTimeTokens,
    organizations,
    phrases,
    profileFields,
    scripts,
    secrets,
    sessions,
    subjectTokens,
    tenants,
    users,
  } = features;

  const signIn = createSignInModule({
    ...world,
    addressOf: address,
    consoleOrigin: consoleOriginOf(addressing),
    interactions: oidc.api.interactions,
    findSignedIn: oidc.api.findSignedIn,
    users: users.api,
    actions: scripts.api.actions,
    endSessions: (...asked) => oidc.api.revokeUser(...asked),
    offerToKeep: async (scope, userId) => {
      const token = await account.deletion.offer(scope, userId);
      return token && `/account/keep?${new URLSearchParams({ token })}`;
    },
    experience: experience.api,
    applications: applications.api,
    connectors: connectors.api,
    enterpriseSso: enterpriseSso.api,
    messages: messages.api,
    storeImage: assets.api.storeImage,
    oneTimeTokens: oneTimeTokens.api,
    credentials: credentials.api,
    captcha: captcha.api,
    profileFields: profileFields.api,
    phrases: phrases.api,
    organizations: organizations.api,
    factors: factors.api,
    adaptiveMfa: adaptiveMfa.api,
    tenants: tenants.api,
  });
  const samlApplications = createSamlApplicationsModule({
    ...world,
    applications: applications.api,
    protocol: oidc.api,
    pages: signIn.protocolPages,
  });
  const verifications = createVerificationsModule({
    ...world,
    requireEnabled: accountCenter.requireEnabled,
    findUser: users.api.find,
    passwordMatches: users.api.passwordMatches,
    codes: messages.api.codes,
    canSend: messages.api.canSend,
    connectors: connectors.api,
    passkeys: factors.api.passkeys,
    attempts: signIn.api.attempts,
    checkEmail: signIn.api.checkEmail,
  });
  const account = createAccountModule({
    ...world,
    center: accountCenter,
    users: users.api,
    factors: factors.api,
    verifications: verifications.api,
    experience: experience.api,
    credentials: credentials.api,
    sessions: sessions.api,
    organizations: organizations.api,
    personalTokens: subjectTokens.api.personal,
    tokens: secrets.api,
    storeImage: assets.api.storeImage,
  });
  const accountPages = createAccountCenterModule({
    ...world,
    addressOf: address,
    call: createOperationCaller([account.routes, verifications.routes]),
    requireOwner: verifications.api.requireOwner,
    deletion: account.deletion,
    findUser: users.api.find,
    settingsOf: accountCenter.settings,
    oidc: oidc.api,
    passkeys: factors.api.passkeys,
    applications: applications.api,
    connectors: connectors.api,
    enterpriseSso: enterpriseSso.api,
    experience: experience.api,
    messages: messages.api,
    organizations: organizations.api,
    phrases: phrases.api,
    profileFields: profileFields.api,
  });
  const wellKnown = createWellKnownModule({
    settingsFor: async (scope, { appId, organizationId }) =>
      experience.api.settingsFor(
        scope.tenantId,
        appId === undefined ? undefined : await applications.api.findExperience(scope, appId),
        organizationId === undefined ? undefined : await organizations.api.findBranding(scope, organizationId),
      ),
    recovery: signIn.api.recovery,
    listSocial: connectors.api.listSocial,
    listSso: enterpriseSso.api.list,
    captchaConfig: captcha.api.publicConfig,
    phrases: phrases.api,
    profileFields: profileFields.api,
    accountCenter: accountCenter.settings,
  });

  return { signIn, samlApplications, verifications, account, accountPages, wellKnown };
}
