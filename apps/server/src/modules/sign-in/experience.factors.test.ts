import { sql } from 'drizzle-orm';
import { authenticator as otp } from 'otplib';
import { describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../test/authenticator.ts';
import type { ExperienceClient } from '../../../test/experience.ts';
import { createFactorUsers, outcome } from '../../../test/factors.ts';
import { createTestApp } from '../../../test/harness.ts';
import { codeSentTo } from '../../../test/mail.ts';
import { createOrganization } from '../../../test/organizations.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp({ TRUST_PROXY_HEADER: 'true' });
const { newUser, begin, identified, registered, withTotp, settings } = createFactorUsers(app, await createClient(app));
const submit = (page: ExperienceClient) => page.call('POST', '/experience/submit');
const listed = async (userId: string) => (await app.api('GET', `/api/users/${userId}/mfa-verifications`)).body;
const typesOf = async (userId: string) => (await listed(userId)).map(({ type }: { type: string }) => type);
const idOf = async (username: string) =>
  (await app.modules.users.findByIdentifier(app.scope(), { type: 'username', value: username }))?.id ?? '';

/** What an authenticator app shows now, by the application's clock, or `step` half-minutes later. */
const codeOf = (secret: string, step = 0) =>
  otp.clone({ epoch: app.scope().now.getTime() + step * 30_000 }).generate(secret);

/** Sets up an authenticator app; answers its secret. */
async function bindTotp(page: ExperienceClient): Promise<string> {
  const { body } = await page.call('POST', '/experience/verification/totp/secret');
  expect(body.secretQrCode).toMatch(/^data:image\/png;base64,/);
  const { verificationId } = body;
  const confirmed = await page.call('POST', '/experience/verification/totp/verify', {
    verificationId,
    code: codeOf(body.secret),
  });
  expect(confirmed, JSON.stringify(confirmed.body)).toMatchObject({ status: 200, body: { verificationId } });
  const bound = await page.call('POST', '/experience/profile/mfa', { type: 'Totp', verificationId });
  expect(bound.status, JSON.stringify(bound.body)).toBe(204);
  return body.secret;
}

async function bindBackupCodes(page: ExperienceClient): Promise<string[]> {
  const { body } = await page.call('POST', '/experience/verification/backup-code/generate');
  const { verificationId } = body;
  expect((await page.call('POST', '/experience/profile/mfa', { type: 'BackupCode', verificationId })).status).toBe(204);
  return body.codes;
}

async function makePasskey(page: ExperienceClient, key = createAuthenticator(app.origin)) {
  const { body } = await page.call('POST', '/experience/verification/web-authn/registration');
  const { verificationId, registrationOptions } = body;
  const payload = key.create(registrationOptions);
  const checked = await page.call('POST', '/experience/verification/web-authn/registration/verify', {
    verificationId,
    payload,
  });
  expect(checked.status, JSON.stringify(checked.body)).toBe(200);
  return { key, verificationId };
}

const proveTotp = (page: ExperienceClient, secret: string, step = 0) =>
  page.call('POST', '/experience/verification/totp/verify', {
    code: codeOf(secret, step),
  });

const WITH_CODES = { factors: ['Totp', 'WebAuthn', 'BackupCode'] };

describe('recipe 7: proving a second factor', () => {
  test('403 until it is proved: authenticator app, backup code, passkey; then the app', async () => {
    await settings({ mfa: { ...WITH_CODES, policy: 'NoPrompt' } });
    const user = await newUser();
    const secret = await withTotp(user.id);
    const codes = (await app.api('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'BackupCode' })).body.codes;
    const page = await identified(user.username);
    const availableFactors = ['Totp', 'BackupCode'];
    expect(outcome(await submit(page))).toEqual([
      403,
      'session.mfa.require_mfa_verification',
      { availableFactors, maskedIdentifiers: {} },
    ]);
    const wrong = await page.call('POST', '/experience/verification/totp/verify', { code: '000000' });
    expect(outcome(wrong)).toEqual([400, 'session.mfa.invalid_totp_code', undefined]);
    expect((await submit(page)).status).toBe(403);
    expect((await proveTotp(page, secret)).status).toBe(200);
    expect((await submit(page)).body.redirectTo).toContain('/oidc/auth');

    const other = await identified(user.username);
    const spent = await other.call('POST', '/experience/verification/backup-code/verify', { code: codes[0] });
    expect(spent.status).toBe(200);
    expect((await submit(other)).status).toBe(200);
    const third = await identified(user.username);
    const again = await third.call('POST', '/experience/verification/backup-code/verify', { code: codes[0] });
    expect(outcome(again)).toEqual([400, 'session.mfa.invalid_backup_code', undefined]);
  });

  test('the state says what was proved, without anything secret', async () => {
    await settings({ mfa: { ...WITH_CODES, policy: 'NoPrompt' } });
    const user = await newUser();
    const secret = await withTotp(user.id);
    const page = await identified(user.username);
    await proveTotp(page, secret);
    const { body } = await page.call('POST', '/experience/verification/totp/secret');
    const state = await page.call('GET', '/experience/interaction');
    expect(state.body.verificationRecords).toContainEqual({
      id: expect.any(String),
      type: 'TOTP',
      userId: user.id,
      verified: false,
    });
    expect(JSON.stringify(state.body)).not.toContain(body.secret);
    expect(state.body.trustedDevice).toEqual({ canCreate: false });
  });

  test('404 before anybody is identified, 400 for a factor that the tenant has not', async () => {
    await settings({ mfa: { factors: ['WebAuthn'], policy: 'NoPrompt' } });
    const page = await begin();
    const early = await page.call('POST', '/experience/verification/totp/verify', { code: '123456' });
    expect(outcome(early)).toEqual([404, 'session.identifier_not_found', undefined]);
    const user = await newUser();
    const secret = await withTotp(user.id);
    const later = await identified(user.username);
    expect(outcome(await proveTotp(later, secret))).toEqual([400, 'session.mfa.mfa_factor_not_enabled', undefined]);
    expect((await submit(later)).status).toBe(200);
  });
});

describe('recipe 8: setting up a second factor', () => {
  test('422 under a mandatory policy, then an app, then backup codes, then the app', async () => {
    await settings({ mfa: { ...WITH_CODES, policy: 'Mandatory' } });
    const page = await registered();
    const availableFactors = ['WebAuthn', 'Totp'];
    expect(outcome(await submit(page))).toEqual([422, 'user.missing_mfa', { availableFactors }]);
    const skipped = await page.call('POST', '/experience/profile/mfa/mfa-skipped');
    expect(outcome(skipped)).toEqual([422, 'session.mfa.mfa_policy_not_user_controlled', undefined]);
    const secret = await bindTotp(page);
    expect(outcome(await submit(page))).toEqual([422, 'session.mfa.backup_code_required', undefined]);
    const codes = await bindBackupCodes(page);
    expect(codes).toHaveLength(10);
    expect((await submit(page)).status).toBe(200);
    const userId = await idOf(page.username);
    expect(await typesOf(userId)).toEqual(['Totp', 'BackupCode']);

    const next = await identified(page.username);
    // The code that confirmed the secret is used up.
    expect(outcome(await proveTotp(next, secret))).toEqual([400, 'session.mfa.invalid_totp_code', undefined]);
    expect((await proveTotp(next, secret, 1)).status).toBe(200);
    expect((await submit(next)).status).toBe(200);
  });

  test('a prompt can be declined, once and for all', async () => {
    await settings({ mfa: { factors: ['Totp'], policy: 'PromptAtSignInAndSignUp' } });
    const page = await registered();
    expect(outcome(await submit(page))).toEqual([
      422,
      'user.missing_mfa',
      { availableFactors: ['Totp'], skippable: true },
    ]);
    expect((await page.call('POST', '/experience/profile/mfa/mfa-skipped')).status).toBe(204);
    expect((await submit(page)).status).toBe(200);
    expect((await submit(await identified(page.username))).status).toBe(200);
  });

  test('only at sign-in: registration passes, the next sign-in asks', async () => {
    await settings({ mfa: { factors: ['Totp'], policy: 'PromptOnlyAtSignIn' } });
    const page = await registered();
    expect((await submit(page)).status).toBe(200);
    expect((await submit(await identified(page.username))).body.code).toBe('user.missing_mfa');
  });

  test('a passkey with a name of its own becomes the factor, and proves it the next time', async () => {
    await settings({ mfa: { factors: ['WebAuthn'], policy: 'Mandatory' } });
    const page = await registered();
    const { key, verificationId } = await makePasskey(page);
    expect((await page.call('POST', '/experience/profile/mfa', { type: 'WebAuthn', verificationId })).status).toBe(204);
    expect((await submit(page)).status).toBe(200);
    const next = await identified(page.username);
    const { body } = await next.call('POST', '/experience/verification/web-authn/authentication');
    expect(body.authenticationOptions.allowCredentials).toHaveLength(1);
    const proved = await next.call('POST', '/experience/verification/web-authn/authentication/verify', {
      verificationId: body.verificationId,
      payload: key.get(body.authenticationOptions),
    });
    expect(proved.status, JSON.stringify(proved.body)).toBe(200);
    expect((await submit(next)).status).toBe(200);
  });

  test('422 for a second app and for codes alone; nobody adds a factor before the old one is proved', async () => {
    await settings({ mfa: { ...WITH_CODES, policy: 'NoPrompt' } });
    const user = await newUser();
    const page = await identified(user.username);
    const codes = (await page.call('POST', '/experience/verification/backup-code/generate')).body;
    const alone = await page.call('POST', '/experience/profile/mfa', { type: 'BackupCode', ...codes });
    expect(outcome(alone)).toEqual([422, 'session.mfa.backup_code_can_not_be_alone', undefined]);
    const secret = await withTotp(user.id);
    const { verificationId } = await makePasskey(page);
    const early = await page.call('POST', '/experience/profile/mfa', { type: 'WebAuthn', verificationId });
    expect(early).toMatchObject({ status: 403, body: { code: 'session.mfa.require_mfa_verification' } });
    await proveTotp(page, secret);
    const made = (await page.call('POST', '/experience/verification/totp/secret')).body;
    const confirmation = { verificationId: made.verificationId, code: codeOf(made.secret) };
    await page.call('POST', '/experience/verification/totp/verify', confirmation);
    const twice = await page.call('POST', '/experience/profile/mfa', { type: 'Totp', ...confirmation });
    expect(outcome(twice)).toEqual([422, 'user.totp_already_in_use', undefined]);
  });
});

describe('addresses as factors', () => {
  test('offered to who has one; used once agreed to, and never without', async () => {
    await settings({ mfa: { factors: ['EmailVerificationCode', 'Totp'], policy: 'PromptAtSignInAndSignUp' } });
    const user = await newUser({ primaryEmail: 'ada.lovelace@example.com' });
    const page = await identified(user.username);
    expect(outcome(await submit(page))).toEqual([422, 'user.suggest_mfa', undefined]);
    expect((await page.call('POST', '/experience/profile/mfa/mfa-enabled')).status).toBe(204);
    expect((await submit(page)).status).toBe(200);
    expect(outcome(await submit(await identified(user.username)))).toEqual([
      403,
      'session.mfa.require_mfa_verification',
      {
        availableFactors: ['EmailVerificationCode'],
        maskedIdentifiers: { EmailVerificationCode: 'a****@example.com' },
      },
    ]);
  });
});

describe('codes by e-mail', () => {
  test('go to the account’s own address, and prove the second step once', async () => {
    await settings({ mfa: { factors: ['EmailVerificationCode'], policy: 'Mandatory' } });
    const address = 'grace.hopper@example.com';
    const user = await newUser({ primaryEmail: address });
    const page = await identified(user.username);
    expect((await submit(page)).body.code).toBe('session.mfa.require_mfa_verification');
    const path = '/experience/verification/mfa-verification-code';
    const phone = await page.call('POST', path, { identifierType: 'phone' });
    expect([phone.status, phone.body.code]).toEqual([400, 'session.mfa.mfa_factor_not_enabled']);
    const { body } = await page.call('POST', path, { identifierType: 'email' });
    const input = { verificationId: body.verificationId, identifierType: 'email' };
    const wrong = await page.call('POST', `${path}/verify`, { ...input, code: '000000' });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'verification_code.code_mismatch']);
    const code = await codeSentTo(app, address);
    expect((await page.call('POST', `${path}/verify`, { ...input, code })).status).toBe(200);
    expect((await submit(page)).status).toBe(200);
    const again = await identified(user.username);
    const replayed = await again.call('POST', `${path}/verify`, { ...input, code });
    expect([replayed.status, replayed.body.code]).toEqual([404, 'session.verification_session_not_found']);
  });
});

describe('an organization that wants its members to have a second factor', () => {
  test('makes a prompt mandatory for them alone, where the tenant says so', async () => {
    const mfa = { factors: ['Totp'], policy: 'NoPrompt' };
    const [member, other] = [await newUser(), await newUser()];
    await createOrganization(app, { isMfaRequired: true, users: [member.id] });
    await settings({ mfa: { ...mfa, organizationRequiredMfaPolicy: 'NoPrompt' } });
    expect((await submit(await identified(member.username))).status).toBe(200);
    await settings({ mfa: { ...mfa, organizationRequiredMfaPolicy: 'Mandatory' } });
    expect((await submit(await identified(other.username))).status).toBe(200);
    const page = await identified(member.username);
    expect(outcome(await submit(page))).toEqual([422, 'user.missing_mfa', { availableFactors: ['Totp'] }]);
    await bindTotp(page);
    expect((await submit(page)).status).toBe(200);
  });
});

describe('passkey sign-in', () => {
  const PASSKEYS = { passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true } };

  async function withPasskey() {
    const user = await newUser();
    const page = await identified(user.username);
    expect(outcome(await submit(page))).toEqual([422, 'user.passkey_preferred', undefined]);
    const { key, verificationId } = await makePasskey(page);
    expect((await page.call('POST', '/experience/profile/mfa/passkey', { verificationId })).status).toBe(204);
    expect((await submit(page)).status).toBe(200);
    return { user, key };
  }

  test('by autofill: preflight before the sign-in is begun, no second step, no password', async () => {
    await settings({ ...PASSKEYS, mfa: { factors: ['Totp'], policy: 'NoPrompt' } });
    const { user, key } = await withPasskey();
    await withTotp(user.id);
    const page = await begin();
    const { body } = await page.call('POST', '/experience/preflight/sign-in-passkey/authentication');
    expect(body.authenticationOptions).not.toHaveProperty('allowCredentials');
    await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const payload = key.get(body.authenticationOptions);
    const proved = await page.call('POST', '/experience/verification/sign-in-passkey/authentication/verify', {
      payload,
    });
    expect(proved.status, JSON.stringify(proved.body)).toBe(200);
    expect((await page.call('POST', '/experience/identification', proved.body)).status).toBe(204);
    expect((await submit(page)).status).toBe(200);
    const replayed = await page.call('POST', '/experience/verification/sign-in-passkey/authentication/verify', {
      payload,
    });
    expect(outcome(replayed)).toEqual([404, 'session.mfa.pending_info_not_found', undefined]);
  });

  test('identifier first: the same answer for everybody; another person’s key does not open the account', async () => {
    await settings(PASSKEYS);
    const [one, other] = [await withPasskey(), await withPasskey()];
    const ask = async (value: string) => {
      const page = await begin();
      const answer = await page.call('POST', '/experience/verification/sign-in-passkey/authentication', {
        identifier: { type: 'username', value },
      });
      return { page, ...answer.body };
    };
    const shape = ({
      authenticationOptions: { challenge: _, ...rest },
    }: {
      authenticationOptions: { challenge: string };
    }) => rest;
    const [known, unknown, withoutKey] = [
      await ask(one.user.username),
      await ask('nobody_at_all'),
      await ask((await newUser()).username),
    ];
    expect(shape(unknown)).toEqual(shape(known));
    expect(shape(withoutKey)).toEqual(shape(known));
    const verify = (asked: typeof known, key: typeof one.key) =>
      asked.page.call('POST', '/experience/verification/sign-in-passkey/authentication/verify', {
        verificationId: asked.verificationId,
        payload: key.get(asked.authenticationOptions),
      });
    expect(outcome(await verify(known, other.key)).slice(0, 2)).toEqual([
      400,
      'session.mfa.webauthn_verification_failed',
    ]);
    const proved = await verify(await ask(one.user.username), one.key);
    expect(proved.status).toBe(200);
  });

  test('the offer can be declined; 400 where the tenant has no passkey sign-in', async () => {
    await settings(PASSKEYS);
    const user = await newUser();
    const page = await identified(user.username);
    expect((await page.call('POST', '/experience/profile/mfa/passkey-skipped')).status).toBe(204);
    expect((await submit(page)).status).toBe(200);
    expect((await submit(await identified(user.username))).status).toBe(200);
    await settings({});
    const off = await (await begin()).call('POST', '/experience/preflight/sign-in-passkey/authentication');
    expect(outcome(off)).toEqual([400, 'session.invalid_sign_in_method', undefined]);
  });
});

