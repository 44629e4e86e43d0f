import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { listSearch, signedInRoute } from './frame.ts';

/** Reads the tab of a details page; an unknown one is a page that does not exist. */
const oneOf =
  <const Tab extends string>(tabs: readonly Tab[]) =>
  (tab: string): Tab => {
    const known = tabs.find((candidate) => candidate === tab);
    if (!known) throw notFound();
    return known;
  };

const usersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/users',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/users/users.page.tsx'), 'UsersPage'),
});

const userTab = oneOf(['settings', 'security', 'roles', 'identities', 'logs']);

const userHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/users/$userId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/users/$userId/$tab', params: { ...params, tab: 'settings' }, replace: true });
  },
});

const userRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/users/$userId/$tab',
  params: { parse: ({ userId, tab }) => ({ userId, tab: userTab(tab) }) },
  component: lazyRouteComponent(() => import('../features/users/user.page.tsx'), 'UserPage'),
});

const resourcesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/api-resources',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/resources/resources.page.tsx'), 'ResourcesPage'),
});

const resourceTab = oneOf(['permissions', 'general']);

const resourceHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/api-resources/$resourceId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/api-resources/$resourceId/$tab', params: { ...params, tab: 'permissions' }, replace: true });
  },
});

const resourceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/api-resources/$resourceId/$tab',
  params: { parse: ({ resourceId, tab }) => ({ resourceId, tab: resourceTab(tab) }) },
  component: lazyRouteComponent(() => import('../features/resources/resource.page.tsx'), 'ResourcePage'),
});

const rolesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/roles',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/roles/roles.page.tsx'), 'RolesPage'),
});

const roleTab = oneOf(['permissions', 'users', 'machine-to-machine-apps', 'general']);

const roleHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/roles/$roleId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/roles/$roleId/$tab', params: { ...params, tab: 'permissions' }, replace: true });
  },
});

const roleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/roles/$roleId/$tab',
  params: { parse: ({ roleId, tab }) => ({ roleId, tab: roleTab(tab) }) },
  component: lazyRouteComponent(() => import('../features/roles/role.page.tsx'), 'RolePage'),
});

const organizationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organizations',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/organizations/organizations.page.tsx'), 'OrganizationsPage'),
});

const organizationTab = oneOf(['settings', 'members', 'machine-to-machine']);

const organizationHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organizations/$organizationId',
  beforeLoad: ({ params }) => {
    throw redirect({
      to: '/organizations/$organizationId/$tab',
      params: { ...params, tab: 'settings' },
      replace: true,
    });
  },
});

const organizationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organizations/$organizationId/$tab',
  params: { parse: ({ organizationId, tab }) => ({ organizationId, tab: organizationTab(tab) }) },
  component: lazyRouteComponent(() => import('../features/organizations/organization.page.tsx'), 'OrganizationPage'),
});

const templateTab = oneOf(['organization-roles', 'organization-permissions']);

const templateHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization-template',
  beforeLoad: () => {
    throw redirect({ to: '/organization-template/$tab', params: { tab: 'organization-roles' }, replace: true });
  },
});

const templateRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization-template/$tab',
  params: { parse: ({ tab }) => ({ tab: templateTab(tab) }) },
  component: lazyRouteComponent(
    () => import('../features/organizations/template.page.tsx'),
    'OrganizationTemplatePage',
  ),
});

/** The pages of who may do what: users, roles, APIs, and what applications are given. */
export const authorizationRoutes = [
  usersRoute,
  userHomeRoute,
  userRoute,
  resourcesRoute,
  resourceHomeRoute,
  resourceRoute,
  rolesRoute,
  roleHomeRoute,
  roleRoute,
  organizationsRoute,
  organizationHomeRoute,
  organizationRoute,
  templateHomeRoute,
  templateRoute,
] as const;
