import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { adviceOf, spokenLines } from './send-failure.ts';

const failure = (code: string, dialogue?: string, more: object = {}) =>
  new ApiError(400, { code: `connector.${code}`, data: { ...more, dialogue } });

const connected = '-- connecting to smtp.example.com:587\n-- connected\n';
const greeted = `${connected}S: 220 smtp.example.com ESMTP\nC: EHLO latchkey\nS: 250 STARTTLS\n`;

describe('spokenLines', () => {
  it('tells who said each line of a mail server’s dialogue, and which one says no', () => {
    const lines = spokenLines(failure('authorization_failed', `${greeted}C: AUTH PLAIN ***\nS: 535 5.7.8 Not you\n`));
    expect(lines.map(({ speaker }) => speaker)).toEqual(['note', 'note', 'them', 'us', 'them', 'us', 'them']);
    expect(lines.filter(({ isRefusal }) => isRefusal)).toEqual([
      { speaker: 'them', text: '535 5.7.8 Not you', isRefusal: true },
    ]);
  });

  it('gives the lines of an answer over HTTP to the provider', () => {
    expect(spokenLines(failure('authorization_failed', 'HTTP 401\n20003: Authenticate'))).toEqual([
      { speaker: 'them', text: 'HTTP 401', isRefusal: true },
      { speaker: 'them', text: '20003: Authenticate', isRefusal: false },
    ]);
  });

  it('is empty when nothing was said', () => {
    expect(spokenLines(failure('general'))).toEqual([]);
    expect(spokenLines(new Error('offline'))).toEqual([]);
  });
});

describe('adviceOf', () => {
  it.each([
    ['general', '-- connecting to smtp.example.com:587\n', 'unreachable'],
    ['general', connected, 'silent'],
    ['general', `${greeted}C: STARTTLS\nS: 220 Go\n-- TLS failed\n`, 'encryption'],
    ['general', greeted, 'later'],
    ['general', `${greeted}C: STARTTLS\nS: 454 Not now\n`, 'encryption'],
    ['authorization_failed', `${greeted}C: AUTH PLAIN ***\nS: 535 No\n`, 'credentials'],
    ['invalid_request_parameters', `${greeted}C: MAIL FROM:<a@b.c>\nS: 553 Not yours\n`, 'sender'],
    ['invalid_request_parameters', `${greeted}C: RCPT TO:<a@b.c>\nS: 550 Unknown\n`, 'recipient'],
    ['invalid_response', `${greeted}C: .\nS: 554 Spam\n`, 'content'],
  ])('%s of a mail server after %j: %s', (code, dialogue, advice) => {
    expect(adviceOf(failure(code, dialogue))).toBe(advice);
  });

  it.each([
    ['authorization_failed', 401, 'credentials'],
    ['invalid_config', 400, 'sender'],
    ['template_not_found', 400, 'template'],
    ['usage_limit_exceeded', 402, 'quota'],
    ['rate_limit_exceeded', 429, 'later'],
    ['general', 503, 'provider'],
  ])('%s of a provider that answers %i: %s', (code, status, advice) => {
    expect(adviceOf(failure(code, `HTTP ${status}`, { status }))).toBe(advice);
  });

  it('says nothing of failures that are not the provider’s', () => {
    expect(adviceOf(new Error('offline'))).toBeUndefined();
    expect(adviceOf(new ApiError(400, { code: 'guard.invalid_input' }))).toBeUndefined();
  });
});
