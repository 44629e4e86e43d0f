import { requestMyDeletion } from '../../account/account-holdings.contract.ts';
import { hasForeignSender } from '../../sign-in/index.ts';
import { fail } from '../account-center.errors.ts';
import { accountPaths } from '../account-center.paths.ts';
import { leadTo } from '../entry.ts';
import { type AccountRoutes, type RouteContext, text } from '../routes.ts';
import { queryOf } from '../visits.ts';

/** The end of an account, and the way back from it. */
export function mountDeletion(routes: AccountRoutes, { http, deps, screens, sessions }: RouteContext): void {
  routes.confirm({
    path: accountPaths.deletion,
    section: 'data',
    what: 'account-delete',
    cancel: accountPaths.data,
    // A tenant may have a page of its own for it.
    describe: async ({ settings, may }) =>
      settings.deleteAccountUrl || !may('accountDeletion', 'edit')
        ? undefined
        : { name: String(settings.deletionGraceDays) },
    async act(visit) {
      const { dueAt } = await visit.call(requestMyDeletion, {});
      await sessions.end(visit.scope, visit.request.tenant);
      return {
        to: `${accountPaths.deletionRequested}?${new URLSearchParams({ until: new Date(dueAt).toISOString() })}`,
      };
    },
  });

  http.get(accountPaths.deletionRequested, (request, reply) => {
    const { until = '' } = queryOf(request);
    const date = new Date(until);
    const isDate = !Number.isNaN(date.getTime());
    return screens.outside(request, reply, { page: 'account-leaving', ...(isDate && { until: date.toISOString() }) });
  });

  // Nobody is signed in here: the secret was given to who has just proved to be the owner.
  http.get(accountPaths.keep, async (request, reply) => {
    const { token = '' } = queryOf(request);
    const dueAt = token ? await deps.deletion.dueAt(deps.makeScope(request), token) : undefined;
    if (!dueAt) throw fail('session.not_found');
    return screens.outside(request, reply, { page: 'account-keep', token, until: dueAt.toISOString() });
  });

  http.post(accountPaths.keep, async (request, reply) => {
    if (hasForeignSender(request)) throw fail('session.csrf_token_mismatch');
    const token = text((request.body ?? {}) as Record<string, unknown>, 'token');
    await deps.deletion.keep(deps.makeScope(request), token);
    return leadTo(request, reply, `${request.tenant.basePath}${accountPaths.kept}`);
  });

  http.get(accountPaths.kept, (request, reply) => screens.outside(request, reply, { page: 'account-kept' }));
}
