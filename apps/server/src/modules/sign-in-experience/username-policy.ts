import type { UsernamePolicy } from './sign-in-experience.contract.ts';

/** What the tenant's policy has against a new username. */
export type UsernameProblem =
  | 'user.username_starts_with_number'
  | 'user.username_invalid_charset_hard'
  | 'user.username_too_short'
  | 'user.username_too_long'
  | 'user.username_uppercase_not_allowed'
  | 'user.username_lowercase_not_allowed'
  | 'user.username_numbers_not_allowed'
  | 'user.username_underscore_not_allowed';

/** Says what is wrong with a username that somebody chooses, or nothing (features 2.1, 2.2). */
export function usernameProblem(policy: UsernamePolicy, username: string): UsernameProblem | undefined {
  const { minLength = 1, maxLength = 128, allowedChars = {} } = policy;
  const { lowercase = true, uppercase = true, numbers = true, underscore = true } = allowedChars;
  if (/^\d/.test(username)) return 'user.username_starts_with_number';
  if (!/^\w*$/.test(username)) return 'user.username_invalid_charset_hard';
  if (username.length < minLength) return 'user.username_too_short';
  if (username.length > maxLength) return 'user.username_too_long';
  if (!uppercase && /[A-Z]/.test(username)) return 'user.username_uppercase_not_allowed';
  if (!lowercase && /[a-z]/.test(username)) return 'user.username_lowercase_not_allowed';
  if (!numbers && /\d/.test(username)) return 'user.username_numbers_not_allowed';
  if (!underscore && username.includes('_')) return 'user.username_underscore_not_allowed';
  return undefined;
}
