import { audit } from '../../kernel/audit.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { AccessDecision, AccessRules } from './access-control.contract.ts';
import { fail } from './access-control.errors.ts';
import * as store from './access-control.store.ts';

export interface AccessControlDependencies {
  findApplication(scope: Scope, id: string): Promise<{ appLevelAccessControlEnabled: boolean } | undefined>;
  userExists(scope: Scope, id: string): Promise<boolean>;
}

export type AccessControlService = ReturnType<typeof createAccessControlService>;

/** Whom an application lets in. */
export function createAccessControlService(deps: AccessControlDependencies) {
  const getApplication = async (scope: Scope, id: string) => {
    const application = await deps.findApplication(scope, id);
    if (!application) throw fail('entity.not_exists_with_id', { data: { name: 'application', id } });
    return application;
  };

  return {
    async getRules(scope: Scope, applicationId: string): Promise<AccessRules> {
      await getApplication(scope, applicationId);
      return store.findRules(scope.db, scope.tenantId, applicationId);
    },

    replaceRules: (scope: Scope, applicationId: string, rules: AccessRules): Promise<AccessRules> =>
      transaction(scope, async (tx) => {
        await getApplication(tx, applicationId);
        const before = await store.findRules(tx.db, tx.tenantId, applicationId);
        await store.replaceRules(tx.db, tx.tenantId, applicationId, rules);
        const after = await store.findRules(tx.db, tx.tenantId, applicationId);
        const target = { type: 'Application' as const, id: applicationId };
        await audit(tx, { key: 'Application.AccessControl.Updated', target, before, after });
        return after;
      }),

    async check(scope: Scope, applicationId: string, userId: string): Promise<AccessDecision> {
      const { appLevelAccessControlEnabled: enabled } = await getApplication(scope, applicationId);
      if (!(await deps.userExists(scope, userId))) {
        throw fail('entity.not_exists_with_id', { data: { name: 'user', id: userId } });
      }
      const reasons = await store.findReasons(scope.db, scope.tenantId, applicationId, userId);
      return { enabled, allowed: !enabled || reasons.length > 0, reasons };
    },

    /** Decides for an application that checks. */
    async mayEnter(scope: Scope, applicationId: string, userId: string): Promise<boolean> {
      return (await store.findReasons(scope.db, scope.tenantId, applicationId, userId)).length > 0;
    },

    /** Records that somebody was kept out. */
    recordRefusal: (scope: Scope, applicationId: string, userId: string, gate: string): Promise<void> =>
      audit(scope, {
        key: 'Application.AccessDenied',
        result: 'Error',
        target: { type: 'Application', id: applicationId },
        details: { applicationId, userId, gate },
      }),
  };
}
