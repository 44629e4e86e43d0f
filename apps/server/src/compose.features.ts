import { consoleOriginOf } from './console.routes.ts';
import { announceChange } from './kernel/cache.ts';
import { type Scope, systemScope } from './kernel/scope.ts';
import { ADMIN_TENANT, addressInUse, addressOf } from './kernel/tenancy.ts';
import { managementScopes } from './management-scopes.ts';
import { createAccessControlModule } from './modules/access-control/index.ts';
import { createAccountCenterSettings } from './modules/account/index.ts';
import { createAdaptiveMfaModule, defaultSignalHeaders } from './modules/adaptive-mfa/index.ts';
import { CLIENT_TOPIC, createApplicationsModule } from './modules/applications/index.ts';
import { createAssetsModule } from './modules/assets/index.ts';
import { createAuditLogsModule } from './modules/audit-logs/index.ts';
import { createAuditStreamsModule } from './modules/audit-streams/index.ts';
import { createAuthorizationModule } from './modules/authorization/index.ts';
import { createCaptchaProviderModule } from './modules/captcha-provider/index.ts';
import { createClientRegistrationModule } from './modules/client-registration/index.ts';
import { createConnectorsModule } from './modules/connectors/index.ts';
import { createConsentsModule } from './modules/consents/index.ts';
import { createCredentialsModule } from './modules/credentials/index.ts';
import { createCustomPhrasesModule } from './modules/custom-phrases/index.ts';
import { createCustomProfileFieldsModule } from './modules/custom-profile-fields/index.ts';
import { createDashboardModule } from './modules/dashboard/index.ts';
import { createDomainsModule } from './modules/domains/index.ts';
import { createEnterpriseSsoModule } from './modules/enterprise-sso/index.ts';
import { createFactorsModule } from './modules/factors/index.ts';
import { createMessagesModule } from './modules/messages/index.ts';
import {
  createOidcModule,
  DEFAULT_RESOURCE_TOPIC,
  GRANTED_SCOPES_TOPIC,
  hostOfDocument,
  isDocumentId,
  type OidcDependencies,
  PROVIDER_TOPIC,
  RESOURCE_TOPIC,
} from './modules/oidc/index.ts';
import { createOneTimeTokensModule } from './modules/one-time-tokens/index.ts';
import { createOrganizationsModule } from './modules/organizations/index.ts';
import { createProtectedApplicationsModule } from './modules/protected-applications/index.ts';
import { createResourcesModule } from './modules/resources/index.ts';
import { createRolesModule } from './modules/roles/index.ts';
import { createSamlAnswersModule } from './modules/saml-answers/index.ts';
import { createScriptsModule } from './modules/scripts/index.ts';
import { createSecretsModule } from './modules/secrets/index.ts';
import { createSessionsModule } from './modules/sessions/index.ts';
import { createSignInExperienceModule } from './modules/sign-in-experience/index.ts';
import { createSubjectTokensModule } from './modules/subject-tokens/index.ts';
import {
  createTenantsModule,
  isBuiltInRole,
  isManagementApi,
  MANAGEMENT_API_ROLE,
  managementApiOf,
} from './modules/tenants/index.ts';
import { createUserImportsModule } from './modules/user-imports/index.ts';
import { createUsersModule } from './modules/users/index.ts';
import { createWebhooksModule } from './modules/webhooks/index.ts';
import { createProtocolTrail } from './protocol-trail.ts';
import type { World } from './world.ts';

/** What the protocol asks of the doors, which stand on it: looked up when it is needed. */
type ProtocolDoors = Pick<OidcDependencies, 'admitDeviceCode' | 'pages'>;

