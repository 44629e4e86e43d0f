import type { KoaContextWithOIDC } from 'oidc-provider';
import type { TenantAddress } from '../../../kernel/tenancy.ts';

/** Lifetime of an interaction and of its cookie, in seconds. */
export const INTERACTION_TTL = 3600;

/** Cookies of a tenant that shares its host with others carry its id, so that two tenants' cookies never meet. */
export function cookieNames({ basePath, tenantId }: Pick<TenantAddress, 'basePath' | 'tenantId'>) {
  const suffix = basePath ? `_${tenantId}` : '';
  return {
    session: `_session${suffix}`,
    interaction: `_interaction${suffix}`,
    resume: `_interaction_resume${suffix}`,
    /** Read by hosted pages of one's own, which send it back with a device's code. */
    deviceXsrf: `_logto_device_flow_xsrf${suffix}`,
  };
}

/** Reads one cookie of a request. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const text = part.trim();
    if (text.startsWith(`${name}=`)) return text.slice(name.length + 1);
  }
  return undefined;
}

/** At most this many sign-ins side by side in one browser; the oldest is forgotten. */
const MAX_INTERACTIONS = 10;

/** The interactions under way in a browser: client id → interaction id (clients.md 1.7). */
export function readInteractions(header: string | undefined, name: string): Record<string, string> {
  const value = readCookie(header, name);
  if (!value) return {};
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(value));
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

/**
 * Replaces the engine's interaction cookie, which knows one sign-in at a time, by one that holds all of them.
 * The ids are unguessable and worthless without the engine's own signed cookie for the return, so it needs no signature.
 */
export function rememberInteractions(address: TenantAddress) {
  const { interaction: name } = cookieNames(address);
  const secure = address.endpoint.startsWith('https:') ? '; Secure' : '';
  const attributes = `Path=${address.basePath || '/'}; Max-Age=${INTERACTION_TTL}; HttpOnly; SameSite=Lax${secure}`;

  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const cookies = [ctx.res.getHeader('set-cookie') ?? []].flat().map(String);
    const started = ctx.oidc?.entities.Interaction;
    if (!started || !cookies.some((cookie) => cookie.startsWith(`${name}=`))) return;
    const clientId = String(started.params.client_id);
    const { [clientId]: _, ...others } = readInteractions(ctx.req.headers.cookie, name);
    const kept = Object.entries({ ...others, [clientId]: started.uid }).slice(-MAX_INTERACTIONS);
    const value = encodeURIComponent(JSON.stringify(Object.fromEntries(kept)));
    const rest = cookies.filter((cookie) => !cookie.startsWith(`${name}=`) && !cookie.startsWith(`${name}.sig=`));
    ctx.res.setHeader('set-cookie', [...rest, `${name}=${value}; ${attributes}`]);
  };
}
