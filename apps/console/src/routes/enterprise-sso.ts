import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFound } from '../components/not-found.tsx';
import { listSearch, type Search, signedInRoute, tabsOf } from './frame.ts';

const ssoConnectorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enterprise-sso',
  validateSearch: (search: Search): { page?: number; add?: true } => {
    const { page } = listSearch(search);
    return { ...(page !== undefined && { page }), ...(search.add === true && { add: true }) };
  },
  component: lazyRouteComponent(
    () => import('../features/enterprise-sso/enterprise-sso.page.tsx'),
    'EnterpriseSsoPage',
  ),
});

const ssoConnectorHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enterprise-sso/$connectorId',
  beforeLoad: ({ params }) => {
    throw redirect({
      to: '/enterprise-sso/$connectorId/$tab',
      params: { ...params, tab: 'connection' },
      replace: true,
    });
  },
});

const tabs = tabsOf(['connection', 'experience']);

const ssoConnectorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enterprise-sso/$connectorId/$tab',
  params: { parse: ({ connectorId, tab }) => ({ connectorId, tab: tabs.read(tab) }) },
  loader: ({ params }) => tabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('../features/enterprise-sso/sso-connector.page.tsx'), 'SsoConnectorPage'),
});

/** The pages of the identity providers of customers. */
export const enterpriseSsoRoutes = [ssoConnectorsRoute, ssoConnectorHomeRoute, ssoConnectorRoute] as const;
