import { audit } from '../../kernel/audit.ts';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import { secretValue } from '../../kernel/ids.ts';
import { type Scope, systemScope, transaction } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import type { UsersApi } from '../users/index.ts';
import { fail } from './account.errors.ts';
import * as store from './account-deletion.store.ts';

export interface DeletionDependencies {
  database: DatabasePool;
  caches: Caches;
  now: () => Date;
  users: Pick<UsersApi, 'find' | 'setSuspended' | 'remove'>;
}

/** How long an owner who has just signed in may think about keeping the account. */
const KEEP_MS = 15 * 60_000;
/** Accounts that are deleted between two looks at what is due. */
const BATCH = 100;

export type AccountDeletion = ReturnType<typeof createAccountDeletion>;

/**
 * Deletion by the owner, with days to think it over: the account is suspended at once and deleted by a job.
 * Whoever signs in before that proves to be the owner, and may keep the account.
 */
export function createAccountDeletion(deps: DeletionDependencies) {
  const record = (scope: Scope, userId: string, what: 'Requested' | 'Cancelled', details: object = {}) =>
    audit(scope, { key: `AccountDeletion.${what}`, target: { type: 'User', id: userId }, details: { ...details } });

  /** An administrator who has lifted the suspension meanwhile has decided otherwise. */
  const carryOut = (tenantId: string, userId: string): Promise<void> => {
    const scope = { ...systemScope(deps, tenantId, 'accounts that their owners want deleted'), now: deps.now() };
    return transaction(scope, async (tx) => {
      if (!(await store.takeDue(tx.db, tenantId, userId, tx.now))) return;
      const user = await deps.users.find(tx, userId);
      if (user?.isSuspended) await deps.users.remove(tx, userId);
      else if (user) await record(tx, userId, 'Cancelled', { reason: 'the suspension was lifted' });
    });
  };

  return {
    /** From now on nobody signs in; asking again does not move the day. */
    request: (scope: Scope, userId: string, graceDays: number): Promise<Date> =>
      transaction(scope, async (tx) => {
        const dueAt = new Date(tx.now.getTime() + graceDays * DAY_MS);
        const row = { tenantId: tx.tenantId, userId, requestedAt: tx.now, dueAt };
        if (await store.insertDeletion(tx.db, row)) {
          await record(tx, userId, 'Requested', { dueAt: dueAt.toISOString() });
        }
        await deps.users.setSuspended(tx, userId, true);
        return dueAt;
      }),

    /** The secret by which an owner who has just signed in keeps the account; undefined when it is not to be deleted. */
    async offer(scope: Scope, userId: string): Promise<string | undefined> {
      const secret = secretValue();
      const keep = { hash: hashSecret(secret), expiresAt: new Date(scope.now.getTime() + KEEP_MS) };
      return (await store.offerKeeping(scope.db, { tenantId: scope.tenantId, userId }, keep)) ? secret : undefined;
    },

    /** The day on which the account that the secret keeps would be deleted. */
    dueAt: async (scope: Scope, secret: string): Promise<Date | undefined> =>
      (await store.findByKeeping(scope.db, scope.tenantId, hashSecret(secret), scope.now))?.dueAt,

    keep: (scope: Scope, secret: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const row = await store.spendKeeping(tx.db, tx.tenantId, hashSecret(secret), tx.now);
        if (!row) throw fail('entity.not_found');
        const owner: Scope = { ...tx, actor: { type: 'user', id: row.userId } };
        await deps.users.setSuspended(owner, row.userId, false);
        await record(owner, row.userId, 'Cancelled');
      }),

    /** Deletes what is due; a job calls it, in whichever process is free. */
    async run(): Promise<void> {
      const db = deps.database.forSystem('accounts that their owners want deleted');
      for (;;) {
        const due = await store.listDue(db, deps.now(), BATCH);
        for (const { tenantId, userId } of due) await carryOut(tenantId, userId);
        if (due.length < BATCH) return;
      }
    },
  };
}
