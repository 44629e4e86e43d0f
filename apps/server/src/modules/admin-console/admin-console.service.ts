import { audit } from '../../kernel/audit.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { AdminConsoleConfig } from './admin-console.contract.ts';
import * as store from './admin-console.store.ts';

const DEFAULTS: AdminConsoleConfig = { signInExperienceCustomized: false, organizationCreated: false };

/** What a Console remembers of a tenant. */
export const adminConsole = {
  get: async ({ db, tenantId }: Scope): Promise<AdminConsoleConfig> => ({
    ...DEFAULTS,
    ...(await store.findConfig(db, tenantId)),
  }),

  update: (scope: Scope, change: Partial<AdminConsoleConfig>): Promise<AdminConsoleConfig> =>
    transaction(scope, async (tx) => {
      const before = await store.lockConfig(tx.db, tx.tenantId);
      const after = { ...DEFAULTS, ...before, ...change };
      await store.upsertConfig(tx.db, tx.tenantId, after);
      await audit(tx, { key: 'AdminConsole.Updated', target: { type: 'AdminConsole', id: 'default' }, before, after });
      return after;
    }),
};
