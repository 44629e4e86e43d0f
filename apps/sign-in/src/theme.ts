import type { PageFrame } from '@latchkey/server/contract';
import { type Colour, formatColour, mix, parseColour, readableOn, withContrast } from './colour.ts';

type Branding = PageFrame['branding'];

/** Everything but the brand colour, by scheme; names are public, see CUSTOM_CSS.md. */
const neutral = {
  light: {
    surface: '#ffffff',
    text: '#16181d',
    muted: '#5a6170',
    line: '#e2e5eb',
    control: '#868d9b',
    danger: '#b3261e',
    'danger-surface': '#fdf0ee',
    success: '#1a7345',
  },
  dark: {
    surface: '#191b21',
    text: '#eef0f4',
    muted: '#a4abb9',
    line: '#31353f',
    control: '#747c8c',
    danger: '#ff9a90',
    'danger-surface': '#35201f',
    success: '#6fd39c',
  },
} as const;

type Scheme = keyof typeof neutral;

const fallbackPrimary = { light: '#6139f6', dark: '#8768f8' } as const;

const shadow = {
  light: '0 1px 2px rgb(22 24 29 / 6%), 0 12px 40px -8px rgb(22 24 29 / 12%)',
  dark: '0 1px 2px rgb(0 0 0 / 40%), 0 16px 48px -8px rgb(0 0 0 / 50%)',
} as const;

function colourOf(text: string): Colour {
  const colour = parseColour(text);
  if (!colour) throw new TypeError(`Not a hexadecimal colour: ${text}`);
  return colour;
}

/** CSS variables of one scheme; every colour that carries text keeps WCAG AA with any brand colour. */
export function palette(scheme: Scheme, brandColour: string): Record<string, string> {
  const surface = colourOf(neutral[scheme].surface);
  const ink = colourOf(neutral[scheme].text);
  const primary = parseColour(brandColour) ?? colourOf(fallbackPrimary[scheme]);
  const onPrimary = readableOn(primary);
  const base = scheme === 'light' ? colourOf('#f4f5f8') : colourOf('#0f1014');
  // The canvas also carries text, on phones and below the card, so links are measured against both grounds.
  const canvas = mix(base, primary, scheme === 'light' ? 0.05 : 0.07);
  const hover = mix(primary, onPrimary[0] === 255 ? [0, 0, 0] : [255, 255, 255], 0.12);
  return {
    ...neutral[scheme],
    muted: formatColour(withContrast(colourOf(neutral[scheme].muted), [surface, canvas], 4.5)),
    primary: formatColour(primary),
    'primary-hover': formatColour(hover),
    'primary-edge': formatColour(withContrast(primary, [surface], 3)),
    'on-primary': formatColour(onPrimary),
    link: formatColour(withContrast(primary, [surface, canvas], 4.5)),
    canvas: formatColour(canvas),
    glow: formatColour(mix(canvas, primary, scheme === 'light' ? 0.1 : 0.14)),
    hover: formatColour(mix(surface, ink, 0.04)),
    shadow: shadow[scheme],
  };
}

function block(scheme: Scheme, brandColour: string): string {
  const lines = Object.entries(palette(scheme, brandColour)).map(([name, value]) => `--lk-${name}:${value}`);
  return `:root{color-scheme:${scheme};${lines.join(';')}}`;
}

/** The variables for the schemes the page may be shown in. */
export function themeCss(branding: Branding): string {
  const light = block('light', branding.primaryColor);
  const dark = block('dark', branding.darkPrimaryColor);
  if (branding.colorScheme === 'light') return light;
  if (branding.colorScheme === 'dark') return dark;
  return `${light}@media (prefers-color-scheme:dark){${dark}}`;
}

/** The colours of the browser's own frame around the page. */
export function themeColours(branding: Branding): { colour: string; media?: string }[] {
  const light = palette('light', branding.primaryColor).canvas ?? '';
  const dark = palette('dark', branding.darkPrimaryColor).canvas ?? '';
  if (branding.colorScheme === 'light') return [{ colour: light }];
  if (branding.colorScheme === 'dark') return [{ colour: dark }];
  return [
    { colour: light, media: '(prefers-color-scheme: light)' },
    { colour: dark, media: '(prefers-color-scheme: dark)' },
  ];
}

/** The operator's CSS, unable to end the style element it stands in; `\/` is the same as `/` to CSS. */
export function customCss(css: string): string {
  return css.replace(/<\/(?=style)/gi, '<\\/');
}
