import { defaultSignInSettings, type SignInExperience } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import { findMfaProblems } from './mfa-problems.ts';

const problemsWith = (changes: Partial<SignInExperience>) =>
  findMfaProblems({ tenantId: 'default', id: 'default', ...defaultSignInSettings, ...changes });

const codeByEmail = {
  methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true }],
} as const satisfies { methods: object[] };

describe('findMfaProblems', () => {
  it('finds nothing wrong with the defaults, nor with factors by themselves', () => {
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith({ mfa: { factors: ['Totp', 'BackupCode'], policy: 'Mandatory' } })).toEqual([]);
  });

  it('names backup codes that stand alone', () => {
    expect(problemsWith({ mfa: { factors: ['BackupCode'], policy: 'NoPrompt' } })).toEqual(['backupCodeAlone']);
  });

  it('names a code that would be both locks', () => {
    const signIn = { methods: [...codeByEmail.methods] };
    expect(problemsWith({ signIn, mfa: { factors: ['EmailVerificationCode'], policy: 'NoPrompt' } })).toEqual([
      'emailOpensAlready',
    ]);
    expect(problemsWith({ signIn, mfa: { factors: ['PhoneVerificationCode'], policy: 'NoPrompt' } })).toEqual([]);
  });

  it('names a demand that nobody could meet', () => {
    expect(problemsWith({ mfa: { factors: [], policy: 'Mandatory' } })).toEqual(['requiredWithoutFactors']);
  });

  it('names adaptive MFA and policies that do not go together', () => {
    expect(problemsWith({ adaptiveMfa: { enabled: true }, mfa: { factors: ['Totp'], policy: 'Mandatory' } })).toEqual([
      'adaptiveNeedsPolicy',
    ]);
    expect(problemsWith({ mfa: { factors: ['Totp'], policy: 'PromptOnlyAtSignInMandatory' } })).toEqual([
      'policyNeedsAdaptive',
    ]);
    expect(
      problemsWith({ adaptiveMfa: { enabled: true }, mfa: { factors: [], policy: 'PromptOnlyAtSignInMandatory' } }),
    ).toEqual(['adaptiveWithoutFactors']);
  });
});
