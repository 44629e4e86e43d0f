import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { PasswordHasher } from '../../kernel/password.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { ConnectorsApi } from '../connectors/index.ts';
import type { CredentialsApi } from '../credentials/index.ts';
import type { Interactions } from '../oidc/index.ts';
import type { SignInExperienceApi } from '../sign-in-experience/index.ts';
import type { TenantsApi } from '../tenants/index.ts';
import type { UserRecord, UsersApi } from '../users/index.ts';

export type Account = UserRecord;

/** What the sign-in engine needs of the other modules. */
export interface SignInDependencies {
  database: DatabasePool;
  caches: Caches;
  hasher: PasswordHasher;
  masterKey: Buffer;
  now: () => Date;
  addressOf(tenantId: string): TenantAddress;
  /** Origin that may frame the preview. */
  consoleOrigin: string;
  interactions: Interactions;
  users: Pick<
    UsersApi,
    | 'find'
    | 'findByIdentifier'
    | 'findByIdentity'
    | 'authenticate'
    | 'passwordMatches'
    | 'create'
    | 'setPassword'
    | 'linkIdentity'
    | 'recordSignIn'
  >;
  /** Ends all sessions of a user, in the transaction in progress. */
  endSessions(scope: Scope, userId: string): Promise<void>;
  experience: Pick<SignInExperienceApi, 'settings' | 'settingsFor' | 'usernameProblem'>;
  applications: Pick<ApplicationsApi, 'findClient' | 'findExperience'>;
  connectors: ConnectorsApi;
  credentials: CredentialsApi;
  tenants: Pick<TenantsApi, 'links' | 'makeAdministrator'>;
}
