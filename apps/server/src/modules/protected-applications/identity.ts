import { LRUCache } from 'lru-cache';
import type { Scope } from '../../kernel/scope.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { AccessControlApi } from '../access-control/index.ts';
import type { ProtectedApplication } from '../applications/index.ts';
import type { OidcApi } from '../oidc/index.ts';
import { scopesFor } from './entry.ts';
import type { SessionRow } from './protected-app-sessions.store.ts';

/** A change of the user, of roles or of the access rules reaches the app within this time; sessions end at once. */
const FRESH_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** What the app is told of who is there. */
export interface Identity {
  headers: Readonly<Record<string, string>>;
}

export type Identities = ReturnType<typeof createIdentities>;

/** Whoever is signed in, as the app behind is told: an ID token, and plain headers for apps that read no tokens. */
export function createIdentities(deps: {
  now: () => Date;
  issueIdentityToken: OidcApi['issueIdentityToken'];
  accessControl: AccessControlApi;
  primaryAddress(scope: Scope): Promise<TenantAddress>;
}) {
  const remembered = new LRUCache<string, { identity: Identity; until: number; basis: object }>({
    max: MAX_REMEMBERED,
  });

  const mayEnter = async (scope: Scope, application: ProtectedApplication, userId: string): Promise<boolean> => {
    const { client } = application;
    if (!client.appLevelAccessControlEnabled) return true;
    if (await deps.accessControl.mayEnter(scope, client.id, userId)) return true;
    await deps.accessControl.recordRefusal(scope, client.id, userId, 'protected-application');
    return false;
  };

  const make = async (scope: Scope, application: ProtectedApplication, session: SessionRow) => {
    const { userId, signedInAt } = session;
    if (!(await mayEnter(scope, application, userId))) return undefined;
    const issued = await deps.issueIdentityToken(scope, {
      clientId: application.client.id,
      userId,
      scopes: scopesFor(application),
      signedInAt,
      address: await deps.primaryAddress(scope),
    });
    return issued && { headers: { 'logto-id-token': issued.token, ...plainHeaders(userId, issued.claims) } };
  };

  return {
    /** Undefined for somebody whom the application does not let in any more. */
    async of(scope: Scope, application: ProtectedApplication, session: SessionRow): Promise<Identity | undefined> {
      const key = `${session.tenantId} ${session.id}`;
      const now = deps.now().getTime();
      const known = remembered.get(key);
      // The application as it was read: a change of its settings makes the identity anew.
      if (known && known.until > now && known.basis === application.settings) return known.identity;
      const identity = await make(scope, application, session);
      if (identity) remembered.set(key, { identity, until: now + FRESH_MS, basis: application.settings });
      else remembered.delete(key);
      return identity;
    },
  };
}

/** Header values are ASCII (RFC 9110 §5.5); what is not stands in the token alone. */
const isPlain = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);

/** By the names that web apps know from other proxies of this kind. */
function plainHeaders(userId: string, claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const known = {
    'x-forwarded-user': userId,
    'x-forwarded-email': claims.email,
    'x-forwarded-preferred-username': claims.username,
  };
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, string] => isPlain(entry[1])));
}
