import { emitEvent } from '../../../kernel/events.ts';
import { networkOf } from '../../../kernel/networks.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { hashSecret } from '../../../kernel/secrets.ts';
import type { SignInSettings } from '../../sign-in-experience/sign-in-experience.contract.ts';
import type { Identifier } from '../flow-context.ts';
import { fail } from '../sign-in.errors.ts';
import * as store from '../sign-in.store.ts';

/** Features 2.5: tries are counted within an hour. */
const WINDOW_MS = 3_600_000;
const MAX_ATTEMPTS = 100;
const LOCKOUT_MINUTES = 60;
/** Behind one address many people may sit: it may fail this often in the same time, and more where identifiers may. */
const MAX_ADDRESS_ATTEMPTS = 1000;
const ADDRESS_FACTOR = 10;

/** Ways to prove an account. Those of the first factor share one count, so that they cannot be played off against each other. */
export type AttemptAction = 'Password' | 'VerificationCode' | 'OneTimeToken' | 'MfaTotp' | 'WebAuthn' | 'MfaBackupCode';

const FIRST_FACTOR: readonly AttemptAction[] = ['Password', 'VerificationCode', 'OneTimeToken'];

/** Who is tried: an identifier as it was typed, or an account that is known. */
export interface AttemptSubject {
  type: Identifier['type'] | 'userId';
  value: string;
}

const SUBJECT_TYPES: readonly AttemptSubject['type'][] = ['username', 'email', 'phone', 'userId'];

// By what was typed, not by whom it belongs to: the answer is the same whether there is such an account or not.
const hashOf = ({ type, value }: AttemptSubject): string => hashSecret(`${type}:${value.toLowerCase()}`);

const keyOf = (subject: AttemptSubject, action: AttemptAction): store.AttemptKey => ({
  subjectHash: hashOf(subject),
  action: FIRST_FACTOR.includes(action) ? 'FirstFactor' : action,
});

const addressKey = ({ ip }: Scope): store.AttemptKey | undefined =>
  ip === null ? undefined : { subjectHash: hashSecret(`address:${networkOf(ip)}`), action: 'Address' };

/** Counts a try before it is made, so that parallel ones cannot slip through, and refuses it beyond the limit. */
export async function countAttempt(
  scope: Scope,
  policy: SignInSettings['sentinelPolicy'],
  subject: AttemptSubject,
  action: AttemptAction,
): Promise<void> {
  const { maxAttempts = MAX_ATTEMPTS, lockoutDuration = LOCKOUT_MINUTES } = policy;
  const period = {
    now: scope.now,
    windowEndsAt: new Date(scope.now.getTime() + WINDOW_MS),
    blockedUntil: new Date(scope.now.getTime() + lockoutDuration * 60_000),
  };
  const address = addressKey(scope);
  const mostOfAddress = Math.max(MAX_ADDRESS_ATTEMPTS, maxAttempts * ADDRESS_FACTOR);
  const blocked = await store.countAttempts(
    scope.db,
    scope.tenantId,
    // Always in this order: parallel tries that wait for each other's rows wait in a line, not in a ring.
    [{ ...keyOf(subject, action), maxAttempts }, ...(address ? [{ ...address, maxAttempts: mostOfAddress }] : [])],
    period,
  );
  const until = Math.max(...blocked.map((time) => time?.getTime() ?? 0));
  if (until === 0) return;
  // Told once, by the try that has met the limit.
  if (blocked[0]?.getTime() === period.blockedUntil.getTime()) {
    await emitEvent(scope, {
      event: 'Identifier.Lockout',
      object: { type: 'Identifier', id: `${subject.type}:${subject.value}` },
      payload: { type: subject.type, value: subject.value },
    });
  }
  const minutes = Math.max(1, Math.ceil((until - scope.now.getTime()) / 60_000));
  throw fail('session.verification_blocked_too_many_attempts', { data: { minutes } });
}

/** What somebody who is not known may do behind one address within an hour. A device's code is typed and confirmed. */
const HOURLY = { DeviceCode: 200, Upload: 60 } as const;

/** Counts what an unknown visitor does; false when too much came from the address. */
async function admit(scope: Scope, action: keyof typeof HOURLY): Promise<boolean> {
  const address = addressKey(scope);
  if (!address) return true;
  const end = new Date(scope.now.getTime() + WINDOW_MS);
  const key = { ...address, action, maxAttempts: HOURLY[action] };
  const period = { now: scope.now, windowEndsAt: end, blockedUntil: end };
  const [until] = await store.countAttempts(scope.db, scope.tenantId, [key], period);
  return until === null;
}

/** For the code of a device (RFC 8628 §5.1): a guess is for any that waits, so there is nothing else to count it for. */
export const admitDeviceCode = (scope: Scope): Promise<boolean> => admit(scope, 'DeviceCode');

/** For a picture of somebody who has no account yet: it is kept for good, and nobody looks after it. */
export const admitUpload = (scope: Scope): Promise<boolean> => admit(scope, 'Upload');

/** After a success: the subject's count starts anew, and the address gets the one try back. */
export async function forgetAttempts(scope: Scope, subject: AttemptSubject, action: AttemptAction): Promise<void> {
  await store.forgetAttempts(scope.db, scope.tenantId, { subject: keyOf(subject, action), address: addressKey(scope) });
}

/** Lets somebody try again whom too many failures have locked out; `values` are identifiers or ids of users. */
export async function unlock(scope: Scope, values: readonly string[]): Promise<void> {
  const hashes = values.flatMap((value) => SUBJECT_TYPES.map((type) => hashOf({ type, value })));
  await store.deleteAttempts(scope.db, scope.tenantId, hashes);
}
