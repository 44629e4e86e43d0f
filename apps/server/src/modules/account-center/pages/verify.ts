import { getMyAccount } from '../../account/account.contract.ts';
import { RESEND_AFTER } from '../../sign-in/index.ts';
import { sendAccountCode, verifyAccountCode, verifyByPassword } from '../../verifications/verifications.contract.ts';
import { fail } from '../account-center.errors.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountBody } from '../account-pages.contract.ts';
import { ownPath } from '../return-address.ts';
import { type AccountRoutes, type Next, type RouteContext, required } from '../routes.ts';
import type { Visit } from '../visits.ts';

type Channel = 'email' | 'phone';

/** The same path with what it leads to, which rides along in every form of the page. */
const keepNext = (path: string, next: string): string => `${path}?${new URLSearchParams({ next })}`;

const nextOf = ({ query }: Visit): string => ownPath(query.next) ?? accountPaths.profile;

/** Addresses of the account that a code can reach. */
async function addressesOf({ deps }: RouteContext, visit: Visit): Promise<Partial<Record<Channel, string>>> {
  // The whole user: where to send a code does not depend on what the tenant shows of the account.
  const { primaryEmail, primaryPhone } = (await deps.findUser(visit.scope, visit.session.userId)) ?? {};
  const { tenantId } = visit.scope;
  return {
    ...(primaryEmail && (await deps.messages.canSend(tenantId, 'Email')) && { email: primaryEmail }),
    ...(primaryPhone && (await deps.messages.canSend(tenantId, 'Sms')) && { phone: primaryPhone }),
  };
}

/** Seconds until another code may be asked for. */
export const resendAfter = ({ scope }: Visit, sentAt: number): number =>
  Math.max(0, RESEND_AFTER - (scope.now.getTime() - sentAt) / 1000);

/** What is asked of an owner before something sensitive, and what is done when it was given. */
export function mountVerify(routes: AccountRoutes, context: RouteContext): void {
  const { sessions } = context;

  const page = async (visit: Visit): Promise<AccountBody> => {
    const account = await visit.call(getMyAccount, {});
    const addresses = await addressesOf(context, visit);
    const { task } = visit.session;
    // Another way may be chosen than the code that is under way.
    const sent = task?.kind === 'verify' && visit.query.way !== 'other' ? task : undefined;
    return {
      page: 'account-verify',
      next: nextOf(visit),
      methods: [...(account.hasPassword ? (['password'] as const) : []), ...(Object.keys(addresses) as Channel[])],
      username: account.username ?? account.primaryEmail ?? account.id,
      ...(sent && {
        sent: {
          channel: sent.channel,
          recipient: sent.recipient,
          resendAfter: resendAfter(visit, sent.sentAt),
        },
      }),
    };
  };

  const proved = async (visit: Visit, proof: { id: string; expiresAt: Date }): Promise<Next> => {
    await sessions.keepProof(visit.scope, visit.session, proof);
    return { to: nextOf(visit) };
  };

  routes.task({
    path: accountPaths.verify,
    section: 'profile',
    show: page,
    async act(visit, fields) {
      const password = required(fields, 'password');
      const { verificationRecordId: id, expiresAt } = await visit.call(verifyByPassword, { body: { password } });
      return proved(visit, { id, expiresAt: new Date(expiresAt) });
    },
  });

  routes.task({
    path: accountPaths.verifySend,
    of: accountPaths.verify,
    section: 'profile',
    show: page,
    async act(visit, fields) {
      const channel: Channel = fields.channel === 'phone' ? 'phone' : 'email';
      const recipient = (await addressesOf(context, visit))[channel];
      if (!recipient) throw fail('entity.not_found');
      const { verificationRecordId: recordId } = await visit.call(sendAccountCode, {
        body: { identifier: { type: channel, value: recipient } },
      });
      const sentAt = visit.scope.now.getTime();
      await sessions.keepTask(visit.scope, visit.session, { kind: 'verify', channel, recipient, recordId, sentAt });
      return { to: keepNext(accountPaths.verify, nextOf(visit)) };
    },
  });

  routes.task({
    path: accountPaths.verifyCode,
    of: accountPaths.verify,
    section: 'profile',
    show: page,
    async act(visit, fields) {
      const { task } = visit.session;
      if (task?.kind !== 'verify') return { to: keepNext(accountPaths.verify, nextOf(visit)) };
      const code = required(fields, 'code').trim();
      const { channel: type, recipient: value, recordId: verificationId, sentAt } = task;
      await visit.call(verifyAccountCode, { body: { identifier: { type, value }, verificationId, code } });
      return proved(visit, { id: verificationId, expiresAt: new Date(sentAt + PROOF_MS) });
    },
  });
}

/** As long as a record of the Verification API lives. */
const PROOF_MS = 10 * 60_000;
