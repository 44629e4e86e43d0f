import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import { longListOptions } from '../../kernel/paging.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { UsersApi } from '../users/index.ts';
import type { RoleHolders } from './role-holders.ts';
import * as contract from './roles.contract.ts';
import { fail } from './roles.errors.ts';
import type { RolesService } from './roles.service.ts';

/** Lists of the holders themselves are the other modules'. */
export interface HolderLists {
  users: Pick<UsersApi, 'list' | 'find'>;
  applications: Pick<ApplicationsApi, 'list' | 'find'>;
}

const unique = (ids: string[]) => [...new Set(ids)];

export function rolesRoutes(service: RolesService, holders: RoleHolders, lists: HolderLists): Routes {
  const checkHolder = async (scope: Scope, kind: 'users' | 'applications', id: string): Promise<void> => {
    const name = kind === 'users' ? 'user' : 'application';
    if (!(await lists[kind].find(scope, id))) throw fail('entity.not_exists_with_id', { data: { name, id } });
  };

  return (route) => {
    route(contract.listRoles, async ({ scope, query, search, page, setTotal }) => {
      const { rows, total } = await service.list(scope, { ...query, search }, page);
      setTotal(total);
      return rows;
    });
    route(contract.createRole, ({ scope, body }) => service.create(scope, body));
    route(contract.getRole, ({ scope, params }) => service.get(scope, params.id));
    route(contract.updateRole, ({ scope, params, body }) => {
      const { name, description, isDefault } = body;
      return service.update(scope, params.id, {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(isDefault !== undefined && { isDefault }),
      });
    });
    route(contract.deleteRole, ({ scope, params }) => service.remove(scope, params.id));

    route(contract.listRoleScopes, async ({ scope, params, search, page, setTotal }) => {
      const { rows, total } = await service.listScopes(scope, params.id, search, page);
      setTotal(total);
      return rows;
    });
    route(contract.addRoleScopes, ({ scope, params, body }) => service.addScopes(scope, params.id, body.scopeIds));
    route(contract.removeRoleScope, ({ scope, params }) => service.removeScope(scope, params.id, params.scopeId));

    route(contract.listRoleUsers, async ({ scope, params, query, search, page = FIRST_PAGE, setListed }) => {
      await service.get(scope, params.id);
      const listed = await lists.users.list(scope, { roleId: params.id, search }, page, longListOptions(query));
      setListed(listed);
      return listed.rows;
    });
    route(contract.addRoleUsers, ({ scope, params, body }) =>
      holders.addHolders(scope, params.id, 'users', unique(body.userIds)),
    );
    route(contract.removeRoleUser, ({ scope, params }) =>
      holders.removeHolder(scope, params.id, { kind: 'users', id: params.userId }),
    );
    route(contract.listRoleApplications, async ({ scope, params, search, page, setTotal }) => {
      await service.get(scope, params.id);
      const { rows, total } = await lists.applications.list(scope, { roleId: params.id, search }, page);
      setTotal(total);
      return rows;
    });
    route(contract.addRoleApplications, ({ scope, params, body }) =>
      holders.addHolders(scope, params.id, 'applications', unique(body.applicationIds)),
    );
    route(contract.removeRoleApplication, ({ scope, params }) =>
      holders.removeHolder(scope, params.id, { kind: 'applications', id: params.applicationId }),
    );

    route(contract.listUserRoles, async ({ scope, params, search, page, setTotal }) => {
      await checkHolder(scope, 'users', params.userId);
      const { rows, total } = await holders.list(scope, { kind: 'users', id: params.userId }, search, page);
      setTotal(total);
      return rows;
    });
    route(contract.addUserRoles, async ({ scope, params, body }) => {
      const roleIds = unique(body.roleIds);
      return { roleIds, addedRoleIds: await holders.add(scope, { kind: 'users', id: params.userId }, roleIds) };
    });
    route(contract.replaceUserRoles, async ({ scope, params, body }) => {
      const roleIds = unique(body.roleIds);
      await holders.replace(scope, { kind: 'users', id: params.userId }, roleIds);
      return { roleIds };
    });
    route(contract.removeUserRole, ({ scope, params }) =>
      holders.remove(scope, { kind: 'users', id: params.userId }, params.roleId),
    );

    route(contract.listApplicationRoles, async ({ scope, params, search, page, setTotal }) => {
      await checkHolder(scope, 'applications', params.applicationId);
      const holder = { kind: 'applications', id: params.applicationId } as const;
      const { rows, total } = await holders.list(scope, holder, search, page);
      setTotal(total);
      return rows;
    });
    route(contract.addApplicationRoles, async ({ scope, params, body }) => {
      const roleIds = unique(body.roleIds);
      const holder = { kind: 'applications', id: params.applicationId } as const;
      return { roleIds, addedRoleIds: await holders.add(scope, holder, roleIds) };
    });
    route(contract.replaceApplicationRoles, async ({ scope, params, body }) => {
      const roleIds = unique(body.roleIds);
      await holders.replace(scope, { kind: 'applications', id: params.applicationId }, roleIds);
      return { roleIds };
    });
    route(contract.removeApplicationRole, ({ scope, params }) =>
      holders.remove(scope, { kind: 'applications', id: params.applicationId }, params.roleId),
    );
  };
}
