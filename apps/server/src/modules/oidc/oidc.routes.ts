import type { Routes } from '../../kernel/operations.ts';
import type { OidcApi } from './index.ts';
import type { SigningAlgorithm } from './keys.ts';
import * as contract from './oidc.contract.ts';
import type { KeyRow } from './oidc.store.ts';

/** The wire's two families stand for the algorithm that each begins with. */
const FAMILY_ALGORITHM: Record<string, SigningAlgorithm> = { EC: 'ES256', RSA: 'RS256' };

const toKey = (row: KeyRow) => ({
  id: row.id,
  createdAt: row.createdAt.getTime(),
  status: row.status,
  ...(row.algorithm !== null && {
    signingAlgorithm: row.algorithm as SigningAlgorithm,
    signingKeyAlgorithm: row.algorithm.startsWith('ES') ? ('EC' as const) : ('RSA' as const),
  }),
  ...(row.activatesAt && { effectiveAt: row.activatesAt.getTime() }),
});

export function oidcRoutes(api: Pick<OidcApi, 'keys' | 'settings'>): Routes {
  return (route) => {
    route(contract.getOidcSession, ({ scope }) => api.settings.get(scope, 'oidc.session'));

    route(contract.updateOidcSession, ({ scope, body }) =>
      body.ttl === undefined
        ? api.settings.get(scope, 'oidc.session')
        : api.settings.change(scope, 'oidc.session', { ttl: body.ttl }),
    );

    route(contract.getIdTokenConfig, ({ scope }) => api.settings.get(scope, 'oidc.idToken'));

    route(contract.replaceIdTokenConfig, ({ scope, body }) =>
      api.settings.change(scope, 'oidc.idToken', { enabledExtendedClaims: body.enabledExtendedClaims ?? [] }),
    );

    route(contract.getCimdConfig, ({ scope }) => api.settings.get(scope, 'cimd'));

    route(contract.updateCimdConfig, ({ scope, body }) =>
      body.enabled === undefined
        ? api.settings.get(scope, 'cimd')
        : api.settings.change(scope, 'cimd', { enabled: body.enabled }),
    );

    route(contract.listOidcKeys, async ({ scope, params }) => (await api.keys.list(scope, params.keyType)).map(toKey));

    route(contract.rotateOidcKeys, async ({ scope, params, body }) => {
      const asked = body.signingKeyAlgorithm;
      const algorithm = asked && (FAMILY_ALGORITHM[asked] ?? (asked as SigningAlgorithm));
      const rows = await api.keys.rotate(scope, params.keyType, {
        algorithm,
        gracePeriodSeconds: body.rotationGracePeriod,
      });
      return rows.map(toKey);
    });

    route(contract.deleteOidcKey, ({ scope, params }) => api.keys.remove(scope, params.keyType, params.keyId));
  };
}