/** The modules that hold a feature's data and rules, wired to each other; nothing here is shown to a person. */
export function createFeatures(world: World, doors: ProtocolDoors) {
  const { addressing } = world;
  const address = (tenantId: string) => addressInUse(addressing, tenantId);
  const endpointOf = (tenantId: string) => address(tenantId).endpoint;
  const announceGrant = (scope: Scope) => announceChange(scope, GRANTED_SCOPES_TOPIC, '*');

  const applications = createApplicationsModule({
    ...world,
    protectedHosts: () => protectedApplications.api.hosts,
    managementRoleId: MANAGEMENT_API_ROLE,
    announceGrant,
    builtInAddresses: (tenantId) => ({
      endpoint: address(tenantId).endpoint,
      consoleOrigin: tenantId === ADMIN_TENANT ? consoleOriginOf(addressing) : undefined,
    }),
  });
  const secrets = createSecretsModule({
    ...world,
    renew: {
      social: (...asked) => connectors.api.refreshTokens(...asked),
      enterprise_sso: (...asked) => enterpriseSso.api.refreshTokens(...asked),
    },
  });
  const users = createUsersModule({
    ...world,
    keepTokens: secrets.api.keep,
    tokens: secrets.api,
    proveIdentity: (...asked) => connectors.api.finishForUser(...asked),
    endSessions: (...asked) => oidc.api.revokeUser(...asked),
    mergeFactors: (...asked) => factors.api.merge(...asked),
    usernamesAreCaseSensitive: (scope) => experience.api.usernamesAreCaseSensitive(scope),
    async welcome(tx, user) {
      await roles.api.assignDefaults(tx, user.id);
      await organizations.api.provision(tx, { userId: user.id, verifiedEmail: user.verifiedEmail });
    },
  });
  const resources = createResourcesModule({
    announceGrant,
    isManagementApi,
    async announceResource(scope, indicator) {
      await announceChange(scope, RESOURCE_TOPIC, indicator);
      await announceChange(scope, DEFAULT_RESOURCE_TOPIC, 'default');
    },
  });
  const roles = createRolesModule({
    announceGrant,
    isManagementApi,
    isBuiltIn: isBuiltInRole,
    users: users.api,
    applications: applications.api,
  });
  const organizations = createOrganizationsModule({
    announceGrant,
    isManagementApi,
    users: users.api,
    applications: applications.api,
    describeSsoConnectors: (...asked) => enterpriseSso.api.describe(...asked),
    sendMessage: (...message) => messages.api.send(...message),
    primaryEndpoint: async (scope) => (await domains.api.primaryAddress(scope)).endpoint,
  });
  const userImports = createUserImportsModule({
    ...world,
    createUsers: users.api.createMany,
    usernamesAreCaseSensitive: (scope) => experience.api.usernamesAreCaseSensitive(scope),
    assignRoles: roles.api.assignByName,
    findUnknownRoles: roles.api.findUnknownNames,
    welcomeDomains: organizations.api.welcomeDomains,
    joinOrganizations: organizations.api.provision,
  });
  const credentials = createCredentialsModule(world);
  const experience = createSignInExperienceModule({
    ...world,
    findUsernameConflicts: users.api.findUsernameConflicts,
    findUser: users.api.find,
    passwordIssues: credentials.api.passwordIssues,
    languages: (tenantId) => phrases.api.languages(tenantId),
    canSend: (tenantId, channel) => messages.api.canSend(tenantId, channel),
    profileFields: (tenantId) => profileFields.api.catalogue(tenantId),
    hasCaptcha: (tenantId) => captcha.api.isSet(tenantId),
    hasCustomUi: (scope, id) => assets.api.hasCustomUi(scope, id),
  });
  const adaptiveMfa = createAdaptiveMfaModule({
    ...world,
    trustsProxy: addressing.trustProxy,
    headers: { ...defaultSignalHeaders, ...world.config.signalHeaders },
  });
  const accountCenter = createAccountCenterSettings(world);
  const factors = createFactorsModule({
    ...world,
    addressOf: address,
    enabledFactors: async (tenantId) => (await experience.api.settings(tenantId)).mfa.factors,
    relatedOrigins: async (tenantId) => (await accountCenter.settings(tenantId)).webauthnRelatedOrigins,
    findUser: users.api.find,
    changeConfig: users.api.changeConfig,
  });
  const assets = createAssetsModule({
    ...world,
    bucket: world.config.bucket,
    home: world.config.home,
    consoleOrigin: consoleOriginOf(addressing),
    customUiOf: async (tenantId) => {
      const { customUiAssets, customUiCsp } = await experience.api.settings(tenantId);
      return customUiAssets ? { id: customUiAssets.id, csp: customUiCsp } : undefined;
    },
  });
  const captcha = createCaptchaProviderModule({
    ...world,
    endpointOf,
    switchPolicyOff: experience.api.switchCaptchaOff,
  });
  const phrases = createCustomPhrasesModule({
    ...world,
    fallbackLanguage: async (tenantId) => (await experience.api.settings(tenantId)).languageInfo.fallbackLanguage,
  });
  const profileFields = createCustomProfileFieldsModule({ ...world, forgetField: experience.api.forgetField });
  const userExists = async (scope: Scope, id: string) => (await users.api.find(scope, id)) !== undefined;
  const findApplication = (scope: Scope, id: string) => applications.api.findClient(scope.tenantId, id);
  const consents = createConsentsModule({ ...world, findApplication, userExists, managementApiOf });
  const accessControl = createAccessControlModule({ findApplication, userExists });
  const scripts = createScriptsModule({
    ...world,
    findUser: users.api.find,
    factorsOf: factors.api.kindsOf,
    membershipsOf: organizations.api.membershipsOf,
    findApplication: applications.api.findClient,
  });
  const subjectTokens = createSubjectTokensModule({ ...world, userExists });
  const samlAnswers = createSamlAnswersModule({
    ...world,
    isSocialConnector: async (tenantId, id) => (await connectors.api.findSocial(tenantId, id)) !== undefined,
    isEnterpriseConnector: async (tenantId, id) => (await enterpriseSso.api.find(tenantId, id)) !== undefined,
  });
  const enterpriseSso = createEnterpriseSsoModule({
    ...world,
    samlAnswers: samlAnswers.api,
    sealTokens: secrets.api.seal,
    keepTokens: secrets.api.keep,
    forgetTokens: (scope, id) => secrets.api.forgetConnector(scope, 'enterprise_sso', id),
    endpointOf,
  });
  const connectors = createConnectorsModule({
    ...world,
    samlAnswers: samlAnswers.api,
    endpointOf,
    forgetTarget: experience.api.forgetTarget,
    forgetTokens: (scope, id) => secrets.api.forgetConnector(scope, 'social', id),
    sealTokens: secrets.api.seal,
    emailTemplates: (...asked) => messages.api.emailTemplates(...asked),
    smsTemplates: (...asked) => messages.api.smsTemplates(...asked),
  });
  const messages = createMessagesModule({
    ...world,
    findMessenger: connectors.api.findMessenger,
    messaging: connectors.api.messaging,
    findApplication,
    findApplicationBranding: applications.api.findExperience,
    findUser: users.api.find,
    findOrganizationOf: organizations.api.findJoined,
    codePolicy: async (tenantId) => (await experience.api.settings(tenantId)).verificationCodePolicy,
    fallbackLanguage: async (tenantId) => (await experience.api.settings(tenantId)).languageInfo.fallbackLanguage,
  });
  const hasSecondFactor = (tenantId: string, userId: string) =>
    factors.api.hasSecondFactor(systemScope(world, tenantId, 'factors of a member'), userId);
  const authorization = createAuthorizationModule({
    findUser: users.api.find,
    findMachine: applications.api.findMachine,
    findMembership: organizations.api.findMembership,
    organizationExists: async (scope, id) => (await organizations.api.findBranding(scope, id)) !== undefined,
    hasSecondFactor,
  });
  const auditLogs = createAuditLogsModule(world);
  const auditStreams = createAuditStreamsModule({
    ...world,
    hostnameOf: (tenantId) => new URL(address(tenantId).endpoint).hostname,
  });
  const dashboard = createDashboardModule({
    ...world,
    retentionDays: async (scope) => (await auditLogs.api.settings(scope)).retentionDays,
  });
  const domains = createDomainsModule({
    ...world,
    tenantExists: (tenantId) => tenants.api.exists(tenantId),
    announceIssuers: (tx) => announceChange(tx, PROVIDER_TOPIC, '*'),
    announceClient: (tx, id) => announceChange(tx, CLIENT_TOPIC, id),
  });
  const oidc = createOidcModule({
    ...world,
    onProtocolEvent: createProtocolTrail({
      recorder: auditLogs.api.recorder,
      activeUsers: dashboard.api.activeUsers,
      now: world.now,
    }),
    addressOf: address,
    endpointOf: (tenantId) => addressOf(addressing, tenantId).endpoint,
    domainEndpoints: domains.api.endpointsOf,
    findClient: applications.api.findClient,
    findUser: users.api.findClaimsUser,
    subjectTokens: subjectTokens.api,
    ceilingOf: (tenantId, id) => consents.api.ceilingOf(tenantId, id ?? null),
    isOrganizationGranted: consents.api.isOrganizationGranted,
    grantOrganizations: (scope, key, ids) =>
      consents.api.grantOrganizations(scope, key, ids, { replace: false, isCimd: isDocumentId(key.clientId) }),
    accessControl: accessControl.api,
    organizations: organizations.api,
    customClaims: scripts.api.customClaims,
    hasSecondFactor,
    ...doors,
  });
  const clientRegistration = createClientRegistrationModule({
    applications: applications.api,
    settings: oidc.api.settings,
    startWithScopes: consents.api.startWith,
  });
  const sessions = createSessionsModule({
    userExists,
    findPlace: world.findPlace,
    // A client that nobody registered goes by the host that vouches for it.
    findApplication: async (tenantId, id) => {
      const host = hostOfDocument(id);
      return host ? { name: host, isThirdParty: true } : applications.api.findClient(tenantId, id);
    },
    protocol: oidc.api.holdings,
  });
  const tenants = createTenantsModule({
    ...world,
    managementScopes: managementScopes(),
    createFirstKeys: oidc.api.createFirstKeys,
    announceGrant,
  });
  const protectedApplications = createProtectedApplicationsModule({
    ...world,
    tenantExists: tenants.api.exists,
    applications: applications.api,
    domains: domains.api,
    protocol: oidc.api,
    accessControl: accessControl.api,
  });
  const oneTimeTokens = createOneTimeTokensModule(world);
  const webhooks = createWebhooksModule(world);

  return {
    accessControl,
    accountCenter,
    adaptiveMfa,
    applications,
    assets,
    auditLogs,
    auditStreams,
    authorization,
    captcha,
    clientRegistration,
    connectors,
    consents,
    credentials,
    dashboard,
    domains,
    enterpriseSso,
    experience,
    factors,
    messages,
    oidc,
    oneTimeTokens,
    organizations,
    phrases,
    profileFields,
    protectedApplications,
    resources,
    roles,
    samlAnswers,
    scripts,
    secrets,
    sessions,
    subjectTokens,
    tenants,
    userImports,
    users,
    webhooks,
  };
}

export type Features = ReturnType<typeof createFeatures>;
