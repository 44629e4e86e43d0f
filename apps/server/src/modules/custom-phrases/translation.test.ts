import { expect, test } from 'vitest';
import { mergeTexts, unknownPaths } from './translation.ts';

const builtIn = { signIn: { title: 'Sign in', scopes: { email: 'Your address' } }, back: 'Back' };

test('names what the pages would never show, at any depth', () => {
  const translation = {
    signIn: { title: 'Hello', scopes: { phone: 'x' }, other: 'x' },
    back: { deep: 'x' },
    more: 'x',
  };
  expect(unknownPaths(translation, builtIn)).toEqual(['signIn.scopes.phone', 'signIn.other', 'back', 'more']);
});

test('what every object has is no text', () => {
  expect(unknownPaths(JSON.parse('{"toString":"x","__proto__":{"polluted":"x"}}'), builtIn)).toEqual([
    'toString',
    '__proto__',
  ]);
});

test('takes the tenant’s texts and keeps the rest; an empty one counts as not written', () => {
  expect(mergeTexts(builtIn, { signIn: { title: 'Hello', scopes: { email: '' } } })).toEqual({
    signIn: { title: 'Hello', scopes: { email: 'Your address' } },
    back: 'Back',
  });
});

test('a text never takes the place of a group, nor a group that of a text', () => {
  expect(mergeTexts(builtIn, { signIn: 'x', back: { deep: 'x' } })).toEqual(builtIn);
});
