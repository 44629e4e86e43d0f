import { getMyAccount, updateMyEmail, updateMyPhone } from '../../account/account.contract.ts';
import { sendAccountCode, verifyAccountCode } from '../../verifications/verifications.contract.ts';
import { accountPaths } from '../account-center.paths.ts';
import { type AccountRoutes, type Next, type RouteContext, required } from '../routes.ts';
import type { Visit } from '../visits.ts';
import { orInvalid } from './profile.ts';
import { resendAfter } from './verify.ts';

const normal = (channel: 'email' | 'phone', value: string): string =>
  channel === 'email' ? value.toLowerCase() : value.replace(/\D/g, '');

/** A new e-mail address or phone number: typed, then proved by the code that it receives. */
export function mountAddress(routes: AccountRoutes, { sessions }: RouteContext, channel: 'email' | 'phone'): void {
  const path = accountPaths[channel];
  const codePath = accountPaths[`${channel}Code`];

  const presentOf = async (visit: Visit): Promise<string | null> => {
    const { primaryEmail, primaryPhone } = await visit.call(getMyAccount, {});
    if (channel === 'email') return primaryEmail ?? null;
    return primaryPhone ? `+${primaryPhone}` : null;
  };

  const send = async (visit: Visit, value: string): Promise<Next> => {
    const { verificationRecordId: recordId } = await orInvalid(`user.invalid_${channel}`, () =>
      visit.call(sendAccountCode, { body: { identifier: { type: channel, value } } }),
    );
    const sentAt = visit.scope.now.getTime();
    await sessions.keepTask(visit.scope, visit.session, { kind: 'address', channel, value, recordId, sentAt });
    return { to: codePath };
  };

  /** The address whose code is awaited in this browser. */
  const awaited = ({ session: { task } }: Visit) =>
    task?.kind === 'address' && task.channel === channel ? task : undefined;

  routes.task({
    path,
    section: 'security',
    show: async (visit, { values }) => {
      await visit.requireProof();
      const present = await presentOf(visit);
      return { page: 'account-address', channel, present, value: values[channel] ?? visit.query.identifier ?? '' };
    },
    async act(visit, fields) {
      const value = required(fields, channel).trim();
      const present = await presentOf(visit);
      if (present && normal(channel, present) === normal(channel, value)) return { to: accountPaths.security };
      // Before a message goes out, not after: who may not change it is not to send mail from here.
      await visit.requireProof();
      return send(visit, value);
    },
  });

  routes.task({
    path: codePath,
    of: path,
    section: 'security',
    show: async (visit) => {
      const task = awaited(visit);
      if (!task) return { to: path };
      const { value: recipient, sentAt } = task;
      return { page: 'account-address-code', channel, recipient, resendAfter: resendAfter(visit, sentAt) };
    },
    async act(visit, fields) {
      const task = awaited(visit);
      if (!task) return { to: path };
      const { value, recordId: newIdentifierVerificationRecordId } = task;
      const code = required(fields, 'code').trim();
      await visit.call(verifyAccountCode, {
        body: { identifier: { type: channel, value }, verificationId: newIdentifierVerificationRecordId, code },
      });
      const body = { newIdentifierVerificationRecordId };
      if (channel === 'email') await visit.call(updateMyEmail, { body: { ...body, email: value } });
      else await visit.call(updateMyPhone, { body: { ...body, phone: value } });
      await sessions.keepTask(visit.scope, visit.session, undefined);
      return { to: accountPaths.security, done: channel };
    },
  });

  routes.form(accountPaths[`${channel}Resend`], async (visit) => {
    const task = awaited(visit);
    return task ? send(visit, task.value) : { to: path };
  });
}
