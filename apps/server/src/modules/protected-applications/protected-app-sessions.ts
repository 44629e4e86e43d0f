import { secretValue } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import type { ApplicationHost } from '../domains/index.ts';
import * as store from './protected-app-sessions.store.ts';

/** Cookies of ours at the host of a protected application; the app behind never sees them. */
const SESSION = 'latchkey-app-session';
const BROWSER = 'latchkey-app-browser';

const isEncrypted = ({ endpoint }: ApplicationHost): boolean => endpoint.startsWith('https:');

/** The prefix makes browsers refuse a cookie that another host of the same domain has planted (RFC 6265bis §4.1.3.2). */
const nameAt = (host: ApplicationHost, base: string): string => (isEncrypted(host) ? `__Host-${base}` : base);

/** True for what neither goes to the app nor comes from it. */
export const isOwnCookie = (name: string): boolean => /^(__Host-)?latchkey-app-/i.test(name);

export interface HostCookie {
  /** Undefined too when there are two of the name: one of them was planted. */
  read(cookies: string | undefined): string | undefined;
  line(value: string, seconds: number): string;
}

function hostCookie(host: ApplicationHost, base: string): HostCookie {
  const name = nameAt(host, base);
  return {
    read(cookies = '') {
      const found = cookies
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${name}=`));
      const value = found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
      return value && /^[0-9A-Za-z]{32}$/.test(value) ? value : undefined;
    },
    line: (value, seconds) =>
      `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isEncrypted(host) ? '; Secure' : ''}`,
  };
}

/** The cookie by which a browser is known that signs in. */
export const browserCookie = (host: ApplicationHost): HostCookie => hostCookie(host, BROWSER);
const sessionCookie = (host: ApplicationHost): HostCookie => hostCookie(host, SESSION);

const keyOf = (host: ApplicationHost, value: string): store.SessionKey => ({
  tenantId: host.tenantId,
  id: hashSecret(value),
  applicationId: host.applicationId,
  host: host.domain,
});

/** Browsers that are signed in at a host. What they hold is a random value, good at this host and application alone. */
export const protectedAppSessions = {
  /** Answers the cookie's line; the session that the browser had ends. */
  async begin(
    scope: Scope,
    host: ApplicationHost,
    cookies: string | undefined,
    who: Pick<store.SessionRow, 'userId' | 'sessionUid' | 'grantHash' | 'signedInAt'>,
    seconds: number,
  ): Promise<string> {
    await this.end(scope, host, cookies);
    const value = secretValue();
    const expiresAt = new Date(scope.now.getTime() + seconds * 1000);
    await store.insertSession(scope.db, { ...keyOf(host, value), ...who, expiresAt });
    return sessionCookie(host).line(value, seconds);
  },

  async find(scope: Scope, host: ApplicationHost, cookies: string | undefined): Promise<store.SessionRow | undefined> {
    const value = sessionCookie(host).read(cookies);
    return value === undefined ? undefined : store.findSession(scope.db, keyOf(host, value), scope.now);
  },

  /** Answers the line that takes the cookie away. */
  async end(scope: Scope, host: ApplicationHost, cookies: string | undefined): Promise<string> {
    const value = sessionCookie(host).read(cookies);
    if (value !== undefined) await store.deleteSession(scope.db, keyOf(host, value));
    return sessionCookie(host).line('', 0);
  },
};
