import { audit } from '../../kernel/audit.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SecretsApi } from '../secrets/index.ts';
import * as contract from './user-identities.contract.ts';
import { fail } from './users.errors.ts';
import type { NewIdentity, UsersService } from './users.service.ts';
import { toUser } from './users.wire.ts';

export interface UserIdentitiesDependencies {
  /** Finishes a sign-in at a provider that an administrator began: says whose account it is. */
  proveIdentity(scope: Scope, connectorId: string, connectorData: Record<string, unknown>): Promise<NewIdentity>;
  /** What providers gave for the user. */
  tokens: Pick<SecretsApi, 'describeSocial' | 'describeEnterprise' | 'readAccessToken'>;
}

export function userIdentitiesRoutes(
  service: UsersService,
  { proveIdentity, tokens }: UserIdentitiesDependencies,
): Routes {
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

    const tokensOf = async (scope: Scope, userId: string, wanted: boolean) =>
      wanted ? tokens.describeSocial(scope, userId) : undefined;

    route(contract.getUserIdentity, async ({ scope, params, query }) => {
      const identity = (await service.get(scope, params.userId)).identities[params.target];
      if (!identity) throw fail('user.identity_not_exist');
      const kept = await tokensOf(scope, params.userId, query.includeTokenSecret);
      return { identity, tokenSecret: kept?.get(params.target) };
    });

    route(contract.getUserIdentityAccessToken, async ({ scope, params, reply }) => {
      const { userId, target } = params;
      const identity = (await service.get(scope, userId)).identities[target];
      if (!identity) throw fail('user.identity_not_exist');
      const answer = await tokens.readAccessToken(scope, { userId, kind: 'social', provider: target });
      await audit(scope, { key: 'User.ProviderToken.Read', target: { type: 'User', id: userId }, details: { target } });
      reply.header('cache-control', 'no-store');
      return answer;
    });

    route(contract.deleteUserIdentity, async ({ scope, params }) => {
      await service.get(scope, params.userId);
      await service.unlinkIdentity(scope, params.userId, params.target);
      return toUser(await service.get(scope, params.userId));
    });

    route(contract.listUserIdentities, async ({ scope, params, query }) => {
      const { identities, ssoIdentities } = await service.get(scope, params.userId);
      const kept = await tokensOf(scope, params.userId, query.includeTokenSecret);
      const socialIdentities = Object.entries(identities).map(([target, identity]) => ({
        target,
        identity,
        tokenSecret: kept?.get(target),
      }));
      const keptOfSso = query.includeTokenSecret ? await tokens.describeEnterprise(scope, ssoIdentities) : undefined;
      return {
        socialIdentities,
        ssoIdentities: ssoIdentities.map((ssoIdentity) => ({
          ssoConnectorId: ssoIdentity.ssoConnectorId,
          ssoIdentity,
          tokenSecret: keptOfSso?.get(ssoIdentity.ssoConnectorId),
        })),
      };
    });

    route(contract.getUserSsoIdentity, async ({ scope, params, query }) => {
      const { userId, ssoConnectorId } = params;
      const { ssoIdentities } = await service.get(scope, userId);
      const ssoIdentity = ssoIdentities.find((each) => each.ssoConnectorId === ssoConnectorId);
      if (!ssoIdentity) throw fail('user.enterprise_sso_identity_not_exists');
      const kept = query.includeTokenSecret ? await tokens.describeEnterprise(scope, [ssoIdentity]) : undefined;
      return { ssoIdentity, tokenSecret: kept?.get(ssoConnectorId) };
    });
  };
}
