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
  if (!(extensionOf(name) in FILE_TYPES)) throw refuse(`${name}: files of this kind are not served`);
}

/** A build folder may lie in the zip as a whole: then its name is left out. */
function withoutFolder(names: readonly string[]): string {
  const folder = names[0]?.includes('/') ? `${names[0].split('/')[0]}/` : '';
  return folder && names.every((name) => name.startsWith(folder)) ? folder : '';
}

/** Unpacks a zip within its bounds, which count what comes out; nothing is believed of what the zip says of itself. */
export async function readArchive(bytes: Buffer): Promise<Map<string, Uint8Array>> {
  const { unzip } = await import('fflate');
  const unpacked = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    let files = 0;
    let size = 0;
    unzip(
      bytes,
      {
        filter: ({ name, originalSize }) => {
          if (isClutter(name)) return false;
          files += 1;
          size += originalSize;
          return files <= MAX_FILES && size <= MAX_BYTES;
        },
      },
      (error, data) => {
        if (error) reject(refuse('the file is not a zip', error));
        else if (files > MAX_FILES) reject(refuse(`more than ${MAX_FILES} files`));
        else if (size > MAX_BYTES) reject(refuse(`more than ${MAX_BYTES / 1_048_576} MB unpacked`));
        else resolve(data);
      },
    );
  });
  const names = Object.keys(unpacked);
  const folder = withoutFolder(names);
  const files = new Map(names.map((name) => [name.slice(folder.length), unpacked[name] as Uint8Array]));
  for (const name of files.keys()) checkName(name);
  if (!files.has('index.html')) throw refuse('index.html: is missing');
  return files;
}
