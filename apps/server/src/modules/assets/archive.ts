import { setImmediate } from 'node:timers/promises';
import { RequestError } from '../../kernel/errors.ts';
import { fail } from './assets.errors.ts';

/** What a page of one's own may consist of, by the names' endings; anything else would be served as nobody knows what. */
export const FILE_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  wasm: 'application/wasm',
};

const MAX_FILES = 1_000;
const MAX_BYTES = 100 * 1_048_576;

export const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';

const refuse = (details: string, cause?: unknown) => fail('storage.invalid_archive', { details, cause });

/** Zips come with what an operating system adds. */
const isClutter = (name: string): boolean =>
  name.endsWith('/') || /(^|\/)(__MACOSX|\.git)(\/|$)|(^|\/)(\.DS_Store|Thumbs\.db)$/.test(name);

function checkName(name: string): void {
  const parts = name.split('/');
  if (name.length > 256 || !/^[\w .@~+()[\]/-]+$/u.test(name) || parts.some((part) => /^\.{0,2}$/.test(part))) {
    throw refuse(`${name.slice(0, 256)}: not a name that a page can have`);
  }
  if (!Object.hasOwn(FILE_TYPES, extensionOf(name))) throw refuse(`${name}: files of this kind are not served`);
}

/** A build folder may lie in the zip as a whole: then its name is left out. */
function withoutFolder(names: readonly string[]): string {
  const folder = names[0]?.includes('/') ? `${names[0].split('/')[0]}/` : '';
  return folder && names.every((name) => name.startsWith(folder)) ? folder : '';
}

/** The last record of every zip: what has none is something else, or was cut off. */
const END_OF_DIRECTORY = Buffer.from('PK\x05\x06');

/** Bytes of the zip that are looked at before others have their turn; they may become a thousand times as many. */
const SLICE = 16_384;

/**
 * Unpacks a zip within its bounds, which count what comes out: nothing is believed of what the zip says of itself.
 * It is read from its beginning, so that no two files can be made of the same bytes.
 */
async function unpack(bytes: Buffer): Promise<Map<string, Uint8Array>> {
  const { Unzip, UnzipInflate } = await import('fflate');
  const unpacked = new Map<string, Uint8Array>();
  let size = 0;
  let begun = 0;
  const unzip = new Unzip((file) => {
    if (isClutter(file.name)) return;
    const chunks: Uint8Array[] = [];
    begun += 1;
    if (begun > MAX_FILES) throw refuse(`more than ${MAX_FILES} files`);
    file.ondata = (error, chunk, isLast) => {
      // The library gives a refusal that was thrown here back as an error.
      if (error) throw error;
      size += chunk.length;
      if (size > MAX_BYTES) throw refuse(`more than ${MAX_BYTES / 1_048_576} MB unpacked`);
      chunks.push(chunk);
      if (isLast) unpacked.set(file.name, Buffer.concat(chunks));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += SLICE) {
    unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    await setImmediate();
  }
  if (unpacked.size < begun) throw refuse('a file is cut off, or is there twice');
  return unpacked;
}

/** The files of a zip, by their names. */
export async function readArchive(bytes: Buffer): Promise<Map<string, Uint8Array>> {
  if (bytes.lastIndexOf(END_OF_DIRECTORY) < 0) throw refuse('the file is not a zip');
  const unpacked = await unpack(bytes).catch((error: unknown) => {
    throw error instanceof RequestError ? error : refuse('the file is not a zip', error);
  });
  const names = [...unpacked.keys()];
  const folder = withoutFolder(names);
  const files = new Map(names.map((name) => [name.slice(folder.length), unpacked.get(name) as Uint8Array]));
  for (const name of files.keys()) checkName(name);
  if (!files.has('index.html')) throw refuse('index.html: is missing');
  return files;
}
