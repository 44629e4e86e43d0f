import { Badge, type CSSVariablesResolver, createTheme, type MantineColorsTuple, Menu, Modal } from '@mantine/core';

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

/** Greys of the dark scheme, with a breath of the house colour. */
const dark: MantineColorsTuple = [
  '#dfe5e2',
  '#bcc6c1',
  '#a3b0aa',
  '#8a9791',
  '#3f4a45',
  '#2e3633',
  '#232927',
  '#1b201e',
  '#131716',
  '#0c0f0e',
];

export const theme = createTheme({
  colors: { door, brass, dark },
  primaryColor: 'door',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  fontFamily:
    'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.625rem', lineHeight: '1.3' } } },
  components: {
    // Inside the landmark that it belongs to, and without the hidden place for the focus that Mantine puts among its
    // entries: the focus goes to the menu itself, and the arrow keys lead on from there.
    Menu: Menu.extend({ defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } }),
    // Mantine's dialog has a <header>, which would be read out as a second banner of the page.
    Modal: Modal.extend({
      defaultProps: { attributes: { header: { role: 'presentation' } } },
      styles: {
        title: { fontWeight: 650, fontSize: '1.0625rem', lineHeight: 1.35, minWidth: 0, overflowWrap: 'anywhere' },
      },
    }),
    // In a narrow column a badge takes a second line rather than lose its end.
    Badge: Badge.extend({
      defaultProps: { tt: 'none', fw: 600 },
      styles: {
        root: { height: 'auto', minHeight: 'var(--badge-height)' },
        label: { whiteSpace: 'normal', overflow: 'visible' },
      },
    }),
  },
});

/** Grounds and lines of our own, and greys with the contrast that WCAG 2.2 §1.4.3 asks for. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--console-ground': '#f6f7f6',
    '--console-surface': '#ffffff',
    '--console-line': '#e1e6e3',
    '--console-quiet': '#55625c',
    '--mantine-color-dimmed': '#55625c',
    '--mantine-color-placeholder': '#68756f',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-outline': '#c92a2a',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#9a3412',
  },
  dark: {
    '--console-ground': '#131716',
    '--console-surface': '#1b201e',
    '--console-line': '#303835',
    '--console-quiet': '#a3b0aa',
    '--mantine-color-dimmed': '#a3b0aa',
    '--mantine-color-placeholder': '#8a9791',
    '--mantine-color-error': '#ffa8a8',
    '--mantine-color-gray-filled': '#5f676e',
    '--mantine-color-red-filled': '#e03131',
    '--mantine-color-red-filled-hover': '#c92a2a',
    // Grounds of what is to be noticed: a breath of the colour, not a sheet of it.
    '--mantine-color-yellow-light': 'rgb(230 178 74 / 14%)',
    '--mantine-color-yellow-light-color': '#f3c766',
    '--mantine-color-orange-light': 'rgb(247 144 85 / 14%)',
    '--mantine-color-orange-light-color': '#ffb285',
    '--mantine-color-red-light': 'rgb(250 82 82 / 14%)',
    '--mantine-color-red-light-hover': 'rgb(250 82 82 / 20%)',
    '--mantine-color-blue-light': 'rgb(77 171 247 / 14%)',
    '--mantine-color-blue-light-color': '#91c9ff',
    // What takes something away is red here too; Mantine's own shade is next to white.
    '--mantine-color-red-light-color': '#ff8787',
  },
});
