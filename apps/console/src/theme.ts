import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The house colour, a green-black like old door paint, from tint to ink. */
const door: MantineColorsTuple = [
  '#edf7f4',
  '#d8ece6',
  '#aed8cc',
  '#80c3b0',
  '#5bb299',
  '#3d9c82',
  '#25836b',
  '#136c57',
  '#0b5d4d',
  '#064539',
];

/** The key's brass, for highlights only: it is too light to carry white text. */
const brass: MantineColorsTuple = [
  '#fdf7e7',
  '#f9ecca',
  '#f6dc9b',
  '#f3c766',
  '#e6b24a',
  '#d59b2f',
  '#b98322',
  '#93671a',
  '#6f4e16',
  '#4e3710',
];

export const theme = createTheme({
  colors: { door, brass },
  primaryColor: 'door',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  fontFamily:
    'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.625rem', lineHeight: '1.3' } } },
});
