import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, notFound, Outlet } from '@tanstack/react-router';
import type { Session } from '../auth/session.ts';
import { NotFoundPage } from '../components/not-found.tsx';
import { Waiting } from '../components/waiting.tsx';
import { Shell } from '../shell/shell.tsx';

export type RouterContext = { session: Session; queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
});

/** Everything but the first-run pages stands under this route. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, preload }) => {
    if (preload || (await context.session.isSignedIn())) return;
    await context.session.signIn(window.location.href);
    // The browser is leaving for the sign-in page; nothing of this page may show in the meantime.
    await new Promise<never>(() => undefined);
  },
  pendingComponent: Waiting,
  component: Shell,
});

export type Search = Record<string, unknown>;

const pageNumber = (value: unknown) => {
  const number = Number(value);
  return Number.isInteger(number) && number > 1 ? number : undefined;
};
export const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Page and search words of a list, which stand in the address so that it can be shared and gone back to. */
export const listSearch = (search: Search): { page?: number; search?: string } => ({
  page: pageNumber(search.page),
  search: text(search.search),
});

/** The tabs of a page, as its route names them in the address. */
export function tabsOf<const Tab extends string>(tabs: readonly Tab[]) {
  return {
    /** Takes the tab as it stands; `check` refuses one that there is not. */
    read: (tab: string) => tab as Tab,
    /** An unknown tab is a page that does not exist: its route says so in place of the page, and the frame stays. */
    check: (shown: string) => {
      if (!tabs.some((tab) => tab === shown)) throw notFound();
    },
  };
}
