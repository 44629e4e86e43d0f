import { describe, expect, it } from 'vitest';
import { baseUrlSchema } from './config-schemas.ts';
import { basicAuthorization, readCode, s256Challenge, scopeList } from './oauth.ts';

describe('OAuth pieces', () => {
  it('S256 challenge of RFC 7636 appendix B', () => {
    expect(s256Challenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('credentials are form-encoded before they are joined (RFC 6749 §2.3.1)', () => {
    const [scheme, encoded = ''] = basicAuthorization('a:b', 'c d+e%ü').split(' ');
    expect([scheme, Buffer.from(encoded, 'base64').toString()]).toEqual(['Basic', 'a%3Ab:c+d%2Be%25%C3%BC']);
  });

  it('scope tokens come once each, in order, the needed ones first', () => {
    expect(scopeList(['openid'], ' email openid,read_user  email ')).toBe('openid email read_user');
  });

  it('a callback without state passes only under PKCE (RFC 9700 §2.1)', () => {
    const session = { state: 's', redirectUri: 'https://latchkey.example/callback/a' };
    const params = { code: 'c' };
    expect(readCode({ params, session: { ...session, codeVerifier: 'v' } })).toBe('c');
    expect(() => readCode({ params, session })).toThrow(expect.objectContaining({ code: 'authorization_failed' }));
  });
});

describe('base URL', () => {
  it.each([
    ['https://gitlab.example', 'https://gitlab.example'],
    [' https://GitLab.example:443/ ', 'https://gitlab.example'],
    ['https://example.com/git//', 'https://example.com/git'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is kept as %s', (text, kept) => {
    expect(baseUrlSchema.parse(text)).toBe(kept);
  });

  it.each([
    'gitlab.example',
    'http://gitlab.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'ftp://localhost',
    'javascript:alert(1)',
    'https://user:secret@gitlab.example',
    'https://gitlab.example/?a=b',
    'https://gitlab.example/#a',
  ])('%s is refused', (text) => {
    expect(baseUrlSchema.safeParse(text).success).toBe(false);
  });
});
