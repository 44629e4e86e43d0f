import { ACCOUNT_CENTER_CLIENT } from '../../applications/index.ts';
import { accountPaths } from '../account-center.paths.ts';
import { leadTo } from '../entry.ts';
import type { AccountRoutes, RouteContext } from '../routes.ts';
import { openSections } from '../sections.ts';

/** Where `/account` leads, and the way out. */
export function mountHome(routes: AccountRoutes, { http, screens, sessions }: RouteContext): void {
  http.get(accountPaths.home, (request, reply) =>
    routes.withOwner(request, reply, async (visit) => {
      const [first] = openSections(visit);
      // Switched on, with no field that anybody may see.
      if (!first) return screens.outside(request, reply, { page: 'account-off' });
      return leadTo(request, reply, `${request.tenant.basePath}${accountPaths[first]}`);
    }),
  );

  // The session of the protocol ends with that of the pages: who leaves here is signed out of this browser.
  routes.form(accountPaths.signOut, async ({ request, scope }) => {
    await sessions.end(scope, request.tenant);
    const { endpoint } = request.tenant;
    const query = new URLSearchParams({
      client_id: ACCOUNT_CENTER_CLIENT,
      post_logout_redirect_uri: `${endpoint}${accountPaths.signedOut}`,
    });
    return { url: `${endpoint}/oidc/session/end?${query}` };
  });
}
