import type { PageFrame } from '@latchkey/server/contract';

const imageData = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml|x-icon|vnd\.microsoft\.icon)[;,]/i;

/** A path on this very origin: browsers read `//host`, `/\host` and, as they drop tabs, `/<tab>/host` as another one. */
const ownPath = /^\/(?![/\\])\S*$/;

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
}

/** The URL if a picture may be loaded from it, else undefined. */
export function imageUrl(url: string | undefined): string | undefined {
  return url && (ownPath.test(url) || imageData.test(url) || isWebAddress(url)) ? url : undefined;
}

/** The URL if a person may be sent there, else undefined: no `javascript:`, no `data:`. */
export function linkUrl(url: string | undefined): string | undefined {
  return url && (ownPath.test(url) || isWebAddress(url)) ? url : undefined;
}

/** A path of this tenant and this flow. */
export function flowPath(frame: PageFrame, path: string): string {
  return `${frame.basePath}${path}${frame.appId ? `?app_id=${encodeURIComponent(frame.appId)}` : ''}`;
}
