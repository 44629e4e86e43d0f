import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { authenticator as otp } from 'otplib';
import { describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../test/authenticator.ts';
import { createTestApp } from '../../../test/harness.ts';
import type { RequestError } from '../../kernel/errors.ts';
import { createSecretBox } from '../../kernel/secrets.ts';
import { ADMIN_TENANT } from '../../kernel/tenancy.ts';
import { createFactorsService } from './factors.service.ts';

const app = await createTestApp();
const { factors, users } = app.modules;
let serial = 0;

async function createUser(extra: object = {}) {
  serial += 1;
  const { body } = await app.api('POST', '/api/users', { username: `factor_user_${serial}`, ...extra });
  return users.find(app.scope(), body.id) as Promise<NonNullable<Awaited<ReturnType<typeof users.find>>>>;
}
const path = (id: string, rest = '') => `/api/users/${id}/mfa-verifications${rest}`;
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: RequestError) => error.code,
  );
const tally = (outcomes: string[]) =>
  Object.fromEntries([...new Set(outcomes)].map((name) => [name, outcomes.filter((other) => other === name).length]));

describe('authenticator app', () => {
  test('200 with a secret and its picture; another implementation makes the codes', async () => {
    const user = await createUser();
    const { status, body } = await app.api('POST', path(user.id), { type: 'Totp' });
    expect([status, body.type]).toEqual([200, 'Totp']);
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.secretQrCode).toMatch(/^data:image\/png;base64,/);
    expect(await code(factors.totp.verify(app.scope(), user.id, otp.generate(body.secret)))).toBe('accepted');
    const listed = await app.api('GET', path(user.id));
    expect(listed.body).toEqual([
      { id: expect.any(String), type: 'Totp', createdAt: expect.any(String), lastUsedAt: expect.any(String) },
    ]);
  });

  test('a code counts once, however often and however parallel it is sent', async () => {
    const user = await createUser();
    const { secret } = (await app.api('POST', path(user.id), { type: 'Totp' })).body;
    const current = otp.generate(secret);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => code(factors.totp.verify(app.scope(), user.id, current))),
    );
    expect(tally(outcomes)).toEqual({ accepted: 1, 'session.mfa.invalid_totp_code': 49 });
  });

  test('one step off counts, two do not; a code older than the last one used does not', async () => {
    const user = await createUser();
    const { secret } = (await app.api('POST', path(user.id), { type: 'Totp' })).body;
    const at = (steps: number) => otp.clone({ epoch: app.scope().now.getTime() + steps * 30_000 }).generate(secret);
    const [before, after, later] = [at(-1), at(1), at(2)];
    expect(await code(factors.totp.verify(app.scope(), user.id, later))).toBe('session.mfa.invalid_totp_code');
    expect(await code(factors.totp.verify(app.scope(), user.id, after))).toBe('accepted');
    expect(await code(factors.totp.verify(app.scope(), user.id, before))).toBe('session.mfa.invalid_totp_code');
  });

  test('422 for a second one, 422 for a secret that is none, 404 for nobody', async () => {
    const user = await createUser();
    const bad = await app.api('POST', path(user.id), { type: 'Totp', secret: 'not base32!' });
    expect([bad.status, bad.body.code]).toEqual([422, 'user.totp_secret_invalid']);
    const secret = otp.generateSecret(20);
    expect((await app.api('POST', path(user.id), { type: 'Totp', secret })).body.secret).toBe(secret);
    const again = await app.api('POST', path(user.id), { type: 'Totp' });
    expect([again.status, again.body.code]).toEqual([422, 'user.totp_already_in_use']);
    expect((await app.api('POST', path('nobody'), { type: 'Totp' })).status).toBe(404);
    expect((await app.api('POST', path(user.id), { type: 'WebAuthn' })).status).toBe(400);
  });
});

