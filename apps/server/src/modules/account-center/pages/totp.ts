import {
  bindMyFactor,
  deleteMyFactor,
  generateMyTotpSecret,
  listMyFactors,
  replaceMyTotp,
} from '../../account/account.contract.ts';
import { accountPaths } from '../account-center.paths.ts';
import { type AccountRoutes, type RouteContext, required } from '../routes.ts';
import type { Visit } from '../visits.ts';

const findTotp = async (visit: Visit) => (await visit.call(listMyFactors, {})).find(({ type }) => type === 'Totp');

/** An authenticator app: its secret is kept here, sealed, until a code has shown that the app has it. */
export function mountTotp(routes: AccountRoutes, { sessions }: RouteContext): void {
  for (const path of [accountPaths.totp, accountPaths.totpReplace]) {
    const replaces = path === accountPaths.totpReplace;

    routes.task({
      path,
      section: 'security',
      show: async (visit) => {
        await visit.requireProof();
        const bound = await findTotp(visit);
        // Each address leads to what there is to do.
        if (bound && !replaces) return { to: accountPaths.totpReplace };
        if (!bound && replaces) return { to: accountPaths.totp };
        const { task } = visit.session;
        const kept = task?.kind === 'totp' ? task : undefined;
        const { secret, secretQrCode: qrCode } = kept ?? (await visit.call(generateMyTotpSecret, {}));
        if (!kept) {
          await sessions.keepTask(visit.scope, visit.session, { kind: 'totp', secret, secretQrCode: qrCode });
        }
        return { page: 'account-totp', path, replaces, secret, qrCode };
      },
      async act(visit, fields) {
        const code = required(fields, 'code').trim();
        const { task } = visit.session;
        if (task?.kind !== 'totp') return { to: path };
        const { secret } = task;
        if (replaces) await visit.call(replaceMyTotp, { body: { secret, code } });
        else await visit.call(bindMyFactor, { body: { type: 'Totp', secret, code } });
        await sessions.keepTask(visit.scope, visit.session, undefined);
        return { to: accountPaths.security, done: 'totp' };
      },
    });
  }

  routes.confirm({
    path: accountPaths.totpRemove,
    section: 'security',
    what: 'totp-remove',
    cancel: accountPaths.security,
    describe: async (visit) => ((await findTotp(visit)) ? {} : undefined),
    async act(visit) {
      const bound = await findTotp(visit);
      if (bound) await visit.call(deleteMyFactor, { params: { verificationId: bound.id } });
      return { to: accountPaths.security, done: 'totp-remove' };
    },
  });
}
