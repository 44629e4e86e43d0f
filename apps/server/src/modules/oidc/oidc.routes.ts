import type { Routes } from '../../kernel/operations.ts';
import type { OidcApi } from './index.ts';
import type { SigningAlgorithm } from './keys.ts';
import { deleteOidcKey, getOidcSession, listOidcKeys, rotateOidcKeys, updateOidcSession } from './oidc.contract.ts';
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

export function oidcRoutes(api: Pick<OidcApi, 'keys' | 'session'>): Routes {
  return (route) => {
    route(getOidcSession, async ({ scope }) => ({ ttl: await api.session.getTtl(scope) }));

    route(updateOidcSession, async ({ scope, body }) => {
      if (body.ttl !== undefined) await api.session.setTtl(scope, body.ttl);
      return { ttl: await api.session.getTtl(scope) };
    });

    route(listOidcKeys, async ({ scope, params }) => (await api.keys.list(scope, params.keyType)).map(toKey));

    route(rotateOidcKeys, async ({ scope, params, body }) => {
      const asked = body.signingKeyAlgorithm;
      const algorithm = asked && (FAMILY_ALGORITHM[asked] ?? (asked as SigningAlgorithm));
      const rows = await api.keys.rotate(scope, params.keyType, {
        algorithm,
        gracePeriodSeconds: body.rotationGracePeriod,
      });
      return rows.map(toKey);
    });

    route(deleteOidcKey, ({ scope, params }) => api.keys.remove(scope, params.keyType, params.keyId));
  };
}
