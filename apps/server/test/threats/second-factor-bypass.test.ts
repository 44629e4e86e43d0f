// Threat class "session and revocation" at the second step: a proof is its flow's and its user's alone
// (better-auth 1.6.12: a cookie replayed past the second factor).
import { authenticator as otp } from 'otplib';
import { describe, expect, test } from 'vitest';
import { startExperience } from '../experience.ts';
import { createFactorUsers } from '../factors.ts';
import { createTestApp } from '../harness.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const { newUser, identified, withTotp, settings } = createFactorUsers(app, client);
const PASSWORD = 'Paper-lamp-4-river';
await settings({
  mfa: { factors: ['Totp', 'BackupCode'], policy: 'NoPrompt' },
  trustedDevice: { enabled: true, durationDays: 30 },
});
const codeOf = (secret: string, step = 0) =>
  otp.clone({ epoch: app.scope().now.getTime() + step * 30_000 }).generate(secret);
const submit = (page: Awaited<ReturnType<typeof identified>>) => page.call('POST', '/experience/submit');
const proveTotp = (page: Awaited<ReturnType<typeof identified>>, secret: string, step = 0) =>
  page.call('POST', '/experience/verification/totp/verify', { code: codeOf(secret, step) });

async function victim() {
  const user = await newUser();
  const secret = await withTotp(user.id);
  await app.api('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'BackupCode' });
  return { ...user, secret };
}

describe('a proof of the second step', () => {
  test('does not carry over to another user of the same browser and flow', async () => {
    const [attacker, target] = [await victim(), await victim()];
    const page = await identified(attacker.username);
    expect((await proveTotp(page, attacker.secret)).status).toBe(200);
    const identifier = { type: 'username', value: target.username };
    const proof = await page.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
    const taken = await page.call('POST', '/experience/identification', proof.body);
    expect([taken.status, taken.body.code]).toEqual([409, 'session.identity_conflict']);
    for (const path of ['/experience/interaction-event', '/experience']) {
      await page.call('PUT', path, { interactionEvent: 'SignIn' });
      const again = await page.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
      expect((await page.call('POST', '/experience/identification', again.body)).status).toBe(204);
      expect((await submit(page)).body.code).toBe('session.mfa.require_mfa_verification');
      await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    }
  });

  test('does not carry over to another sign-in, and without one the protocol gives no code', async () => {
    const user = await victim();
    const first = await identified(user.username);
    await proveTotp(first, user.secret);
    const second = await identified(user.username);
    expect((await submit(second)).status).toBe(403);
    // The first factor alone has opened nothing: the browser is still sent to sign in.
    const fresh = await startExperience(app, client);
    expect((await fresh.call('POST', '/experience/submit')).status).toBe(404);
  });

  test('a new factor that somebody confirms for themselves proves nothing, and is not bound without the old one', async () => {
    const user = await victim();
    const page = await identified(user.username);
    const { body } = await page.call('POST', '/experience/verification/totp/secret');
    const confirmed = await page.call('POST', '/experience/verification/totp/verify', {
      verificationId: body.verificationId,
      code: codeOf(body.secret),
    });
    expect(confirmed.status).toBe(200);
    expect((await submit(page)).status).toBe(403);
    const codes = await page.call('POST', '/experience/verification/backup-code/generate');
    const bound = await page.call('POST', '/experience/profile/mfa', {
      type: 'BackupCode',
      verificationId: codes.body.verificationId,
    });
    expect(bound.status).toBe(403);
    const used = await page.call('POST', '/experience/verification/backup-code/verify', { code: codes.body.codes[0] });
    expect(used.status).toBe(400);
    expect((await submit(page)).status).toBe(403);
  });
});

describe('a trusted device’s cookie', () => {
  test('is worth nothing under another user’s name, with another secret, or after its time', async () => {
    const [owner, thief] = [await victim(), await victim()];
    const page = await identified(owner.username);
    await proveTotp(page, owner.secret);
    await page.call('POST', '/experience/profile/mfa/trusted-device');
    expect((await submit(page)).status).toBe(200);
    const [[name, value] = ['', '']] = [...page.cookies];
    expect((await submit(await identified(owner.username, new Map([[name, value]])))).status).toBe(200);
    const cookieOf = (userId: string) => app.modules.factors.trustedDevices.cookieName('default', userId);
    expect(name).toBe(cookieOf(owner.id));
    const asThief = new Map([
      [name, value],
      [cookieOf(thief.id), value],
    ]);
    expect((await submit(await identified(thief.username, asThief))).status).toBe(403);
    const [id] = value.split('.');
    expect((await submit(await identified(owner.username, new Map([[name, `${id}.guessed`]])))).status).toBe(403);
    const devices = (await app.api('GET', `/api/users/${owner.id}/trusted-devices`)).body;
    expect(JSON.stringify(devices)).not.toContain(value.split('.')[1]);
  });
});
