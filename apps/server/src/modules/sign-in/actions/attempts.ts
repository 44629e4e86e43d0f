import type { Scope } from '../../../kernel/scope.ts';
import { hashSecret } from '../../../kernel/secrets.ts';
import type { SignInSettings } from '../../sign-in-experience/sign-in-experience.contract.ts';
import { fail } from '../sign-in.errors.ts';
import type { Identifier } from '../sign-in.flow.ts';
import * as store from '../sign-in.store.ts';

/** Features 2.5: tries are counted within an hour. */
const WINDOW_MS = 3_600_000;
const MAX_ATTEMPTS = 100;
const LOCKOUT_MINUTES = 60;

const keyOf = (scope: Scope, { type, value }: Identifier) => ({
  tenantId: scope.tenantId,
  // By what was typed, not by whom it belongs to: the answer is the same whether there is such an account or not.
  subjectHash: hashSecret(`${type}:${value.toLowerCase()}`),
  action: 'Password',
});

/** Counts a try before it is made, so that parallel ones cannot slip through, and refuses it beyond the limit. */
export async function countAttempt(
  scope: Scope,
  policy: SignInSettings['sentinelPolicy'],
  identifier: Identifier,
): Promise<void> {
  const { maxAttempts = MAX_ATTEMPTS, lockoutDuration = LOCKOUT_MINUTES } = policy;
  const { blockedUntil } = await store.countAttempt(scope.db, keyOf(scope, identifier), {
    maxAttempts,
    now: scope.now,
    windowEndsAt: new Date(scope.now.getTime() + WINDOW_MS),
    blockedUntil: new Date(scope.now.getTime() + lockoutDuration * 60_000),
  });
  if (!blockedUntil) return;
  const minutes = Math.max(1, Math.ceil((blockedUntil.getTime() - scope.now.getTime()) / 60_000));
  throw fail('session.verification_blocked_too_many_attempts', { data: { minutes } });
}

/** Starts the count anew after a success. */
export const forgetAttempts = (scope: Scope, identifier: Identifier): Promise<void> =>
  store.forgetAttempts(scope.db, keyOf(scope, identifier));
