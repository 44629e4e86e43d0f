import { describe, expect, it } from 'vitest';
import { overrideErrors, toOverride, toOverrideValues } from './override-form.ts';

const texts = { color: 'a colour', url: 'an address' };
const nothing = toOverrideValues({ color: {}, branding: {}, customCss: null });

describe('what an application or an organization has of its own', () => {
  it('is nothing while every field is empty', () => {
    expect(toOverride(nothing)).toEqual({ color: {}, branding: {}, customCss: null });
  });

  it('comes back as it was stored', () => {
    const stored = {
      color: { primaryColor: '#0b5d4d', isDarkModeEnabled: false },
      branding: { logoUrl: 'https://acme.example/logo.svg' },
      customCss: 'body { color: red }',
    };
    expect(toOverride(toOverrideValues(stored))).toEqual(stored);
  });

  it('is without spaces around it', () => {
    expect(toOverride({ ...nothing, favicon: ' https://acme.example/i.png ', darkMode: 'on' })).toMatchObject({
      color: { isDarkModeEnabled: true },
      branding: { favicon: 'https://acme.example/i.png' },
    });
  });

  it.each([
    [{ primaryColor: 'green' }, { primaryColor: 'a colour' }],
    [{ darkPrimaryColor: '#12' }, { darkPrimaryColor: 'a colour' }],
    [{ logoUrl: 'logo.svg' }, { logoUrl: 'an address' }],
    [{ favicon: 'javascript:alert(1)' }, { favicon: 'an address' }],
    [{ primaryColor: '#abc', logoUrl: 'https://acme.example/logo.svg' }, {}],
  ])('%j is answered with %j', (changed, errors) => {
    expect(overrideErrors({ ...nothing, ...changed }, texts)).toEqual(errors);
  });
});
