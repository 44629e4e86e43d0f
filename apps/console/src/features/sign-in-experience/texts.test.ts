import { describe, expect, it } from 'vitest';
import { flatten, unflatten } from './texts.ts';

describe('texts', () => {
  it('come back as they went', () => {
    const texts = { action: { sign_in: 'Go', more: { deep: 'Deeper' } }, title: 'Hello' };
    expect(unflatten(Object.fromEntries(flatten(texts)))).toEqual(texts);
  });

  it('that are empty are left out with their group', () => {
    expect(unflatten({ 'action.sign_in': '', title: 'Hello' })).toEqual({ title: 'Hello' });
  });
});
