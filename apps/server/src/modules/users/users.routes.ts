import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import { longListOptions } from '../../kernel/paging.ts';
import { mergeUsers } from './user-merge.contract.ts';
import type { UserMerge } from './user-merge.service.ts';
import * as contract from './users.contract.ts';
import { fail } from './users.errors.ts';
import type { UsersService } from './users.service.ts';
import { toUser } from './users.wire.ts';

export function usersRoutes(service: UsersService, { merge }: UserMerge): Routes {
  return (route) => {
    route(mergeUsers, ({ scope, params, body }) => merge(scope, params.userId, body));

    route(contract.listUsers, async ({ scope, query, search, page = FIRST_PAGE, setListed }) => {
      const { includePasswordHash, before, enableCap, ...filter } = query;
      const listed = await service.list(scope, { ...filter, search }, page, longListOptions({ before, enableCap }));
      setListed(listed);
      return listed.rows.map((row) => toUser(row, { includePasswordHash }));
    });

    route(contract.createUser, async ({ scope, body }) => toUser(await service.create(scope, body)));

    route(contract.getUser, async ({ scope, params, query }) => {
      const row = await service.get(scope, params.userId);
      const user = toUser(row, query);
      return query.includeSsoIdentities ? { ...user, ssoIdentities: row.ssoIdentities } : user;
    });

    route(contract.updateUser, async ({ scope, params, body }) =>
      toUser(await service.update(scope, params.userId, body)),
    );

    route(contract.deleteUser, ({ scope, params }) => service.remove(scope, params.userId));

    route(
      contract.getUserCustomData,
      async ({ scope, params }) => (await service.get(scope, params.userId)).customData,
    );

    route(contract.updateUserCustomData, async ({ scope, params, body }) => {
      const { customData } = await service.mergeCustomData(scope, params.userId, body.customData);
      return customData;
    });

    route(contract.updateUserProfile, async ({ scope, params, body }) => {
      const { profile } = await service.mergeProfile(scope, params.userId, body.profile);
      return profile;
    });

    route(contract.updateUserPassword, async ({ scope, params, body }) =>
      toUser(await service.replacePassword(scope, params.userId, body.password)),
    );

    route(contract.updateUserPasswordExpiration, async ({ scope, params, body }) =>
      toUser(await service.setPasswordExpired(scope, params.userId, body.isExpired)),
    );

    route(contract.verifyUserPassword, async ({ scope, params, body }) => {
      const user = await service.get(scope, params.userId);
      if (!(await service.passwordMatches(scope, user, body.password))) throw fail('session.invalid_credentials');
    });

    route(contract.getUserHasPassword, async ({ scope, params }) => {
      const { passwordDigest } = await service.get(scope, params.userId);
      return { hasPassword: passwordDigest !== null };
    });

    route(contract.updateUserIsSuspended, async ({ scope, params, body }) =>
      toUser(await service.setSuspended(scope, params.userId, body.isSuspended)),
    );
  };
}
