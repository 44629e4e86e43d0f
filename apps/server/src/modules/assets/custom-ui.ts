import type { FastifyInstance, FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import { extensionOf, FILE_TYPES } from './archive.ts';
import { customUiKey } from './assets.service.ts';
import type { AssetStorage } from './storage.ts';

/** Sign-in pages of the tenant's own, as far as serving them is concerned. */
export interface CustomUi {
  id: string;
  csp: { scriptSrc?: string[] | undefined; connectSrc?: string[] | undefined };
}

export interface CustomUiDependencies {
  storage: AssetStorage;
  /** Origin of the Console, which shows the pages in a frame. */
  consoleOrigin: string;
  /** The pages that a tenant shows instead of the built-in ones. */
  customUiOf(tenantId: string): Promise<CustomUi | undefined>;
  /** Names of the files, cached. */
  filesOf(tenantId: string, id: string): Promise<Readonly<Record<string, number>> | undefined>;
}

/** What stays the server's own, whatever pages a tenant has. */
const RESERVED =
  /^\/(?:api|oidc|console|account|invitation|demo-app|device-demo-app|uploads|sign-in-assets|health|metrics|\.well-known)(?:\/|$)|^\/sign-in\/preview$/;

const CACHED_BYTES = 64 * 1_048_576;
const MAX_CACHED_FILE = 4 * 1_048_576;

/** Scripts and calls only of the pages' own origin and of what the tenant names (features 2.1). */
function policyOf({ scriptSrc = [], connectSrc = [] }: CustomUi['csp'], consoleOrigin: string): string {
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...scriptSrc].join(' ')}`,
    `connect-src ${["'self'", ...connectSrc].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    `frame-ancestors 'self' ${consoleOrigin}`,
  ].join('; ');
}

/** Serves a tenant's own sign-in pages at every address that is not the server's own; unknown paths are the page's routes. */
export function mountCustomUi(http: FastifyInstance, deps: CustomUiDependencies): void {
  const cache = new LRUCache<string, Buffer>({ maxSize: CACHED_BYTES, sizeCalculation: ({ length }) => length || 1 });

  const read = async (key: string, size: number): Promise<Buffer | undefined> => {
    const known = cache.get(key);
    if (known) return known;
    const bytes = await deps.storage.get(key);
    if (bytes && size <= MAX_CACHED_FILE) cache.set(key, bytes);
    return bytes;
  };

  const send = (reply: FastifyReply, name: string, ui: CustomUi, bytes: Buffer) =>
    reply
      .removeHeader('x-frame-options')
      .headers({
        'content-type': FILE_TYPES[extensionOf(name)] ?? 'application/octet-stream',
        'content-security-policy': policyOf(ui.csp, deps.consoleOrigin),
        // Build tools put a hash into every name but the page's.
        'cache-control': name === 'index.html' ? 'no-cache' : 'public, max-age=3600',
      })
      .send(bytes);

  http.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const { pathname } = new URL(request.url, 'http://tenant');
    if (pathname === '/' || RESERVED.test(pathname)) return undefined;
    const { tenantId } = request.tenant;
    const ui = await deps.customUiOf(tenantId);
    const files = ui && (await deps.filesOf(tenantId, ui.id));
    if (!ui || !files) return undefined;
    const asked = decodePath(pathname.slice(1));
    const name = Object.hasOwn(files, asked) ? asked : 'index.html';
    // A missing script answered with a page would be an error that nobody understands.
    if (name !== asked && Object.hasOwn(FILE_TYPES, extensionOf(asked))) return undefined;
    const bytes = await read(customUiKey(tenantId, ui.id, name), files[name] ?? 0);
    return bytes && send(reply, name, ui, bytes);
  });
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
