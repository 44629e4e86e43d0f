import type { IncomingMessage } from 'node:http';
import { parse as parseQuery, stringify as stringifyQuery } from 'node:querystring';
import { Readable } from 'node:stream';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { deviceFormIsFresh } from './policies/device-flow.ts';
import { ORGANIZATIONS_RESOURCE, ORGANIZATIONS_SCOPE } from './policies/organizations.ts';
import { withWireError } from './policies/responses.ts';

/** Largest body the protocol endpoints read, in bytes (features 1.1). */
const BODY_LIMIT = 56 * 1024;

/** The request as the engine must see it, or the reason why it must not. */
export type Prepared =
  /** `typesCode`: the code of a device is sent, by its owner or by who guesses. */
  | { ok: true; typesCode: boolean }
  | { ok: false; status: number; body: Record<string, unknown> }
  | { ok: false; location: string };

const refuse = (status: number, description: string): Prepared => ({
  ok: false,
  status,
  body: withWireError({ error: 'invalid_request', error_description: description }),
});

const hasNull = (text: string): boolean => text.includes('%00') || text.includes('\u0000') || text.includes('\\u0000');

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Several API resources in one value, `resource=a,b`, as some clients send them. */
function splitResources(values: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> {
  const { resource } = values;
  if (resource === undefined) return values;
  const list = [resource]
    .flat()
    .flatMap((value) => value.split(','))
    .filter(Boolean);
  return { ...values, resource: list.length === 1 ? list[0] : list };
}

/**
 * Asks for the reserved resource where organizations are meant and no resource is named: an organization token is
 * asked for by `organization_id` alone, and authorization for it by the scope alone (features 6.5).
 */
function nameOrganizations(path: string, values: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> {
  if (path === '/token') {
    const wanted = values.organization_id !== undefined && values.resource === undefined;
    return wanted && values.grant_type !== 'authorization_code'
      ? { ...values, resource: ORGANIZATIONS_RESOURCE }
      : values;
  }
  const scopes = [values.scope].flat().flatMap((value) => value?.split(' ') ?? []);
  const named = [values.resource].flat().filter((value) => value !== undefined);
  if (!scopes.includes(ORGANIZATIONS_SCOPE) || named.includes(ORGANIZATIONS_RESOURCE)) return values;
  return { ...values, resource: [...named, ORGANIZATIONS_RESOURCE] };
}

/**
 * The engine finds its endpoints whatever the case and with a slash behind: the rules here must know them just as well.
 * An id at the end is none of that, and is left as it is.
 */
const asTheEngineReads = (pathname: string): string =>
  pathname.replace(/(?<=.)\/$/, '').replace(/^\/[^/]+/, (endpoint) => endpoint.toLowerCase());

const normalize = (path: string, values: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> =>
  nameOrganizations(path, splitResources(values));

/** A JSON body's members as form fields: strings, numbers, booleans and lists of them. */
function formOfJson(text: string): NodeJS.Dict<string | string[]> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== null && field !== undefined)
        .map(([name, field]) => [name, Array.isArray(field) ? field.map(String) : String(field)]),
    );
  } catch {
    return undefined;
  }
}

/** Replaces the consumed body by `body`, so that the engine reads a stream as always. */
function replaceBody(request: IncomingMessage, body: Buffer): void {
  const stream = Readable.from(body.length > 0 ? [body] : []);
  Object.defineProperties(request, {
    readable: { get: () => stream.readable, configurable: true },
    iterator: { value: (options: { destroyOnReturn?: boolean }) => stream.iterator(options), configurable: true },
  });
  request.headers['content-length'] = String(body.length);
}

/**
 * Makes a request to `/oidc/…` one that the stock engine understands (clients.md 6):
 * links follow the configured endpoint and never the Host header; JSON bodies, comma-separated resources and POST to
 * the authorization and end-session endpoints are accepted; null bytes are not.
 */
export async function prepareRequest(request: IncomingMessage, address: TenantAddress): Promise<Prepared> {
  const endpoint = new URL(address.endpoint);
  const path = (request.url ?? '').replace(/^\/oidc(?=\/|\?|$)/, '') || '/';
  const [written, query] = splitOnce(path, '?');
  const pathname = asTheEngineReads(written);
  let search = query;
  let typesCode = false;
  if (hasNull(path)) return refuse(400, 'null bytes are not allowed');

  request.headers.host = endpoint.host;
  request.headers['x-forwarded-proto'] = endpoint.protocol.slice(0, -1);
  delete request.headers['x-forwarded-host'];

  if (request.method === 'POST') {
    const body = await readBody(request);
    if (!body) return refuse(413, `the request body is larger than ${BODY_LIMIT} bytes`);
    const text = body.toString('utf8');
    if (hasNull(text)) return refuse(400, 'null bytes are not allowed');
    const json = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
    const fields = json ? formOfJson(text) : parseQuery(text);
    if (!fields) return refuse(400, 'the request body is not a JSON object');
    if (pathname === '/device' && !deviceFormIsFresh(address, request.headers.cookie, fields.xsrf)) {
      // The page is opened anew, with what was typed.
      const typed = stringifyQuery({ user_code: fields.user_code });
      return { ok: false, location: `${address.endpoint}/oidc/device?${typed}` };
    }
    typesCode = pathname === '/device' && fields.user_code !== undefined;
    if (json) request.headers['content-type'] = 'application/x-www-form-urlencoded';
    if (pathname === '/auth' || pathname === '/session/end') {
      // Only a GET carries a cross-site visitor's Lax session cookie onwards.
      request.method = 'GET';
      search = stringifyQuery(normalize(pathname, { ...parseQuery(search), ...fields }));
      delete request.headers['content-type'];
      replaceBody(request, Buffer.alloc(0));
    } else {
      replaceBody(request, Buffer.from(stringifyQuery(normalize(pathname, fields))));
    }
  } else if (search) {
    search = stringifyQuery(normalize(pathname, parseQuery(search)));
  }
  request.url = search ? `${pathname}?${search}` : pathname;
  Object.assign(request, { originalUrl: `${endpoint.pathname.replace(/\/$/, '')}/oidc${request.url}` });
  return { ok: true, typesCode };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
