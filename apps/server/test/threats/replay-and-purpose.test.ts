// Threat classes "code and link replay" and "unsigned or wrong-purpose tokens": Keycloak CVE-2026-1529, Authlib CVE-2026-28498.
import { describe, expect, it, test } from 'vitest';
import { startExperience } from '../experience.ts';
import { createTestApp } from '../harness.ts';
import { whileHeld } from '../held-rows.ts';
import { codeSentTo } from '../mail.ts';
import { field, startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const other = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
await app.api('PATCH', '/api/sign-in-exp', {
  signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true }] },
  signUp: { identifiers: ['email'], password: false, verify: true },
  forgotPasswordMethods: ['EmailVerificationCode'],
});

let count = 0;
const newUser = async () => {
  count += 1;
  const email = `replay${count}@example.com`;
  return { ...(await app.modules.users.create(app.scope(), { primaryEmail: email, password: PASSWORD })), email };
};
type Event = 'SignIn' | 'Register' | 'ForgotPassword';
const begin = async (interactionEvent: Event) => {
  const page = await startExperience(app, client);
  expect((await page.call('PUT', '/experience', { interactionEvent })).status).toBe(204);
  return page;
};
type Flow = Awaited<ReturnType<typeof begin>>;
const send = async (page: Flow, value: string, interactionEvent: Event) => {
  const body = { identifier: { type: 'email', value }, interactionEvent };
  return (await page.call('POST', '/experience/verification/verification-code', body)).body.verificationId as string;
};
const verify = (page: Flow, value: string, verificationId: string, code: string) =>
  page.call('POST', '/experience/verification/verification-code/verify', {
    identifier: { type: 'email', value },
    verificationId,
    code,
  });

test('a code counts once, in its own flow, for its own address and purpose', async () => {
  const [user, another] = [await newUser(), await newUser()];
  const page = await begin('SignIn');
  const id = await send(page, user.email, 'SignIn');
  const code = await codeSentTo(app, user.email);

  const stolen = await begin('SignIn');
  const theirs = await send(stolen, another.email, 'SignIn');
  expect((await verify(stolen, another.email, theirs, code)).status).toBeGreaterThanOrEqual(400);
  expect((await verify(stolen, user.email, id, code)).status).toBeGreaterThanOrEqual(400);

  expect((await verify(page, user.email, id, code)).status).toBe(200);
  expect((await verify(page, user.email, id, code)).status).toBeGreaterThanOrEqual(400);
});

test('a code for a new password signs nobody in, and one for signing in resets nothing', async () => {
  const user = await newUser();
  const recovery = await begin('ForgotPassword');
  const forRecovery = await send(recovery, user.email, 'ForgotPassword');
  await verify(recovery, user.email, forRecovery, await codeSentTo(app, user.email));
  const signIn = await begin('SignIn');
  expect(await signIn.call('POST', '/experience/identification', { verificationId: forRecovery })).toMatchObject({
    status: 404,
  });
  const forSignIn = await send(signIn, user.email, 'SignIn');
  await verify(signIn, user.email, forSignIn, await codeSentTo(app, user.email));
  expect(
    (await signIn.call('PUT', '/experience/interaction-event', { interactionEvent: 'ForgotPassword' })).status,
  ).toBe(400);
  expect((await signIn.call('PUT', '/experience/profile/password', { password: 'Quiet-otter-7' })).status).not.toBe(
    204,
  );
  expect((await app.modules.users.find(app.scope(), user.id))?.passwordUpdatedAt).toEqual(user.passwordUpdatedAt);
});

/**
 * A proof that arrives late: the flow it was given in has begun again meanwhile, for something else. It is kept there,
 * because it is a proof; what it was made for is all that says what it may do.
 */
