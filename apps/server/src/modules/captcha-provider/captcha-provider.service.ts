import { createChallenge } from 'altcha-lib/v1';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import type { Egress } from '../../kernel/egress.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Log } from '../../kernel/log.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { deriveKey, hashSecret, type SecretBox } from '../../kernel/secrets.ts';
import type { CaptchaConfig } from './captcha-provider.contract.ts';
import { fail } from './captcha-provider.errors.ts';
import * as store from './captcha-provider.store.ts';
import { type ProviderEndpoints, proofOfWorkExpiry, verifyRecaptcha, verifyTurnstile } from './verifiers.ts';

/** The caches' topic of a tenant's captcha, which is one entry. */
export const CAPTCHA_TOPIC = 'captcha-provider';
export const CAPTCHA_KEY = 'config';

const CHALLENGE_LIFETIME_MS = 5 * 60_000;
const DEFAULT_DIFFICULTY = 100_000;

export interface CaptchaProvider {
  id: string;
  config: CaptchaConfig;
  createdAt: Date;
  updatedAt: Date;
}

export interface CaptchaProviderDependencies {
  secretBox: SecretBox;
  masterKey: Buffer;
  egress: Egress;
  log: Log;
  endpoints: ProviderEndpoints;
  /** Called in the transaction that removes the provider: without one, the policy must not promise a captcha. */
  switchPolicyOff(scope: Scope): Promise<void>;
}

export type CaptchaProviderService = ReturnType<typeof createCaptchaProviderService>;

const auditTarget = { type: 'CaptchaProvider' as const, id: 'default' };

export function createCaptchaProviderService(deps: CaptchaProviderDependencies) {
  const purposeOf = (tenantId: string) => `captcha-provider:${tenantId}`;
  const hmacKeyOf = (tenantId: string) => deriveKey(deps.masterKey, `captcha:${tenantId}`).toString('hex');

  const open = (row: store.CaptchaProviderRow): CaptchaProvider => ({
    id: row.id,
    config: JSON.parse(deps.secretBox.open(row.configSealed, purposeOf(row.tenantId))),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  });

  const find = async (scope: Scope): Promise<CaptchaProvider | undefined> => {
    const row = await store.findProvider(scope.db, scope.tenantId);
    return row && open(row);
  };

  const spendProofOfWork = async (scope: Scope, token: string): Promise<boolean> => {
    const expiresAt = await proofOfWorkExpiry(hmacKeyOf(scope.tenantId), token, scope.now);
    if (!expiresAt) return false;
    const { tenantId } = scope;
    return store.spendSolution(scope.db, { tenantId, solutionHash: hashSecret(token), expiresAt });
  };

  const isGood = (scope: Scope, config: CaptchaConfig, token: string): Promise<boolean> => {
    switch (config.type) {
      case 'Turnstile':
        return verifyTurnstile(deps.egress, deps.endpoints.turnstile, config, { token, ip: scope.ip });
      case 'RecaptchaEnterprise':
        return verifyRecaptcha(deps.egress, deps.endpoints.recaptcha(config.projectId), config, {
          token,
          ip: scope.ip,
          userAgent: scope.userAgent,
        });
      case 'ProofOfWork':
        return spendProofOfWork(scope, token);
    }
  };

  return {
    find,

    set: (scope: Scope, config: CaptchaConfig): Promise<CaptchaProvider> =>
      transaction(scope, async (tx) => {
        const before = await find(tx);
        const row = await store.upsertProvider(tx.db, {
          tenantId: tx.tenantId,
          id: standardId(),
          configSealed: deps.secretBox.seal(JSON.stringify(config), purposeOf(tx.tenantId)),
          createdAt: tx.now,
          updatedAt: tx.now,
        });
        await audit(tx, { key: 'CaptchaProvider.Updated', target: auditTarget, before: before?.config, after: config });
        await announceChange(tx, CAPTCHA_TOPIC, CAPTCHA_KEY);
        return open(row);
      }),

    remove: (scope: Scope): Promise<void> =>
      transaction(scope, async (tx) => {
        const before = await find(tx);
        if (!before || !(await store.deleteProvider(tx.db, tx.tenantId))) throw fail('entity.not_found');
        await deps.switchPolicyOff(tx);
        await audit(tx, { key: 'CaptchaProvider.Deleted', target: auditTarget, before: before.config });
        await announceChange(tx, CAPTCHA_TOPIC, CAPTCHA_KEY);
      }),

    challenge: ({ tenantId, now }: Scope, config: Extract<CaptchaConfig, { type: 'ProofOfWork' }>) =>
      createChallenge({
        hmacKey: hmacKeyOf(tenantId),
        maxNumber: config.difficulty ?? DEFAULT_DIFFICULTY,
        expires: new Date(now.getTime() + CHALLENGE_LIFETIME_MS),
      }),

    /** Refuses a token that the provider does not vouch for. A provider that cannot be asked vouches for nothing. */
    async verify(scope: Scope, config: CaptchaConfig, token: string | undefined): Promise<void> {
      if (!token) throw fail('session.captcha_required');
      const good = await isGood(scope, config, token).catch((error: unknown) => {
        deps.log.warn({ err: error, provider: config.type }, 'the captcha provider cannot be asked');
        throw fail('session.captcha_failed', { cause: error });
      });
      if (!good) throw fail('session.captcha_failed');
    },

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        const row = await store.findProvider(tx.db, tx.tenantId);
        if (!row || !deps.secretBox.isStale(row.configSealed)) return 0;
        const purpose = purposeOf(tx.tenantId);
        const configSealed = deps.secretBox.seal(deps.secretBox.open(row.configSealed, purpose), purpose);
        await store.upsertProvider(tx.db, { ...row, configSealed });
        return 1;
      }),
  };
}
