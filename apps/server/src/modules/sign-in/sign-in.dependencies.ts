import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import type { PasswordHasher } from '../../kernel/password.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { AdaptiveMfaApi } from '../adaptive-mfa/index.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { CaptchaProviderApi } from '../captcha-provider/index.ts';
import type { ConnectorsApi } from '../connectors/index.ts';
import type { CredentialsApi } from '../credentials/index.ts';
import type { CustomPhrasesApi } from '../custom-phrases/index.ts';
import type { CustomProfileFieldsApi } from '../custom-profile-fields/index.ts';
import type { EnterpriseSsoApi } from '../enterprise-sso/index.ts';
import type { FactorsApi } from '../factors/index.ts';
import type { MessagesApi } from '../messages/index.ts';
import type { Interactions, OidcApi } from '../oidc/index.ts';
import type { OneTimeTokensApi } from '../one-time-tokens/index.ts';
import type { OrganizationsApi } from '../organizations/index.ts';
import type { ActionsApi } from '../scripts/index.ts';
import type { SignInExperienceApi } from '../sign-in-experience/index.ts';
import type { TenantsApi } from '../tenants/index.ts';
import type { UserRecord, UsersApi } from '../users/index.ts';

export type Account = UserRecord;

/** What the sign-in engine needs of the other modules. */
export interface SignInDependencies {
  database: DatabasePool;
  caches: Caches;
  hasher: PasswordHasher;
  metrics: Metrics;
  masterKey: Buffer;
  secretBox: SecretBox;
  now: () => Date;
  addressOf(tenantId: string): TenantAddress;
  /** Origin that may frame the preview. */
  consoleOrigin: string;
  interactions: Interactions;
  findSignedIn: OidcApi['findSignedIn'];
  users: Pick<
    UsersApi,
    | 'find'
    | 'findByIdentifier'
    | 'findByIdentity'
    | 'authenticate'
    | 'passwordMatches'
    | 'create'
    | 'setPassword'
    | 'setPasswordDigest'
    | 'update'
    | 'linkIdentity'
    | 'keepTokens'
    | 'recordSignIn'
  >;
  /** The tenant's scripts that take part in a sign-in. */
  actions: ActionsApi;
  /** Ends all sessions of a user, in the transaction in progress. */
  endSessions(scope: Scope, userId: string, reason: 'password_changed'): Promise<void>;
  /** Where the owner of an account that is going to be deleted may keep it; undefined for every other account. */
  offerToKeep(scope: Scope, userId: string): Promise<string | undefined>;
  experience: Pick<SignInExperienceApi, 'settings' | 'settingsFor' | 'usernameProblem'>;
  applications: Pick<ApplicationsApi, 'findClient' | 'findExperience'>;
  connectors: ConnectorsApi;
  enterpriseSso: Pick<
    EnterpriseSsoApi,
    'list' | 'find' | 'listForEmail' | 'start' | 'finish' | 'findUserId' | 'settle'
  >;
  messages: Pick<MessagesApi, 'codes' | 'canSend'>;
  /** Keeps a picture that somebody chooses while signing up; answers its path below the tenant's address. */
  storeImage(scope: Scope, bytes: Buffer): Promise<string>;
  oneTimeTokens: Pick<OneTimeTokensApi, 'check' | 'verify'>;
  credentials: CredentialsApi;
  captcha: Pick<CaptchaProviderApi, 'isSet' | 'publicConfig' | 'verify'>;
  /** The texts of the pages, with the tenant's own in their places. */
  phrases: Pick<CustomPhrasesApi, 'languages' | 'phrases'>;
  organizations: Pick<OrganizationsApi, 'membershipsOf' | 'findBranding' | 'provision' | 'invitations'>;
  factors: FactorsApi;
  adaptiveMfa: AdaptiveMfaApi;
  profileFields: Pick<CustomProfileFieldsApi, 'fields'>;
  tenants: Pick<TenantsApi, 'links' | 'makeAdministrator'>;
}
