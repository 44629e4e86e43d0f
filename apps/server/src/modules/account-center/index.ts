import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { MakeScope } from '../../kernel/http.ts';
import type { Job } from '../../kernel/jobs.ts';
import { deriveKey } from '../../kernel/secrets.ts';
import { loadPages } from '../sign-in/index.ts';
import type { AccountCenterDependencies } from './account-center.dependencies.ts';
import type { AccountPages } from './account-pages.contract.ts';
import { deleteExpiredSessions } from './account-sessions.store.ts';
import { createAccountSessions } from './account-sessions.ts';
import { createEntries, mountEntry } from './entry.ts';
import { mountApplications } from './pages/applications.ts';
import { mountData } from './pages/data.ts';
import { mountDeletion } from './pages/deletion.ts';
import { mountHome } from './pages/home.ts';
import { mountLinked } from './pages/linked.ts';
import { mountOrganizations } from './pages/organizations.ts';
import { mountProfile } from './pages/profile.ts';
import { mountSecurity } from './pages/security.ts';
import { mountSessions } from './pages/sessions.ts';
import { mountTokens } from './pages/tokens.ts';
import { mountVerify } from './pages/verify.ts';
import { createRoutes } from './routes.ts';
import { createScreens } from './screens.ts';

/** Largest form, in bytes. */
const FORM_LIMIT = 16_384;

export interface AccountCenterPagesModule {
  /** Mounts `/account` and what is below. */
  mount(app: FastifyInstance, options: { makeScope: MakeScope }): void;
  jobs: Job[];
}

/** The pages where account owners see and change what is theirs: a client of the Account API inside of the server. */
export function createAccountCenterModule(deps: AccountCenterDependencies): AccountCenterPagesModule {
  const sessions = createAccountSessions({ ...deps, isSignedIn: deps.oidc.holdings.isSignedIn });
  const pages = loadPages<AccountPages>();
  const csrfKey = deriveKey(deps.masterKey, 'account-csrf');

  return {
    mount(app, { makeScope }) {
      const whole = { ...deps, pages, csrfKey, makeScope };
      const screens = createScreens(whole);
      const entries = createEntries(whole);
      app.register(async (http) => {
        await http.register(formbody, { bodyLimit: FORM_LIMIT });
        http.setErrorHandler((error, request, reply) => screens.problem(request, reply, error));
        const context = { http, deps: whole, screens, entries, sessions };
        mountEntry(http, context);
        const routes = createRoutes(context);
        mountHome(routes, context);
        mountVerify(routes, context);
        mountProfile(routes, context);
        mountSecurity(routes, context);
        mountLinked(routes, context);
        mountSessions(routes);
        mountApplications(routes);
        mountOrganizations(routes);
        mountTokens(routes, context);
        mountData(routes, context);
        mountDeletion(routes, context);
      });
    },
    jobs: [
      {
        name: 'delete-expired-account-sessions',
        schedule: '43 * * * *',
        run: () => deleteExpiredSessions(deps.database.forSystem('delete expired account sessions'), deps.now()),
      },
    ],
  };
}
