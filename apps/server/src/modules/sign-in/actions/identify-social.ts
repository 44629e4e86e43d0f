import type { Scope } from '../../../kernel/scope.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import type { SocialIdentity } from '../sign-in.flow.ts';
import type { Rules } from '../sign-in.rules.ts';

/** Whose account a proved social account opens. */
export type SocialOutcome =
  /** It is linked to this account. */
  | { kind: 'known'; account: Account }
  /** It is new, and may be linked to this account without a further proof. */
  | { kind: 'linkable'; account: Account }
  /** It is new, and its address is this account's, whose owner has not shown up yet. */
  | { kind: 'address-taken'; account: Account }
  | { kind: 'new' };

/**
 * True when the owner of the account is known to read mail at its address: a provider said so when it was linked.
 * An address that an administrator typed, or an import brought, proves nothing.
 */
function addressIsProved(account: Account, email: string): boolean {
  return Object.values(account.identities).some(({ details }) => {
    const known = details?.email;
    return typeof known === 'string' && known.toLowerCase() === email.toLowerCase();
  });
}

/** The rules of features 8.2 under the threat "account-linking takeover". The connector passes on verified addresses only. */
export async function identifySocial(
  deps: Pick<SignInDependencies, 'users'>,
  scope: Scope,
  rules: Rules,
  social: SocialIdentity,
): Promise<SocialOutcome> {
  const { target, userInfo } = social;
  const known = await deps.users.findByIdentity(scope, target, userInfo.id);
  if (known) return { kind: 'known', account: known };
  const account = userInfo.email
    ? await deps.users.findByIdentifier(scope, { type: 'email', value: userInfo.email })
    : undefined;
  if (!account) return { kind: 'new' };
  // Both sides have proved the address, and the account has no other account of this provider that would be replaced.
  const safe = addressIsProved(account, userInfo.email ?? '') && !account.identities[target];
  const automatic = rules.settings.socialSignIn.automaticAccountLinking === true;
  return { kind: automatic && safe ? 'linkable' : 'address-taken', account };
}
