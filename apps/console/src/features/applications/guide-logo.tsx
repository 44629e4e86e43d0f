import { useComputedColorScheme } from '@mantine/core';
import type { GuideLogo as Logo } from '../../guides/guide.types.ts';

/** Perceived brightness from 0 to 255, enough to tell a logo that would vanish on its ground. */
function brightness(hex: string): number {
  const value = Number.parseInt(hex, 16);
  return 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 255) + 0.114 * (value & 255);
}

/** A framework's logo in its own colour, or in the text's where that could not be seen. */
export function GuideLogo({ logo, size = 24 }: { logo: Logo; size?: number }) {
  const scheme = useComputedColorScheme('light');
  const light = brightness(logo.hex);
  const visible = scheme === 'dark' ? light > 95 : light < 215;
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill={visible ? `#${logo.hex}` : 'currentColor'}
      aria-hidden="true"
      focusable="false"
    >
      <path d={logo.path} />
    </svg>
  );
}
