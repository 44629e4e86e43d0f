import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readLinkStatus } from '../features/one-time-tokens/statuses.ts';
import { actionSlots, claimsSlots } from '../features/scripts/slots.ts';
import { listSearch, type Search, signedInRoute, tabsOf } from './frame.ts';

const oneTimeTokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/one-time-tokens',
  validateSearch: (search: Search) => ({ ...listSearch(search), status: readLinkStatus(search.status) }),
  component: lazyRouteComponent(
    () => import('../features/one-time-tokens/one-time-tokens.page.tsx'),
    'OneTimeTokensPage',
  ),
});

const customizeJwtRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customize-jwt',
  component: lazyRouteComponent(() => import('../features/scripts/customize-jwt.page.tsx'), 'CustomizeJwtPage'),
});

const tokenTypes = tabsOf(Object.keys(claimsSlots) as (keyof typeof claimsSlots)[]);

const claimsScriptRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customize-jwt/$tokenType',
  params: { parse: ({ tokenType }) => ({ tokenType: tokenTypes.read(tokenType) }) },
  loader: ({ params }) => tokenTypes.check(params.tokenType),
  component: lazyRouteComponent(() => import('../features/scripts/script.pages.tsx'), 'ClaimsScriptPage'),
});

const actionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/actions',
  component: lazyRouteComponent(() => import('../features/scripts/actions.page.tsx'), 'ActionsPage'),
});

const actionNames = tabsOf(Object.keys(actionSlots) as (keyof typeof actionSlots)[]);

const actionScriptRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/actions/$action',
  params: { parse: ({ action }) => ({ action: actionNames.read(action) }) },
  loader: ({ params }) => actionNames.check(params.action),
  component: lazyRouteComponent(() => import('../features/scripts/script.pages.tsx'), 'ActionScriptPage'),
});

const oidcRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/oidc',
  component: lazyRouteComponent(() => import('../features/oidc/oidc.page.tsx'), 'OidcPage'),
});

const domainsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/domains',
  component: lazyRouteComponent(() => import('../features/domains/domains.page.tsx'), 'DomainsPage'),
});

const domainRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/domains/$domainId',
  component: lazyRouteComponent(() => import('../features/domains/domain.page.tsx'), 'DomainPage'),
});

/** The pages for those who build sign-in into something of their own. */
export const developerRoutes = [
  oneTimeTokensRoute,
  customizeJwtRoute,
  claimsScriptRoute,
  actionsRoute,
  actionScriptRoute,
  oidcRoute,
  domainsRoute,
  domainRoute,
] as const;
