import type { FastifyInstance } from 'fastify';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { deriveKey } from '../../kernel/secrets.ts';
import type { ProtocolPages } from '../oidc/index.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import { admitDeviceCode, countAttempt, forgetAttempts } from './actions/attempts.ts';
import { emailProblem } from './email-blocklist.ts';
import { experienceRoutes } from './experience.routes.ts';
import { loadPages } from './pages/load-pages.ts';
import { createPageFrames } from './pages/page-frame.ts';
import { createProtocolPages, type HandOverPage } from './pages/protocol-pages.ts';
import { mountPages } from './pages/sign-in.routes.ts';
import { sentinelActivitiesRoutes } from './sentinel-activities.routes.ts';
import type { SignInDependencies } from './sign-in.dependencies.ts';
import { createEngine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import type { Channels } from './sign-in.rules.ts';
import { createSignInService } from './sign-in.service.ts';
import { deleteExpired } from './sign-in.store.ts';

export { hasForeignSender } from './pages/evidence.ts';
export { formProblems } from './pages/form-problems.ts';
export { loadPages } from './pages/load-pages.ts';
export { createPageFrames, type PageFrames } from './pages/page-frame.ts';
export { nameOf as connectorName, passwordRules, type Typed } from './pages/page-models.ts';
export { pageAnswer, sendPage } from './pages/page-writer.ts';
export { profileValues } from './pages/profile-values.ts';
export { RESEND_AFTER } from './pages/proof-models.ts';
export type { HandOverPage } from './pages/protocol-pages.ts';
export { LINKING_STATE } from './pages/social.routes.ts';
export type { SignInDependencies } from './sign-in.dependencies.ts';
export { tenantCookie } from './tenant-cookie.ts';

export interface SignInApi {
  /** Tries of a signed-in user to prove the password, counted with those of signing in. */
  attempts: {
    count(scope: Scope, userId: string): Promise<void>;
    forget(scope: Scope, userId: string): Promise<void>;
    /** Counts a device's code that is typed; false when too many came from the address. */
    admitDeviceCode(scope: Scope): Promise<boolean>;
  };
  /** Refuses an address that no account of the tenant may have. */
  checkEmail(scope: Scope, email: string): Promise<void>;
  /** By which addresses a forgotten password can be reset. */
  recovery(tenantId: string, settings: SignInSettings): Promise<Channels>;
}

export interface SignInModule {
  api: SignInApi;
  /** Pages of the protocol endpoints. */
  protocolPages: ProtocolPages & HandOverPage;
  /** The Experience API. */
  routes: Routes;
  /** Removes sign-ins and counts of attempts that are over. */
  jobs: Job[];
  /** Mounts the hosted pages at the tenant's root. */
  mount(app: FastifyInstance, options: Pick<Parameters<typeof mountPages>[1], 'makeScope'>): void;
}

/** Signing in: one engine, driven by the hosted pages and by the Experience API. */
export function createSignInModule(deps: SignInDependencies): SignInModule {
  const renderer = loadPages();
  const frames = createPageFrames(deps);
  const engine = createEngine(deps);
  const service = createSignInService(engine);
  const csrfKey = deriveKey(deps.masterKey, 'sign-in-csrf');

  return {
    api: {
      attempts: {
        async count(scope, userId) {
          const { sentinelPolicy } = await deps.experience.settings(scope.tenantId);
          await countAttempt(scope, sentinelPolicy, { type: 'userId', value: userId }, 'Password');
        },
        admitDeviceCode,
        forget: (scope, userId) => forgetAttempts(scope, { type: 'userId', value: userId }, 'Password'),
      },
      async checkEmail(scope, email) {
        const { emailBlocklistPolicy } = await deps.experience.settings(scope.tenantId);
        const problem = emailProblem(emailBlocklistPolicy, email);
        if (problem) throw fail(problem, { data: { email } });
      },
      async recovery(tenantId, settings) {
        const { recoveryIdentifiers } = await engine.rulesFor(tenantId, settings);
        return { email: recoveryIdentifiers.includes('email'), phone: recoveryIdentifiers.includes('phone') };
      },
    },
    protocolPages: createProtocolPages({ ...deps, frames, renderer }),
    routes: (route) => {
      experienceRoutes(deps, service, engine)(route);
      sentinelActivitiesRoutes(route);
    },
    jobs: [
      {
        name: 'delete-expired-sign-ins',
        schedule: '37 * * * *',
        run: () => deleteExpired(deps.database.forSystem('delete expired sign-ins'), deps.now()),
      },
    ],
    mount: (app, { makeScope }) => mountPages(app, { ...deps, service, frames, renderer, csrfKey, makeScope }),
  };
}
