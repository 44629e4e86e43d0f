import { exportMyAccount } from '../../account/account-holdings.contract.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountRoutes, RouteContext } from '../routes.ts';
import type { Visit } from '../visits.ts';

/** The way to the end of the account, where it is open. */
const deletionOf = ({ settings, may }: Visit) =>
  may('accountDeletion', 'edit') && {
    deletion: {
      days: settings.deletionGraceDays,
      ...(settings.deleteAccountUrl && { href: settings.deleteAccountUrl }),
    },
  };

/** What is kept of the owner, to take along or to have deleted. */
export function mountData(routes: AccountRoutes, { http }: RouteContext): void {
  routes.page(accountPaths.data, 'data', async (visit) => ({
    page: 'account-data',
    canExport: visit.may('dataExport', 'read'),
    ...deletionOf(visit),
  }));

  http.get(accountPaths.dataExport, (request, reply) =>
    routes.withOwner(request, reply, async (visit) => {
      const document = await visit.call(exportMyAccount, {});
      const day = visit.scope.now.toISOString().slice(0, 10);
      return reply
        .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="account-${day}.json"` })
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(document, null, 2));
    }),
  );
}
