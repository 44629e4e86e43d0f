import { createHash } from 'node:crypto';
import { audit } from '../../kernel/audit.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import { secretValue, standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { equalSecrets, hashSecret } from '../../kernel/secrets.ts';
import { fail } from './factors.errors.ts';
import * as store from './trusted-devices.store.ts';

const COOKIE_PREFIX = 'logto-trusted-device-';

const target = (id: string) => ({ type: 'User' as const, id });

/** Browsers on which a user has chosen not to be asked for the second factor for a while. */
export const trustedDevices = {
  /** Each user has a cookie of their own in a browser, so that people who share it do not push each other out. */
  cookieName: (tenantId: string, userId: string): string =>
    COOKIE_PREFIX + createHash('sha256').update(`${tenantId}:${userId}`).digest('hex').slice(0, 32),

  list: (scope: Scope, userId: string) => store.listTrustedDevices(scope.db, scope.tenantId, userId, scope.now),

  /** Answers the value of the cookie, whose secret is kept as a hash only. */
  create: (scope: Scope, userId: string, days: number): Promise<{ cookie: string; expiresAt: Date }> =>
    transaction(scope, async (tx) => {
      const id = standardId();
      const secret = secretValue();
      const expiresAt = new Date(tx.now.getTime() + days * DAY_MS);
      await store.insertTrustedDevice(tx.db, {
        tenantId: tx.tenantId,
        id,
        userId,
        secretHash: hashSecret(secret),
        agent: tx.userAgent,
        ip: tx.ip,
        createdAt: tx.now,
        lastUsedAt: null,
        expiresAt,
      });
      await audit(tx, { key: 'TrustedDevice.Created', target: target(userId), details: { trustedDeviceId: id } });
      return { cookie: `${id}.${secret}`, expiresAt };
    }),

  /** The trusted device that a cookie speaks for. Another user's cookie, put under this user's name, does not count. */
  async find(scope: Scope, userId: string, cookie: string | undefined): Promise<store.TrustedDeviceRow | undefined> {
    const [id, secret] = cookie?.split('.') ?? [];
    if (!id || !secret) return undefined;
    const key = { tenantId: scope.tenantId, userId, id };
    const row = await store.findTrustedDevice(scope.db, key, scope.now);
    return row && equalSecrets(row.secretHash, hashSecret(secret)) ? row : undefined;
  },

  recordUse: (scope: Scope, { id, userId }: store.TrustedDeviceRow): Promise<void> =>
    transaction(scope, async (tx) => {
      await store.recordTrustedDeviceUse(tx.db, tx.tenantId, id, tx.now);
      await audit(tx, { key: 'TrustedDevice.Used', target: target(userId), details: { trustedDeviceId: id } });
    }),

  remove: (scope: Scope, userId: string, id: string): Promise<void> =>
    transaction(scope, async (tx) => {
      const removed = await store.deleteTrustedDevices(tx.db, { tenantId: tx.tenantId, userId, id });
      if (removed.length === 0) throw fail('entity.not_found');
      await audit(tx, { key: 'TrustedDevice.Deleted', target: target(userId), details: { trustedDeviceId: id } });
    }),

  /** No browser is trusted any more: the account was recovered. */
  removeAll: (scope: Scope, userId: string): Promise<void> =>
    transaction(scope, async (tx) => {
      const removed = await store.deleteTrustedDevices(tx.db, { tenantId: tx.tenantId, userId });
      for (const trustedDeviceId of removed) {
        await audit(tx, { key: 'TrustedDevice.Deleted', target: target(userId), details: { trustedDeviceId } });
      }
    }),
};
