import type { SignInSettings } from './sign-in-experience.contract.ts';
import { fail } from './sign-in-experience.errors.ts';

/** Policies under which nobody gets around binding a factor, but is asked for it only when a sign-in looks odd. */
const ADAPTIVE_POLICIES: readonly SignInSettings['mfa']['policy'][] = [
  'PromptAtSignInAndSignUpMandatory',
  'PromptOnlyAtSignInMandatory',
];

function checkFactors({ mfa: { factors }, signIn }: SignInSettings): void {
  if (new Set(factors).size < factors.length) throw fail('sign_in_experiences.duplicated_mfa_factors');
  if (factors.length === 1 && factors[0] === 'BackupCode') {
    throw fail('sign_in_experiences.backup_code_cannot_be_enabled_alone');
  }
  // A code that opens the door alone is no second lock.
  const opens = (type: 'email' | 'phone') =>
    signIn.methods.some(({ identifier, verificationCode }) => identifier === type && verificationCode);
  if (factors.includes('EmailVerificationCode') && opens('email')) {
    throw fail('sign_in_experiences.email_verification_code_cannot_be_used_for_mfa');
  }
  if (factors.includes('PhoneVerificationCode') && opens('phone')) {
    throw fail('sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa');
  }
}

/** Which settings of the second step go together (features 2.1). */
export function checkMfa(settings: SignInSettings): void {
  checkFactors(settings);
  const { mfa, adaptiveMfa } = settings;
  const adaptivePolicy = ADAPTIVE_POLICIES.includes(mfa.policy);
  if (adaptiveMfa.enabled && mfa.factors.length === 0) throw fail('sign_in_experiences.adaptive_mfa_requires_mfa');
  if (adaptiveMfa.enabled && !adaptivePolicy) {
    throw fail('sign_in_experiences.adaptive_mfa_requires_non_skippable_policy');
  }
  if (!adaptiveMfa.enabled && adaptivePolicy) {
    throw fail('sign_in_experiences.non_adaptive_mfa_requires_skippable_policy');
  }
}
