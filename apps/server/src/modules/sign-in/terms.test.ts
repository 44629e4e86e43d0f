// Terms that have to be accepted: once, however many pages an account is made on.
import { beforeAll, expect, it } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { codeSentTo } from '../../../test/mail.ts';
import { type Page, startSignIn } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';

const set = async (settings: object) => {
  const answer = await app.api('PATCH', '/api/sign-in-exp', settings);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const isHome = (page: Page) => page.url.startsWith(client.redirectUri) && /[?&]code=/.test(page.url);
const asks = (page: Page) => page.html.includes('name="agreement"');
const accepted = { agreement: 'accepted' };

beforeAll(async () => {
  const { status } = await app.api('POST', '/api/custom-profile-fields', {
    name: 'team',
    type: 'Text',
    label: 'Team',
    required: true,
  });
  expect(status).toBe(201);
  await set({
    termsOfUseUrl: 'https://example.com/terms',
    agreeToTermsPolicy: 'ManualRegistrationOnly',
    signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false }] },
    signUp: { identifiers: ['email'], password: true, verify: true },
    signUpProfileFields: [{ name: 'team' }],
  });
});

it('are asked for where an address is registered, and not again with the password and the questions', async () => {
  const identifier = 'first@example.com';
  const { visitor, page } = await startSignIn(app, client, { first_screen: 'register' });
  expect(await visitor.submit(page, '/register', { identifier })).toMatchObject({ status: 422, name: 'register' });
  const code = await visitor.submit(page, '/register', { identifier, ...accepted });
  const profile = await visitor.submit(code, '/verification-code', { code: await codeSentTo(app, identifier) });
  expect([profile.name, asks(profile)]).toEqual(['profile', false]);
  const questions = await visitor.submit(profile, '/profile', { password: PASSWORD });
  expect([questions.name, asks(questions)]).toEqual(['profile', false]);
  expect(isHome(await visitor.submit(questions, '/profile', { 'profile.team': 'Owls' }))).toBe(true);
});

it('are asked for where an unknown address is offered an account, and not again after it', async () => {
  const identifier = 'second@example.com';
  const { visitor, page } = await startSignIn(app, client);
  expect(asks(page)).toBe(false);
  const code = await visitor.submit(page, '/sign-in', { identifier });
  const offer = await visitor.submit(code, '/verification-code', { code: await codeSentTo(app, identifier) });
  expect([offer.name, asks(offer)]).toEqual(['offer-register', true]);
  expect((await visitor.submit(offer, '/register/confirm', {})).status).toBe(422);
  const profile = await visitor.submit(offer, '/register/confirm', accepted);
  expect([profile.name, asks(profile)]).toEqual(['profile', false]);
});

it('that whoever signs in has to accept too are not asked for when the sign-in becomes a registration', async () => {
  await set({ agreeToTermsPolicy: 'Manual' });
  const identifier = 'third@example.com';
  const { visitor, page } = await startSignIn(app, client);
  expect(asks(page)).toBe(true);
  const code = await visitor.submit(page, '/sign-in', { identifier, ...accepted });
  const offer = await visitor.submit(code, '/verification-code', { code: await codeSentTo(app, identifier) });
  expect([offer.name, asks(offer)]).toEqual(['offer-register', false]);
  expect((await visitor.submit(offer, '/register/confirm', {})).name).toBe('profile');
});
