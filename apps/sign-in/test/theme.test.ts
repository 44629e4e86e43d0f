import { describe, expect, it } from 'vitest';
import { type Colour, contrast, parseColour } from '../src/colour.ts';
import { palette } from '../src/theme.ts';

const brands = ['#6139f6', '#000000', '#ffffff', '#ffff00', '#ff7a00', '#00ff00', '#808080', '#0b5d4d', '#f3c766'];

function ratio(variables: Record<string, string>, first: string, second: string): number {
  const [one, other] = [first, second].map((name) => parseColour(variables[name] ?? '')) as [Colour, Colour];
  return contrast(one, other);
}

describe.each(['light', 'dark'] as const)('the %s palette keeps WCAG AA', (scheme) => {
  it.each(brands)('with the brand colour %s', (brand) => {
    const variables = palette(scheme, brand);
    const text = [
      ['text', 'surface'],
      ['text', 'canvas'],
      ['text', 'hover'],
      ['muted', 'surface'],
      ['muted', 'canvas'],
      ['link', 'surface'],
      ['link', 'canvas'],
      ['on-primary', 'primary'],
      ['on-primary', 'primary-hover'],
      ['danger', 'surface'],
      ['danger', 'danger-surface'],
      ['success', 'surface'],
    ] as const;
    const shapes = [
      ['control', 'surface'],
      ['primary-edge', 'surface'],
    ] as const;
    for (const [one, other] of text)
      expect(ratio(variables, one, other), `${one} on ${other}`).toBeGreaterThanOrEqual(4.5);
    for (const [one, other] of shapes)
      expect(ratio(variables, one, other), `${one} by ${other}`).toBeGreaterThanOrEqual(3);
  });
});

describe('parseColour', () => {
  it('reads short, long and translucent hexadecimal colours and nothing else', () => {
    expect(parseColour('#fa0')).toEqual([255, 170, 0]);
    expect(parseColour('#FFAA00')).toEqual([255, 170, 0]);
    expect(parseColour('#ffaa0080')).toEqual([255, 170, 0]);
    for (const text of ['red', '#ff', '#gggggg', '#ffaa00;}', '']) expect(parseColour(text)).toBeNull();
  });
});
