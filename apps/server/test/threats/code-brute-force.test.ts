// Threat class "code/OTP brute force, lock-out": Zitadel CVE-2024-32868 and CVE-2023-47111 (race), Strapi CVE-2025-64526.
import { expect, test } from 'vitest';
import { verificationCodes } from '../../src/modules/messages/messages.table.ts';
import { createTestApp } from '../harness.ts';

const app = await createTestApp();
const { codes } = app.modules.messages;
const recipient = { type: 'email', value: 'victim@example.com' } as const;

/** Sends a code and reads it where its owner would. */
async function send(): Promise<string> {
  await codes.send(app.scope(), { recipient, purpose: 'SignIn', flowId: 'flow', deliver: true });
  return (await app.api('GET', '/api/development-inbox')).body[0].code;
}
const guess = async (code: string): Promise<string> => {
  try {
    await codes.verify(app.scope(), { recipient, purpose: 'SignIn', flowId: 'flow', code });
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const tally = (outcomes: readonly string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].sort().map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length]),
  );

test('200 parallel guesses count as 200, ten of them are looked at, and the right code comes too late', async () => {
  const code = await send();
  const wrong = Array.from({ length: 200 }, (_, at) => String((Number(code) + at + 1) % 1_000_000).padStart(6, '0'));
  expect(tally(await Promise.all(wrong.map(guess)))).toEqual({
    'verification_code.code_mismatch': 10,
    'verification_code.exceed_max_try': 190,
  });
  const [row] = await app.world.database.forTenant('default').select().from(verificationCodes);
  expect(row?.attempts).toBe(200);
  expect(await guess(code)).toBe('verification_code.exceed_max_try');
});

test('of 50 parallel tries with the right code one wins, and it is good for nothing after that', async () => {
  const code = await send();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => guess(code)));
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(await guess(code)).toBe('verification_code.not_found');
});

test('new codes do not buy new guesses without end: a recipient is sent ten in ten minutes', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, send));
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(8);
});
