// The parameters of an authorization request that shape the pages (features 1.8): none of them grants anything.
import { beforeAll, describe, expect, it, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { messagesTo } from '../../../test/mail.ts';
import { field, type Page, startSignIn } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);

const set = async (settings: object) => {
  const answer = await app.api('PATCH', '/api/sign-in-exp', settings);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const method = (identifier: string) => ({
  identifier,
  password: true,
  verificationCode: identifier !== 'username',
  isPasswordPrimary: true,
});

beforeAll(() =>
  set({
    signIn: { methods: [method('username'), method('email'), method('phone')] },
    signUp: { identifiers: ['email', 'phone'], password: false, verify: true },
    forgotPasswordMethods: ['EmailVerificationCode', 'PhoneVerificationCode'],
  }),
);

const open = async (params: Record<string, string>): Promise<Page> => (await startSignIn(app, client, params)).page;
/** What kind of field the page has for the identifier. */
const inputOf = ({ html }: Page): string =>
  [...html.matchAll(/<input[^>]*>/g)].map(([tag]) => tag).find((tag) => tag.includes('name="identifier"')) ?? '';

describe('the first page', () => {
  it.each([
    [{}, 'sign-in'],
    [{ first_screen: 'sign_in' }, 'sign-in'],
    [{ first_screen: 'signIn' }, 'sign-in'],
    [{ first_screen: 'register' }, 'register'],
    [{ first_screen: 'reset_password' }, 'forgot-password'],
    [{ first_screen: 'identifier:sign_in' }, 'sign-in'],
    [{ first_screen: 'identifier:register' }, 'register'],
    [{ first_screen: 'single_sign_on' }, 'sign-in'],
    [{ first_screen: 'nonsense' }, 'sign-in'],
    [{ interaction_mode: 'signIn' }, 'sign-in'],
    [{ interaction_mode: 'signUp' }, 'register'],
    [{ interaction_mode: 'signUp', first_screen: 'sign_in' }, 'sign-in'],
    [{ direct_sign_in: 'social:nobody' }, 'sign-in'],
    [{ direct_sign_in: 'social:nobody', first_screen: 'register' }, 'register'],
    [{ direct_sign_in: 'social:nobody', first_screen: 'reset_password' }, 'forgot-password'],
    [{ direct_sign_in: 'sso:nobody' }, 'sign-in'],
    [{ direct_sign_in: 'nonsense' }, 'sign-in'],
  ])('%j opens %s', async (params, name) => {
    expect(await open(params)).toMatchObject({ status: 200, name });
  });

  it('is the sign-in page where what was asked for is switched off', async () => {
    await set({ signInMode: 'SignIn', forgotPasswordMethods: [] });
    for (const screen of ['register', 'identifier:register', 'reset_password']) {
      expect(await open({ first_screen: screen }), screen).toMatchObject({ status: 200, name: 'sign-in' });
    }
    await set({
      signInMode: 'SignInAndRegister',
      forgotPasswordMethods: ['EmailVerificationCode', 'PhoneVerificationCode'],
    });
  });
});

describe('identifier', () => {
  it('offers those that are named on the screens that ask for identifiers alone', async () => {
    const all = inputOf(await open({ first_screen: 'identifier:sign_in' }));
    const email = inputOf(await open({ first_screen: 'identifier:sign_in', identifier: 'email' }));
    expect(email).toContain('inputmode="email"');
    expect(all).not.toContain('inputmode="email"');
    const phone = inputOf(await open({ first_screen: 'reset_password', identifier: 'phone' }));
    expect(phone).toContain('inputmode="tel"');
    expect(inputOf(await open({ first_screen: 'identifier:register', identifier: 'email' }))).toContain(
      'inputmode="email"',
    );
  });

  it('means nothing elsewhere, and all are offered where none of them is there', async () => {
    const all = inputOf(await open({}));
    expect(inputOf(await open({ identifier: 'email' }))).toBe(all);
    expect(inputOf(await open({ first_screen: 'identifier:sign_in', identifier: 'passport' }))).toBe(all);
  });
});

describe('login_hint', () => {
  it.each([
    ['sign_in', 'sign-in'],
    ['register', 'register'],
    ['reset_password', 'forgot-password'],
  ])('fills the field of %s in and does nothing else', async (screen, name) => {
    const page = await open({ first_screen: screen, login_hint: 'hana@example.com' });
    expect(page.name).toBe(name);
    expect(field(page, 'identifier')).toBe('hana@example.com');
    expect(await messagesTo(app, 'hana@example.com')).toEqual([]);
  });
});

test('ui_locales chooses the language of the pages and of the mails, before the browser', async () => {
  const { visitor, page } = await startSignIn(app, client, { ui_locales: 'ja xx', first_screen: 'register' });
  expect(page.html).toContain('lang="ja"');
  const next = await visitor.submit(page, '/register', { identifier: 'hanako@example.com' });
  expect(next.name).toBe('enter-code');
  expect(await messagesTo(app, 'hanako@example.com')).toMatchObject([{ locale: 'ja' }]);
});

test('a parameter is fixed when the request is made: the address of a page cannot change it', async () => {
  const { visitor, page } = await startSignIn(app, client, { login_hint: 'first@example.com' });
  const url = new URL(page.url);
  url.searchParams.set('login_hint', 'second@example.com');
  url.searchParams.set('first_screen', 'register');
  const again = await visitor.open(url.href);
  expect(again.name).toBe('sign-in');
  expect(field(again, 'identifier')).toBe('first@example.com');
});
