import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import { longListOptions } from '../../kernel/paging.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { UsersApi } from '../users/index.ts';
import * as contract from './organizations.contract.ts';
import { missing } from './organizations.errors.ts';
import { getOrganization, type OrganizationsService } from './organizations.service.ts';
import type { OrganizationRow } from './organizations.store.ts';

/** Lists of the members themselves are the other modules'. */
export interface MemberLists {
  users: Pick<UsersApi, 'list' | 'find'>;
  applications: Pick<ApplicationsApi, 'list' | 'find'>;
}

const toOrganization = <Row extends OrganizationRow>(row: Row) => ({ ...row, createdAt: row.createdAt.getTime() });

export function organizationsRoutes(service: OrganizationsService, lists: MemberLists): Routes {
  return (route) => {
    route(contract.listOrganizations, async ({ scope, query, page = FIRST_PAGE, setListed }) => {
      const listed = await service.list(scope, query, page, longListOptions(query));
      setListed(listed);
      return listed.rows.map(toOrganization);
    });
    route(contract.createOrganization, async ({ scope, body }) => {
      const { tenantId: _tenant, createdAt: _createdAt, ...input } = body;
      return toOrganization(await service.create(scope, input));
    });
    route(contract.getOrganization, async ({ scope, params }) =>
      toOrganization(await getOrganization(scope, params.id)),
    );
    route(contract.updateOrganization, async ({ scope, params, body }) => {
      const { tenantId: _tenant, createdAt: _createdAt, ...input } = body;
      return toOrganization(await service.update(scope, params.id, input));
    });
    route(contract.deleteOrganization, ({ scope, params }) => service.remove(scope, params.id));

    route(contract.listUserOrganizations, async ({ scope, params: { userId } }) => {
      if (!(await lists.users.find(scope, userId))) throw missing('user', userId);
      return (await service.listOf(scope, { userId })).map(toOrganization);
    });
    route(contract.listApplicationOrganizations, async ({ scope, params, page, setTotal }) => {
      if (!(await lists.applications.find(scope, params.id))) throw missing('application', params.id);
      const all = (await service.listOf(scope, { applicationId: params.id })).map(toOrganization);
      setTotal(all.length);
      return page ? all.slice(page.offset, page.offset + page.limit) : all;
    });
  };
}
