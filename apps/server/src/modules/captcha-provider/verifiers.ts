import { extractParams, verifySolution } from 'altcha-lib/v1';
import { z } from 'zod';
import type { Egress } from '../../kernel/egress.ts';
import type { CaptchaConfig } from './captcha-provider.contract.ts';

/** Where the providers check a token (Turnstile siteverify; reCAPTCHA Enterprise projects.assessments.create). */
export interface ProviderEndpoints {
  turnstile: string;
  recaptcha(projectId: string): string;
}

export const PROVIDER_ENDPOINTS: ProviderEndpoints = {
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
  recaptcha: (projectId) =>
    `https://recaptchaenterprise.googleapis.com/v1/projects/${encodeURIComponent(projectId)}/assessments`,
};

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;
export const DEFAULT_SCORE_THRESHOLD = 0.5;

type ConfigOf<Type extends CaptchaConfig['type']> = Extract<CaptchaConfig, { type: Type }>;

const turnstileAnswer = z.object({ success: z.boolean() });

const recaptchaAnswer = z.object({
  tokenProperties: z.object({ valid: z.boolean() }),
  riskAnalysis: z.object({ score: z.number() }).optional(),
});

/** Asks Cloudflare about a token; the visitor's address makes a token that was moved elsewhere fail. */
export async function verifyTurnstile(
  egress: Egress,
  endpoint: string,
  config: ConfigOf<'Turnstile'>,
  input: { token: string; ip: string | null },
): Promise<boolean> {
  const body = new URLSearchParams({ secret: config.secretKey, response: input.token });
  if (input.ip) body.set('remoteip', input.ip);
  const answer = await egress(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  const parsed = turnstileAnswer.safeParse(await answer.json().catch(() => undefined));
  return parsed.success && parsed.data.success;
}

/** Asks Google for an assessment of a token. */
export async function verifyRecaptcha(
  egress: Egress,
  endpoint: string,
  config: ConfigOf<'RecaptchaEnterprise'>,
  input: { token: string; ip: string | null; userAgent: string | null },
): Promise<boolean> {
  const event = {
    token: input.token,
    siteKey: config.siteKey,
    ...(input.ip && { userIpAddress: input.ip }),
    ...(input.userAgent && { userAgent: input.userAgent }),
  };
  const answer = await egress(endpoint, {
    method: 'POST',
    // As a header, so that the key stands in no log of addresses.
    headers: { 'content-type': 'application/json', 'x-goog-api-key': config.secretKey },
    body: JSON.stringify({ event }),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  const parsed = recaptchaAnswer.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success || !parsed.data.tokenProperties.valid) return false;
  const { riskAnalysis } = parsed.data;
  return riskAnalysis !== undefined && riskAnalysis.score >= (config.scoreThreshold ?? DEFAULT_SCORE_THRESHOLD);
}

const solution = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().max(128),
  number: z.number().int().nonnegative(),
  salt: z.string().max(256),
  signature: z.string().max(128),
});

/** When a solved proof of work ceases to count, or undefined when it does not count at all. */
export async function proofOfWorkExpiry(hmacKey: string, token: string, now: Date): Promise<Date | undefined> {
  const payload = solution.safeParse(parseToken(token));
  // The time is checked here, against the clock that everything else goes by.
  if (!payload.success || !(await verifySolution(payload.data, hmacKey, false))) return undefined;
  const expiresAt = new Date(Number(extractParams(payload.data).expires) * 1000);
  return expiresAt > now ? expiresAt : undefined;
}

function parseToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
