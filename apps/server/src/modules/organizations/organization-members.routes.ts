import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import { longListOptions } from '../../kernel/paging.ts';
import { containing } from '../../kernel/search.ts';
import { listOrganizationScopesOf } from './memberships.store.ts';
import * as contract from './organization-members.contract.ts';
import type { MembersService } from './organization-members.service.ts';
import type { MemberLists } from './organizations.routes.ts';
import { getOrganization } from './organizations.service.ts';

const unique = (ids: string[]) => [...new Set(ids)];
const usersOf = (organizationId: string) => ({ organizationId, kind: 'users' }) as const;
const applicationsOf = (organizationId: string) => ({ organizationId, kind: 'applications' }) as const;
const userIn = (params: { id: string; userId: string }) => ({ ...usersOf(params.id), memberId: params.userId });
const applicationIn = (params: { id: string; applicationId: string }) => ({
  ...applicationsOf(params.id),
  memberId: params.applicationId,
});

export function membersRoutes(service: MembersService, lists: MemberLists): Routes {
  return (route) => {
    route(contract.joinOrganizations, async ({ scope, body }) => {
      const member =
        'userId' in body
          ? ({ kind: 'users', memberId: body.userId } as const)
          : ({ kind: 'applications', memberId: body.applicationId } as const);
      return { organizationIds: await service.joinAll(scope, member, unique(body.organizationIds)) };
    });
    userRoutes(service, lists)(route);
    applicationRoutes(service, lists)(route);
  };
}

function userRoutes(service: MembersService, lists: MemberLists): Routes {
  return (route) => {
    route(contract.listOrganizationUsers, async ({ scope, params, query, page = FIRST_PAGE, setListed }) => {
      await getOrganization(scope, params.id);
      const { q, organizationRoleId } = query;
      const filter = { organizationId: params.id, organizationRoleId, search: containing(q) };
      const listed = await lists.users.list(scope, filter, page, longListOptions(query));
      setListed(listed);
      const { rows } = listed;
      const ids = rows.map(({ id }) => id);
      const facts = await service.factsOf(scope, usersOf(params.id), ids);
      // Who was removed between the two statements is a member no more.
      return rows.flatMap((row) => {
        const found = facts.get(row.id);
        return found ? [{ ...row, ...found }] : [];
      });
    });
    route(contract.addOrganizationUsers, async ({ scope, params, body }) => {
      await service.add(scope, usersOf(params.id), unique(body.userIds));
      return { userIds: body.userIds };
    });
    route(contract.replaceOrganizationUsers, ({ scope, params, body }) =>
      service.replace(scope, usersOf(params.id), unique(body.userIds)),
    );
    route(contract.removeOrganizationUser, ({ scope, params }) => service.remove(scope, userIn(params)));
    route(contract.assignOrganizationUserRoles, ({ scope, params, body }) =>
      service.assignRoles(scope, usersOf(params.id), unique(body.userIds), unique(body.organizationRoleIds)),
    );
    route(contract.listOrganizationUserRoles, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listRoles(scope, userIn(params), page);
      setTotal(total);
      return rows;
    });
    route(contract.addOrganizationUserRoles, async ({ scope, params, body }) => {
      const organizationRoleIds = await service.roleIdsOf(scope, params.id, body);
      await service.addRoles(scope, userIn(params), organizationRoleIds);
      return { organizationRoleIds };
    });
    route(contract.replaceOrganizationUserRoles, async ({ scope, params, body }) => {
      await service.replaceRoles(scope, userIn(params), await service.roleIdsOf(scope, params.id, body));
    });
    route(contract.removeOrganizationUserRole, ({ scope, params }) =>
      service.removeRole(scope, userIn(params), params.organizationRoleId),
    );
    route(contract.listOrganizationUserScopes, async ({ scope, params }) => {
      await service.checkMember(scope, userIn(params));
      const { tenantId } = scope;
      const scopes = await listOrganizationScopesOf(scope.db, tenantId, params.id, { userId: params.userId });
      return scopes.map((row) => ({ tenantId, ...row }));
    });
  };
}

function applicationRoutes(service: MembersService, lists: MemberLists): Routes {
  return (route) => {
    route(contract.listOrganizationApplications, async ({ scope, params, query, page = FIRST_PAGE, setTotal }) => {
      await getOrganization(scope, params.id);
      const filter = { organizationId: params.id, search: containing(query.q) };
      const { rows, total } = await lists.applications.list(scope, filter, page);
      setTotal(total);
      const ids = rows.map(({ id }) => id);
      const facts = await service.factsOf(scope, applicationsOf(params.id), ids);
      return rows.map((row) => ({ ...row, organizationRoles: facts.get(row.id)?.organizationRoles ?? [] }));
    });
    route(contract.addOrganizationApplications, ({ scope, params, body }) =>
      service.add(scope, applicationsOf(params.id), unique(body.applicationIds)),
    );
    route(contract.replaceOrganizationApplications, ({ scope, params, body }) =>
      service.replace(scope, applicationsOf(params.id), unique(body.applicationIds)),
    );
    route(contract.removeOrganizationApplication, ({ scope, params }) => service.remove(scope, applicationIn(params)));
    route(contract.assignOrganizationApplicationRoles, ({ scope, params, body }) => {
      const { applicationIds, organizationRoleIds } = body;
      return service.assignRoles(scope, applicationsOf(params.id), unique(applicationIds), unique(organizationRoleIds));
    });
    route(contract.listOrganizationApplicationRoles, async ({ scope, params, page, setTotal }) => {
      const { rows, total } = await service.listRoles(scope, applicationIn(params), page);
      setTotal(total);
      return rows;
    });
    route(contract.addOrganizationApplicationRoles, ({ scope, params, body }) =>
      service.addRoles(scope, applicationIn(params), unique(body.organizationRoleIds)),
    );
    route(contract.replaceOrganizationApplicationRoles, ({ scope, params, body }) =>
      service.replaceRoles(scope, applicationIn(params), unique(body.organizationRoleIds)),
    );
    route(contract.removeOrganizationApplicationRole, ({ scope, params }) =>
      service.removeRole(scope, applicationIn(params), params.organizationRoleId),
    );
  };
}
