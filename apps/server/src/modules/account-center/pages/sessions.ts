import { describeDevice } from '../../../kernel/devices.ts';
import { listMySessions, revokeMySession } from '../../account/account-holdings.contract.ts';
import { fail } from '../account-center.errors.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountRoutes } from '../routes.ts';
import type { Visit } from '../visits.ts';

async function listSessions(visit: Visit) {
  const { sessions } = await visit.call(listMySessions, {});
  return sessions.map(({ payload, lastSeen, isCurrent }) => {
    const { browser, os } = describeDevice(lastSeen?.userAgent ?? null);
    return {
      id: payload.uid,
      isCurrent,
      device: [browser, os].filter(Boolean).join(', ') || null,
      ip: lastSeen?.ip ?? null,
      city: lastSeen?.city ?? null,
      country: lastSeen?.country ?? null,
      signedInAt: new Date(payload.loginTs * 1000).toISOString(),
    };
  });
}

/** The tokens of the tenant's own applications end with a session; what third parties were granted is a page of its own. */
const end = (visit: Visit, sessionId: string) =>
  visit.call(revokeMySession, { params: { sessionId }, query: { revokeGrantsTarget: 'firstParty' } });

/** Where the owner is signed in. */
export function mountSessions(routes: AccountRoutes): void {
  routes.page(accountPaths.sessions, 'sessions', async (visit) => ({
    page: 'account-sessions',
    sessions: await listSessions(visit),
    editable: visit.may('session', 'edit'),
  }));

  routes.confirm({
    path: accountPaths.sessionsEnd,
    section: 'sessions',
    what: 'sessions-end-others',
    cancel: accountPaths.sessions,
    describe: async (visit) => ((await listSessions(visit)).some(({ isCurrent }) => !isCurrent) ? {} : undefined),
    async act(visit) {
      for (const { id, isCurrent } of await listSessions(visit)) if (!isCurrent) await end(visit, id);
      return { to: accountPaths.sessions, done: 'sessions-end-others' };
    },
  });

  routes.confirm({
    path: '/account/sessions/:id/end',
    section: 'sessions',
    what: 'session-end',
    cancel: accountPaths.sessions,
    describe: async (visit) => {
      const found = (await listSessions(visit)).find(({ id }) => id === visit.params.id);
      return found && { ...(found.device && { name: found.device }) };
    },
    async act(visit) {
      if (visit.params.id === visit.session.sessionUid) throw fail('entity.not_found');
      await end(visit, visit.params.id ?? '');
      return { to: accountPaths.sessions, done: 'session-end' };
    },
  });
}
