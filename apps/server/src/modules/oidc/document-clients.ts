import { LRUCache } from 'lru-cache';
import { errors } from 'oidc-provider';
import { z } from 'zod';
import { type Egress, EgressError } from '../../kernel/egress.ts';
import { CLIENT_EXTRA_PROPERTIES, type ClientRecord } from './policies/clients.ts';
import { redirectUriProblem } from './policies/redirect-uris.ts';

/** Bounds of a client id metadata document (draft-ietf-oauth-client-id-metadata-document §4, features 1.10). */
const MAX_URL = 2048;
const MAX_BYTES = 5120;
const TIMEOUT_MS = 5000;
const MIN_AGE_MS = 30_000;
const MAX_AGE_MS = 86_400_000;
const MAX_CLIENTS = 500;

/** Members that would give a stranger a secret, or settings that are the tenant's to make. */
const FORBIDDEN = new Set<string>([
  'client_secret',
  'client_secret_expires_at',
  'registration_access_token',
  'registration_client_uri',
  ...CLIENT_EXTRA_PROPERTIES,
]);

const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/;

const uris = z.array(z.string().max(MAX_URL)).max(50);
const documentSchema = z.object({
  client_id: z.string(),
  client_name: z.string().trim().min(1).max(128).optional(),
  application_type: z.enum(['web', 'native']).optional(),
  redirect_uris: uris.min(1),
  post_logout_redirect_uris: uris.optional(),
  token_endpoint_auth_method: z.literal('none').optional(),
  id_token_signed_response_alg: z.string().optional(),
});

const refuse = (why: string) => new errors.InvalidClient(why, why);

/** True for a client id that is the address of a document: no registered application's id has a colon. */
export const isDocumentId = (clientId: string): boolean => /^https?:/i.test(clientId);

/** The host that vouches for such a client. */
export const hostOfDocument = (clientId: string): string | undefined =>
  isDocumentId(clientId) && URL.canParse(clientId) ? new URL(clientId).host : undefined;

/** §3: https, a path, nothing that parsers read differently, and written as everybody would write it. */
function checkAddress(id: string): void {
  const url = id.length <= MAX_URL && URL.canParse(id) ? new URL(id) : undefined;
  const isPlain = url?.protocol === 'https:' && !url.username && !url.password && !url.search && !id.includes('#');
  if (!url || !isPlain || url.pathname === '/' || url.href !== id || id.includes('?') || /%2e|%2f|%5c/i.test(id)) {
    throw refuse('the client_id is not an https URL with a path, and without query, fragment and credentials');
  }
}

/** How long an answer may be kept (RFC 9111 §5.2), within our bounds. */
function ageOf(headers: Headers): number {
  const control = headers.get('cache-control') ?? '';
  const seconds = /(?:^|,)\s*max-age\s*=\s*(\d+)/i.exec(control)?.[1];
  const asked = seconds === undefined || /no-store|no-cache/i.test(control) ? 0 : Number(seconds) * 1000;
  return Math.min(MAX_AGE_MS, Math.max(MIN_AGE_MS, asked));
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through: what is no JSON is no object either.
  }
  throw refuse('the metadata document is not a JSON object');
}

/** The client that a document describes. Grants, response types, scopes and authentication are not its to choose. */
function toRecord(id: string, document: Record<string, unknown>, algorithms: readonly string[]): ClientRecord {
  const forbidden = Object.keys(document).find((name) => FORBIDDEN.has(name));
  if (forbidden) throw refuse(`the metadata document must not contain ${forbidden}`);
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) {
    const { path = [] } = parsed.error.issues[0] ?? {};
    throw refuse(`the metadata document has no usable ${path.join('.') || 'content'}`);
  }
  const { data } = parsed;
  if (data.client_id !== id) throw refuse('the metadata document names another client_id');
  if (data.id_token_signed_response_alg && !algorithms.includes(data.id_token_signed_response_alg)) {
    throw refuse('ID tokens cannot be signed with the algorithm that the metadata document asks for');
  }
  const postLogout = data.post_logout_redirect_uris ?? [];
  if ([...data.redirect_uris, ...postLogout].some((uri) => redirectUriProblem(uri))) {
    throw refuse('the metadata document has a redirect URI that may not be used');
  }
  const isNative = data.application_type === 'native' || data.redirect_uris.some((uri) => LOOPBACK.test(uri));
  return {
    id,
    name: data.client_name ?? new URL(id).host,
    type: isNative ? 'Native' : 'SPA',
    isThirdParty: true,
    appLevelAccessControlEnabled: false,
    oidcClientMetadata: { redirectUris: data.redirect_uris, postLogoutRedirectUris: postLogout },
    customClientMetadata: {},
    secrets: [],
  };
}

/** Clients that introduce themselves by a document at their id, fetched when asked for and kept for a while. */
export function createDocumentClients(deps: { egress: Egress; algorithms: readonly string[] }) {
  const kept = new LRUCache<string, ClientRecord>({ max: MAX_CLIENTS });
  // Many requests for a client that is not known yet make one of the document.
  const underWay = new Map<string, Promise<ClientRecord>>();

  const load = async (id: string): Promise<ClientRecord> => {
    const headers = { accept: 'application/json' };
    const answer = await deps.egress(id, { headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }).catch((error) => {
      if (error instanceof EgressError) throw refuse('the metadata document of the client could not be read');
      throw error;
    });
    if (answer.status !== 200) throw refuse('the metadata document of the client could not be read');
    const record = toRecord(id, parse(await answer.text()), deps.algorithms);
    kept.set(id, record, { ttl: ageOf(answer.headers) });
    return record;
  };

  return async (id: string): Promise<ClientRecord> => {
    checkAddress(id);
    const known = kept.get(id);
    if (known) return known;
    const loading = underWay.get(id) ?? load(id).finally(() => underWay.delete(id));
    underWay.set(id, loading);
    return loading;
  };
}
