import { authenticator as otp } from 'otplib';
import { beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../../test/authenticator.ts';
import { type ApiAnswer, call, createTestApp } from '../../../test/harness.ts';
import { codeSentTo } from '../../../test/mail.ts';
import { createClient, obtainTokens } from '../../../test/protocol.ts';

const app = await createTestApp();
const PASSWORD = 'Paper-lamp-4-river';
const SCOPE =
  'openid profile email phone address custom_data identities offline_access urn:logto:scope:sessions urn:logto:scope:trusted_devices';
const client = await createClient(app);
let serial = 0;

const EVERYTHING = Object.fromEntries(
  [
    'name',
    'avatar',
    'profile',
    'email',
    'phone',
    'password',
    'username',
    'social',
    'customData',
    'mfa',
    'passkey',
    'session',
    'trustedDevice',
  ].map((field) => [field, 'Edit']),
);
await app.api('PATCH', '/api/account-center', { enabled: true, fields: EVERYTHING });
await app.api('PATCH', '/api/sign-in-exp', {
  mfa: { factors: ['Totp', 'WebAuthn', 'BackupCode'], policy: 'UserControlled' },
});

interface Owner {
  id: string;
  username: string;
  token: string;
  call(method: string, path: string, body?: unknown, proof?: string): Promise<ApiAnswer>;
  /** A proof by password. */
  prove(): Promise<string>;
}

async function createOwner(more: object = {}, scope = SCOPE): Promise<Owner> {
  serial += 1;
  const username = `owner_${serial}`;
  const { body: user } = await app.api('POST', '/api/users', { username, password: PASSWORD, ...more });
  const { body: tokens } = await obtainTokens(app, client, user.id, { scope });
  const send: Owner['call'] = (method, path, body, proof) =>
    call(app.origin + path, method, body, {
      authorization: `Bearer ${tokens.access_token}`,
      ...(proof && { 'logto-verification-id': proof }),
    });
  return {
    id: user.id,
    username,
    token: tokens.access_token,
    call: send,
    prove: async () =>
      (await send('POST', '/api/verifications/password', { password: PASSWORD })).body.verificationRecordId,
  };
}

/** The code that was sent last to an address, read from the development inbox. */
async function proveAddress(owner: Owner, identifier: { type: string; value: string }): Promise<string> {
  const sent = await owner.call('POST', '/api/verifications/verification-code', { identifier });
  const { verificationRecordId } = sent.body;
  const verified = await owner.call('POST', '/api/verifications/verification-code/verify', {
    identifier,
    verificationId: verificationRecordId,
    code: await codeSentTo(app, identifier.value),
  });
  expect([sent.status, verified.status]).toEqual([201, 200]);
  return verificationRecordId;
}

/** A code of the app's clock, which tests move. */
const totpOf = (secret: string) => otp.clone({ epoch: app.scope().now.getTime() }).generate(secret);

let owner: Owner;
beforeEach(async () => {
  owner = await createOwner();
});

describe('who may call', () => {
  test('401 without a token, with nonsense, and with a token for an API', async () => {
    const url = `${app.origin}/api/my-account`;
    expect((await call(url, 'GET')).body.code).toBe('auth.authorization_header_missing');
    expect((await call(url, 'GET', undefined, { authorization: 'Bearer nonsense' })).status).toBe(401);
    expect((await app.api('GET', '/api/my-account')).status).toBe(401);
  });

  test('400 while the account center is off', async () => {
    await app.api('PATCH', '/api/account-center', { enabled: false });
    expect((await owner.call('GET', '/api/my-account')).body.code).toBe('account_center.not_enabled');
    expect((await owner.call('POST', '/api/verifications/password', { password: PASSWORD })).status).toBe(400);
    await app.api('PATCH', '/api/account-center', { enabled: true });
  });

  test('400 for a field that is off or read-only', async () => {
    await app.api('PATCH', '/api/account-center', { fields: { name: 'ReadOnly', password: 'Off' } });
    expect((await owner.call('PATCH', '/api/my-account', { name: 'x' })).body.code).toBe(
      'account_center.field_not_editable',
    );
    const password = await owner.call('POST', '/api/my-account/password', { password: 'Another-lamp-5-river' });
    expect(password.body.code).toBe('account_center.field_not_enabled');
    await app.api('PATCH', '/api/account-center', { fields: EVERYTHING });
  });

  test('403 without the scope, and what it unlocks is not shown', async () => {
    const narrow = await createOwner({ name: 'Hana', primaryEmail: 'narrow@example.com' }, 'openid email');
    const { body } = await narrow.call('GET', '/api/my-account');
    expect(body).toMatchObject({ id: narrow.id, primaryEmail: 'narrow@example.com', hasPassword: true });
    for (const hidden of ['name', 'username', 'profile', 'identities', 'customData'])
      expect(body).not.toHaveProperty(hidden);
    expect((await narrow.call('PATCH', '/api/my-account', { name: 'x' })).status).toBe(403);
    expect((await narrow.call('GET', '/api/my-account/mfa-verifications')).status).toBe(403);
  });

  test('any app’s page may call it: the preflight reflects the origin', async () => {
    const preflight = await fetch(`${app.origin}/api/my-account/primary-email`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('401 once the user is suspended', async () => {
    await app.api('PATCH', `/api/users/${owner.id}/is-suspended`, { isSuspended: true });
    expect((await owner.call('GET', '/api/my-account')).status).toBe(401);
  });
});

describe('the account', () => {
  test('200 shows it without anything secret', async () => {
    const { body } = await owner.call('GET', '/api/my-account');
    expect(body).toMatchObject({ username: owner.username, hasPassword: true, hasSecurityVerificationMethod: true });
    expect(JSON.stringify(body)).not.toMatch(/digest|argon2|secret/i);
  });

  test('200 changes name, avatar, custom data and profile; what is not sent stays', async () => {
    await owner.call('PATCH', '/api/my-account', { name: 'Hana', customData: { a: 1 } });
    const { body } = await owner.call('PATCH', '/api/my-account', {
      avatar: 'https://a.example/a.png',
      customData: { b: 2 },
    });
    expect(body).toMatchObject({ name: 'Hana', avatar: 'https://a.example/a.png', customData: { a: 1, b: 2 } });
    const profile = await owner.call('PATCH', '/api/my-account/profile', { nickname: 'H', address: { country: 'JP' } });
    expect(profile).toMatchObject({ status: 200, body: { nickname: 'H', address: { country: 'JP' } } });
  });

  test('401 for a new username without proof; with one it is taken, by the tenant’s rules and once', async () => {
    const change = (username: string | null, proof?: string) =>
      owner.call('PATCH', '/api/my-account', { username }, proof);
    expect((await change('hana')).body.code).toBe('verification_record.permission_denied');
    const proof = await owner.prove();
    expect(await change('hana', proof)).toMatchObject({ status: 200, body: { username: 'hana' } });
    const other = await createOwner();
    expect((await change(other.username, proof)).body.code).toBe('user.username_already_in_use');
    expect((await change('1st', proof)).status).toBe(400);
    expect((await change(null, proof)).body.code).toBe('user.username_required');
  });
});

describe('proofs', () => {
  test('422 for a wrong password, and too many tries are one lock-out with the sign-in’s', async () => {
    const wrong = () => owner.call('POST', '/api/verifications/password', { password: 'wrong' });
    expect((await wrong()).body.code).toBe('session.invalid_credentials');
    await app.api('PATCH', '/api/sign-in-exp', { sentinelPolicy: { maxAttempts: 5 } });
    const codes = (await Promise.all(Array.from({ length: 20 }, wrong))).map(({ body }) => body.code);
    expect(codes.filter((code) => code === 'session.invalid_credentials')).toHaveLength(4);
    expect(new Set(codes)).toContain('session.verification_blocked_too_many_attempts');
    await app.api('PATCH', '/api/sign-in-exp', { sentinelPolicy: {} });
  });

  test('another user’s proof, one that is over, and one to a new address open nothing', async () => {
    const other = await createOwner();
    const rename = (proof: string) => owner.call('PATCH', '/api/my-account', { username: `new_${serial}` }, proof);
    expect((await rename(await other.prove())).status).toBe(401);
    const toNewAddress = await proveAddress(owner, { type: 'email', value: `new${serial}@example.com` });
    expect((await rename(toNewAddress)).status).toBe(401);
    const late = await owner.prove();
    app.advance(11 * 60_000);
    expect((await rename(late)).status).toBe(401);
  });
});

describe('the e-mail address', () => {
  const email = () => `owner${serial}@example.com`;

  test('204 with the proof of ownership and the proof that the address is the user’s, which counts once', async () => {
    const record = await proveAddress(owner, { type: 'email', value: email() });
    const set = (proof?: string) =>
      owner.call(
        'POST',
        '/api/my-account/primary-email',
        { email: email(), newIdentifierVerificationRecordId: record },
        proof,
      );
    expect((await set()).status).toBe(401);
    const proof = await owner.prove();
    expect((await set(proof)).status).toBe(204);
    expect((await owner.call('GET', '/api/my-account')).body.primaryEmail).toBe(email());
    expect((await set(proof)).body.code).toBe('verification_record.not_found');
    expect((await owner.call('DELETE', '/api/my-account/primary-email', undefined, proof)).status).toBe(204);
    expect((await owner.call('DELETE', '/api/my-account/primary-email', undefined, proof)).status).toBe(404);
  });

  test('404 for a proof of another address, 422 for one that somebody has: then the proof is not spent', async () => {
    const proof = await owner.prove();
    const record = await proveAddress(owner, { type: 'email', value: email() });
    const set = (address: string) =>
      owner.call(
        'POST',
        '/api/my-account/primary-email',
        { email: address, newIdentifierVerificationRecordId: record },
        proof,
      );
    expect((await set('else@example.com')).status).toBe(404);
    await app.api('POST', '/api/users', { username: `taken_${serial}`, primaryEmail: email() });
    expect((await set(email())).body.code).toBe('user.email_already_in_use');
  });
});

describe('the password', () => {
  const set = (password: string, proof?: string) => owner.call('POST', '/api/my-account/password', { password }, proof);

  test('401 without proof; 422 for a weak and for the same one; 204 and the new one is right', async () => {
    expect((await set('Another-lamp-5-river')).status).toBe(401);
    const proof = await owner.prove();
    expect((await set('abc', proof)).body.code).toBe('password.rejected');
    expect((await set(PASSWORD, proof)).body.code).toBe('user.same_password');
    expect((await set('Another-lamp-5-river', proof)).status).toBe(204);
    const check = await app.api('POST', `/api/users/${owner.id}/password/verify`, { password: 'Another-lamp-5-river' });
    expect(check.status).toBe(204);
  });
});

describe('second factors', () => {
  const list = async () => (await owner.call('GET', '/api/my-account/mfa-verifications')).body;
  const bind = (body: object, proof?: string) => owner.call('POST', '/api/my-account/mfa-verifications', body, proof);

  test('an authenticator app is bound with a code of it, replaced and removed; backup codes stand in for it', async () => {
    const generated = await owner.call('POST', '/api/my-account/mfa-verifications/totp-secret/generate');
    const { secret, secretQrCode } = generated.body;
    expect(secretQrCode).toMatch(/^data:image\/png/);
    const proof = await owner.prove();
    expect((await bind({ type: 'Totp', secret, code: '000000' }, proof)).body.code).toBe(
      'session.mfa.invalid_totp_code',
    );
    expect((await bind({ type: 'Totp', secret, code: totpOf(secret) })).status).toBe(401);
    expect((await bind({ type: 'Totp', secret, code: totpOf(secret) }, proof)).status).toBe(204);
    const { codes } = (await owner.call('POST', '/api/my-account/mfa-verifications/backup-codes/generate')).body;
    expect((await bind({ type: 'BackupCode', codes }, proof)).status).toBe(204);
    const next = (await owner.call('POST', '/api/my-account/mfa-verifications/totp-secret/generate')).body.secret;
    const replaced = await owner.call(
      'PUT',
      '/api/my-account/mfa-verifications/totp',
      { secret: next, code: totpOf(next) },
      proof,
    );
    expect(replaced.status).toBe(204);
    const revealed = await owner.call('GET', '/api/my-account/mfa-verifications/backup-codes', undefined, proof);
    expect(revealed.body.codes.map(({ code }: { code: string }) => code)).toEqual(codes);
    const app_ = (await list()).find(({ type }: { type: string }) => type === 'Totp');
    expect((await owner.call('DELETE', `/api/my-account/mfa-verifications/${app_.id}`, undefined, proof)).status).toBe(
      204,
    );
    expect(await list()).toEqual([]);
  });

  test('a passkey is registered, named and listed; its proof counts once', async () => {
    const started = await owner.call('POST', '/api/verifications/web-authn/registration');
    const authenticator = createAuthenticator(app.origin);
    const payload = authenticator.create(started.body.registrationOptions);
    const record = started.body.verificationRecordId;
    const verified = await owner.call('POST', '/api/verifications/web-authn/registration/verify', {
      verificationRecordId: record,
      payload,
    });
    expect(verified.status).toBe(200);
    const proof = await owner.prove();
    const body = { type: 'WebAuthn', newIdentifierVerificationRecordId: record, name: 'My key' };
    expect((await bind(body, proof)).status).toBe(204);
    expect((await bind(body, proof)).status).toBe(404);
    const [key] = await list();
    expect(key).toMatchObject({ type: 'WebAuthn', name: 'My key' });
    const renamed = await owner.call(
      'PATCH',
      `/api/my-account/mfa-verifications/${key.id}/name`,
      { name: 'Desk' },
      proof,
    );
    expect(renamed.body).toEqual({ id: key.id, name: 'Desk' });
  });

  test('400 for a factor that the tenant does not have', async () => {
    await app.api('PATCH', '/api/sign-in-exp', { mfa: { factors: ['WebAuthn'], policy: 'UserControlled' } });
    const answer = await bind({ type: 'Totp', secret: 'A'.repeat(32) }, await owner.prove());
    expect(answer.body.code).toBe('session.mfa.mfa_factor_not_enabled');
    await app.api('PATCH', '/api/sign-in-exp', {
      mfa: { factors: ['Totp', 'WebAuthn', 'BackupCode'], policy: 'UserControlled' },
    });
  });

  test('what was decided about the second step changes with proof only', async () => {
    const settings = { skipMfaOnSignIn: true };
    expect((await owner.call('PATCH', '/api/my-account/mfa-settings', settings)).status).toBe(401);
    expect((await owner.call('PATCH', '/api/my-account/mfa-settings', settings, await owner.prove())).body).toEqual(
      settings,
    );
    expect((await owner.call('GET', '/api/my-account/logto-configs')).body.mfa.skipMfaOnSignIn).toBe(true);
  });
});

describe('linked accounts', () => {
  test('404 for one that is not linked; 204 unlinks, but never the last way in', async () => {
    await app.modules.users.linkIdentity(app.scope(), owner.id, {
      target: 'gitlab',
      identityId: `g${serial}`,
      details: {},
    });
    const proof = await owner.prove();
    const unlink = (target: string, shown = proof) =>
      owner.call('DELETE', `/api/my-account/identities/${target}`, undefined, shown);
    expect((await unlink('github')).body.code).toBe('user.identity_not_exist');
    expect((await owner.call('DELETE', '/api/my-account/identities/gitlab')).status).toBe(401);
    expect((await unlink('gitlab')).status).toBe(204);

    const social = await app.modules.users.create(app.scope(), {
      identity: { target: 'gitlab', identityId: `only${serial}`, details: {} },
    });
    const { body: tokens } = await obtainTokens(app, client, social.id, { scope: SCOPE });
    const answer = await call(`${app.origin}/api/my-account/identities/gitlab`, 'DELETE', undefined, {
      authorization: `Bearer ${tokens.access_token}`,
    });
    expect(answer.body.code).toBe('user.last_sign_in_method_required');
  });

  test('who has only a social account sets a first password without proof', async () => {
    const social = await app.modules.users.create(app.scope(), {
      username: `social_${serial}`,
      identity: { target: 'gitlab', identityId: `first${serial}`, details: {} },
    });
    const { body: tokens } = await obtainTokens(app, client, social.id, { scope: SCOPE });
    const answer = await call(
      `${app.origin}/api/my-account/password`,
      'POST',
      { password: PASSWORD },
      { authorization: `Bearer ${tokens.access_token}` },
    );
    expect(answer.status).toBe(204);
  });
});

test('an avatar is uploaded and served', async () => {
  const { default: sharp } = await import('sharp');
  const body = new FormData();
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  body.set('file', new Blob([new Uint8Array(png)]), 'me.png');
  const answer = await fetch(`${app.origin}/api/my-account/user-assets/avatar`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${owner.token}` },
  });
  const { url } = (await answer.json()) as { url: string };
  expect((await fetch(url)).headers.get('content-type')).toBe('image/png');
});

test('200 reads and changes the settings; 400 for an origin that is none', async () => {
  const path = '/api/account-center';
  const changed = await app.api('PATCH', path, {
    webauthnRelatedOrigins: ['https://a.example'],
    deleteAccountUrl: 'https://a.example/delete',
  });
  expect(changed).toMatchObject({ status: 200, body: { enabled: true, deleteAccountUrl: 'https://a.example/delete' } });
  expect((await app.api('PATCH', path, { deleteAccountUrl: '' })).body.deleteAccountUrl).toBeNull();
  expect((await app.api('PATCH', path, { webauthnRelatedOrigins: ['https://a.example/path'] })).status).toBe(400);
  expect((await call(`${app.origin}/api/.well-known/account-center`, 'GET')).body.fields).toEqual(EVERYTHING);
});
