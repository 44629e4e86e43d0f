// Threat class "account takeover by addresses that look alike": Django CVE-2019-19844 (a code for one mailbox opens the
// account of another), and addresses that a provider reads as several.
import { beforeAll, describe, expect, it, test } from 'vitest';
import { startExperience } from '../experience.ts';
import { createTestApp } from '../harness.ts';
import { messagesTo } from '../mail.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectEnterprise } from '../saml.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
// PostgreSQL makes `i` of U+0130 and `k` of U+212A.
const DOTTED = '\u0130';
const KELVIN = '\u212a';
/** Two mailboxes for who takes the list for one address, and one that is not the one it ends with. */
const SEVERAL = [
  'me@evil.example,boss@corp.example',
  'me@evil.example;boss@corp.example',
  'me@evil.example:boss@corp.example',
  '"<me@evil.example>"@corp.example',
  '<me@evil.example>@corp.example',
  'me@evil.example(boss@corp.example',
  'boss@corp.example,@evil.example',
];

beforeAll(async () => {
  const { status, body } = await app.api('PATCH', '/api/sign-in-exp', {
    singleSignOnEnabled: true,
    signUp: { identifiers: ['email'], password: false, verify: true },
    signIn: {
      methods: [
        { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true },
        { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
      ],
    },
    forgotPasswordMethods: ['EmailVerificationCode'],
  });
  expect(status, JSON.stringify(body)).toBe(200);
});

const sentTo = async (address: string) => (await messagesTo(app, address)).length;

async function experience(event: 'SignIn' | 'Register' | 'ForgotPassword') {
  const page = await startExperience(app, client);
  await page.call('PUT', '/experience', { interactionEvent: event });
  return page;
}

describe.each([
  ['a dotted capital I', (text: string) => text.replace('i', DOTTED)],
  ['a Kelvin sign', (text: string) => text.replace('k', KELVIN)],
])('with %s', (_, disguise) => {
  it('a code for a new password goes to nobody who is not the account’s owner', async () => {
    const address = `victim@kilo-${disguise('ik').codePointAt(0)}.example`;
    const lookalike = `victim@${disguise(address.split('@')[1] ?? '')}`;
    await app.modules.users.create(app.scope(), { primaryEmail: address, password: PASSWORD });
    const { visitor, page } = await startSignIn(app, client, { first_screen: 'reset_password' });
    const asked = await visitor.submit(page, '/forgot-password', { identifier: lookalike });
    expect(asked).toMatchObject({ status: 422, name: 'forgot-password' });
    for (const event of ['SignIn', 'ForgotPassword'] as const) {
      const custom = await experience(event);
      const identifier = { type: 'email', value: lookalike };
      const body = { identifier, interactionEvent: event };
      expect(await custom.call('POST', '/experience/verification/verification-code', body)).toMatchObject({
        status: 400,
      });
    }
    expect([await sentTo(lookalike), await sentTo(address)]).toEqual([0, 0]);
  });

  it('no account is found: the tries that count for it cannot be multiplied', async () => {
    const username = 'kiki_victim';
    const found = await app.modules.users.findByIdentifier(app.scope(), { type: 'username', value: username });
    if (!found) await app.modules.users.create(app.scope(), { username, password: PASSWORD });
    const { visitor, page } = await startSignIn(app, client);
    const asked = await visitor.submit(page, '/sign-in', { identifier: disguise(username) });
    const answer = await visitor.submit(asked, '/sign-in/password', { password: PASSWORD });
    expect(answer).toMatchObject({ status: 422, name: 'enter-password' });
  });

  it('nobody gets around their enterprise’s provider', async () => {
    const domain = `kilowatt-${disguise('ik').codePointAt(0)}.example`;
    await connectEnterprise(app, [domain]);
    const primaryEmail = `leaver@${domain}`;
    await app.modules.users.create(app.scope(), { primaryEmail, password: PASSWORD });
    const { visitor, page } = await startSignIn(app, client);
    const asked = await visitor.submit(page, '/sign-in', { identifier: `leaver@${disguise(domain)}` });
    if (asked.name !== 'enter-password') return expect(asked.url).not.toContain('code=');
    const answer = await visitor.submit(asked, '/sign-in/password', { password: PASSWORD });
    expect(answer).toMatchObject({ status: 422, name: 'enter-password' });
  });
});

test('a code goes to the mailbox as its owner writes it, not as somebody types it', async () => {
  const stored = 'Mixed.Case@corp.example';
  await app.modules.users.create(app.scope(), { primaryEmail: stored, password: PASSWORD });
  const { visitor, page } = await startSignIn(app, client, { first_screen: 'reset_password' });
  const asked = await visitor.submit(page, '/forgot-password', { identifier: 'MIXED.CASE@corp.example' });
  expect(asked.name).toBe('enter-code');
  // What was typed is shown again: the page does not tell whether there is such an account.
  expect(asked.html).toContain('MIXED.CASE@corp.example');
  const { rows } = await app
    .scope()
    .db.execute<{ recipient: string }>('select recipient from development_inbox order by created_at desc limit 1');
  expect(rows[0]?.recipient).toBe(stored);
});

describe.each(SEVERAL)('%s', (address) => {
  it('is no address: it gets no code, no account and no invitation', async () => {
    const organization = (await app.api('POST', '/api/organizations', { name: 'Corp' })).body;
    await app.api('POST', `/api/organizations/${organization.id}/jit/email-domains`, { emailDomain: 'corp.example' });
    const { visitor, page } = await startSignIn(app, client, { first_screen: 'register' });
    expect(await visitor.submit(page, '/register', { identifier: address })).toMatchObject({
      status: 422,
      name: 'register',
    });
    const custom = await experience('Register');
    const identifier = { type: 'email', value: address };
    const expiresAt = Date.now() + 3_600_000;
    const refusals = await Promise.all([
      custom.call('POST', '/experience/verification/verification-code', { identifier, interactionEvent: 'Register' }),
      app.api('POST', '/api/users', { primaryEmail: address }),
      app.api('POST', '/api/verification-codes', { email: address }),
      app.api('POST', '/api/one-time-tokens', { email: address }),
      app.api('POST', '/api/organization-invitations', {
        organizationId: organization.id,
        invitee: address,
        expiresAt,
        messagePayload: false,
      }),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(await sentTo(address)).toBe(0);
  });
});

test('an enterprise’s provider vouches for one address of its domain, not for a list that ends with one', async () => {
  const evil = await connectEnterprise(app, ['evil.example']);
  const { visitor, page } = await startSignIn(app, client);
  const left = await visitor.submit(page, '/sign-in', { identifier: 'me@evil.example' });
  const attributes = { email: 'boss@corp.example,me@evil.example', name: 'Me' };
  await visitor.open(await evil.answer(left.url, { nameId: 'me', attributes }));
  const { body } = await app.api('GET', '/api/users?search.name=Me');
  expect(body.map(({ primaryEmail }: { primaryEmail: string | null }) => primaryEmail)).not.toContain(attributes.email);
});
