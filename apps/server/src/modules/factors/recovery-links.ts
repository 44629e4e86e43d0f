import { audit } from '../../kernel/audit.ts';
import { secretValue } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import { fail } from './factors.errors.ts';
import * as store from './trusted-devices.store.ts';

const LIFETIME_MS = 24 * 3_600_000;

/** One-time links by which an administrator lets a user who has lost every factor past the second step, once. */
export const recoveryLinks = {
  /** Earlier links of the user stop working. */
  issue: (scope: Scope, userId: string): Promise<{ token: string; expiresAt: Date }> =>
    transaction(scope, async (tx) => {
      const token = secretValue();
      const expiresAt = new Date(tx.now.getTime() + LIFETIME_MS);
      await store.deleteRecoveryLinks(tx.db, tx.tenantId, userId);
      await store.insertRecoveryLink(tx.db, {
        tenantId: tx.tenantId,
        tokenHash: hashSecret(token),
        userId,
        createdAt: tx.now,
        expiresAt,
        spentAt: null,
      });
      await audit(tx, { key: 'Factor.RecoveryLink.Created', target: { type: 'User', id: userId } });
      return { token, expiresAt };
    }),

  /** When the link runs out, if it can be used. */
  async find(scope: Scope, token: string): Promise<{ userId: string; expiresAt: Date } | undefined> {
    return store.findRecoveryLink(scope.db, scope.tenantId, hashSecret(token), scope.now);
  },

  /** Uses the link up, in the transaction in progress. */
  async spend(tx: Scope, userId: string, token: string): Promise<void> {
    const key = { tenantId: tx.tenantId, userId, tokenHash: hashSecret(token) };
    if (!(await store.spendRecoveryLink(tx.db, key, tx.now))) throw fail('mfa_recovery.not_valid');
    await audit(tx, { key: 'Factor.RecoveryLink.Used', target: { type: 'User', id: userId } });
  },
};
