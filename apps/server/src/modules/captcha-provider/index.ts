import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import type { PublicCaptchaConfig } from './captcha-provider.contract.ts';
import { captchaProviderRoutes } from './captcha-provider.routes.ts';
import {
  CAPTCHA_KEY,
  CAPTCHA_TOPIC,
  type CaptchaProviderDependencies,
  createCaptchaProviderService,
} from './captcha-provider.service.ts';
import { deleteExpiredSolutions } from './captcha-provider.store.ts';
import { PROVIDER_ENDPOINTS } from './verifiers.ts';

export interface CaptchaProviderApi {
  /** Whether the tenant has one. */
  isSet(tenantId: string): Promise<boolean>;
  /** What a page needs to show it; undefined when the tenant has none. */
  publicConfig(tenantId: string): Promise<PublicCaptchaConfig | undefined>;
  /** Refuses with `session.captcha_required` or `session.captcha_failed`. Without a provider every token is good. */
  verify(scope: Scope, token: string | undefined): Promise<void>;
  /** Seals anew what a previous master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

/** The tenant's captcha: a provider's, or a proof of work of our own. */
export function createCaptchaProviderModule(
  deps: Omit<CaptchaProviderDependencies, 'endpoints'> & {
    database: DatabasePool;
    caches: Caches;
    now: () => Date;
    endpointOf(tenantId: string): string;
  },
): { routes: Routes; api: CaptchaProviderApi; jobs: Job[] } {
  const service = createCaptchaProviderService({ ...deps, endpoints: PROVIDER_ENDPOINTS });
  // That there is none is worth remembering too: every page asks.
  const cached = deps.caches.create(CAPTCHA_TOPIC, async (tenantId) => ({
    provider: await service.find(systemScope(deps, tenantId, 'load the captcha provider')),
  }));
  const configOf = async (tenantId: string) => (await cached.get(tenantId, CAPTCHA_KEY))?.provider?.config;

  return {
    routes: captchaProviderRoutes(service, configOf),
    api: {
      isSet: async (tenantId) => (await configOf(tenantId)) !== undefined,
      async publicConfig(tenantId) {
        const config = await configOf(tenantId);
        switch (config?.type) {
          case 'Turnstile':
            return { type: config.type, siteKey: config.siteKey };
          case 'RecaptchaEnterprise': {
            const { type, siteKey, domain, mode } = config;
            return { type, siteKey, ...(domain && { domain }), ...(mode && { mode }) };
          }
          case 'ProofOfWork':
            return { type: config.type, challengeUrl: `${deps.endpointOf(tenantId)}/api/captcha-challenge` };
          default:
            return undefined;
        }
      },
      async verify(scope, token) {
        const config = await configOf(scope.tenantId);
        if (config) await service.verify(scope, config, token);
      },
      reseal: service.reseal,
    },
    jobs: [
      {
        name: 'delete-spent-captchas',
        schedule: '47 * * * *',
        run: () => deleteExpiredSolutions(deps.database.forSystem('delete spent captcha solutions'), deps.now()),
      },
    ],
  };
}
