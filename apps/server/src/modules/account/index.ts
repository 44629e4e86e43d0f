import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { FactorsApi } from '../factors/index.ts';
import type { OrganizationsApi } from '../organizations/index.ts';
import type { SessionsApi } from '../sessions/index.ts';
import type { SubjectTokensApi } from '../subject-tokens/index.ts';
import { fail } from './account.errors.ts';
import { accountRoutes } from './account.routes.ts';
import { type AccountDependencies, createAccountService } from './account.service.ts';
import type { AccountCenterSettings } from './account-center.contract.ts';
import {
  ACCOUNT_CENTER_KEY,
  ACCOUNT_CENTER_TOPIC,
  accountCenterService,
  withDefaults,
} from './account-center.service.ts';
import { findSettings } from './account-center.store.ts';
import { type AccountDeletion, createAccountDeletion, type DeletionDependencies } from './account-deletion.ts';
import { createAccountGate } from './account-gate.ts';
import { holdingsRoutes } from './account-holdings.routes.ts';

export type { AccountDeletion } from './account-deletion.ts';

export interface AccountCenterApi {
  /** The tenant's settings, cached. */
  settings(tenantId: string): Promise<AccountCenterSettings>;
  /** Refuses while users may do nothing for themselves. */
  requireEnabled(tenantId: string): Promise<void>;
}

/** How much of their own accounts users may see and change. It stands alone, because others ask for it early. */
export function createAccountCenterSettings(deps: { database: DatabasePool; caches: Caches }): AccountCenterApi {
  const cached = deps.caches.create(ACCOUNT_CENTER_TOPIC, (tenantId) =>
    findSettings(deps.database.forTenant(tenantId), tenantId),
  );
  const settings = async (tenantId: string) => withDefaults((await cached.get(tenantId, ACCOUNT_CENTER_KEY)) ?? {});
  return {
    settings,
    async requireEnabled(tenantId) {
      if (!(await settings(tenantId)).enabled) throw fail('account_center.not_enabled');
    },
  };
}

/** What account owners do for themselves. */
export function createAccountModule(
  deps: Omit<AccountDependencies, 'factors' | 'users'> & {
    database: DatabasePool;
    caches: Caches;
    now: () => Date;
    users: AccountDependencies['users'] & DeletionDependencies['users'];
    center: AccountCenterApi;
    factors: FactorsApi;
    sessions: SessionsApi;
    organizations: Pick<OrganizationsApi, 'membershipsOf' | 'leave' | 'invitations'>;
    personalTokens: SubjectTokensApi['personal'];
    storeImage(scope: Scope, bytes: Buffer): Promise<string>;
  },
): { routes: Routes; deletion: AccountDeletion; jobs: Job[] } {
  const { center, ...rest } = deps;
  const deletion = createAccountDeletion(deps);
  const service = createAccountService(deps);
  const gate = createAccountGate(center.settings);
  return {
    routes: (route) => {
      accountRoutes({ ...rest, service, gate, center: accountCenterService })(route);
      holdingsRoutes({ ...rest, service, gate, deletion })(route);
    },
    deletion,
    jobs: [{ name: 'delete-accounts', schedule: '53 * * * *', run: () => deletion.run() }],
  };
}
