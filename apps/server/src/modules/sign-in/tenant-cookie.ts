import type { TenantAddress } from '../../kernel/tenancy.ts';

/** The header line of a cookie of this tenant that scripts do not see. `seconds` of 0 removes it. */
export function tenantCookie(
  { basePath, endpoint }: Pick<TenantAddress, 'basePath' | 'endpoint'>,
  { name, value, seconds }: { name: string; value: string; seconds: number },
): string {
  const secure = endpoint.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=${basePath || '/'}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
