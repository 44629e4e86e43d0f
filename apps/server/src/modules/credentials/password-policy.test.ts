import { describe, expect, it } from 'vitest';
import type { PasswordPolicy } from '../sign-in-experience/sign-in-experience.contract.ts';
import { createBreachedPasswords } from './breached-passwords.ts';
import { effectivePolicy, localIssues, type PasswordOwner } from './password-policy.ts';

const codes = (password: string, policy: PasswordPolicy = {}, owner: PasswordOwner = {}) =>
  localIssues(effectivePolicy(policy), password, owner).map(({ code }) => code.replace('password_rejected.', ''));

const rejecting = (words: string[]) => ({ pwned: false, repetitionAndSequence: false, userInfo: false, words });

describe('password policy (features 2.3)', () => {
  it.each([
    ['Paper-lamp-4-river', []],
    ['short1!', ['too_short']],
    ['x1!'.repeat(86), ['too_long']],
    ['pässword-lamp-4', ['unsupported_characters']],
    ['aaaaaaaa', ['restricted.repetition']],
    ['12345678', ['restricted.sequence']],
    ['qwertyuiop', ['restricted.sequence']],
    ['poiuytrewq', ['restricted.sequence']],
    ['abcdefgh', ['restricted.sequence']],
    ['aaaa1234', ['restricted.repetition', 'restricted.sequence']],
    // Three characters beside the run are enough.
    ['12345xkp', []],
    ['123456xk', ['restricted.sequence']],
  ])('%s', (password, expected) => {
    expect(codes(password)).toEqual(expected);
  });

  it('counts the types of characters', () => {
    expect(codes('paperlampriver', { characterTypes: { min: 2 } })).toEqual(['character_types']);
    expect(codes('paperlampriver7', { characterTypes: { min: 2 } })).toEqual([]);
    expect(codes('Paperlamp-river7', { characterTypes: { min: 4 } })).toEqual([]);
  });

  it('keeps names, usernames and addresses out', () => {
    const owner = {
      name: 'Ada Lovelace',
      username: 'countess',
      primaryEmail: 'lady@example.com',
      primaryPhone: '4420123',
    };
    expect(codes('Lovelace7!', {}, owner)).toEqual(['restricted.user_info']);
    expect(codes('countess12', {}, owner)).toEqual(['restricted.user_info']);
    expect(codes('lovelace-rides-home', {}, owner)).toEqual([]);
  });

  it('keeps the tenant’s own words out', () => {
    expect(codes('Bookstore9', { rejects: rejecting(['bookstore']) })).toEqual(['restricted.words']);
    expect(codes('aaaaaaaa', { rejects: rejecting([]) })).toEqual([]);
  });
});

describe('breached passwords', () => {
  const answering = (status: number, body: string) => {
    const asked: string[] = [];
    const check = createBreachedPasswords({
      now: () => new Date(),
      egress: async (url) => {
        asked.push(String(url));
        return new Response(body, { status });
      },
    });
    return { check, asked };
  };
  // SHA-1 of `password` is 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
  const known = '1E4C9B93F3F0682250B6CF8331B7EE68FD8:52256179';

  it('tells five digits of the hash and nothing else', async () => {
    const { check, asked } = answering(200, `0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n${known}\r\n`);
    expect(await check('password')).toBe(true);
    expect(asked).toEqual(['https://api.pwnedpasswords.com/range/5BAA6']);
  });

  it('takes no padding for a find', async () => {
    expect(await answering(200, known.replace(/:\d+$/, ':0')).check('password')).toBe(false);
  });

  it('lets everything pass without the network, and does not wait for it a second time', async () => {
    const { check, asked } = answering(503, '');
    expect(await check('password')).toBe(false);
    expect(await check('password')).toBe(false);
    expect(asked).toHaveLength(1);
  });
});
