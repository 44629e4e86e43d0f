import type Sharp from 'sharp';
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
const MAX_ICON_BYTES = 1_048_576;
const MAX_SVG_BYTES = 1_048_576;

/** The header of an icon file: reserved, type 1, at least one picture. */
const isIcon = (bytes: Buffer): boolean =>
  bytes.length > 22 && bytes.readUInt16LE(0) === 0 && bytes.readUInt16LE(2) === 1 && bytes.readUInt16LE(4) > 0;

const refused = (cause?: unknown) => fail('guard.mime_type_not_allowed', { cause });

/** Says what it is by the bytes, and writes pictures anew: upright, and without what cameras put into them. */
export async function readImage(bytes: Buffer): Promise<StoredImage> {
  if (isIcon(bytes)) {
    if (bytes.length > MAX_ICON_BYTES) throw fail('guard.file_size_exceeded', { data: { maxBytes: MAX_ICON_BYTES } });
    return { extension: 'ico', bytes };
  }
  // Loaded with the first picture: a server at rest has no use for it.
  const { default: sharp } = await import('sharp');
  try {
    const { format } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
    return await rewrite(sharp, bytes, format);
  } catch (error) {
    throw refused(error);
  }
}

async function rewrite(sharp: typeof Sharp, bytes: Buffer, format: string): Promise<StoredImage> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
  const still = () => sharp(bytes, options).rotate();
  switch (format) {
    case 'jpeg':
      return { extension: 'jpg', bytes: await still().jpeg({ quality: 85 }).toBuffer() };
    case 'png':
    case 'tiff':
      return { extension: 'png', bytes: await still().png().toBuffer() };
    case 'webp':
      return {
        extension: 'webp',
        bytes: await sharp(bytes, { ...options, animated: true })
          .webp()
          .toBuffer(),
      };
    case 'gif':
      return {
        extension: 'gif',
        bytes: await sharp(bytes, { ...options, animated: true })
          .gif()
          .toBuffer(),
      };
    case 'svg':
      // Kept as it is, because it must stay sharp; it is served where no script of it can run.
      if (bytes.length > MAX_SVG_BYTES) throw new Error('the SVG is too large');
      await sharp(bytes, options).resize(16).png().toBuffer();
      return { extension: 'svg', bytes };
    default:
      throw new Error(`${format} is not taken`);
  }
}
