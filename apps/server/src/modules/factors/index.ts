import type { FastifyInstance } from 'fastify';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Factor, FactorType, UserConfig, UserConfigChange } from './factors.contract.ts';
import { relatedOriginsPath } from './factors.paths.ts';
import { type FactorsRoutesDependencies, factorsRoutes, toFactors } from './factors.routes.ts';
import { createFactorsService, type FactorsService, type FactorsServiceDependencies } from './factors.service.ts';
import { mergeFactors } from './merge-factors.ts';
import { recoveryLinks } from './recovery-links.ts';
import { deleteExpired } from './trusted-devices.store.ts';
import { trustedDevices } from './trusted-devices.ts';
import { changeUserConfig } from './user-config.ts';

export { toTrustedDevice } from './factors.routes.ts';
export type { BoundFactors, FactorOwner } from './factors.service.ts';
export type { NewPasskey } from './passkeys.ts';
export { readUserConfig } from './user-config.ts';

/** Second factors, for the sign-in engine and for the user's own account pages. Nothing here counts tries: the doors do. */
export interface FactorsApi extends Omit<FactorsService, 'relyingParty'> {
  trustedDevices: typeof trustedDevices;
  recoveryLinks: typeof recoveryLinks;
  changeUserConfig(scope: Scope, userId: string, change: UserConfigChange): Promise<UserConfig>;
  /** The user's second factors as the wire shows them, those of the address and the number included. */
  listOf(scope: Scope, userId: string): Promise<Factor[]>;
  /** Kinds of the user's second factors: those that are bound, and the addresses that the tenant sends codes to. */
  kindsOf(scope: Scope, userId: string): Promise<FactorType[]>;
  /** Whether there is anything to prove by that is no first factor; codes that are left count, too (features 6.5). */
  hasSecondFactor(scope: Scope, userId: string): Promise<boolean>;
  /** Gives a user's factors to the one whom the user is merged into, in the transaction in progress. */
  merge(tx: Scope, pair: { sourceId: string; targetId: string }): ReturnType<typeof mergeFactors>;
}

/** Second factors of users: authenticator apps, passkeys, backup codes; and the devices that need none. */
export function createFactorsModule(
  deps: FactorsServiceDependencies & FactorsRoutesDependencies & { now: () => Date },
): {
  routes: Routes;
  api: FactorsApi;
  jobs: Job[];
  /** Mounts what browsers ask for at the tenant's root. */
  mount(app: FastifyInstance): void;
} {
  const service = createFactorsService(deps);
  const listOf = async (scope: Scope, userId: string): Promise<Factor[]> => {
    const [user, bound, enabled] = await Promise.all([
      deps.findUser(scope, userId),
      service.bound(scope, userId),
      deps.enabledFactors(scope.tenantId),
    ]);
    return user ? toFactors(user, bound, enabled) : [];
  };
  return {
    routes: factorsRoutes(deps, service),
    api: {
      ...service,
      trustedDevices,
      recoveryLinks,
      changeUserConfig: (scope, userId, change) => changeUserConfig(deps.changeConfig, scope, userId, change),
      listOf,
      kindsOf: async (scope, userId) => [...new Set((await listOf(scope, userId)).map(({ type }) => type))],
      hasSecondFactor: async (scope, userId) =>
        (await listOf(scope, userId)).some(({ type, remainCodes }) => type !== 'BackupCode' || remainCodes !== 0),
      merge: (tx, pair) => mergeFactors(tx, deps.secretBox, pair),
    },
    jobs: [
      {
        name: 'delete-expired-trusted-devices',
        schedule: '57 * * * *',
        run: () => deleteExpired(deps.database.forSystem('delete expired trusted devices and links'), deps.now()),
      },
    ],
    mount(app) {
      app.get(relatedOriginsPath, async (request) => {
        const { origins } = await service.relyingParty(request.tenant.tenantId);
        return { origins };
      });
    },
  };
}
