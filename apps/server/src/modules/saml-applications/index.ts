import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { OidcApi } from '../oidc/index.ts';
import { samlApplicationsRoutes } from './saml-applications.routes.ts';
import { createSamlApplicationsService } from './saml-applications.service.ts';
import * as store from './saml-applications.store.ts';
import { createSamlSecretsService } from './saml-secrets.service.ts';
import { type SamlPages, samlSignInRoutes } from './saml-sign-in.routes.ts';
import { createSamlSignIn } from './saml-sign-in.ts';

export interface SamlApplicationsApi {
  /** Seals anew the keys that an earlier master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

export interface SamlApplicationsDependencies {
  database: DatabasePool;
  secretBox: SecretBox;
  masterKey: Buffer;
  now: () => Date;
  applications: Pick<ApplicationsApi, 'find' | 'create' | 'update' | 'remove'>;
  protocol: Pick<OidcApi, 'redeemCode' | 'claims'>;
  pages: SamlPages;
}

/** Answered requests are remembered until they are too old to come again, whatever their clocks say. */
const KEPT_MS = 10 * 60_000;

/** Applications that sign in by SAML 2.0: this server is their identity provider. */
export function createSamlApplicationsModule(deps: SamlApplicationsDependencies): {
  routes: Routes;
  api: SamlApplicationsApi;
  /** Removes sign-ins that are over. */
  jobs: Job[];
} {
  const secrets = createSamlSecretsService(deps);
  const applications = createSamlApplicationsService(deps, secrets);
  const signIn = createSamlSignIn({ ...deps, ...deps.protocol }, { applications, secrets });

  return {
    routes: (route) => {
      samlApplicationsRoutes(applications, secrets)(route);
      samlSignInRoutes({ applications, secrets, signIn, pages: deps.pages })(route);
    },
    api: { reseal: secrets.reseal },
    jobs: [
      {
        name: 'delete-expired-saml-sign-ins',
        schedule: '29 * * * *',
        run: () =>
          store.deleteExpired(
            deps.database.forSystem('delete SAML sign-ins that are over'),
            new Date(deps.now().getTime() - KEPT_MS),
          ),
      },
    ],
  };
}
