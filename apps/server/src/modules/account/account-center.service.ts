import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { type AccountCenterSettings, defaultAccountCenter } from './account-center.contract.ts';
import * as store from './account-center.store.ts';

/** The caches' topic of a tenant's account center, which is one entry. */
export const ACCOUNT_CENTER_TOPIC = 'account-center';
export const ACCOUNT_CENTER_KEY = 'settings';

export const withDefaults = (stored: Partial<AccountCenterSettings>): AccountCenterSettings => ({
  ...defaultAccountCenter,
  ...stored,
});

/** How much of their own accounts users may see and change. */
export const accountCenterService = {
  get: async (scope: Scope): Promise<AccountCenterSettings> =>
    withDefaults(await store.findSettings(scope.db, scope.tenantId)),

  update: (
    scope: Scope,
    {
      fields,
      deleteAccountUrl,
      ...rest
    }: { [Name in keyof AccountCenterSettings]?: AccountCenterSettings[Name] | undefined },
  ): Promise<AccountCenterSettings> =>
    transaction(scope, async (tx) => {
      const before = withDefaults(await store.lockSettings(tx.db, tx.tenantId, tx.now));
      const sent = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const after: AccountCenterSettings = {
        ...before,
        ...sent,
        ...(fields && { fields: { ...before.fields, ...fields } }),
        ...(deleteAccountUrl !== undefined && { deleteAccountUrl: deleteAccountUrl || null }),
      };
      await store.updateSettings(tx.db, tx.tenantId, after, tx.now);
      await audit(tx, {
        key: 'AccountCenter.Updated',
        target: { type: 'AccountCenter', id: 'default' },
        before,
        after,
      });
      await announceChange(tx, ACCOUNT_CENTER_TOPIC, ACCOUNT_CENTER_KEY);
      return after;
    }),
};
