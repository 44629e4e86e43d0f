import { createHash, randomBytes } from 'node:crypto';
import { secretValue } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret, type SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { type ProtectedApplication, protectedCallbackPath } from '../applications/index.ts';
import type { ApplicationHost } from '../domains/index.ts';
import type { OidcApi } from '../oidc/index.ts';
import { browserCookie } from './protected-app-sessions.ts';

/** What comes back with the browser; sealed, so that nobody but this server reads it or makes one. */
interface Entry {
  codeVerifier: string;
  /** Path and query at the host. */
  next: string;
  startedAt: number;
}

/** As long as a sign-in may take. */
const ENTRY_SECONDS = 3600;
/** A longer one makes a request that proxies refuse; the visitor then comes to the first page. */
const MAX_NEXT = 2048;

export const ownScopes = ['openid', 'profile', 'email', 'phone'];

/** Scopes that the application asks for. */
export const scopesFor = ({ settings }: ProtectedApplication): string[] => [
  ...ownScopes,
  ...(settings.additionalScopes ?? []),
];

/** A path of the host itself, whatever it looks like: it is put behind the host's address, and nothing else. */
const ownPath = (next: string): string => (next.startsWith('/') && next.length <= MAX_NEXT ? next : '/');

/** Bound to the tenant, the application, the host and the browser: whoever else brings it cannot open it. */
const purposeOf = ({ tenantId, applicationId, domain }: ApplicationHost, browser: string): string =>
  `protected-entry:${tenantId}:${applicationId}:${domain}:${hashSecret(browser)}`;

export type Entries = ReturnType<typeof createEntries>;

/** Signing in at the host of a protected application: OpenID Connect with PKCE against our own protocol engine. */
export function createEntries(deps: {
  secretBox: SecretBox;
  redeemCode: OidcApi['redeemCode'];
  primaryAddress(scope: Scope): Promise<TenantAddress>;
}) {
  const open = (host: ApplicationHost, browser: string, state: string): Entry | undefined => {
    try {
      return JSON.parse(deps.secretBox.open(state, purposeOf(host, browser))) as Entry;
    } catch {
      // Somebody else's, tampered with, or sealed by a key that is gone.
      return undefined;
    }
  };
  const callbackOf = ({ endpoint }: ApplicationHost): string => `${endpoint}${protectedCallbackPath}`;

  return {
    /** Where the browser goes to sign in and come back to `next`, and the cookie that it is known by then. */
    async begin(
      scope: Scope,
      host: ApplicationHost,
      application: ProtectedApplication,
      { cookies, next, firstScreen }: { cookies: string | undefined; next: string; firstScreen?: 'register' },
    ): Promise<{ location: string; cookie: string }> {
      // The same for all tabs, so that each of them comes back.
      const browser = browserCookie(host).read(cookies) ?? secretValue();
      const codeVerifier = randomBytes(32).toString('base64url');
      const entry: Entry = { codeVerifier, next: ownPath(next), startedAt: scope.now.getTime() };
      const { endpoint } = await deps.primaryAddress(scope);
      const query = new URLSearchParams({
        client_id: host.applicationId,
        redirect_uri: callbackOf(host),
        response_type: 'code',
        scope: scopesFor(application).join(' '),
        state: deps.secretBox.seal(JSON.stringify(entry), purposeOf(host, browser)),
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...(firstScreen && { first_screen: firstScreen }),
      });
      return { location: `${endpoint}/oidc/auth?${query}`, cookie: browserCookie(host).line(browser, ENTRY_SECONDS) };
    },

    /** Who came back by this request, and where to; spends the code. */
    async finish(scope: Scope, host: ApplicationHost, cookies: string | undefined, query: URLSearchParams) {
      const browser = browserCookie(host).read(cookies);
      const entry = browser === undefined ? undefined : open(host, browser, query.get('state') ?? '');
      // RFC 6749 §10.12: an answer to a request that this browser did not make, or made long ago.
      if (!entry || entry.startedAt < scope.now.getTime() - ENTRY_SECONDS * 1000) return undefined;
      const signedIn = await deps.redeemCode(scope, {
        code: query.get('code') ?? '',
        clientId: host.applicationId,
        redirectUri: callbackOf(host),
        codeVerifier: entry.codeVerifier,
      });
      return signedIn && { signedIn, location: `${host.endpoint}${ownPath(entry.next)}` };
    },
  };
}
