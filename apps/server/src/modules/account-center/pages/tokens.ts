import { DAY_MS } from '../../../kernel/durations.ts';
import {
  createMyPersonalAccessToken,
  deleteMyPersonalAccessToken,
  listMyPersonalAccessTokens,
} from '../../account/account-holdings.contract.ts';
import { accountPaths } from '../account-center.paths.ts';
import { type AccountRoutes, type RouteContext, required } from '../routes.ts';

/** How long a new token may live, in days; the empty choice is for ever. */
export const TOKEN_DAYS = [7, 30, 90, 365] as const;

/** Personal access tokens: a value is shown on the page after it was made, and never again. */
export function mountTokens(routes: AccountRoutes, { sessions }: RouteContext): void {
  routes.page(accountPaths.tokens, 'tokens', async (visit) => {
    const tokens = await visit.call(listMyPersonalAccessTokens, {});
    const { task } = visit.session;
    const fresh = task?.kind === 'token' ? { name: task.name, value: task.value } : undefined;
    if (fresh) await sessions.keepTask(visit.scope, visit.session, undefined);
    return {
      page: 'account-tokens',
      tokens: tokens.map(({ name, createdAt, expiresAt, value }) => ({
        name,
        ending: value.slice(-4),
        createdAt: new Date(createdAt).toISOString(),
        expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
        isOver: expiresAt !== null && expiresAt <= visit.scope.now.getTime(),
      })),
      editable: visit.may('personalAccessToken', 'edit'),
      ...(fresh && { fresh }),
    };
  });

  routes.task({
    path: accountPaths.tokenNew,
    section: 'tokens',
    show: async (visit, { values }) => {
      await visit.requireProof();
      return { page: 'account-token-new', value: values.name ?? '', expires: values.expires ?? '30', days: TOKEN_DAYS };
    },
    async act(visit, fields) {
      const name = required(fields, 'name').trim().slice(0, 256);
      const days = TOKEN_DAYS.find((each) => String(each) === fields.expires);
      const expiresAt = days === undefined ? null : visit.scope.now.getTime() + days * DAY_MS;
      const { value } = await visit.call(createMyPersonalAccessToken, { body: { name, expiresAt } });
      await sessions.keepTask(visit.scope, visit.session, { kind: 'token', name, value });
      return { to: accountPaths.tokens };
    },
  });

  routes.confirm({
    path: accountPaths.tokenRemove,
    section: 'tokens',
    what: 'token-remove',
    cancel: accountPaths.tokens,
    describe: async (visit) => {
      const all = await visit.call(listMyPersonalAccessTokens, {});
      const found = all.find(({ name }) => name === visit.query.name);
      return found && { name: found.name };
    },
    async act(visit) {
      await visit.call(deleteMyPersonalAccessToken, { body: { name: visit.query.name ?? '' } });
      return { to: accountPaths.tokens, done: 'token-remove' };
    },
  });
}
