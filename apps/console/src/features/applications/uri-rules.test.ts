import { describe, expect, it } from 'vitest';
import { listProblems, originProblem, redirectUriProblem } from './uri-rules.ts';

describe('redirect URIs of web applications', () => {
  it.each([
    ['http://localhost:5000/callback', null],
    ['https://app.example.com/callback?from=latchkey', null],
    ['http://[::1]:5000/callback', null],
    ['https://*.preview.example.com/callback', null],
    ['https://pr-*.preview.example.com/*/callback', null],
    ['https://*.com/callback', 'wildcardHost'],
    ['https://app.*.com/callback', 'wildcardHost'],
    ['https://a*b*.preview.example.com/', 'wildcardLabel'],
    ['https://app.example.com:*/callback', 'wildcardPlace'],
    ['https://app.example.com/callback?to=*', 'wildcardPlace'],
    ['https://app.example.com/callback#token', 'fragment'],
    ['https://user:word@app.example.com/', 'credentials'],
    ['com.example.app://callback', 'webScheme'],
    ['javascript:alert(1)', 'webScheme'],
    ['app.example.com/callback', 'invalid'],
    ['https://', 'invalid'],
  ])('%s: %s', (uri, problem) => {
    expect(redirectUriProblem(uri, 'web')).toBe(problem);
  });
});

describe('redirect URIs of native applications', () => {
  it.each([
    ['com.example.app://callback', null],
    ['io.example:/callback', null],
    ['http://127.0.0.1/callback', null],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['com.example.app://*', 'wildcardPlace'],
    ['com.example.app:', 'invalid'],
  ])('%s: %s', (uri, problem) => {
    expect(redirectUriProblem(uri, 'native')).toBe(problem);
  });
});

describe('CORS origins', () => {
  it.each([
    ['https://app.example.com', null],
    ['http://localhost:3000', null],
    ['https://app.example.com/', 'origin'],
    ['https://app.example.com/path', 'origin'],
    ['app.example.com', 'origin'],
    ['ftp://app.example.com', 'origin'],
  ])('%s: %s', (origin, problem) => {
    expect(originProblem(origin)).toBe(problem);
  });
});

describe('lists', () => {
  it('reports a repetition at the later entry and skips blank ones', () => {
    const entries = ['https://a.example/cb', '', 'https://a.example/cb ', ''];
    expect(listProblems(entries, (entry) => redirectUriProblem(entry, 'web'))).toEqual([null, null, 'duplicate', null]);
  });
});
