import type { PageDependencies } from './account-center.dependencies.ts';
import { fail } from './account-center.errors.ts';
import type { AccountSessions } from './account-sessions.ts';
import type { Visit } from './visits.ts';

/** Until when an application's wish to get the user back counts (features 4.5). */
const LIFETIME_MS = 10 * 60_000;

/** A path of the account center itself: where a proof or a sign-in goes on. */
export function ownPath(path: string | undefined): string | undefined {
  return path && /^\/account(?:\/[\w%.~-]+)*(?:\?[\w%.~&=+:/-]*)?$/.test(path) ? path : undefined;
}

/**
 * Keeps where an application wants the user back after this task.
 * Only addresses that some application of the tenant has registered, or of their origins, are kept: a link to the
 * account center must not become one to anywhere.
 */
export async function keepReturn(
  {
    applications,
    sessions,
  }: Pick<PageDependencies, 'applications'> & { sessions: Pick<AccountSessions, 'keepReturn'> },
  visit: Visit,
  task: string,
): Promise<void> {
  const { scope, session, query } = visit;
  const url = query.redirect;
  if (url === undefined) return;
  if (!(await applications.findByAddress(scope, url))) {
    throw fail('account_center.redirect_not_allowed', { data: { url } });
  }
  const returnTo = {
    task,
    url,
    showSuccess: query.show_success === 'true',
    expiresAt: scope.now.getTime() + LIFETIME_MS,
  };
  await sessions.keepReturn(scope, session, returnTo);
  session.returnTo = returnTo;
}
