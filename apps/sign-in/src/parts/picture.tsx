import { usePage } from '../page-context.ts';
import { imageUrl } from '../urls.ts';

interface PictureProps {
  light: string | undefined;
  dark: string | undefined;
  alt: string;
  class?: string;
  width?: number;
  height: number;
}

/** A picture with a variant for the dark scheme; nothing when its address is not one a picture may come from. */
export function Picture({ light, dark, alt, width, height, class: className }: PictureProps) {
  const scheme = usePage().frame.branding.colorScheme;
  const forLight = imageUrl(light) ?? imageUrl(dark);
  const forDark = imageUrl(dark) ?? forLight;
  if (!forLight) return null;
  const src = scheme === 'dark' ? forDark : forLight;
  return (
    <picture>
      {scheme === 'system' && forDark !== forLight && <source srcset={forDark} media="(prefers-color-scheme: dark)" />}
      <img class={className} src={src} alt={alt} width={width} height={height} decoding="async" />
    </picture>
  );
}
