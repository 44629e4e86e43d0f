import type Sharp from 'sharp';
import { createLane } from '../../kernel/lane.ts';
import { fail } from './assets.errors.ts';

/** An image as it is kept. */
export interface StoredImage {
  extension: keyof typeof CONTENT_TYPES;
  bytes: Buffer;
}

/** What a name's ending is served as. */
export const CONTENT_TYPES = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
} as const;

/** A picture of more pixels is a bomb: a small file that fills the memory. */
const MAX_PIXELS = 50_000_000;
/** An animation within that bound may still take half a minute to write, of the threads that passwords are hashed on. */
const TIMEOUT = { seconds: 5 };
const lane = createLane({ concurrency: 2, queue: 32 });
const MAX_ICON_BYTES = 1_048_576;
const MAX_SVG_BYTES = 1_048_576;

/** The header of an icon file: reserved, type 1, at least one picture. */
const isIcon = (bytes: Buffer): boolean =>
  bytes.length > 22 && bytes.readUInt16LE(0) === 0 && bytes.readUInt16LE(2) === 1 && bytes.readUInt16LE(4) > 0;

const ZIPPED = Buffer.from([0x1f, 0x8b]);
const mayBeSvg = (bytes: Buffer): boolean =>
  bytes.subarray(0, 2).equals(ZIPPED) || /<svg/i.test(bytes.toString('latin1', 0, 4_096));

/** What may stand before the root of an XML document (XML 1.0 §2.8); a DOCTYPE with entities of its own may not. */
const PROLOGUE: [start: string, end: string][] = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!DOCTYPE', '>'],
];

/** The attributes of an SVG's root; none where it is something else. */
function rootOf(bytes: Buffer): string {
  let text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  for (;;) {
    const opened = PROLOGUE.find(([start]) => text.startsWith(start));
    if (!opened) return /^<svg(\s[^>]*)>/.exec(text)?.[1] ?? '';
    const end = text.indexOf(opened[1]);
    if (end < 0 || (opened[0] === '<!DOCTYPE' && text.slice(0, end).includes('['))) return '';
    text = text.slice(end + opened[1].length).trimStart();
  }
}

/**
 * True for an SVG that says how large it is: otherwise it would have to be drawn to know, and groups that repeat each
 * other are drawn a million times. It is drawn nowhere here.
 */
function isBoundedSvg(bytes: Buffer): boolean {
  const root = rootOf(bytes);
  const says = (name: string, value: string) => new RegExp(`\\s${name}\\s*=\\s*["']\\s*${value}\\s*["']`).test(root);
  const size = '\\d+(?:\\.\\d+)?(?:px)?';
  return says('viewBox', '-?[\\d.]+(?:[\\s,]+-?[\\d.]+){3}') || (says('width', size) && says('height', size));
}

const refused = (cause?: unknown) => fail('guard.mime_type_not_allowed', { cause });

/** Says what it is by the bytes, and writes pictures anew: upright, and without what cameras put into them. */
export async function readImage(bytes: Buffer): Promise<StoredImage> {
  if (isIcon(bytes)) {
    if (bytes.length > MAX_ICON_BYTES) throw fail('guard.file_size_exceeded', { data: { maxBytes: MAX_ICON_BYTES } });
    return { extension: 'ico', bytes };
  }
  if (mayBeSvg(bytes) && (bytes.length > MAX_SVG_BYTES || !isBoundedSvg(bytes))) throw refused();
  // Loaded with the first picture: a server at rest has no use for it.
  const { default: sharp } = await import('sharp');
  return lane(async () => {
    try {
      const { format } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
      return await rewrite(sharp, bytes, format);
    } catch (error) {
      throw refused(error);
    }
  });
}

async function rewrite(sharp: typeof Sharp, bytes: Buffer, format: string): Promise<StoredImage> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
  const still = () => sharp(bytes, options).rotate().timeout(TIMEOUT);
  const animated = () => sharp(bytes, { ...options, animated: true }).timeout(TIMEOUT);
  switch (format) {
    case 'jpeg':
      return { extension: 'jpg', bytes: await still().jpeg({ quality: 85 }).toBuffer() };
    case 'png':
    case 'tiff':
      return { extension: 'png', bytes: await still().png().toBuffer() };
    case 'webp':
      return { extension: 'webp', bytes: await animated().webp().toBuffer() };
    case 'gif':
      return { extension: 'gif', bytes: await animated().gif().toBuffer() };
    case 'svg':
      // Kept as it is, because it must stay sharp; it is served where no script of it can run.
      return { extension: 'svg', bytes };
    default:
      throw new Error(`${format} is not taken`);
  }
}
