import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readLinkStatus } from '../features/one-time-tokens/statuses.ts';
import { listSearch, type Search, signedInRoute } from './frame.ts';

const oneTimeTokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/one-time-tokens',
  validateSearch: (search: Search) => ({ ...listSearch(search), status: readLinkStatus(search.status) }),
  component: lazyRouteComponent(
    () => import('../features/one-time-tokens/one-time-tokens.page.tsx'),
    'OneTimeTokensPage',
  ),
});

/** The pages for those who build sign-in into something of their own. */
export const developerRoutes = [oneTimeTokensRoute] as const;
