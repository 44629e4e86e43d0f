import { z } from 'zod';
import { defineOperation, noContent, orNone, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Captcha provider';

const key = z.string().min(1).max(512);

const turnstile = z.object({
  type: z.literal('Turnstile'),
  siteKey: key.describe('Public; goes into the pages.'),
  secretKey: key,
});

const recaptchaEnterprise = z.object({
  type: z.literal('RecaptchaEnterprise'),
  siteKey: key.describe('Public; goes into the pages.'),
  secretKey: key.describe('An API key of the Google Cloud project.'),
  projectId: key,
  domain: z
    .enum(['www.google.com', 'www.recaptcha.net'])
    .optional()
    .describe('Where browsers load the script from; recaptcha.net where google.com cannot be reached.'),
  mode: z.enum(['invisible', 'checkbox']).optional(),
  scoreThreshold: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('The lowest score that passes, 0.5 unless set: 0 is surely a program, 1 surely a person.'),
});

const proofOfWork = z.object({
  type: z.literal('ProofOfWork'),
  difficulty: z
    .number()
    .int()
    .min(1_000)
    .max(10_000_000)
    .optional()
    .describe('The most hashes a browser has to compute, 100,000 unless set; on average half of them.'),
});

export const captchaConfig = z.discriminatedUnion('type', [turnstile, recaptchaEnterprise, proofOfWork]);
export type CaptchaConfig = z.output<typeof captchaConfig>;

/** What a page needs to show the captcha. */
export const publicCaptchaConfig = z.discriminatedUnion('type', [
  turnstile.omit({ secretKey: true }),
  recaptchaEnterprise.pick({ type: true, siteKey: true, domain: true, mode: true }),
  z.object({
    type: z.literal('ProofOfWork'),
    challengeUrl: z.string().describe('Where to get a challenge: `GET /api/captcha-challenge` of the tenant.'),
  }),
]);
export type PublicCaptchaConfig = z.output<typeof publicCaptchaConfig>;

const captchaProvider = z.object({
  tenantId: z.string(),
  id: z.string(),
  config: captchaConfig,
  createdAt: timestamp,
  updatedAt: timestamp,
});

export const getCaptchaProvider = defineOperation({
  method: 'GET',
  path: '/api/captcha-provider',
  tag,
  summary: 'Get the captcha provider',
  description: 'With its secret key, which this answer alone shows.',
  query: orNone,
  response: { 200: captchaProvider, 204: noContent },
  errors: { 404: ['entity.not_found'] },
});

export const putCaptchaProvider = defineOperation({
  method: 'PUT',
  path: '/api/captcha-provider',
  tag,
  summary: 'Set the captcha provider',
  description:
    'A tenant has one: Cloudflare Turnstile, reCAPTCHA Enterprise, or the built-in proof of work, which asks no third party. `captchaPolicy` of the sign-in experience says whether it is used.',
  body: z.object({ config: captchaConfig }),
  response: { 200: captchaProvider },
});

export const deleteCaptchaProvider = defineOperation({
  method: 'DELETE',
  path: '/api/captcha-provider',
  tag,
  summary: 'Remove the captcha provider',
  description: 'Switches `captchaPolicy` off with it.',
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'] },
});

export const createCaptchaChallenge = defineOperation({
  method: 'GET',
  path: '/api/captcha-challenge',
  tag,
  access: 'public',
  summary: 'Get a proof-of-work challenge',
  description:
    'Find the number from 0 to `maxnumber` for which SHA-256 of `salt` followed by the number is `challenge` (hexadecimal). The captcha token is the Base64 of the JSON `{algorithm, challenge, number, salt, signature}`; it counts once, for five minutes.',
  response: {
    200: z.object({
      algorithm: z.string(),
      challenge: z.string(),
      maxnumber: z.number().int(),
      salt: z.string(),
      signature: z.string(),
    }),
  },
  errors: { 404: ['entity.not_found'] },
});
