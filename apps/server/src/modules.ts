import type { FastifyInstance } from 'fastify';
import type { HostGate, MakeScope } from './kernel/http.ts';
import type { Job } from './kernel/jobs.ts';
import type { Routes } from './kernel/operations.ts';
import type { Scope } from './kernel/scope.ts';
import type { OperationDefinition } from './kernel/wire.contract.ts';
import type { AccountCenterPagesModule } from './modules/account-center/index.ts';
import type { ApplicationsApi } from './modules/applications/index.ts';
import type { AssetsApi } from './modules/assets/index.ts';
import type { CaptchaProviderApi } from './modules/captcha-provider/index.ts';
import type { DomainsModule } from './modules/domains/index.ts';
import type { EnterpriseSsoApi } from './modules/enterprise-sso/index.ts';
import type { FactorsApi } from './modules/factors/index.ts';
import type { MessagesApi } from './modules/messages/index.ts';
import type { OidcModule } from './modules/oidc/index.ts';
import type { OrganizationsApi } from './modules/organizations/index.ts';
import type { SecretsApi } from './modules/secrets/index.ts';
import type { SignInModule } from './modules/sign-in/index.ts';
import type { TenantsApi } from './modules/tenants/index.ts';
import type { Importer } from './modules/user-imports/index.ts';
import type { UsersApi } from './modules/users/index.ts';
import type { Deliverer } from './modules/webhooks/index.ts';

/** Every module by name, wired together: the server and the command line stand on the same ones. */
export interface Modules {
  oidc: OidcModule;
  signIn: SignInModule;
  tenants: TenantsApi;
  applications: ApplicationsApi;
  users: UsersApi;
  organizations: OrganizationsApi;
  enterpriseSso: EnterpriseSsoApi;
  captcha: CaptchaProviderApi;
  assets: AssetsApi;
  factors: FactorsApi;
  secrets: SecretsApi;
  accountPages: AccountCenterPagesModule;
  domains: DomainsModule;
  /** Mounts what browsers ask for at a tenant's root beside the pages. */
  mountFactors(app: FastifyInstance): void;
  /** Mounts where clients register themselves. */
  mountClientRegistration(app: FastifyInstance, options: { makeScope: MakeScope }): void;
  /** Stands in front of protected applications. */
  gate: HostGate;
  messages: MessagesApi;
  /** Routes of the API; `operations` is the list of them all, which the API documents are made of. */
  routes(operations: readonly OperationDefinition[]): Routes[];
  /** Seals anew, in the transaction in progress, what an earlier master key sealed; answers how many values. */
  reseal(scope: Scope): Promise<number>;
  /** Delivers what webhooks wait for; it begins when it is started. */
  deliverer: Deliverer;
  /** Creates users from the files that were sent. */
  importer: Importer;
  /** Writes what is gathered of the trail and of who is active. */
  flush(): Promise<void>;
  /** Recurring work, and what a change leaves to be done later. */
  jobs: Job[];
}
