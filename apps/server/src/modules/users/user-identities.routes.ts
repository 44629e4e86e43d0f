import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as contract from './user-identities.contract.ts';
import { fail } from './users.errors.ts';
import type { NewIdentity, UsersService } from './users.service.ts';
import { toUser } from './users.wire.ts';

/** Finishes a sign-in at a provider that an administrator began: says whose account it is. */
export type ProveIdentity = (
  scope: Scope,
  connectorId: string,
  connectorData: Record<string, unknown>,
) => Promise<NewIdentity>;

export function userIdentitiesRoutes(service: UsersService, proveIdentity: ProveIdentity): Routes {
  const link = async (scope: Scope, userId: string, identity: NewIdentity) => {
    await service.linkIdentity(scope, userId, identity);
    return (await service.get(scope, userId)).identities;
  };

  return (route) => {
    route(contract.linkUserIdentity, async ({ scope, params, body }) => {
      await service.get(scope, params.userId);
      return link(scope, params.userId, await proveIdentity(scope, body.connectorId, body.connectorData));
    });

    route(contract.putUserIdentity, async ({ scope, params, body, reply }) => {
      const before = await service.get(scope, params.userId);
      if (!before.identities[params.target]) reply.code(201);
      const { userId: identityId, details = {} } = body;
      return link(scope, params.userId, { target: params.target, identityId, details });
    });

    route(contract.getUserIdentity, async ({ scope, params }) => {
      const identity = (await service.get(scope, params.userId)).identities[params.target];
      if (!identity) throw fail('user.identity_not_exist');
      return { identity };
    });

    route(contract.deleteUserIdentity, async ({ scope, params }) => {
      await service.get(scope, params.userId);
      await service.unlinkIdentity(scope, params.userId, params.target);
      return toUser(await service.get(scope, params.userId));
    });

    route(contract.listUserIdentities, async ({ scope, params }) => {
      const { identities } = await service.get(scope, params.userId);
      const socialIdentities = Object.entries(identities).map(([target, identity]) => ({ target, identity }));
      return { socialIdentities, ssoIdentities: [] };
    });
  };
}