describe('backup codes', () => {
  test('422 alone; with another factor ten codes, each of which counts once', async () => {
    const user = await createUser();
    const alone = await app.api('POST', path(user.id), { type: 'BackupCode' });
    expect([alone.status, alone.body.code]).toEqual([422, 'session.mfa.backup_code_can_not_be_alone']);
    await app.api('POST', path(user.id), { type: 'Totp' });
    const { status, body } = await app.api('POST', path(user.id), { type: 'BackupCode' });
    expect(status).toBe(200);
    expect(body.codes).toHaveLength(10);
    expect(new Set(body.codes).size).toBe(10);
    for (const each of body.codes) expect(each).toMatch(/^[\da-f]{10}$/);
    const again = await app.api('POST', path(user.id), { type: 'BackupCode' });
    expect([again.status, again.body.code]).toEqual([422, 'user.backup_code_already_in_use']);
    const typed = `${body.codes[3].slice(0, 5).toUpperCase()}-${body.codes[3].slice(5)}`;
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => code(factors.backupCodes.spend(app.scope(), user.id, typed))),
    );
    expect(tally(outcomes)).toEqual({ accepted: 1, 'session.mfa.invalid_backup_code': 49 });
    const listed = (await app.api('GET', path(user.id))).body;
    expect(listed.at(-1)).toMatchObject({ type: 'BackupCode', remainCodes: 9, lastUsedAt: expect.any(String) });
    const revealed = await factors.backupCodes.reveal(app.scope(), user.id);
    expect(revealed.map((each) => each.code)).toEqual(body.codes);
    expect(revealed.filter(({ usedAt }) => usedAt)).toHaveLength(1);
  });

  test('422 for codes of another form', async () => {
    const user = await createUser();
    await app.api('POST', path(user.id), { type: 'Totp' });
    for (const codes of [['0123456789'], Array(10).fill('0123456789'), Array.from({ length: 10 }, (_, i) => `x${i}`)]) {
      const { status, body } = await app.api('POST', path(user.id), { type: 'BackupCode', codes });
      expect([status, body.code]).toEqual([422, 'user.wrong_backup_code_format']);
    }
  });

  test('they go with the last factor that they stand in for', async () => {
    const user = await createUser();
    await app.api('POST', path(user.id), { type: 'Totp' });
    await app.api('POST', path(user.id), { type: 'BackupCode' });
    const [totp] = (await app.api('GET', path(user.id))).body;
    expect((await app.api('DELETE', path(user.id, `/${totp.id}`))).status).toBe(204);
    expect((await app.api('GET', path(user.id))).body).toEqual([]);
    expect((await app.api('DELETE', path(user.id, `/${totp.id}`))).status).toBe(404);
  });
});

