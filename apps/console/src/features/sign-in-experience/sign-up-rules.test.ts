import { describe, expect, it } from 'vitest';
import {
  chooseSecondary,
  chooseSignUp,
  completeMethods,
  type SignUp,
  signUpChoiceOf,
  signUpChoices,
  toggleMethod,
} from './sign-up-rules.ts';

const byUsername: SignUp = { identifiers: ['username'], password: true, verify: false };
const username = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true } as const;

describe('the sign-up identifier', () => {
  it('is found again after it was chosen', () => {
    for (const choice of signUpChoices) expect(signUpChoiceOf(chooseSignUp(byUsername, choice))).toBe(choice);
  });

  it('is “custom” for what has no choice of its own, and stays as it is', () => {
    const custom: SignUp = { identifiers: ['username', 'email'], password: true, verify: true };
    expect(signUpChoiceOf(custom)).toBe('custom');
    expect(chooseSignUp(custom, 'custom')).toBe(custom);
  });

  it('brings along what it needs: a password for a username, a proof for an address', () => {
    expect(chooseSignUp({ ...byUsername, password: false }, 'username')).toEqual(byUsername);
    expect(chooseSignUp(byUsername, 'emailOrPhone')).toEqual({
      identifiers: ['email', 'phone'],
      password: true,
      verify: true,
    });
    expect(chooseSignUp(byUsername, 'none')).toEqual({ identifiers: [], password: false, verify: false });
  });

  it('is not asked for a second time', () => {
    const signUp = chooseSecondary(byUsername, ['email', 'username']);
    expect(signUp.secondaryIdentifiers).toEqual([{ identifier: 'email', verify: true }]);
    expect(chooseSignUp(signUp, 'email').secondaryIdentifiers).toBeUndefined();
    expect(chooseSecondary(signUp, [])).toEqual(byUsername);
  });
});

describe('ways to sign in', () => {
  it('let everybody in again who may register', () => {
    const email = chooseSignUp({ ...byUsername, password: false }, 'email');
    expect(completeMethods([username], email)).toEqual([
      username,
      { identifier: 'email', password: false, verificationCode: true, isPasswordPrimary: false },
    ]);
    expect(completeMethods([], { ...email, password: true })).toMatchObject([{ identifier: 'email', password: true }]);
  });

  it('are as they were when nothing is missing', () => {
    expect(completeMethods([username], byUsername)).toEqual([username]);
  });

  it('come and go in the order of the page', () => {
    const both = toggleMethod(toggleMethod([], 'email', true), 'username', true);
    expect(both.map(({ identifier }) => identifier)).toEqual(['username', 'email']);
    expect(toggleMethod(both, 'username', false)).toMatchObject([{ identifier: 'email', verificationCode: true }]);
  });
});
