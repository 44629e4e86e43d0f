import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { MakeScope } from '../../kernel/http.ts';
import type { OperationCaller } from '../../kernel/operation-caller.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { AccountCenterSettings } from '../account/account-center.contract.ts';
import type { AccountDeletion } from '../account/index.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { ConnectorsApi } from '../connectors/index.ts';
import type { CustomPhrasesApi } from '../custom-phrases/index.ts';
import type { CustomProfileFieldsApi } from '../custom-profile-fields/index.ts';
import type { EnterpriseSsoApi } from '../enterprise-sso/index.ts';
import type { FactorsApi } from '../factors/index.ts';
import type { MessagesApi } from '../messages/index.ts';
import type { OidcApi } from '../oidc/index.ts';
import type { OrganizationsApi } from '../organizations/index.ts';
import type { SignInExperienceApi } from '../sign-in-experience/index.ts';
import type { UsersApi } from '../users/index.ts';
import type { VerificationsApi } from '../verifications/index.ts';
import type { AccountPages } from './account-pages.contract.ts';

/** What the account center's pages need of the other modules. */
export interface AccountCenterDependencies {
  database: DatabasePool;
  caches: Caches;
  masterKey: Buffer;
  secretBox: SecretBox;
  now: () => Date;
  addressOf(tenantId: string): TenantAddress;
  /** The Account API, which decides everything that the pages ask for. */
  call: OperationCaller;
  /** Refuses who has not proved to be the owner a moment ago. */
  requireOwner: VerificationsApi['requireOwner'];
  findUser: UsersApi['find'];
  deletion: Pick<AccountDeletion, 'dueAt' | 'keep'>;
  settingsOf(tenantId: string): Promise<AccountCenterSettings>;
  oidc: Pick<OidcApi, 'redeemCode' | 'holdings'>;
  applications: Pick<ApplicationsApi, 'findClient' | 'findExperience' | 'findByAddress'>;
  connectors: Pick<ConnectorsApi, 'listSocial' | 'findSocial'>;
  enterpriseSso: Pick<EnterpriseSsoApi, 'list'>;
  experience: Pick<SignInExperienceApi, 'settings' | 'settingsFor'>;
  passkeys: Pick<FactorsApi['passkeys'], 'signals' | 'cameByMerge'>;
  messages: Pick<MessagesApi, 'canSend'>;
  organizations: Pick<OrganizationsApi, 'findBranding' | 'membershipsOf'>;
  phrases: Pick<CustomPhrasesApi, 'languages' | 'phrases'>;
  profileFields: Pick<CustomProfileFieldsApi, 'fields'>;
}

/** The same, with what is made of it once. */
export interface PageDependencies extends AccountCenterDependencies {
  pages: AccountPages;
  csrfKey: Buffer;
  makeScope: MakeScope;
}
