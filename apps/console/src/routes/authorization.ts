import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFound } from '../components/not-found.tsx';
import { listSearch, signedInRoute, tabsOf } from './frame.ts';

const usersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/users',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/users/users.page.tsx'), 'UsersPage'),
});

const userTabs = tabsOf(['settings', 'security', 'roles', 'organizations', 'identities', 'logs']);

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
  params: { parse: ({ userId, tab }) => ({ userId, tab: userTabs.read(tab) }) },
  loader: ({ params }) => userTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('../features/users/user.page.tsx'), 'UserPage'),
});

const userImportsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/user-imports',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/user-imports/user-imports.page.tsx'), 'UserImportsPage'),
});

const resourcesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/api-resources',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/resources/resources.page.tsx'), 'ResourcesPage'),
});

const resourceTabs = tabsOf(['permissions', 'general', 'history']);

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
  params: { parse: ({ resourceId, tab }) => ({ resourceId, tab: resourceTabs.read(tab) }) },
  loader: ({ params }) => resourceTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('../features/resources/resource.page.tsx'), 'ResourcePage'),
});

const rolesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/roles',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/roles/roles.page.tsx'), 'RolesPage'),
});

const roleTabs = tabsOf(['permissions', 'users', 'machine-to-machine-apps', 'general', 'history']);

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
  params: { parse: ({ roleId, tab }) => ({ roleId, tab: roleTabs.read(tab) }) },
  loader: ({ params }) => roleTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('../features/roles/role.page.tsx'), 'RolePage'),
});

const organizationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organizations',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/organizations/organizations.page.tsx'), 'OrganizationsPage'),
});

const organizationTabs = tabsOf([
  'settings',
  'members',
  'roles',
  'joining',
  'invitations',
  'machine-to-machine',
  'branding',
  'history',
]);

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
  params: { parse: ({ organizationId, tab }) => ({ organizationId, tab: organizationTabs.read(tab) }) },
  loader: ({ params }) => organizationTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('../features/organizations/organization.page.tsx'), 'OrganizationPage'),
});

const templateTabs = tabsOf(['organization-roles', 'organization-permissions']);

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
  params: { parse: ({ tab }) => ({ tab: templateTabs.read(tab) }) },
  loader: ({ params }) => templateTabs.check(params.tab),
  notFoundComponent: NotFound,
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
  userImportsRoute,
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
