import { audit } from '../../../kernel/audit.ts';
import { type Scope, transaction } from '../../../kernel/scope.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow, Flows } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { checkActive } from './complete.ts';
import { hashNewPassword } from './new-credentials.ts';
import { tellSignIn } from './tell-sign-in.ts';

type Dependencies = Pick<SignInDependencies, 'users' | 'credentials' | 'hasher' | 'experience' | 'endSessions'> & {
  flows: Flows;
};

/** The digest of a password that replaces a forgotten or expired one: by the policy, and another than before. */
export async function digestOfReplacement(
  deps: Dependencies,
  scope: Scope,
  rules: Rules,
  account: Account,
  password: string,
): Promise<string> {
  const passwordDigest = await hashNewPassword(deps, rules, password, account);
  if (account.hasPassword && (await deps.users.passwordMatches(scope, account.id, password))) {
    throw fail('user.same_password');
  }
  return passwordDigest;
}

/** Replaces the password and ends whatever was open under the old one; the user signs in with the new one next. */
export async function resetPassword(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  account: Account,
  passwordDigest: string,
): Promise<Flow> {
  checkActive(account);
  return transaction({ ...scope, actor: { type: 'user', id: account.id } }, async (tx) => {
    const saved = await deps.flows.save(tx, flow, { type: 'password-reset' });
    await deps.users.setPasswordDigest(tx, account.id, passwordDigest);
    await deps.endSessions(tx, account.id, 'password_changed');
    await audit(tx, {
      key: 'Interaction.ForgotPassword.Submit',
      target: { type: 'User', id: account.id },
      details: { applicationId: flow.interaction.application.id, userId: account.id },
    });
    await tellSignIn(tx, flow, { event: 'ForgotPassword', account });
    return saved;
  });
}
