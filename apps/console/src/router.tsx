import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFound } from './components/not-found.tsx';
import { PageLoading } from './components/page-loading.tsx';
import { RouteFailure } from './components/route-failure.tsx';
import { authorizationRoutes } from './routes/authorization.ts';
import { developerRoutes } from './routes/developer.ts';
import { enterpriseSsoRoutes } from './routes/enterprise-sso.ts';
import { listSearch, type RouterContext, rootRoute, type Search, signedInRoute, tabsOf, text } from './routes/frame.ts';

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  validateSearch: (search: Search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/welcome/welcome.page.tsx'), 'WelcomePage'),
});

const callbackRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/callback',
  component: lazyRouteComponent(() => import('./features/welcome/callback.page.tsx'), 'CallbackPage'),
});

const signInAgainRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in-again',
  validateSearch: (search: Search): { done?: true } => (search.done === true ? { done: true } : {}),
  component: lazyRouteComponent(() => import('./features/welcome/sign-in-again.page.tsx'), 'SignInAgainPage'),
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

const applicationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/applications',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./features/applications/applications.page.tsx'), 'ApplicationsPage'),
});

const createApplicationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/applications/create',
  component: lazyRouteComponent(() => import('./features/applications/gallery.page.tsx'), 'GalleryPage'),
});

const applicationHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/applications/$applicationId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/applications/$applicationId/$tab', params: { ...params, tab: 'settings' }, replace: true });
  },
});

const applicationTabs = tabsOf(['settings', 'roles', 'organizations', 'permissions', 'access', 'branding', 'logs']);

const applicationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/applications/$applicationId/$tab',
  params: { parse: ({ applicationId, tab }) => ({ applicationId, tab: applicationTabs.read(tab) }) },
  loader: ({ params }) => applicationTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('./features/applications/application.page.tsx'), 'ApplicationPage'),
});

const guideRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/applications/$applicationId/guide/$guideId',
  validateSearch: (search: Search): { created?: true } => (search.created === true ? { created: true } : {}),
  component: lazyRouteComponent(() => import('./features/applications/guide.page.tsx'), 'GuidePage'),
});

const connectorsHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/connectors',
  beforeLoad: () => {
    throw redirect({ to: '/connectors/social', replace: true });
  },
});

const connectorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/connectors/social',
  validateSearch: (search: Search): { add?: true } => (search.add === true ? { add: true } : {}),
  component: lazyRouteComponent(() => import('./features/connectors/connectors.page.tsx'), 'ConnectorsPage'),
});

const createConnectorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/connectors/social/create/$factoryId',
  component: lazyRouteComponent(() => import('./features/connectors/create-connector.page.tsx'), 'CreateConnectorPage'),
});

const connectorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/connectors/social/$connectorId',
  component: lazyRouteComponent(
    () => import('./features/connectors/connector-details.page.tsx'),
    'ConnectorDetailsPage',
  ),
});

const signInExperienceHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sign-in-experience',
  beforeLoad: () => {
    throw redirect({ to: '/sign-in-experience/$tab', params: { tab: 'branding' }, replace: true });
  },
});

const signInExperienceTabs = tabsOf(['branding', 'sign-up-and-sign-in', 'collect-user-profile', 'content']);

const signInExperienceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sign-in-experience/$tab',
  params: { parse: ({ tab }) => ({ tab: signInExperienceTabs.read(tab) }) },
  loader: ({ params }) => signInExperienceTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(
    () => import('./features/sign-in-experience/sign-in-experience.page.tsx'),
    'SignInExperiencePage',
  ),
});

const mfaRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mfa',
  component: lazyRouteComponent(() => import('./features/mfa/mfa.page.tsx'), 'MfaPage'),
});

const accountCenterRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account-center',
  component: lazyRouteComponent(() => import('./features/account-center/account-center.page.tsx'), 'AccountCenterPage'),
});

const securityHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/security',
  beforeLoad: () => {
    throw redirect({ to: '/security/$tab', params: { tab: 'captcha' }, replace: true });
  },
});

const securityTabs = tabsOf(['captcha', 'password-policy', 'general', 'blocklist']);

const securityRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/security/$tab',
  params: { parse: ({ tab }) => ({ tab: securityTabs.read(tab) }) },
  loader: ({ params }) => securityTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('./features/security/security.page.tsx'), 'SecurityPage'),
});

const messagesHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/messages',
  beforeLoad: () => {
    throw redirect({ to: '/messages/$tab', params: { tab: 'inbox' }, replace: true });
  },
});

const messagesTabs = tabsOf(['inbox', 'providers', 'templates', 'deliveries']);

const messagesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/messages/$tab',
  params: { parse: ({ tab }) => ({ tab: messagesTabs.read(tab) }) },
  loader: ({ params }) => messagesTabs.check(params.tab),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('./features/messages/messages.page.tsx'), 'MessagesPage'),
});

const dashboardRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('./features/dashboard/dashboard.page.tsx'), 'DashboardPage'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./features/webhooks/webhooks.page.tsx'), 'WebhooksPage'),
});

const webhookRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./features/webhooks/webhook.page.tsx'), 'WebhookPage'),
});

const auditLogsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit-logs',
  validateSearch: (search: Search): { search?: string; kind?: string; result?: string; before?: string } => ({
    search: text(search.search),
    kind: text(search.kind),
    result: text(search.result),
    before: text(search.before),
  }),
  component: lazyRouteComponent(() => import('./features/audit-logs/audit-logs.page.tsx'), 'AuditLogsPage'),
});

const auditLogSettingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit-logs/settings',
  component: lazyRouteComponent(() => import('./features/audit-logs/settings.page.tsx'), 'AuditLogSettingsPage'),
});

/** Any other address, inside the frame. */
const unknownRoute = createRoute({ getParentRoute: () => signedInRoute, path: '$', component: NotFound });

const routeTree = rootRoute.addChildren([
  welcomeRoute,
  callbackRoute,
  signInAgainRoute,
  signedInRoute.addChildren([
    homeRoute,
    getStartedRoute,
    applicationsRoute,
    createApplicationRoute,
    applicationHomeRoute,
    applicationRoute,
    guideRoute,
    connectorsHomeRoute,
    connectorsRoute,
    createConnectorRoute,
    connectorRoute,
    messagesHomeRoute,
    messagesRoute,
    signInExperienceHomeRoute,
    signInExperienceRoute,
    mfaRoute,
    accountCenterRoute,
    securityHomeRoute,
    securityRoute,
    dashboardRoute,
    webhooksRoute,
    webhookRoute,
    auditLogsRoute,
    auditLogSettingsRoute,
    ...enterpriseSsoRoutes,
    ...authorizationRoutes,
    ...developerRoutes,
    unknownRoute,
  ]),
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
