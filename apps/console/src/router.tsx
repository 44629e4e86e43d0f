import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { Session } from './auth/session.ts';
import { NotFound } from './components/not-found.tsx';
import { PageLoading } from './components/page-loading.tsx';
import { RouteFailure } from './components/route-failure.tsx';

type RouterContext = { session: Session; queryClient: QueryClient };

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  validateSearch: (search: Record<string, unknown>) => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/welcome/welcome.page.tsx'), 'WelcomePage'),
});

const callbackRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/callback',
  component: lazyRouteComponent(() => import('./features/welcome/callback.page.tsx'), 'CallbackPage'),
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, preload }) => {
    if (preload || (await context.session.isSignedIn())) return;
    await context.session.signIn(window.location.href);
    // The browser is leaving for the sign-in page; nothing of this page may show in the meantime.
    await new Promise<never>(() => undefined);
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/get-started', replace: true });
  },
});

const getStartedRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/get-started',
  component: lazyRouteComponent(() => import('./features/get-started/get-started.page.tsx'), 'GetStartedPage'),
});

const routeTree = rootRoute.addChildren([
  welcomeRoute,
  callbackRoute,
  signedInRoute.addChildren([homeRoute, getStartedRoute]),
]);

/** Creates the Console's router; each page is a chunk of its own. */
export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    basepath: '/console',
    context,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: RouteFailure,
    defaultNotFoundComponent: NotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
