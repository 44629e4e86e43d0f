import { describeDevice } from '../../../kernel/devices.ts';
import { bindMyFactor, deleteMyFactor, listMyFactors, renameMyPasskey } from '../../account/account.contract.ts';
import { startPasskeyRegistration, verifyPasskeyRegistration } from '../../verifications/verifications.contract.ts';
import { fail } from '../account-center.errors.ts';
import { accountPaths } from '../account-center.paths.ts';
import { type AccountRoutes, type RouteContext, required, text } from '../routes.ts';
import type { Visit } from '../visits.ts';

const ofOne = (what: string) => `/account/passkey/:id/${what}`;

async function listPasskeys(visit: Visit) {
  const factors = (await visit.call(listMyFactors, {})).filter(({ type }) => type === 'WebAuthn');
  return factors.map(({ id, name, agent, createdAt, lastUsedAt }) => ({
    id,
    name: name ?? null,
    device: describeDevice(agent ?? null),
    createdAt,
    lastUsedAt: lastUsedAt ?? null,
  }));
}

async function getPasskey(visit: Visit) {
  const found = (await listPasskeys(visit)).find(({ id }) => id === visit.params.id);
  if (!found) throw fail('entity.not_found');
  return found;
}

/** What the authenticator answered; what is no JSON is no answer. */
function credentialOf(json: string): { id: string } {
  try {
    return JSON.parse(json) as { id: string };
  } catch (error) {
    throw fail('session.mfa.webauthn_verification_failed', { cause: error });
  }
}

/** Passkeys: to sign in with, and as a second factor. */
export function mountPasskeys(routes: AccountRoutes, { sessions }: RouteContext): void {
  routes.page(accountPaths.passkeys, 'security', async (visit) => ({
    page: 'account-passkeys',
    passkeys: await listPasskeys(visit),
    editable: visit.may('mfa', 'edit') || visit.may('passkey', 'edit'),
  }));

  routes.task({
    path: accountPaths.passkeyAdd,
    section: 'security',
    show: async (visit) => {
      await visit.requireProof();
      const { verificationRecordId: recordId, registrationOptions } = await visit.call(startPasskeyRegistration, {});
      await sessions.keepTask(visit.scope, visit.session, { kind: 'passkey', recordId });
      return { page: 'account-passkey-add', options: JSON.stringify(registrationOptions) };
    },
    async act(visit, fields) {
      const { task } = visit.session;
      if (task?.kind !== 'passkey') return { to: accountPaths.passkeyAdd };
      const payload = credentialOf(required(fields, 'credential'));
      const name = text(fields, 'name');
      const { verificationRecordId } = await visit.call(verifyPasskeyRegistration, {
        body: { verificationRecordId: task.recordId, payload },
      });
      await visit.call(bindMyFactor, {
        body: {
          type: 'WebAuthn',
          newIdentifierVerificationRecordId: verificationRecordId,
          ...(name && { name: name.slice(0, 64) }),
        },
      });
      await sessions.keepTask(visit.scope, visit.session, undefined);
      return { to: accountPaths.passkeys, done: 'passkey' };
    },
  });

  routes.task({
    path: ofOne('name'),
    section: 'security',
    show: async (visit, { values }) => {
      await visit.requireProof();
      const { id, name } = await getPasskey(visit);
      return { page: 'account-passkey-name', id, value: values.name ?? name ?? '' };
    },
    async act(visit, fields) {
      const name = required(fields, 'name').trim().slice(0, 64);
      await visit.call(renameMyPasskey, { params: { verificationId: visit.params.id ?? '' }, body: { name } });
      return { to: accountPaths.passkeys, done: 'passkey-name' };
    },
  });

  routes.confirm({
    path: ofOne('remove'),
    section: 'security',
    what: 'passkey-remove',
    cancel: accountPaths.passkeys,
    describe: async (visit) => {
      const { name, device } = await getPasskey(visit);
      return { name: name ?? [device.browser, device.os].filter(Boolean).join(', ') };
    },
    async act(visit) {
      await visit.call(deleteMyFactor, { params: { verificationId: visit.params.id ?? '' } });
      return { to: accountPaths.passkeys, done: 'passkey-remove' };
    },
  });
}
