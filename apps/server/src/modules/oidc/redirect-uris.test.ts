import { describe, expect, test } from 'vitest';
import { originAllowed, redirectUriAllowed, redirectUriProblem } from './policies/redirect-uris.ts';

describe('registering', () => {
  test.each([
    'https://app.example.com/callback',
    'http://localhost:3000/cb?x=1',
    'https://*.preview.example.com/callback',
    'https://app-*.example.com/*',
    'io.logto://callback',
    'com.example.app:/oauth',
  ])('accepts %s', (uri) => {
    expect(redirectUriProblem(uri)).toBeUndefined();
  });

  test.each([
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['https://app.example.com/#top', 'fragment'],
    ['https://user@app.example.com/', 'invalid'],
    ['https://app.example.com/a b', 'invalid'],
    ['https://*.com/callback', 'wildcard'],
    ['https://app.*/callback', 'wildcard'],
    ['https://app.example.com:*/callback', 'invalid'],
    ['https://app.example.com/?next=*', 'wildcard'],
    ['app-*://callback', 'scheme'],
    ['no scheme at all', 'invalid'],
  ])('refuses %s as %s', (uri, problem) => {
    expect(redirectUriProblem(uri)).toBe(problem);
  });
});

describe('matching', () => {
  const registered = ['https://app.example.com/cb', 'https://*.preview.example.com/cb', 'http://127.0.0.1/native'];

  test.each([
    ['https://app.example.com/cb', true],
    ['https://app.example.com/cb/', false],
    ['https://app.example.com/cb?x=1', false],
    ['https://app.example.com:444/cb', false],
    ['https://APP.example.com/cb', false],
    ['https://appXexample.com/cb', false],
    ['https://app.example.com.evil.org/cb', false],
    ['https://app.example.com/cb#x', false],
    ['https://pr-12.preview.example.com/cb', true],
    ['https://a.b.preview.example.com/cb', false],
    ['https://evil.org/.preview.example.com/cb', false],
    ['https://evil.org\\.preview.example.com/cb', false],
    ['https://*.preview.example.com/cb', false],
    ['https://user@x.preview.example.com/cb', false],
    ['http://127.0.0.1:5123/native', false],
  ])('%s → %s for a web app', (value, expected) => {
    expect(redirectUriAllowed(value, registered, false)).toBe(expected);
  });

  test('a native app may use any port of a loopback host (RFC 8252 §7.3)', () => {
    expect(redirectUriAllowed('http://127.0.0.1:5123/native', registered, true)).toBe(true);
    expect(redirectUriAllowed('http://127.0.0.1:5123/other', registered, true)).toBe(false);
    expect(redirectUriAllowed('http://localhost:5123/native', registered, true)).toBe(false);
  });

  test('an empty list allows nothing, and the first value is not learned', () => {
    expect(redirectUriAllowed('https://app.example.com/cb', [], false)).toBe(false);
  });

  test('a path pattern is not left by traversal', () => {
    const wildcard = ['https://app.example.com/previews/*'];
    expect(redirectUriAllowed('https://app.example.com/previews/12/cb', wildcard, false)).toBe(true);
    expect(redirectUriAllowed('https://app.example.com/previews/../admin', wildcard, false)).toBe(false);
    expect(redirectUriAllowed('https://app.example.com/previews/%2e%2e/admin', wildcard, false)).toBe(false);
    expect(redirectUriAllowed('https://app.example.com/previews/%2F..%2Fadmin', wildcard, false)).toBe(false);
  });
});

test('origins follow the registered URIs', () => {
  expect(originAllowed('https://app.example.com', ['https://app.example.com/cb'])).toBe(true);
  expect(originAllowed('https://app.example.com.evil.org', ['https://app.example.com/cb'])).toBe(false);
  expect(originAllowed('https://pr-1.x.example.com', ['https://*.x.example.com/cb'])).toBe(true);
  expect(originAllowed('null', ['io.logto://callback'])).toBe(false);
});
