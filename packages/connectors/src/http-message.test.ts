import type { EmailConnector } from '@latchkey/connector-kit';
import { type MessageConnectorCase, testEmailConnector, testSmsConnector } from '@latchkey/connector-kit/testing';
import { describe, expect, it } from 'vitest';
import { httpEmail } from './http-email.ts';
import { httpSms } from './http-sms.ts';

const SECRET = 'Bearer of-good-tidings';
const ENDPOINT = 'https://messages.example.com/v1/send?from=latchkey';
const shared: Omit<MessageConnectorCase<EmailConnector>, 'connector'> = {
  config: { endpoint: ENDPOINT, authorization: SECRET },
  secrets: [SECRET],
  accepted: { status: 202, body: 'taken' },
  receipt: { answer: 'HTTP 202' },
  expectRequest({ method, url, headers, body }, { to, type, payload }) {
    expect([method, url.href]).toEqual(['POST', ENDPOINT]);
    expect(headers).toMatchObject({ 'content-type': 'application/json', authorization: SECRET });
    expect(JSON.parse(body)).toEqual({ to, type, payload: { locale: 'en', ...payload } });
  },
  refusals: [
    ['refuses the header', { status: 401, body: { error: 'unknown caller' } }, 'authorization_failed'],
    ['refuses the caller', { status: 403, body: {} }, 'authorization_failed'],
    ['has had enough', { status: 429, body: {} }, 'rate_limit_exceeded'],
    ['does not understand', { status: 400, body: {} }, 'invalid_response'],
  ],
};

describe('the rules of every e-mail connector, on HTTP e-mail', () =>
  testEmailConnector({ connector: httpEmail, ...shared }));
describe('the rules of every SMS connector, on HTTP SMS', () => testSmsConnector({ connector: httpSms, ...shared }));

describe('configuration', () => {
  it.each([
    ['http to another host', 'http://messages.example.com/'],
    ['another scheme', 'file:///etc/passwd'],
    ['no URL', 'messages.example.com'],
  ])('%s is refused', (_title, endpoint) => {
    expect(httpEmail.configSchema.safeParse({ endpoint }).success).toBe(false);
  });

  it('a header of two lines is refused', () => {
    const config = { endpoint: 'https://messages.example.com/', authorization: 'a\r\nx-more: b' };
    expect(httpSms.configSchema.safeParse(config).success).toBe(false);
  });
});
