import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

/** The tenant that holds the operators and signs them in to the Console. */
export const ADMIN_TENANT = 'admin';
/** The tenant that answers at the root of the endpoint. */
export const DEFAULT_TENANT = 'default';

const PATH_PREFIX = /^\/t\/([a-z0-9][a-z0-9-]{0,20})(?=\/|$|\?)/;

/** Where a request belongs, and the public address its answers must carry. */
export interface TenantAddress {
  tenantId: string;
  /** Public URL of the tenant, without a trailing slash: `https://id.example.com` or `https://id.example.com/t/acme`. */
  endpoint: string;
  /** Path part of the endpoint: empty, or `/t/acme`. */
  basePath: string;
  /** The domain of the tenant's own that was asked, if it was one. */
  domain?: string;
}

/** How tenants are found: by configuration alone; forwarded headers count only when the operator trusts the proxy. */
export interface Addressing {
  /** ENDPOINT, possibly with a wildcard as its first host label. */
  endpoint: string;
  adminEndpoint: string | undefined;
  trustProxy: boolean;
}

/** The public address of a tenant, for links and for the provider's issuer. */
export function addressOf(addressing: Addressing, tenantId: string): TenantAddress {
  const { endpoint, adminEndpoint } = addressing;
  if (tenantId === ADMIN_TENANT && adminEndpoint) return { tenantId, endpoint: adminEndpoint, basePath: '' };
  if (endpoint.includes('*') && tenantId !== ADMIN_TENANT) {
    return { tenantId, endpoint: endpoint.replace('*', tenantId), basePath: '' };
  }
  const base = endpoint.replace('*.', '');
  if (tenantId === DEFAULT_TENANT)
    return { tenantId, endpoint: base, basePath: new URL(base).pathname.replace(/\/$/, '') };
  return { tenantId, endpoint: `${base}/t/${tenantId}`, basePath: `/t/${tenantId}` };
}

/** The address of a tenant at a domain of its own: with the scheme and the port of ENDPOINT. */
export function addressOfDomain({ endpoint }: Addressing, tenantId: string, domain: string): TenantAddress {
  const { protocol, port } = new URL(endpoint.replace('*.', ''));
  return { tenantId, endpoint: `${protocol}//${domain}${port && `:${port}`}`, basePath: '', domain };
}

/** The host of an address, without its port; undefined for what is no address. */
export const hostnameOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).hostname : undefined;

const asked = new AsyncLocalStorage<TenantAddress>();

/** Runs what answers a request, with the address that was asked at hand for `addressInUse`. */
export const answerAt = (address: TenantAddress, work: () => void): void => asked.run(address, work);

/**
 * The address that links, cookies and issuers carry: the one that the tenant was asked at, which may be a domain of
 * its own, or where no request is answered the one that ENDPOINT gives.
 */
export function addressInUse(addressing: Addressing, tenantId: string): TenantAddress {
  const here = asked.getStore();
  return here?.tenantId === tenantId ? here : addressOf(addressing, tenantId);
}

/** Splits `/t/acme/sign-in?x` into the tenant and the path that the routes know. */
export function splitTenantPath(url: string): { tenantId: string | undefined; url: string } {
  const match = PATH_PREFIX.exec(url);
  if (!match) return { tenantId: undefined, url };
  const rest = url.slice(match[0].length);
  return { tenantId: match[1], url: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The origin a request came to, as the browser saw it. */
export function requestOrigin(request: IncomingMessage, addressing: Addressing): string {
  const forwarded = (name: string): string | undefined => {
    const value = addressing.trustProxy ? request.headers[name] : undefined;
    return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
  };
  const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true;
  const protocol = forwarded('x-forwarded-proto') ?? (encrypted ? 'https' : 'http');
  const host = forwarded('x-forwarded-host') ?? request.headers.host ?? '';
  return `${protocol}://${host}`;
}

/** The tenant named by the host: the admin endpoint's, or the first label under a wildcard endpoint. */
export function tenantByOrigin(origin: string, addressing: Addressing): string | undefined {
  if (addressing.adminEndpoint && origin === new URL(addressing.adminEndpoint).origin) return ADMIN_TENANT;
  if (!addressing.endpoint.includes('*')) return undefined;
  const [before = '', after = ''] = new URL(addressing.endpoint.replace('*', 'wildcard')).origin.split('wildcard');
  if (!origin.startsWith(before) || !origin.endsWith(after)) return undefined;
  const label = origin.slice(before.length, origin.length - after.length);
  return /^[a-z0-9][a-z0-9-]{0,20}$/.test(label) ? label : undefined;
}

/** True for every origin that ENDPOINT and ADMIN_ENDPOINT stand for. */
export function isOwnOrigin(origin: string, addressing: Addressing): boolean {
  if (tenantByOrigin(origin, addressing) !== undefined) return true;
  // URL normalises what people write: the default port, capital letters.
  return URL.canParse(origin) && new URL(origin).origin === new URL(addressing.endpoint.replace('*.', '')).origin;
}