describe('passkeys', () => {
  const device = () => createAuthenticator(app.origin);

  async function register(user: Awaited<ReturnType<typeof createUser>>, key = device(), name?: string) {
    const options = await factors.passkeys.registrationOptions(app.scope(), user);
    const input = { response: key.create(options), challenge: options.challenge };
    const made = await factors.passkeys.verifyNew(app.scope(), input);
    await factors.passkeys.bind(app.scope(), user.id, name ? { ...made, name } : made);
    return key;
  }

  test('several keys with names: made, used, listed, removed and signalled', async () => {
    const user = await createUser();
    const first = await register(user, device(), 'Phone');
    const second = await register(user, createAuthenticator(app.origin, { counts: false }));
    const options = await factors.passkeys.registrationOptions(app.scope(), user);
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      attestation: 'none',
      timeout: 60_000,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-7, -257]);
    expect(options.excludeCredentials).toHaveLength(2);
    for (const key of [first, second, first, second]) {
      const { challenge, rpId } = await factors.passkeys.authenticationOptions(app.scope());
      const response = key.get({ challenge, ...(rpId && { rpId }) });
      expect(await factors.passkeys.verify(app.scope(), { response, challenge })).toBe(user.id);
    }
    const listed = (await app.api('GET', path(user.id))).body;
    expect(listed.map(({ name }: { name?: string }) => name)).toEqual(expect.arrayContaining(['Phone', undefined]));
    const phone = listed.find(({ name }: { name?: string }) => name === 'Phone');
    await app.api('DELETE', path(user.id, `/${phone.id}`));
    expect(await factors.passkeys.signals(app.scope(), user)).toEqual([
      {
        rpId: 'localhost',
        userId: Buffer.from(user.id).toString('base64url'),
        name: user.username,
        displayName: user.name ?? user.username,
        allAcceptedCredentialIds: [second.credentials[0]?.id],
      },
    ]);
    const { challenge } = await factors.passkeys.authenticationOptions(app.scope());
    const error = await factors.passkeys.verify(app.scope(), { response: first.get({ challenge }), challenge }).then(
      () => undefined,
      (refusal: RequestError) => refusal,
    );
    expect(error?.code).toBe('session.mfa.webauthn_verification_not_found');
    expect(error?.data).toEqual({ rpId: 'localhost', credentialId: first.credentials[0]?.id });
  });

  test.each([
    ['another user', app.scope()],
    ['another tenant of the same domain', app.scope(ADMIN_TENANT)],
  ])('a key of %s is refused, and browsers are not told to forget it', async (_, at) => {
    const [owner, visitor] = [await createUser(), await createUser()];
    const key = await register(owner);
    const { challenge } = await factors.passkeys.authenticationOptions(at);
    const input = { response: key.get({ challenge }), challenge, userId: visitor.id };
    const error = await factors.passkeys.verify(at, input).catch((refusal: RequestError) => refusal);
    expect(error).toMatchObject({ code: 'session.mfa.webauthn_verification_not_found', data: undefined });
  });

  test('a cloned key, whose count lags behind, is refused; one answer sent 50 times counts once', async () => {
    const user = await createUser();
    const key = await register(user);
    const { challenge } = await factors.passkeys.authenticationOptions(app.scope(), user.id);
    const response = key.get({ challenge });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => code(factors.passkeys.verify(app.scope(), { response, challenge }))),
    );
    expect(tally(outcomes)).toEqual({ accepted: 1, 'session.mfa.webauthn_verification_failed': 49 });
  });

  test('a key of one account cannot be given to another', async () => {
    const [one, other] = [await createUser(), await createUser()];
    const options = await factors.passkeys.registrationOptions(app.scope(), one);
    const input = { response: device().create(options), challenge: options.challenge };
    const made = await factors.passkeys.verifyNew(app.scope(), input);
    await factors.passkeys.bind(app.scope(), one.id, made);
    expect(await code(factors.passkeys.bind(app.scope(), other.id, made))).toBe('user.passkey_already_in_use');
  });

  test('the tenant says which other origins may use its keys', async () => {
    const related = 'https://accounts.example.com';
    await app.api('PATCH', '/api/account-center', { webauthnRelatedOrigins: [related] });
    const answer = await fetch(`${app.origin}/.well-known/webauthn`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ origins: [app.origin, related] });
    const user = await createUser();
    const options = await factors.passkeys.registrationOptions(app.scope(), user);
    const from = (origin: string) =>
      code(
        factors.passkeys.verifyNew(app.scope(), {
          response: createAuthenticator(origin).create(options),
          challenge: options.challenge,
        }),
      );
    expect(await from(related)).toBe('accepted');
    expect(await from('https://accounts.example.com.evil.example')).toBe('session.mfa.webauthn_verification_failed');
    await app.api('PATCH', '/api/account-center', { webauthnRelatedOrigins: [] });
  });
});

test('webhooks are told of factors and trusted devices that come and go, without anything secret', async () => {
  const events = ['User.Mfa.Created', 'User.Mfa.Deleted', 'TrustedDevice.Created', 'TrustedDevice.Deleted'];
  const config = { url: 'https://receiver.example/' };
  const hook = await app.api('POST', '/api/hooks', { name: 'factors', events, config });
  expect(hook.status, JSON.stringify(hook.body)).toBe(201);
  const user = await createUser();
  const { secret } = (await app.api('POST', path(user.id), { type: 'Totp' })).body;
  const [totp] = (await app.api('GET', path(user.id))).body;
  const { cookie } = await factors.trustedDevices.create(app.scope(), user.id, 30);
  await factors.trustedDevices.removeAll(app.scope(), user.id);
  await app.api('DELETE', path(user.id, `/${totp.id}`));
  const { rows } = await app
    .scope()
    .db.execute<{ event: string; body: string }>(
      sql`select event, body from webhook_deliveries where webhook_id = ${hook.body.id} order by sequence`,
    );
  expect(rows.map(({ event }) => event)).toEqual([events[0], events[2], events[3], events[1]]);
  const told = JSON.stringify(rows);
  expect(told).toContain(totp.id);
  expect(told).not.toContain(secret);
  expect(told).not.toContain(cookie.split('.')[1]);
  await app.api('DELETE', `/api/hooks/${hook.body.id}`);
});

