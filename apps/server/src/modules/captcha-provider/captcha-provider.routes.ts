import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as contract from './captcha-provider.contract.ts';
import { fail } from './captcha-provider.errors.ts';
import type { CaptchaProvider, CaptchaProviderService } from './captcha-provider.service.ts';

const toWire = (scope: Scope, provider: CaptchaProvider) => ({
  tenantId: scope.tenantId,
  id: provider.id,
  config: provider.config,
  createdAt: provider.createdAt.getTime(),
  updatedAt: provider.updatedAt.getTime(),
});

export function captchaProviderRoutes(
  service: CaptchaProviderService,
  configOf: (tenantId: string) => Promise<contract.CaptchaConfig | undefined>,
): Routes {
  return (route) => {
    route(contract.getCaptchaProvider, async ({ scope, query, reply }) => {
      const provider = await service.find(scope);
      if (provider) return toWire(scope, provider);
      if (!query.optional) throw fail('entity.not_found');
      reply.code(204);
    });
    route(contract.putCaptchaProvider, async ({ scope, body }) => toWire(scope, await service.set(scope, body.config)));
    route(contract.deleteCaptchaProvider, ({ scope }) => service.remove(scope));

    route(contract.createCaptchaChallenge, async ({ scope, reply }) => {
      const config = await configOf(scope.tenantId);
      if (config?.type !== 'ProofOfWork') throw fail('entity.not_found');
      reply.header('cache-control', 'no-store');
      const { algorithm, challenge, maxnumber, salt, signature } = await service.challenge(scope, config);
      return { algorithm, challenge, maxnumber: maxnumber as number, salt, signature };
    });
  };
}
