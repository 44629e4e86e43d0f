import { listMyGrants, revokeMyGrant } from '../../account/account-holdings.contract.ts';
import { ACCOUNT_CENTER_CLIENT } from '../../applications/index.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountRoutes } from '../routes.ts';
import type { Visit } from '../visits.ts';

/** Grants by application: what each may do is what all of its grants say. */
async function listApplications(visit: Visit) {
  const { grants } = await visit.call(listMyGrants, {});
  const others = grants.filter(({ application }) => application.id !== ACCOUNT_CENTER_CLIENT);
  return [...Map.groupBy(others, ({ application }) => application.id)].map(([id, own]) => ({
    id,
    name: own[0]?.application.name ?? id,
    isThirdParty: own.some(({ application }) => application.isThirdParty),
    since: new Date(Math.min(...own.map(({ payload }) => payload.iat)) * 1000).toISOString(),
    scopes: [...new Set(own.flatMap(({ scopes }) => scopes.openid))].filter((scope) => scope !== 'openid'),
    resources: Object.entries(
      Object.groupBy(
        own.flatMap(({ scopes }) => Object.entries(scopes.resources)),
        ([indicator]) => indicator,
      ),
    ).map(([name, entries = []]) => ({ name, scopes: [...new Set(entries.flatMap(([, scopes]) => scopes))] })),
    grantIds: own.map((grant) => grant.id),
  }));
}

/** The applications that hold something for the owner, and what they may do with it. */
export function mountApplications(routes: AccountRoutes): void {
  const find = async (visit: Visit) =>
    (await listApplications(visit)).find(({ id }) => id === visit.params.applicationId);

  routes.page(accountPaths.applications, 'applications', async (visit) => ({
    page: 'account-applications',
    applications: (await listApplications(visit)).map(({ grantIds: _, ...application }) => application),
    editable: visit.may('session', 'edit'),
  }));

  routes.confirm({
    path: `${accountPaths.applications}/:applicationId/revoke`,
    section: 'applications',
    what: 'application-revoke',
    cancel: accountPaths.applications,
    describe: async (visit) => {
      const found = await find(visit);
      return found && { name: found.name };
    },
    async act(visit) {
      for (const grantId of (await find(visit))?.grantIds ?? [])
        await visit.call(revokeMyGrant, { params: { grantId } });
      return { to: accountPaths.applications, done: 'application-revoke' };
    },
  });
}
