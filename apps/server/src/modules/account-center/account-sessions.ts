import { secretValue } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret, type SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { accountPaths } from './account-center.paths.ts';
import * as store from './account-sessions.store.ts';
import type { ReturnTo } from './account-sessions.table.ts';

export type { ReturnTo } from './account-sessions.table.ts';

/** A day: who comes back later is signed in again by the session of the protocol, mostly without a question. */
const LIFETIME_MS = 86_400_000;

/** What is half done in a browser. */
export type Task =
  | { kind: 'verify'; channel: 'email' | 'phone'; recipient: string; recordId: string; sentAt: number }
  | { kind: 'address'; channel: 'email' | 'phone'; value: string; recordId: string; sentAt: number }
  | { kind: 'totp'; secret: string; secretQrCode: string }
  | { kind: 'passkey'; recordId: string }
  | { kind: 'social'; connectorId: string; state: string; recordId: string; replace: boolean }
  /** A token's value, until it has been shown once. */
  | { kind: 'token'; name: string; value: string };

/** A browser that is signed in to the account center. */
export interface AccountSession {
  /** Hash of the cookie's value. */
  id: string;
  userId: string;
  sessionUid: string;
  /** The proof of ownership that was given in it a moment ago. */
  proof: string | undefined;
  task: Task | undefined;
  returnTo: ReturnTo | undefined;
}

export type AccountSessions = ReturnType<typeof createAccountSessions>;

/** Cookies of the account center: seen by its pages alone, and by no other tenant's. */
function cookieLine(address: TenantAddress, name: string, value: string, seconds: number): string {
  const secure = address.endpoint.startsWith('https:') ? '; Secure' : '';
  const path = `${address.basePath}${accountPaths.home}`;
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

const nameFor = (base: string, { basePath, tenantId }: TenantAddress): string =>
  basePath ? `${base}_${tenantId}` : base;

function readCookie(scope: Scope, name: string): string | undefined {
  const parts = (scope.headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** A cookie of the account center. */
export function accountCookie(base: string) {
  return {
    read: (scope: Scope, address: TenantAddress) => readCookie(scope, nameFor(base, address)),
    set: (scope: Scope, address: TenantAddress, value: string, seconds: number) =>
      scope.setCookie(cookieLine(address, nameFor(base, address), value, seconds)),
    remove: (scope: Scope, address: TenantAddress) =>
      scope.setCookie(cookieLine(address, nameFor(base, address), '', 0)),
  };
}

const cookie = accountCookie('_account');

/** Browsers at the account center. What they hold is a random value; everything else stays on the server. */
export function createAccountSessions(deps: {
  secretBox: SecretBox;
  /** Whether the session of the protocol still lives and is still the user's. */
  isSignedIn(scope: Scope, userId: string, sessionUid: string): Promise<boolean>;
}) {
  const purposeOf = (scope: Scope, id: string) => `account-task:${scope.tenantId}:${id}`;

  /** What was sealed by a master key that is gone is as good as never begun. */
  const openTask = (scope: Scope, { id, taskSealed }: store.SessionRow): Task | undefined => {
    if (!taskSealed) return undefined;
    try {
      return JSON.parse(deps.secretBox.open(taskSealed, purposeOf(scope, id))) as Task;
    } catch {
      return undefined;
    }
  };

  const keyOf = (scope: Scope, id: string) => ({ tenantId: scope.tenantId, id });

  return {
    /** Signs the browser in, under a value that nobody could have planted; the session it had ends. */
    async begin(scope: Scope, address: TenantAddress, who: { userId: string; sessionUid: string }): Promise<void> {
      const before = cookie.read(scope, address);
      if (before) await store.deleteSession(scope.db, keyOf(scope, hashSecret(before)));
      const value = secretValue();
      await store.insertSession(scope.db, {
        ...keyOf(scope, hashSecret(value)),
        ...who,
        proofId: null,
        proofExpiresAt: null,
        taskSealed: null,
        returnTo: null,
        createdAt: scope.now,
        expiresAt: new Date(scope.now.getTime() + LIFETIME_MS),
      });
      cookie.set(scope, address, value, LIFETIME_MS / 1000);
    },

    async find(scope: Scope, address: TenantAddress): Promise<AccountSession | undefined> {
      const value = cookie.read(scope, address);
      const row = value && (await store.findSession(scope.db, keyOf(scope, hashSecret(value)), scope.now));
      if (!row || !(await deps.isSignedIn(scope, row.userId, row.sessionUid))) return undefined;
      const { proofId, proofExpiresAt, returnTo } = row;
      return {
        id: row.id,
        userId: row.userId,
        sessionUid: row.sessionUid,
        proof: proofId && proofExpiresAt && proofExpiresAt > scope.now ? proofId : undefined,
        task: openTask(scope, row),
        returnTo: returnTo && returnTo.expiresAt > scope.now.getTime() ? returnTo : undefined,
      };
    },

    async end(scope: Scope, address: TenantAddress): Promise<void> {
      const value = cookie.read(scope, address);
      if (value) await store.deleteSession(scope.db, keyOf(scope, hashSecret(value)));
      cookie.remove(scope, address);
    },

    keepProof: (scope: Scope, session: AccountSession, proof: { id: string; expiresAt: Date }): Promise<void> =>
      store.updateSession(scope.db, keyOf(scope, session.id), {
        proofId: proof.id,
        proofExpiresAt: proof.expiresAt,
        taskSealed: null,
      }),

    keepTask: (scope: Scope, session: AccountSession, task: Task | undefined): Promise<void> =>
      store.updateSession(scope.db, keyOf(scope, session.id), {
        taskSealed: task ? deps.secretBox.seal(JSON.stringify(task), purposeOf(scope, session.id)) : null,
      }),

    keepReturn: (scope: Scope, session: AccountSession, returnTo: ReturnTo | null): Promise<void> =>
      store.updateSession(scope.db, keyOf(scope, session.id), { returnTo }),
  };
}
