import type { MissingKind, PendingProfile } from '../flow-context.ts';
import type { Account } from '../sign-in.dependencies.ts';
import type { Rules } from '../sign-in.rules.ts';

type Owner = Pick<Account, 'username' | 'primaryEmail' | 'primaryPhone' | 'hasPassword' | 'identities'>;

/**
 * What an account still lacks of what the tenant wants every account to have (features 2.2, 3.1).
 * Somebody who comes through a provider needs no password; the tenant may waive the identifiers too.
 */
export function missingOf(rules: Rules, given: PendingProfile, account?: Owner): MissingKind[] {
  // What somebody needs who comes from an enterprise's provider is that enterprise's to know.
  if (given.sso) return [];
  const email = given.primaryEmail ?? account?.primaryEmail;
  const phone = given.primaryPhone ?? account?.primaryPhone;
  const isSocial = given.social !== undefined || Object.keys(account?.identities ?? {}).length > 0;
  const isWaived = isSocial && rules.settings.socialSignIn.skipRequiredIdentifiers === true;
  const has: Record<Rules['required'][number], boolean> = {
    username: isWaived || Boolean(given.username ?? account?.username),
    email: isWaived || Boolean(email),
    phone: isWaived || Boolean(phone),
    emailOrPhone: isWaived || Boolean(email ?? phone),
    password: isSocial || given.passwordDigest !== undefined || account?.hasPassword === true,
  };
  return rules.required.filter((kind) => !has[kind]);
}
