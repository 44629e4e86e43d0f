import { describe, expect, test } from 'vitest';
import { missingFields, type ProfileField, readFieldValues } from './field-values.ts';

const field = (name: string, type: ProfileField['type'], config: ProfileField['config'] = {}, required = false) => ({
  name,
  type,
  config,
  required,
});
const read = (fields: ProfileField[], given: Record<string, unknown>) => readFieldValues(fields, given);
const issue = (one: ProfileField, value: unknown) => read([one], { [one.name]: value }).issues[0]?.code;

test('claims, name and avatar go to their places, everything else into custom data', () => {
  const fields = [
    field('nickname', 'Text'),
    field('name', 'Text'),
    field('avatar', 'Url'),
    field('team', 'Text'),
    field('age', 'Number'),
    field('newsletter', 'Checkbox'),
  ];
  const given = {
    nickname: ' Al ',
    name: 'Alice',
    avatar: 'https://a.example/a.png',
    team: 'Blue',
    age: '42',
    newsletter: 'on',
    role: 'admin',
  };
  expect(read(fields, given)).toEqual({
    values: {
      name: 'Alice',
      avatar: 'https://a.example/a.png',
      profile: { nickname: 'Al' },
      customData: { team: 'Blue', age: 42, newsletter: true },
    },
    issues: [],
  });
});

test('an address is one claim, a full name several; their parts stand below the name or beside it', () => {
  const part = (name: string, required = false) => ({ enabled: true, name, type: 'Text' as const, required });
  const fields = [
    field('address', 'Address', { parts: [part('country', true), { ...part('region'), enabled: false }] }),
    field('fullname', 'Fullname', { parts: [part('givenName', true), part('familyName')] }),
  ];
  expect(
    read(fields, { address: { country: 'JP', region: 'Kanto' }, givenName: 'Hana', familyName: 'Sato' }).values.profile,
  ).toEqual({ address: { country: 'JP' }, givenName: 'Hana', familyName: 'Sato' });
  expect(read(fields, {}).issues).toEqual([
    { field: 'address.country', code: 'profile_field.required' },
    { field: 'fullname.givenName', code: 'profile_field.required' },
  ]);
});

describe('refuses', () => {
  test.each([
    [field('a', 'Text', {}, true), '', 'required'],
    [field('a', 'Text', { minLength: 3 }), 'ab', 'too_short'],
    [field('a', 'Text', { maxLength: 2 }), 'abc', 'too_long'],
    [field('a', 'Number'), 'many', 'not_a_number'],
    [field('a', 'Number', { minValue: 1 }), '0', 'too_small'],
    [field('a', 'Number', { maxValue: 1 }), 2, 'too_large'],
    [field('a', 'Date', { format: 'yyyy-MM-dd' }), '2026-02-30', 'not_a_date'],
    [field('a', 'Select', { options: [{ value: 'x' }] }), 'y', 'not_an_option'],
    [field('a', 'Url'), 'javascript:alert(1)', 'not_a_url'],
    [field('a', 'Regex', { format: '\\d{3}' }), '1234', 'not_in_format'],
  ] as const)('%o %j', (one, value, code) => {
    expect(issue(one, value)).toBe(`profile_field.${code}`);
  });
});

test('a pattern that backtracks for ever is cut short', () => {
  const begun = performance.now();
  expect(issue(field('a', 'Regex', { format: '(a+)+b' }), 'a'.repeat(40))).toBe('profile_field.not_in_format');
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('a date is kept in the field’s format, whatever the browser sent', () => {
  const date = (config: ProfileField['config'], value: string) =>
    read([field('a', 'Date', config)], { a: value }).values.customData.a;
  expect(date({ format: 'dd/MM/yyyy' }, '2026-11-24')).toBe('24/11/2026');
  expect(date({ format: 'dd/MM/yyyy' }, '24/11/2026')).toBe('24/11/2026');
  expect(date({ format: 'Custom', customFormat: 'yyyy.MM.dd' }, '2026-11-24')).toBe('2026.11.24');
  expect(date({ format: 'Custom', customFormat: 'EEEE' }, '2026-11-24')).toBe('2026-11-24');
});

test('what is required and not filled in yet is asked for again', () => {
  const fields = [
    field('nickname', 'Text', {}, true),
    field('team', 'Text', {}, true),
    field('hobby', 'Text'),
    field('address', 'Address', {
      parts: [{ enabled: true, name: 'country', type: 'Text' as const, required: true }],
    }),
  ];
  const user = { profile: { nickname: 'Al', address: {} }, customData: {} };
  expect(missingFields(fields, user).map(({ name }) => name)).toEqual(['team', 'address']);
});
