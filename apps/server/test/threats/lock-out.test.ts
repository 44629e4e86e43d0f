// Threat class "code/OTP brute force, lock-out": counted for each identifier and each address, and no weapon (decision 0025).
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { countAttempt, forgetAttempts } from '../../src/modules/sign-in/actions/attempts.ts';
import { createAuthenticator } from '../authenticator.ts';
import { startExperience } from '../experience.ts';
import { createTestApp } from '../harness.ts';
import { whileHeld } from '../held-rows.ts';
import { codeSentTo } from '../mail.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
const MAX_ATTEMPTS = 3;
await app.api('PATCH', '/api/sign-in-exp', {
  sentinelPolicy: { maxAttempts: MAX_ATTEMPTS, lockoutDuration: 10 },
  signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true }] },
  signUp: { identifiers: ['email'], password: false, verify: true },
  passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true },
});

beforeEach(() => app.scope().db.execute(sql`delete from sign_in_attempts`));

let count = 0;
const newUser = async () => {
  count += 1;
  const email = `locked${count}@example.com`;
  return { ...(await app.modules.users.create(app.scope(), { primaryEmail: email, password: PASSWORD })), email };
};
const guess = async (value: string, password = 'Wrong-lamp-9') => {
  const page = await startExperience(app, client);
  return page.call('POST', '/experience/verification/password', { identifier: { type: 'email', value }, password });
};
const lockOut = async (email: string) => {
  for (let round = 0; round < MAX_ATTEMPTS; round += 1) await guess(email);
  expect(await guess(email, PASSWORD)).toMatchObject({
    status: 400,
    body: { code: 'session.verification_blocked_too_many_attempts' },
  });
};

describe('an identifier that somebody else has locked', () => {
  it('leaves its owner the passkey', async () => {
    const user = await newUser();
    const key = createAuthenticator(app.origin);
    const first = await startSignIn(app, client);
    const optionsOf = (html: string) =>
      JSON.parse((/data-options="([^"]*)"/.exec(html)?.[1] ?? '{}').replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    const asked = await first.visitor.submit(first.page, '/sign-in', { identifier: user.email });
    const offered = await first.visitor.submit(asked, '/sign-in/password', { password: PASSWORD });
    expect(offered.name).toBe('bind-passkey');
    const credential = JSON.stringify(key.create(optionsOf(offered.html)));
    await first.visitor.submit(offered, '/mfa-binding', { credential, name: 'My phone' });

    await lockOut(user.email);
    const { visitor, page } = await startSignIn(app, client);
    const answer = JSON.stringify(key.get(optionsOf(page.html)));
    const done = await visitor.submit(page, '/sign-in/passkey', { credential: answer });
    expect(new URL(done.url).searchParams.get('code')).toBeTruthy();
  });

  it('is open again when the time is over or an administrator says so, and others never notice', async () => {
    const [user, other] = [await newUser(), await newUser()];
    await lockOut(user.email);
    expect(await guess(other.email, PASSWORD)).toMatchObject({ status: 200 });
    await app.api('POST', '/api/sentinel-activities/delete', { targetType: 'User', targets: [user.email] });
    expect(await guess(user.email, PASSWORD)).toMatchObject({ status: 200 });
  });

  it('cannot be got round by another first factor, whose tries share the count', async () => {
    const user = await newUser();
    await lockOut(user.email);
    const page = await startExperience(app, client);
    await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const identifier = { type: 'email', value: user.email };
    const sent = await page.call('POST', '/experience/verification/verification-code', {
      identifier,
      interactionEvent: 'SignIn',
    });
    const { verificationId } = sent.body;
    const code = await codeSentTo(app, user.email);
    expect(
      await page.call('POST', '/experience/verification/verification-code/verify', {
        identifier,
        verificationId,
        code,
      }),
    ).toMatchObject({ status: 400, body: { code: 'session.verification_blocked_too_many_attempts' } });
  });
});

describe('an address that tries many identifiers', () => {
  const failuresOf = async () => {
    const found = await app
      .scope()
      .db.execute<{ failures: number }>(sql`select failures from sign_in_attempts where action = 'Address'`);
    return found.rows[0]?.failures ?? 0;
  };

  it('is counted for each, gets back what succeeded, and is shut out at a thousand', async () => {
    const user = await newUser();
    for (const name of ['a', 'b', 'c']) await guess(`${name}@example.com`);
    expect(await failuresOf()).toBe(3);
    expect(await guess(user.email, PASSWORD)).toMatchObject({ status: 200 });
    expect(await failuresOf()).toBe(3);
    await app.scope().db.execute(sql`update sign_in_attempts set failures = 998 where action = 'Address'`);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => guess(`spray${at}@example.com`)));
    const codes = answers.map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'session.invalid_credentials')).toHaveLength(2);
    expect(codes.filter((code) => code === 'session.verification_blocked_too_many_attempts')).toHaveLength(10);
    expect(await guess(user.email, PASSWORD)).toMatchObject({ status: 400 });
    app.advance(11 * 60_000);
    expect(await guess(user.email, PASSWORD)).toMatchObject({ status: 200 });
  });
});

it('a success forgets the identifier before it gives its address a try back: many at once wait in a line, not in a ring', async () => {
  const scope = { ...app.scope(), ip: '203.0.113.9' };
  const subject = { type: 'email', value: (await newUser()).email } as const;
  await countAttempt(scope, {}, subject, 'OneTimeToken');
  const sql = `select from sign_in_attempts where action = 'FirstFactor' for update`;
  const address = () =>
    app.world.database.pool.query(`select from sign_in_attempts where action = 'Address' for update nowait`);
  await whileHeld(
    app,
    { table: 'sign_in_attempts', sql, params: [] },
    () => forgetAttempts(scope, subject, 'OneTimeToken'),
    async () => expect((await address()).rowCount).toBe(1),
  );
});