describe('what a user has decided', () => {
  const config = (id: string) => `/api/users/${id}/logto-configs`;

  test('200 with nothing decided; a change keeps what is not sent', async () => {
    const user = await createUser();
    expect((await app.api('GET', config(user.id))).body).toEqual({
      mfa: { skipped: false, additionalBindingSuggestionSkipped: false, skipMfaOnSignIn: false },
      passkeySignIn: { skipped: false },
    });
    await app.api('PATCH', config(user.id), { mfa: { skipped: true } });
    const { status, body } = await app.api('PATCH', config(user.id), { passkeySignIn: { skipped: true } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ mfa: { skipped: true }, passkeySignIn: { skipped: true } });
  });

  test('400 for another type, 404 for nobody', async () => {
    const user = await createUser();
    expect((await app.api('PATCH', config(user.id), { mfa: { skipped: 'yes' } })).status).toBe(400);
    expect((await app.api('PATCH', config('nobody'), { mfa: { skipped: true } })).status).toBe(404);
    expect((await app.api('GET', config('nobody'))).status).toBe(404);
  });
});

test('what an earlier master key sealed is sealed anew, and still proves its owner', async () => {
  const user = await createUser();
  const { secret } = (await app.api('POST', path(user.id), { type: 'Totp' })).body;
  const { codes } = (await app.api('POST', path(user.id), { type: 'BackupCode' })).body;
  const withKeys = (...keys: Buffer[]) =>
    createFactorsService({
      database: app.world.database,
      secretBox: createSecretBox(keys),
      addressOf: (tenantId) => ({ tenantId, endpoint: app.origin, basePath: '' }),
      relatedOrigins: async () => [],
    });
  const newKey = randomBytes(32);
  const rotated = withKeys(newKey, app.world.masterKey);
  expect(await rotated.reseal(app.scope())).toBeGreaterThanOrEqual(11);
  expect(await rotated.reseal(app.scope())).toBe(0);
  const afterwards = withKeys(newKey);
  expect(await code(afterwards.totp.verify(app.scope(), user.id, otp.generate(secret)))).toBe('accepted');
  expect(await code(afterwards.backupCodes.spend(app.scope(), user.id, codes[0]))).toBe('accepted');
});

describe('trusted devices', () => {
  test('listed and removed; a removed or expired one is trusted no more, another user’s never', async () => {
    const [user, other] = [await createUser(), await createUser()];
    const list = () => app.api('GET', `/api/users/${user.id}/trusted-devices`);
    const { cookie } = await factors.trustedDevices.create(app.scope(), user.id, 30);
    const find = (id: string) => factors.trustedDevices.find(app.scope(), id, cookie);
    expect((await list()).body).toEqual([
      {
        id: expect.any(String),
        userAgent: null,
        ip: null,
        createdAt: expect.any(Number),
        lastUsedAt: null,
        expiresAt: expect.any(Number),
      },
    ]);
    expect(await find(user.id)).toBeDefined();
    expect(await find(other.id)).toBeUndefined();
    const [{ id }] = (await list()).body;
    expect((await app.api('DELETE', `/api/users/${other.id}/trusted-devices/${id}`)).status).toBe(404);
    expect((await app.api('DELETE', `/api/users/${user.id}/trusted-devices/${id}`)).status).toBe(204);
    expect(await find(user.id)).toBeUndefined();
    const short = await factors.trustedDevices.create(app.scope(), user.id, 1);
    app.advance(86_400_001);
    expect(await factors.trustedDevices.find(app.scope(), user.id, short.cookie)).toBeUndefined();
    expect(await factors.trustedDevices.list(app.scope(), user.id)).toEqual([]);
  });
});