describe('a proof that comes into a flow which has turned to something else', () => {
  const turnTo = (page: Flow, interactionEvent: Event) => async () =>
    expect((await page.call('PUT', '/experience', { interactionEvent })).status).toBe(204);
  const identify = async (page: Flow, verificationId: string) => {
    const { status, body } = await page.call('POST', '/experience/identification', { verificationId });
    return [status, body?.code];
  };

  /** Reads a code in a flow that turns to another event before the answer is there. */
  const readLate = async (email: string, from: Event, to: Event) => {
    const page = await begin(from);
    const id = await send(page, email, from);
    const code = await codeSentTo(app, email);
    const sql = 'select from verification_codes where recipient = $1 for update';
    const held = { table: 'verification_codes', sql, params: [email] };
    const answer = await whileHeld(app, held, () => verify(page, email, id, code), turnTo(page, to));
    expect(answer.status).toBe(200);
    return { page, id };
  };

  /** The same with the link of a mail. */
  const openLate = async (email: string, from: Event, to: Event) => {
    const page = await begin(from);
    const context = { interactionEvent: from };
    const { token, id } = (await app.api('POST', '/api/one-time-tokens', { email, context })).body;
    const sql = 'select from one_time_tokens where id = $1 for update';
    const body = { identifier: { type: 'email', value: email }, token };
    const answer = await whileHeld(
      app,
      { table: 'one_time_tokens', sql, params: [id] },
      () => page.call('POST', '/experience/verification/one-time-token/verify', body),
      turnTo(page, to),
    );
    expect(answer.status).toBe(200);
    return { page, id: answer.body.verificationId as string };
  };

  const refusedCode = [400, 'session.verification_failed'];
  const refusedLink = [400, 'one_time_token.interaction_event_mismatch'];

  it.each([
    ['code', readLate, refusedCode],
    ['link', openLate, refusedLink],
  ])('a %s for signing in resets no password', async (_what, arrive, refused) => {
    const user = await newUser();
    const { page, id } = await arrive(user.email, 'SignIn', 'ForgotPassword');
    expect(await identify(page, id)).toEqual(refused);
    const password = 'Quiet-otter-7';
    expect((await page.call('PUT', '/experience/profile/password', { password })).status).not.toBe(204);
    expect((await app.modules.users.find(app.scope(), user.id))?.passwordUpdatedAt).toEqual(user.passwordUpdatedAt);
  });

  it.each([
    ['code', readLate, refusedCode],
    ['link', openLate, refusedLink],
  ])('a %s for a new password signs nobody in', async (_what, arrive, refused) => {
    const user = await newUser();
    const { page, id } = await arrive(user.email, 'ForgotPassword', 'SignIn');
    expect(await identify(page, id)).toEqual(refused);
  });

  it.each([
    ['code', readLate, refusedCode],
    ['link', openLate, refusedLink],
  ])('a %s for a new password makes no account, and is no new account’s address', async (_what, arrive, refused) => {
    const user = await newUser();
    const { page, id } = await arrive(user.email, 'ForgotPassword', 'Register');
    // Nobody has the address any more, which would be another reason.
    expect((await app.api('DELETE', `/api/users/${user.id}`)).status).toBe(204);
    expect(await identify(page, id)).toEqual(refused);
    const given = await page.call('POST', '/experience/profile', { type: 'email', verificationId: id });
    expect([given.status, given.body.code]).toEqual(refusedCode);
  });
});

it.each([
  ['made up', () => 'A'.repeat(32)],
  ['an unsigned JWT', () => `${btoa('{"alg":"none"}')}.${btoa('{"email":"replay@example.com"}')}.`],
  ['empty but for spaces', () => '   '],
])('404: a link whose token is %s', async (_what, make) => {
  const user = await newUser();
  const page = await begin('SignIn');
  const body = { identifier: { type: 'email', value: user.email }, token: make() };
  const answer = await page.call('POST', '/experience/verification/one-time-token/verify', body);
  expect(answer.status).toBe(404);
});

test('a link’s token is no recovery link, an administrator’s recovery link is no sign-in link', async () => {
  const user = await newUser();
  const { token } = (await app.api('POST', '/api/one-time-tokens', { email: user.email })).body;
  const { visitor } = await startSignIn(app, client);
  const { url } = (await app.api('POST', `/api/users/${user.id}/mfa-recovery-links`)).body;
  const link = new URL(url);
  const recoveryToken = link.searchParams.get('token') ?? '';
  link.searchParams.set('token', token);
  expect(await visitor.open(link.href)).toMatchObject({ status: 403, name: 'error' });
  const page = await begin('SignIn');
  const body = { identifier: { type: 'email', value: user.email }, token: recoveryToken };
  expect((await page.call('POST', '/experience/verification/one-time-token/verify', body)).status).toBe(404);
});

test('50 parallel openings of a link: one wins', async () => {
  const user = await newUser();
  const { token } = (await app.api('POST', '/api/one-time-tokens', { email: user.email })).body;
  const page = await begin('SignIn');
  const body = { identifier: { type: 'email', value: user.email }, token };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => page.call('POST', '/experience/verification/one-time-token/verify', body)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('the token of a form belongs to its flow: that of another one is refused', async () => {
  const user = await newUser();
  const { visitor, page } = await startSignIn(app, client);
  const foreign = await startSignIn(app, other);
  const csrf = field(foreign.page, 'csrf');
  expect(csrf).not.toBe(field(page, 'csrf'));
  for (const forged of [csrf, '', `${btoa('{"alg":"none"}')}..`]) {
    const refused = await visitor.submit(page, '/sign-in', { identifier: user.email, csrf: forged });
    expect(refused.status).toBe(403);
  }
});
