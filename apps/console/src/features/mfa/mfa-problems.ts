import type { SignInExperience } from '@latchkey/server/contract';

export type MfaFactor = SignInExperience['mfa']['factors'][number];
export type MfaPolicy = SignInExperience['mfa']['policy'];

/** In the order in which users are offered them. */
export const factors = ['WebAuthn', 'Totp', 'PhoneVerificationCode', 'EmailVerificationCode', 'BackupCode'] as const;

/** Policies that ask at every sign-in, from the mildest to the strictest. */
export const steadyPolicies = [
  'NoPrompt',
  'PromptOnlyAtSignIn',
  'PromptAtSignInAndSignUp',
  'UserControlled',
  'Mandatory',
] as const satisfies MfaPolicy[];

/** Policies that ask when a sign-in looks odd, and let nobody go without a factor. */
export const adaptivePolicies = [
  'PromptOnlyAtSignInMandatory',
  'PromptAtSignInAndSignUpMandatory',
] as const satisfies MfaPolicy[];

export const isAdaptive = (policy: MfaPolicy) => adaptivePolicies.some((candidate) => candidate === policy);

export type MfaProblem =
  | 'backupCodeAlone'
  | 'emailOpensAlready'
  | 'phoneOpensAlready'
  | 'adaptiveWithoutFactors'
  | 'requiredWithoutFactors'
  | 'adaptiveNeedsPolicy'
  | 'policyNeedsAdaptive';

/** What contradicts itself in the settings of the second step, which the server would refuse or nobody could pass. */
export function findMfaProblems({ mfa, adaptiveMfa, signIn }: SignInExperience): MfaProblem[] {
  const opens = (type: 'email' | 'phone') =>
    signIn.methods.some(({ identifier, verificationCode }) => identifier === type && verificationCode);
  const has = (factor: MfaFactor) => mfa.factors.includes(factor);
  const none = mfa.factors.length === 0;
  const adaptive = adaptiveMfa.enabled === true;
  const found: Record<MfaProblem, boolean> = {
    backupCodeAlone: mfa.factors.length === 1 && has('BackupCode'),
    emailOpensAlready: has('EmailVerificationCode') && opens('email'),
    phoneOpensAlready: has('PhoneVerificationCode') && opens('phone'),
    adaptiveWithoutFactors: adaptive && none,
    requiredWithoutFactors: !adaptive && mfa.policy === 'Mandatory' && none,
    adaptiveNeedsPolicy: adaptive && !isAdaptive(mfa.policy),
    policyNeedsAdaptive: !adaptive && isAdaptive(mfa.policy),
  };
  return (Object.keys(found) as MfaProblem[]).filter((problem) => found[problem]);
}
