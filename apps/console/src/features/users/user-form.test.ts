import type { User } from '@latchkey/server/contract';
import { expect, test } from 'vitest';
import { isJsonObject } from '../../components/json-object.ts';
import { generatePassword } from './generate-password.ts';
import { toFormValues, toPatch } from './user-form.ts';

const hana: User = {
  id: 'u1',
  username: 'hana',
  primaryEmail: null,
  primaryPhone: null,
  name: 'Hana',
  avatar: null,
  customData: { plan: 'pro' },
  identities: {},
  lastSignInAt: null,
  createdAt: 0,
  updatedAt: 0,
  profile: { givenName: 'Hana', address: { locality: 'Kyoto' } },
  applicationId: null,
  cimdClientId: null,
  isSuspended: false,
};

test('a form that nobody touched sends the user as it is', () => {
  expect(toPatch(toFormValues(hana))).toEqual({
    username: 'hana',
    primaryEmail: null,
    primaryPhone: null,
    name: 'Hana',
    avatar: null,
    customData: { plan: 'pro' },
    profile: { givenName: 'Hana', address: { locality: 'Kyoto' } },
  });
});

test('an emptied address is left out of the profile, an emptied name is removed', () => {
  const values = toFormValues(hana);
  const patch = toPatch({ ...values, name: ' ', address: { ...values.address, locality: '' } });
  expect(patch.name).toBeNull();
  expect(patch.profile).toEqual({ givenName: 'Hana' });
});

test('custom data is an object and nothing else', () => {
  expect(['{}', '', '{"a":[1]}'].map(isJsonObject)).toEqual([true, true, true]);
  expect(['[]', 'null', '1', '{'].map(isJsonObject)).toEqual([false, false, false, false]);
});

test('generated passwords have 16 characters and differ', () => {
  const made = new Set(Array.from({ length: 100 }, generatePassword));
  expect(made.size).toBe(100);
  for (const password of made) expect(password).toMatch(/^[\w-]{16}$/);
});
