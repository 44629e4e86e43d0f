import type { Scope } from '../../../kernel/scope.ts';
import { emailProblem } from '../email-blocklist.ts';
import type { Address, PendingProfile, SocialIdentity } from '../flow-context.ts';
import { isEmail } from '../identifiers.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import type { Rules } from '../sign-in.rules.ts';

/** Whose account a proved social account opens. */
export type SocialOutcome =
  /** It is linked to this account. */
  | { kind: 'known'; account: Account }
  /** It is new, and may be linked to this account, whose address it has, without a further proof. */
  | { kind: 'linkable'; account: Account; address: Address }
  /** It is new, and its address is this account's, whose owner has not shown up yet. */
  | { kind: 'address-taken'; account: Account; address: Address }
  | { kind: 'new' };

const same = (known: unknown, value: string) =>
  typeof known === 'string' && known.toLowerCase() === value.toLowerCase();

/**
 * True when the owner of the account is known to read messages at its address: a code was read there, or a provider
 * said so when it was linked. An address that an administrator typed, or an import brought, proves nothing.
 */
function addressIsProved(account: Account, { type, value }: Address): boolean {
  return Object.values(account.identities).some(({ details }) => same(details?.[type], value));
}

/** The provider's phone number as it is stored here. */
const phoneOf = ({ userInfo }: SocialIdentity): string | undefined => userInfo.phone?.replace(/\D/g, '') || undefined;

/** The addresses that the provider vouches for; the connector passes on no other. */
function addressesOf(social: SocialIdentity): Address[] {
  const { email } = social.userInfo;
  const phone = phoneOf(social);
  return [
    ...(email && isEmail(email) ? [{ type: 'email' as const, value: email }] : []),
    ...(phone ? [{ type: 'phone' as const, value: phone }] : []),
  ];
}

/** The rules of features 8.2 under the threat "account-linking takeover". */
export async function identifySocial(
  deps: Pick<SignInDependencies, 'users'>,
  scope: Scope,
  rules: Rules,
  social: SocialIdentity,
): Promise<SocialOutcome> {
  const { target, userInfo } = social;
  const known = await deps.users.findByIdentity(scope, target, userInfo.id);
  if (known) return { kind: 'known', account: known };
  for (const address of addressesOf(social)) {
    const account = await deps.users.findByIdentifier(scope, address);
    if (!account) continue;
    // Both sides have proved the address, and the account has no other account of this provider that would be replaced.
    const safe = addressIsProved(account, address) && !account.identities[target];
    const automatic = rules.settings.socialSignIn.automaticAccountLinking === true;
    return { kind: automatic && safe ? 'linkable' : 'address-taken', account, address };
  }
  return { kind: 'new' };
}

/**
 * What a new account takes over from the provider (features 8.2): name, avatar, and the addresses that the provider
 * vouches for, as far as nobody has them and the tenant does not block them.
 */
export async function socialProfile(
  deps: Pick<SignInDependencies, 'users'>,
  scope: Scope,
  rules: Rules,
  social: SocialIdentity,
): Promise<PendingProfile> {
  const { name, avatar } = social.userInfo;
  const profile: PendingProfile = {
    social,
    ...(name && { name: name.slice(0, MAX_NAME) }),
    ...(avatar && { avatar }),
  };
  for (const address of addressesOf(social)) {
    const { type, value } = address;
    if (type === 'email' && emailProblem(rules.settings.emailBlocklistPolicy, value)) continue;
    if (await deps.users.findByIdentifier(scope, address)) continue;
    profile[type === 'email' ? 'primaryEmail' : 'primaryPhone'] = value;
  }
  return profile;
}

const MAX_NAME = 128;
