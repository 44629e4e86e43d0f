import type { Scope } from '../../../kernel/scope.ts';
import type { PasswordOwner } from '../../credentials/index.ts';
import { emailProblem } from '../email-blocklist.ts';
import type { Address, PendingProfile } from '../flow-context.ts';
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

/** Refuses an address that no account of the tenant may have. */
export function checkAddress(rules: Rules, { type, value }: Address): void {
  const problem = type === 'email' ? emailProblem(rules.settings.emailBlocklistPolicy, value) : undefined;
  if (problem) throw fail(problem, { data: { email: value } });
}

/** A proved address that nobody has, as part of a profile. Only its owner is told that somebody has it. */
export async function claimAddress(
  deps: Pick<Dependencies, 'users'>,
  scope: Scope,
  rules: Rules,
  address: Address,
): Promise<PendingProfile> {
  checkAddress(rules, address);
  const isEmail = address.type === 'email';
  if (await deps.users.findByIdentifier(scope, address)) {
    throw fail(isEmail ? 'user.email_already_in_use' : 'user.phone_already_in_use');
  }
  return isEmail ? { primaryEmail: address.value } : { primaryPhone: address.value };
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
