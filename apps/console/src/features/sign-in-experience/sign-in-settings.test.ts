import { defaultSignInSettings, type SignInExperience, signInExperience } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import { type EditedSettings, findProblems, tabOfFirstProblem, toPatch, toSettings } from './sign-in-settings.ts';

const stored: SignInExperience = { tenantId: 'default', id: 'default', ...defaultSignInSettings };
const email = { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false } as const;

const edit = (wire: SignInExperience, changes: Partial<EditedSettings>) =>
  toPatch(wire, { ...toSettings(wire), ...changes });

describe('toPatch', () => {
  it('is empty when nothing was changed, whatever is stored', () => {
    const rich: SignInExperience = {
      ...stored,
      branding: { logoUrl: 'https://example.com/l.svg', darkFavicon: 'https://example.com/f.ico' },
      customCss: 'a {}',
      signInMode: 'Register',
      signUp: { identifiers: ['email'], password: true, verify: true, secondaryIdentifiers: [{ identifier: 'phone' }] },
      signIn: { methods: [email] },
      termsOfUseUrl: 'https://example.com/terms',
    };
    for (const wire of [stored, rich]) expect(edit(wire, {})).toEqual({});
  });

  it('names only the fields that differ, in a form the contract accepts', () => {
    const patch = edit(stored, {
      primaryColor: '#112233',
      logoUrl: ' https://example.com/l.svg ',
      socialTargets: ['gitlab'],
    });
    expect(patch).toEqual({
      color: { ...stored.color, primaryColor: '#112233' },
      branding: { logoUrl: 'https://example.com/l.svg' },
      socialSignInConnectorTargets: ['gitlab'],
    });
    expect(signInExperience.parse({ ...stored, ...patch })).toEqual({ ...stored, ...patch });
  });

  it('removes a logo, style rules and links when their fields are emptied', () => {
    const wire: SignInExperience = {
      ...stored,
      branding: { logoUrl: 'https://example.com/l.svg', darkFavicon: 'https://example.com/f.ico' },
      customCss: 'a {}',
      privacyPolicyUrl: 'https://example.com/privacy',
    };
    expect(edit(wire, { logoUrl: '', customCss: ' ', privacyPolicyUrl: '' })).toEqual({
      branding: { darkFavicon: 'https://example.com/f.ico' },
      customCss: null,
      privacyPolicyUrl: null,
    });
  });

  it('adds the way to sign in that a new sign-up identifier needs', () => {
    const signUp: SignInExperience['signUp'] = { identifiers: ['email'], password: false, verify: true };
    expect(edit(stored, { signUp })).toEqual({
      signUp,
      signIn: {
        methods: [
          ...stored.signIn.methods,
          { identifier: 'email', password: false, verificationCode: true, isPasswordPrimary: false },
        ],
      },
    });
    expect(edit(stored, { signUp, signInMode: 'SignIn' })).toEqual({ signUp, signInMode: 'SignIn' });
  });

  it('switches each social rule, leaving the other alone', () => {
    const wire: SignInExperience = { ...stored, socialSignIn: { skipRequiredIdentifiers: true } };
    expect(edit(wire, { automaticLinking: false })).toEqual({});
    expect(edit(wire, { automaticLinking: true })).toEqual({
      socialSignIn: { skipRequiredIdentifiers: true, automaticAccountLinking: true },
    });
    expect(edit(wire, { askIdentifier: true })).toEqual({ socialSignIn: { skipRequiredIdentifiers: false } });
    expect(edit(stored, { askIdentifier: false })).toEqual({ socialSignIn: { skipRequiredIdentifiers: true } });
  });
});

describe('findProblems', () => {
  it('is empty for the defaults', () => {
    expect(findProblems(toSettings(stored))).toEqual({});
  });

  it('marks half-typed colours and addresses that are no web addresses, and finds their tab', () => {
    const problems = findProblems({
      ...toSettings(stored),
      primaryColor: '#12',
      privacyPolicyUrl: 'javascript:alert(1)',
      termsOfUseUrl: `https://example.com/${'a'.repeat(2048)}`,
    });
    expect(problems).toEqual({ primaryColor: 'color', privacyPolicyUrl: 'url', termsOfUseUrl: 'urlTooLong' });
    expect(tabOfFirstProblem(problems)).toBe('branding');
    expect(tabOfFirstProblem({ privacyPolicyUrl: 'url' })).toBe('content');
  });
});
