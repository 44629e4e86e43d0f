import { LRUCache } from 'lru-cache';
import type Provider from 'oidc-provider';
import type { Caches } from '../../kernel/cache.ts';
import { PROVIDER_TOPIC } from './keys.ts';
import type { LogoutNotice } from './policies/backchannel-logout.ts';

/** A built engine and the moment from which it must be built anew (a staged key takes over). */
export interface BuiltProvider {
  provider: Provider;
  handle: ReturnType<Provider['callback']>;
  sendLogoutToken(notice: LogoutNotice): Promise<void>;
  validUntil: Date | undefined;
}

/** Engines of the tenants in use. A tenant costs nothing until somebody asks for it; the least used go first. */
export interface ProviderPool {
  get(tenantId: string): Promise<BuiltProvider>;
}

const MAX_PROVIDERS = 500;

export function createProviderPool(options: {
  caches: Caches;
  build: (tenantId: string) => Promise<BuiltProvider>;
  now: () => Date;
}): ProviderPool {
  const pool = new LRUCache<string, Promise<BuiltProvider>>({ max: MAX_PROVIDERS });
  options.caches.onChange(PROVIDER_TOPIC, (tenantId) => {
    if (tenantId === '*') pool.clear();
    else pool.delete(tenantId);
  });

  const build = (tenantId: string): Promise<BuiltProvider> => {
    const building = options.build(tenantId);
    pool.set(tenantId, building);
    building.catch(() => {
      if (pool.peek(tenantId) === building) pool.delete(tenantId);
    });
    return building;
  };

  return {
    async get(tenantId) {
      const built = await (pool.get(tenantId) ?? build(tenantId));
      return built.validUntil && built.validUntil <= options.now() ? build(tenantId) : built;
    },
  };
}
