import { describe, expect, it } from 'vitest';
import { deriveDarkColor } from './dark-color.ts';

describe('deriveDarkColor', () => {
  it('keeps a colour that is light enough', () => {
    expect(deriveDarkColor('#7fc4b2')).toBe('#7fc4b2');
  });

  it('tints a dark colour until it can be read', () => {
    const tint = deriveDarkColor('#0b5d4d');
    expect(tint).toMatch(/^#[0-9a-f]{6}$/);
    expect(Number.parseInt(tint.slice(3, 5), 16)).toBeGreaterThan(0x5d);
  });

  it('understands short notation and black', () => {
    expect(deriveDarkColor('#fff')).toBe('#ffffff');
    expect(deriveDarkColor('#000')).toMatch(/^#([0-9a-f]{2})\1\1$/);
  });
});
