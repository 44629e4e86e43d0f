import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { secretValue } from '../../kernel/ids.ts';
import { equalSecrets } from '../../kernel/secrets.ts';
import { ACCOUNT_CENTER_CLIENT } from '../applications/index.ts';
import { pageRequestHeader } from '../sign-in/sign-in.paths.ts';
import type { PageDependencies } from './account-center.dependencies.ts';
import { fail } from './account-center.errors.ts';
import { accountPaths } from './account-center.paths.ts';
import { type AccountSessions, accountCookie } from './account-sessions.ts';
import { ownPath } from './return-address.ts';
import type { Screens } from './screens.ts';
import { queryOf } from './visits.ts';

/** What the browser keeps while its user signs in, sealed: nobody but the server reads it or makes one. */
interface Entry {
  state: string;
  codeVerifier: string;
  next: string;
}

/** As long as a sign-in may take. */
const ENTRY_SECONDS = 3600;
const entryCookie = accountCookie('_account_entry');
const purposeOf = (tenantId: string) => `account-entry:${tenantId}`;

/** Sends the browser on, by a redirect or, where the pages' script asked, by telling it. */
export function leadTo(request: FastifyRequest, reply: FastifyReply, url: string): FastifyReply {
  reply.header('cache-control', 'no-store');
  if (request.headers[pageRequestHeader] !== undefined) return reply.send({ redirectTo: url });
  return reply.redirect(url, 303);
}

export type Entries = ReturnType<typeof createEntries>;

/** Signing in to the account center: by OpenID Connect with PKCE, as the built-in client, with no token handed out. */
export function createEntries(deps: PageDependencies) {
  const callbackOf = (request: FastifyRequest) => `${request.tenant.endpoint}${accountPaths.callback}`;

  return {
    /** Lets the user sign in, and come back to `next`. */
    begin(request: FastifyRequest, reply: FastifyReply, next: string): FastifyReply {
      const { tenantId, endpoint } = request.tenant;
      const entry: Entry = { state: secretValue(), codeVerifier: randomBytes(32).toString('base64url'), next };
      const sealed = deps.secretBox.seal(JSON.stringify(entry), purposeOf(tenantId));
      entryCookie.set(deps.makeScope(request), request.tenant, sealed, ENTRY_SECONDS);
      const { ui_locales } = queryOf(request);
      const query = new URLSearchParams({
        client_id: ACCOUNT_CENTER_CLIENT,
        redirect_uri: callbackOf(request),
        response_type: 'code',
        scope: 'openid',
        state: entry.state,
        code_challenge: createHash('sha256').update(entry.codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...(ui_locales && { ui_locales }),
      });
      return leadTo(request, reply, `${endpoint}/oidc/auth?${query}`);
    },

    /** Who came back by this request, and where to; spends the code and what the browser kept. */
    async finish(request: FastifyRequest): Promise<{ userId: string; sessionUid: string; next: string } | undefined> {
      const scope = deps.makeScope(request);
      const entry = readEntry(deps, entryCookie.read(scope, request.tenant), request.tenant.tenantId);
      entryCookie.remove(scope, request.tenant);
      const { state = '', code = '' } = queryOf(request);
      // RFC 6749 §10.12: an answer to a request that this browser did not make.
      if (!entry || !equalSecrets(entry.state, state)) return undefined;
      const signedIn = await deps.oidc.redeemCode(scope, {
        code,
        clientId: ACCOUNT_CENTER_CLIENT,
        redirectUri: callbackOf(request),
        codeVerifier: entry.codeVerifier,
      });
      return signedIn && { ...signedIn, next: ownPath(entry.next) ?? accountPaths.home };
    },
  };
}

function readEntry(
  { secretBox }: Pick<PageDependencies, 'secretBox'>,
  sealed: string | undefined,
  tenantId: string,
): Entry | undefined {
  if (!sealed) return undefined;
  try {
    return JSON.parse(secretBox.open(sealed, purposeOf(tenantId))) as Entry;
  } catch {
    // Tampered with, or sealed by a key that is gone.
    return undefined;
  }
}

/** The way in and the way out. */
export function mountEntry(
  http: FastifyInstance,
  {
    deps,
    entries,
    sessions,
    screens,
  }: { deps: PageDependencies; entries: Entries; sessions: AccountSessions; screens: Screens },
): void {
  http.get(accountPaths.callback, async (request, reply) => {
    const { error } = queryOf(request);
    const found = error === undefined ? await entries.finish(request) : undefined;
    if (!found) throw fail('session.not_found');
    await sessions.begin(deps.makeScope(request), request.tenant, found);
    return reply.header('cache-control', 'no-store').redirect(`${request.tenant.basePath}${found.next}`, 303);
  });

  http.get(accountPaths.signedOut, (request, reply) => screens.outside(request, reply, { page: 'account-signed-out' }));
}
