import { LRUCache } from 'lru-cache';
import type Provider from 'oidc-provider';
import type { Caches } from '../../kernel/cache.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { PROVIDER_TOPIC } from './keys.ts';
import type { LogoutNotice } from './policies/backchannel-logout.ts';

/** A built engine and the moment from which it must be built anew (a staged key takes over). */
export interface BuiltProvider {
  provider: Provider;
  handle: ReturnType<Provider['callback']>;
  sendLogoutToken(notice: LogoutNotice): Promise<void>;
  validUntil: Date | undefined;
}

/** Engines of the tenants in use, one for each address that a tenant is asked at: the issuer is part of it. A tenant costs nothing until somebody asks for it; the least used go first. */
export interface ProviderPool {
  /** At the address that the tenant is asked at, or at another one of its own. */
  get(tenantId: string, address?: TenantAddress): Promise<BuiltProvider>;
}

const MAX_PROVIDERS = 500;

export function createProviderPool(options: {
  caches: Caches;
  addressOf(tenantId: string): TenantAddress;
  build: (address: TenantAddress) => Promise<BuiltProvider>;
  now: () => Date;
}): ProviderPool {
  const pool = new LRUCache<string, Promise<BuiltProvider>>({ max: MAX_PROVIDERS });
  options.caches.onChange(PROVIDER_TOPIC, (tenantId) => {
    if (tenantId === '*') pool.clear();
    else for (const key of [...pool.keys()]) if (key.startsWith(`${tenantId} `)) pool.delete(key);
  });

  const build = (key: string, address: TenantAddress): Promise<BuiltProvider> => {
    const building = options.build(address);
    pool.set(key, building);
    building.catch(() => {
      if (pool.peek(key) === building) pool.delete(key);
    });
    return building;
  };

  return {
    async get(tenantId, address = options.addressOf(tenantId)) {
      const key = `${tenantId} ${address.endpoint}`;
      const built = await (pool.get(key) ?? build(key, address));
      return built.validUntil && built.validUntil <= options.now() ? build(key, address) : built;
    },
  };
}