describe('trusted devices', () => {
  test('the second factor is not asked for again in a browser that is trusted, until it is removed', async () => {
    await settings({
      mfa: { ...WITH_CODES, policy: 'NoPrompt' },
      trustedDevice: { enabled: true, durationDays: 7 },
    });
    const user = await newUser();
    const secret = await withTotp(user.id);
    const codes = (await app.api('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'BackupCode' })).body.codes;
    const unproved = await identified(user.username);
    expect((await unproved.call('POST', '/experience/profile/mfa/trusted-device')).status).toBe(403);
    await unproved.call('POST', '/experience/verification/backup-code/verify', { code: codes[0] });
    const byCode = await unproved.call('POST', '/experience/profile/mfa/trusted-device');
    expect(outcome(byCode)).toEqual([400, 'session.verification_failed', undefined]);

    const page = await identified(user.username);
    await proveTotp(page, secret);
    const state = (await page.call('GET', '/experience/interaction')).body.trustedDevice;
    expect(state).toEqual({ canCreate: true, durationDays: 7 });
    expect((await page.call('POST', '/experience/profile/mfa/trusted-device')).status).toBe(204);
    const done = await submit(page);
    expect(done.status).toBe(200);
    expect(done.headers.getSetCookie().join()).toMatch(
      /^logto-trusted-device-[\da-f]{32}=[^;]+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );

    expect((await submit(await identified(user.username, page.cookies))).status).toBe(200);
    expect((await submit(await identified(user.username))).status).toBe(403);
    const [device] = (await app.api('GET', `/api/users/${user.id}/trusted-devices`)).body;
    expect(device.lastUsedAt).toEqual(expect.any(Number));
    await app.api('DELETE', `/api/users/${user.id}/trusted-devices/${device.id}`);
    expect((await submit(await identified(user.username, page.cookies))).status).toBe(403);
  });
});

describe('adaptive MFA', () => {
  const from = (country: string, latitude: number, longitude: number, botScore = 99) => ({
    'x-logto-cf-country': country,
    'x-logto-cf-latitude': String(latitude),
    'x-logto-cf-longitude': String(longitude),
    'x-logto-cf-bot-score': String(botScore),
  });
  const tokyo = from('JP', 35.68, 139.69);
  const submitFrom = (page: ExperienceClient, headers: Record<string, string>) =>
    page.call('POST', '/experience/submit', undefined, headers);

  test('asks only when a sign-in looks unlike the earlier ones, by thresholds of the tenant’s own', async () => {
    const adaptive = { mfa: { factors: ['Totp'], policy: 'PromptOnlyAtSignInMandatory' } };
    await settings({ ...adaptive, adaptiveMfa: { enabled: true } });
    const user = await newUser();
    const secret = await withTotp(user.id);
    const events = ['PostSignInAdaptiveMfaTriggered'];
    const hook = await app.api('POST', '/api/hooks', { name: 'odd', events, config: { url: 'https://hook.example/' } });
    const status = async (headers: Record<string, string>) =>
      (await submitFrom(await identified(user.username), headers)).status;
    expect(await status(tokyo)).toBe(200);
    expect(await status(tokyo)).toBe(200);
    expect(await status(from('FR', 48.85, 2.35))).toBe(403);
    expect(await status(from('JP', 26.21, 127.68))).toBe(403);
    expect(await status(from('JP', 35.68, 139.69, 5))).toBe(403);
    await settings({
      ...adaptive,
      adaptiveMfa: { enabled: true, thresholds: { maxSpeedKmh: 100_000, minBotScore: 5 } },
    });
    app.advance(10 * 60_000);
    expect(await status(from('JP', 26.21, 127.68, 5))).toBe(200);
    const paris = await identified(user.username);
    expect((await submitFrom(paris, from('FR', 48.85, 2.35))).status).toBe(403);
    await proveTotp(paris, secret);
    expect((await submitFrom(paris, from('FR', 48.85, 2.35))).status).toBe(200);
    const { rows } = await app
      .scope()
      .db.execute<{ body: string }>(sql`select body from webhook_deliveries where webhook_id = ${hook.body.id}`);
    expect(rows.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({
        event: 'PostSignInAdaptiveMfaTriggered',
        interactionEvent: 'SignIn',
        userId: user.id,
        adaptiveMfaResult: { requiresMfa: true, triggeredRules: [{ rule: 'new_country' }, { rule: 'geo_velocity' }] },
      }),
    ]);
    expect(await status(from('FR', 48.85, 2.35))).toBe(200);
  });
});

describe('an administrator’s recovery link', () => {
  test('lets who has lost every factor past the second step once, to set up a new one; the old ones are gone', async () => {
    await settings({ mfa: { factors: ['Totp', 'BackupCode'], policy: 'NoPrompt' } });
    const user = await newUser();
    await withTotp(user.id);
    const { status, body } = await app.api('POST', `/api/users/${user.id}/mfa-recovery-links`);
    expect([status, body.url]).toEqual([201, expect.stringContaining(`${app.origin}/mfa-recovery?token=`)]);
    const token = new URL(body.url).searchParams.get('token') ?? '';
    const cookies = new Map([['latchkey-mfa-recovery', token]]);
    const page = await identified(user.username, cookies);
    expect(outcome(await submit(page))).toEqual([422, 'user.missing_mfa', { availableFactors: ['Totp'] }]);
    const before = await listed(user.id);
    const secret = await bindTotp(page);
    await bindBackupCodes(page);
    expect(await listed(user.id)).toEqual(before);
    expect((await submit(page)).status).toBe(200);
    expect((await listed(user.id)).map(({ id }: { id: string }) => id)).not.toContain(before[0].id);
    expect(await typesOf(user.id)).toEqual(['Totp', 'BackupCode']);
    const next = await identified(user.username, new Map([['latchkey-mfa-recovery', token]]));
    expect((await submit(next)).status).toBe(403);
    expect((await proveTotp(next, secret, 1)).status).toBe(200);
    const other = await newUser();
    await withTotp(other.id);
    const link = await app.api('POST', `/api/users/${user.id}/mfa-recovery-links`);
    const foreign = new Map([['latchkey-mfa-recovery', new URL(link.body.url).searchParams.get('token') ?? '']]);
    expect((await submit(await identified(other.username, foreign))).status).toBe(403);
  });
});
