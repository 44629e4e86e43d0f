import type { Scope } from '../../../kernel/scope.ts';
import type { PasswordOwner } from '../../credentials/index.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Rules } from '../sign-in.rules.ts';

type Dependencies = Pick<SignInDependencies, 'users' | 'credentials' | 'hasher' | 'experience'>;

/** A username by the tenant's rules that nobody has; whoever takes it meanwhile is found out by the unique index. */
export async function claimUsername(deps: Dependencies, scope: Scope, rules: Rules, username: string): Promise<void> {
  const { minLength: min = 1, maxLength: max = 128 } = rules.settings.usernamePolicy;
  const problem = await deps.experience.usernameProblem(scope.tenantId, username);
  if (problem) throw fail(problem, { data: { min, max } });
  const owner = await deps.users.findByIdentifier(scope, { type: 'username', value: username });
  if (owner) throw fail('user.username_already_in_use');
}

/** Refuses a new password that the tenant's policy has something against. */
export async function checkNewPassword(
  deps: Pick<Dependencies, 'credentials'>,
  rules: Rules,
  password: string,
  owner: PasswordOwner,
): Promise<void> {
  const issues = await deps.credentials.passwordIssues(rules.settings.passwordPolicy, password, owner);
  if (issues.length > 0) throw fail('password.rejected', { data: { issues } });
}

/** The digest of a new password; made before any transaction, which would hold its connection all the while. */
export async function hashNewPassword(
  deps: Dependencies,
  rules: Rules,
  password: string,
  owner: PasswordOwner,
): Promise<string> {
  await checkNewPassword(deps, rules, password, owner);
  return deps.hasher.hash(password);
}
