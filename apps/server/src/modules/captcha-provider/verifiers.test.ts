import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createEgress } from '../../kernel/egress.ts';
import { PROVIDER_ENDPOINTS, verifyRecaptcha, verifyTurnstile } from './verifiers.ts';

/** A provider that answers what the test says and remembers what it was asked. */
let answer: { status: number; body: string };
let asked: { headers: IncomingMessage['headers']; body: string; url: string | undefined }[] = [];
const provider = createServer(async (request, response) => {
  asked.push({ headers: request.headers, body: await text(request), url: request.url });
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/verify`;
const egress = createEgress({ allowed: [], allowLoopback: true });
afterAll(() => provider.close());
beforeEach(() => {
  asked = [];
});

const turnstile = { type: 'Turnstile', siteKey: 'site', secretKey: 'secret' } as const;
const recaptcha = { type: 'RecaptchaEnterprise', siteKey: 'site', secretKey: 'api-key', projectId: 'project' } as const;
const visitor = { token: 'token', ip: '192.0.2.7', userAgent: 'Browser/1' };

const assessment = (valid: boolean, score?: number) => ({
  status: 200,
  body: JSON.stringify({ tokenProperties: { valid }, ...(score !== undefined && { riskAnalysis: { score } }) }),
});

test('Turnstile is asked with the secret, the token and the address', async () => {
  answer = { status: 200, body: '{"success":true}' };
  expect(await verifyTurnstile(egress, endpoint, turnstile, visitor)).toBe(true);
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
    secret: 'secret',
    response: 'token',
    remoteip: '192.0.2.7',
  });
});

test.each([
  { status: 200, body: '{"success":false}' },
  { status: 200, body: '{}' },
  { status: 200, body: '<html>' },
  { status: 500, body: '' },
])('Turnstile’s answer $status $body vouches for nobody', async (given) => {
  answer = given;
  expect(await verifyTurnstile(egress, endpoint, turnstile, visitor)).toBe(false);
});

test('reCAPTCHA passes from the threshold on, 0.5 unless set', async () => {
  const ask = (score: number, scoreThreshold?: number) => {
    answer = assessment(true, score);
    return verifyRecaptcha(egress, endpoint, { ...recaptcha, scoreThreshold }, visitor);
  };
  expect(await ask(0.5)).toBe(true);
  expect(await ask(0.4)).toBe(false);
  expect(await ask(0.4, 0.3)).toBe(true);
  expect(await ask(0.8, 0.9)).toBe(false);
  expect(asked[0]?.headers['x-goog-api-key']).toBe('api-key');
  expect(asked[0]?.url).not.toContain('api-key');
  expect(JSON.parse(asked[0]?.body ?? '').event).toMatchObject({ token: 'token', siteKey: 'site' });
});

test('reCAPTCHA without a valid token or a score vouches for nobody', async () => {
  for (const given of [assessment(false, 1), assessment(true), { status: 403, body: '{"error":{}}' }]) {
    answer = given;
    expect(await verifyRecaptcha(egress, endpoint, recaptcha, visitor)).toBe(false);
  }
});

test('a project’s name cannot lead to another address', () => {
  expect(PROVIDER_ENDPOINTS.recaptcha('../../evil?x=')).toBe(
    'https://recaptchaenterprise.googleapis.com/v1/projects/..%2F..%2Fevil%3Fx%3D/assessments',
  );
});
