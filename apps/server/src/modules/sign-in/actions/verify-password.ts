import { audit } from '../../../kernel/audit.ts';
import { DAY_MS } from '../../../kernel/durations.ts';
import type { RequestError } from '../../../kernel/errors.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Identifier } from '../flow-context.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { type AttemptSubject, countAttempt, forgetAttempts } from './attempts.ts';
import { migrateByScript } from './run-scripts.ts';

type Dependencies = Pick<SignInDependencies, 'users' | 'actions'>;

const KEY = 'Interaction.SignIn.Verification.Password.Submit';

async function refuse(scope: Scope, flow: Flow, identifier: AttemptSubject, error: RequestError): Promise<never> {
  await audit(scope, {
    key: KEY,
    result: 'Error',
    details: { applicationId: flow.interaction.application.id, identifier, error: error.code },
  });
  throw error;
}

/** What a proof that succeeded leaves behind: written in the transaction that keeps what it leads to. */
export type Settle = (tx: Scope) => Promise<void>;

/** Proves an account by its password. Unknown, without a password or wrong: one answer, after the same work. */
export async function verifyPassword(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  input: { identifier: Identifier; password: string },
): Promise<{ account: Account; settle: Settle }> {
  const { identifier, password } = input;
  if (!rules.passwordIdentifiers.includes(identifier.type)) throw fail('user.sign_in_method_not_enabled');
  await countAttempt(scope, rules.settings.sentinelPolicy, identifier, 'Password');
  const account =
    (await deps.users.authenticate(scope, identifier, password)) ??
    (await migrateByScript(deps, scope, flow, { identifier, password }));
  if (!account) return refuse(scope, flow, identifier, fail('session.invalid_credentials'));
  const target = { type: 'User' as const, id: account.id };
  const details = { applicationId: flow.interaction.application.id };
  const settle: Settle = async (tx) => {
    await audit({ ...tx, actor: scope.actor }, { key: KEY, target, details });
    await forgetAttempts(tx, identifier, 'Password');
  };
  return { account, settle };
}

/** What the tries at a known account are counted for: the address that somebody at the first screen would type. */
function subjectOf({ id, primaryEmail, primaryPhone }: Account): AttemptSubject {
  if (primaryEmail) return { type: 'email', value: primaryEmail };
  if (primaryPhone) return { type: 'phone', value: primaryPhone };
  return { type: 'userId', value: id };
}

/** Proves an account that is known already, such as the one a social account is to be linked to. */
export async function verifyPasswordOf(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  input: { account: Account; password: string },
): Promise<void> {
  const { account, password } = input;
  const identifier = subjectOf(account);
  await countAttempt(scope, rules.settings.sentinelPolicy, identifier, 'Password');
  if (!(await deps.users.passwordMatches(scope, account.id, password))) {
    await refuse(scope, flow, identifier, fail('session.invalid_credentials'));
  }
  await forgetAttempts(scope, identifier, 'Password');
}

/** Features 2.3: an administrator has said so, or the tenant's period is over since the password was chosen. */
export function passwordIsExpired(account: Account, { settings }: Rules, now: Date): boolean {
  if (account.isPasswordExpired) return true;
  const { passwordExpiration: policy } = settings;
  if (policy.enabled !== true) return false;
  const since = account.passwordUpdatedAt?.getTime() ?? policy.enabledAt ?? account.createdAt.getTime();
  return since + policy.validPeriodDays * DAY_MS <= now.getTime();
}
