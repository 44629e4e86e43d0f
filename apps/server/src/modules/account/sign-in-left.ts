import type { BoundFactors } from '../factors/index.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import type { UserRecord } from '../users/index.ts';
import { fail } from './account.errors.ts';

/** Refuses to leave an account that its owner could not sign in to any more. */
export function checkSignInLeft(
  { signIn, passkeySignIn }: SignInSettings,
  user: Pick<UserRecord, 'username' | 'primaryEmail' | 'primaryPhone' | 'hasPassword' | 'identities'>,
  { passkeys }: Pick<BoundFactors, 'passkeys'>,
): void {
  const values = { username: user.username, email: user.primaryEmail, phone: user.primaryPhone };
  const byIdentifier = signIn.methods.some(
    ({ identifier, password, verificationCode }) =>
      values[identifier] !== null && ((password && user.hasPassword) || verificationCode),
  );
  const byProvider = Object.keys(user.identities).length > 0;
  const byPasskey = passkeySignIn.enabled === true && passkeys.length > 0;
  if (!byIdentifier && !byProvider && !byPasskey) throw fail('user.last_sign_in_method_required');
}
