/** Red, green and blue, each 0 to 255. */
export type Colour = readonly [number, number, number];

export const black: Colour = [0, 0, 0];
export const white: Colour = [255, 255, 255];

/** Reads `#rgb`, `#rrggbb` or `#rrggbbaa` (without its alpha); anything else is null, so no other CSS gets through. */
export function parseColour(text: string): Colour | null {
  const digits = /^#([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i.exec(text.trim())?.[1];
  if (!digits) return null;
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const channel = (at: number) => Number.parseInt(full.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

export function formatColour(colour: Colour): string {
  return `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` of the second colour, 0 to 1, in the first. */
export function mix(first: Colour, second: Colour, share: number): Colour {
  const channel = (at: 0 | 1 | 2) => first[at] + (second[at] - first[at]) * share;
  return [channel(0), channel(1), channel(2)];
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: Colour): number {
  const linear = (channel: number) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
export function contrast(first: Colour, second: Colour): number {
  const [darker, lighter] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Black or white, whichever reads better on the colour; one of them always has at least 4.5:1. */
export function readableOn(colour: Colour): Colour {
  // White is preferred where both would do, because buttons in brand colours are expected to have white text.
  if (contrast(colour, white) >= 4.5) return white;
  return black;
}

/** The colour, moved towards black or white until it has the ratio against every ground given. */
export function withContrast(colour: Colour, grounds: readonly Colour[], ratio: number): Colour {
  const towards = grounds.every((ground) => contrast(ground, black) > contrast(ground, white)) ? black : white;
  for (let share = 0; share < 1; share += 0.04) {
    const candidate = mix(colour, towards, share);
    // Judged as it will be written, in whole channels.
    const written = candidate.map(Math.round) as unknown as Colour;
    if (grounds.every((ground) => contrast(written, ground) >= ratio)) return written;
  }
  return towards;
}
