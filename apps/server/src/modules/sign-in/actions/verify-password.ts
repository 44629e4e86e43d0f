import { audit } from '../../../kernel/audit.ts';
import type { RequestError } from '../../../kernel/errors.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Identifier } from '../sign-in.flow.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';

type Dependencies = Pick<SignInDependencies, 'users'>;

const KEY = 'Interaction.SignIn.Verification.Password.Submit';

async function refuse(scope: Scope, flow: Flow, identifier: Identifier, error: RequestError): Promise<never> {
  await audit(scope, {
    key: KEY,
    result: 'Error',
    details: { applicationId: flow.interaction.application.id, identifier, error: error.code },
  });
  throw error;
}

/** Proves an account by its password. Unknown, without a password or wrong: one answer, after the same work. */
export async function verifyPassword(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  input: { identifier: Identifier; password: string },
): Promise<Account> {
  const { identifier, password } = input;
  if (!rules.passwordIdentifiers.includes(identifier.type)) throw fail('user.sign_in_method_not_enabled');
  await countAttempt(scope, rules.settings.sentinelPolicy, identifier);
  const account = await deps.users.authenticate(scope, identifier, password);
  if (!account) return refuse(scope, flow, identifier, fail('session.invalid_credentials'));
  await forgetAttempts(scope, identifier);
  return account;
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
  const identifier: Identifier = { type: 'email', value: account.primaryEmail ?? account.id };
  await countAttempt(scope, rules.settings.sentinelPolicy, identifier);
  if (!(await deps.users.passwordMatches(scope, account.id, password))) {
    await refuse(scope, flow, identifier, fail('session.invalid_credentials'));
  }
  await forgetAttempts(scope, identifier);
}
