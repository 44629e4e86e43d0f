// Threat class "code/OTP brute force, lock-out" at the second step: Zitadel CVE-2024-32868 (MFA was not counted),
// CVE-2023-47111 (race); and the replay of codes.
import { authenticator as otp } from 'otplib';
import { expect, test } from 'vitest';
import { createFactorUsers, outcome } from '../factors.ts';
import { createTestApp } from '../harness.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const { newUser, identified, withTotp, settings } = createFactorUsers(app, await createClient(app));
const POLICY = { mfa: { factors: ['Totp', 'BackupCode'], policy: 'NoPrompt' } };
const tally = (codes: unknown[]) =>
  Object.fromEntries([...new Set(codes)].map((code) => [String(code), codes.filter((other) => other === code).length]));

const proofs = {
  'authenticator app': {
    path: '/experience/verification/totp/verify',
    wrong: '000000',
    refusal: 'session.mfa.invalid_totp_code',
  },
  'backup code': {
    path: '/experience/verification/backup-code/verify',
    wrong: '0000000000',
    refusal: 'session.mfa.invalid_backup_code',
  },
};

test.each(Object.entries(proofs))(
  '200 parallel guesses at the %s: as many are checked as the limit says',
  async (_name, { path, wrong, refusal }) => {
    await settings({ ...POLICY, sentinelPolicy: { maxAttempts: 10, lockoutDuration: 5 } });
    const user = await newUser();
    const secret = await withTotp(user.id);
    await app.api('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'BackupCode' });
    const pages = await Promise.all(Array.from({ length: 4 }, () => identified(user.username)));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, guess) => pages[guess % 4]?.call('POST', path, { code: wrong })),
    );
    expect(tally(answers.map((answer) => answer?.body.code))).toEqual({
      [refusal]: 10,
      'session.verification_blocked_too_many_attempts': 190,
    });
    // A new sign-in does not start the count anew, and the other factors are not locked with it.
    const next = await identified(user.username);
    expect((await next.call('POST', path, { code: wrong })).body.code).toMatch(/too_many_attempts$/);
    if (path.includes('backup')) {
      const proved = await next.call('POST', '/experience/verification/totp/verify', { code: otp.generate(secret) });
      expect(proved.status).toBe(200);
    }
  },
);

test('a code that was used proves nothing in another sign-in, nor 50 times at once', async () => {
  await settings(POLICY);
  const user = await newUser();
  const secret = await withTotp(user.id);
  const code = otp.clone({ epoch: app.scope().now.getTime() }).generate(secret);
  const pages = await Promise.all(Array.from({ length: 10 }, () => identified(user.username)));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, each) =>
      pages[each % 10]?.call('POST', '/experience/verification/totp/verify', { code }),
    ),
  );
  expect(tally(answers.map((answer) => answer?.status))).toEqual({ 200: 1, 400: 49 });
  const later = await identified(user.username);
  expect(outcome(await later.call('POST', '/experience/verification/totp/verify', { code })).slice(0, 2)).toEqual([
    400,
    'session.mfa.invalid_totp_code',
  ]);
});
