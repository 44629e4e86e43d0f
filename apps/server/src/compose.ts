import { createDoors } from './compose.doors.ts';
import { createFeatures } from './compose.features.ts';
import type { Job } from './kernel/jobs.ts';
import type { Routes } from './kernel/operations.ts';
import { createAdminConsoleModule } from './modules/admin-console/index.ts';
import type { Modules } from './modules.ts';
import type { World } from './world.ts';

/**
 * The composition root. A module takes what it needs of another as small functions, so the order is the only knot:
 * features first, then the doors that stand on them.
 */
export function createModules(world: World): Modules {
  const features = createFeatures(world, {
    admitDeviceCode: (scope) => doors.signIn.api.attempts.admitDeviceCode(scope),
    pages: () => doors.signIn.protocolPages,
  });
  const doors = createDoors(world, features);
  const {
    accessControl,
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
  } = features;
  const { signIn, samlApplications, verifications, account, accountPages, wellKnown } = doors;

  /** What the server takes of each module: its operations, and its recurring work. */
  const parts: { routes?: Routes; jobs?: Job[] }[] = [
    applications,
    createAdminConsoleModule({ protectedAppsDomain: domains.api.hosts.givenBelow }),
    protectedApplications,
    connectors,
    samlAnswers,
    samlApplications,
    enterpriseSso,
    messages,
    captcha,
    account,
    verifications,
    secrets,
    assets,
    phrases,
    profileFields,
    experience,
    factors,
    users,
    userImports,
    resources,
    roles,
    organizations,
    oidc,
    subjectTokens,
    consents,
    accessControl,
    authorization,
    clientRegistration,
    oneTimeTokens,
    scripts,
    sessions,
    signIn,
    webhooks,
    auditLogs,
    auditStreams,
    dashboard,
    domains,
    accountPages,
    adaptiveMfa,
  ];

  /** Everything that keeps sealed values. */
  const sealing = [
    oidc.api.keys,
    applications.api,
    samlApplications.api,
    connectors.api,
    enterpriseSso.api,
    secrets.api,
    captcha.api,
    scripts.api,
    factors.api,
    webhooks.api,
    auditStreams.api,
    oneTimeTokens.api,
  ];

  return {
    oidc,
    signIn,
    tenants: tenants.api,
    applications: applications.api,
    users: users.api,
    organizations: organizations.api,
    enterpriseSso: enterpriseSso.api,
    captcha: captcha.api,
    messages: messages.api,
    assets: assets.api,
    factors: factors.api,
    secrets: secrets.api,
    accountPages,
    domains,
    gate: protectedApplications.gate,
    mountFactors: factors.mount,
    mountClientRegistration: clientRegistration.mount,
    routes: (operations) => [...parts.flatMap(({ routes = [] }) => routes), wellKnown.routes(operations)],
    async reseal(scope) {
      let resealed = 0;
      for (const part of sealing) resealed += await part.reseal(scope);
      return resealed;
    },
    deliverer: webhooks.api.deliverer,
    importer: userImports.api.importer,
    async flush() {
      await Promise.all([auditLogs.api.recorder.flush(), dashboard.api.activeUsers.flush()]);
    },
    jobs: parts.flatMap(({ jobs = [] }) => jobs),
  };
}
