import {
  deleteMyEmail,
  deleteMyPhone,
  getMyAccount,
  listMyFactors,
  updateMyPassword,
} from '../../account/account.contract.ts';
import type { AccountField } from '../../account/account-center.contract.ts';
import { passwordRules } from '../../sign-in/index.ts';
import type { PageDependencies } from '../account-center.dependencies.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountBody } from '../account-pages.contract.ts';
import { type AccountRoutes, type RouteContext, required } from '../routes.ts';
import type { Visit } from '../visits.ts';
import { mountAddress } from './address.ts';
import { mountBackupCodes } from './backup-codes.ts';
import { mountPasskeys } from './passkeys.ts';
import { mountSecondStep, secondStepChoice } from './second-step.ts';
import { mountTotp } from './totp.ts';

type SecurityPage = Extract<AccountBody, { page: 'account-security' }>;

/** Whether the tenant lets its users have this kind of factor. */
async function factorsOpen({ experience }: PageDependencies, { scope }: Visit) {
  const { mfa, passkeySignIn } = await experience.settings(scope.tenantId);
  return {
    totp: mfa.factors.includes('Totp'),
    passkeys: mfa.factors.includes('WebAuthn') || passkeySignIn.enabled === true,
    backupCodes: mfa.factors.includes('BackupCode'),
  };
}

/** Second factors and passkeys: what is set up, and what could be. */
async function factorRows(deps: PageDependencies, visit: Visit): Promise<Partial<SecurityPage>> {
  const sees = (['mfa', 'passkey'] satisfies AccountField[]).some((field) => visit.may(field, 'read'));
  if (!sees) return {};
  const editable = (['mfa', 'passkey'] satisfies AccountField[]).some((field) => visit.may(field, 'edit'));
  const [open, factors] = await Promise.all([factorsOpen(deps, visit), visit.call(listMyFactors, {})]);
  const totp = factors.find(({ type }) => type === 'Totp');
  const passkeys = factors.filter(({ type }) => type === 'WebAuthn').length;
  const codes = factors.find(({ type }) => type === 'BackupCode');
  const hasFactor = factors.some(({ type }) => type !== 'BackupCode');
  const isFactorOpen = visit.may('mfa', 'read');
  return {
    ...(isFactorOpen && (open.totp || totp) && { totp: { addedAt: totp?.createdAt ?? null, editable } }),
    ...((open.passkeys || passkeys > 0) && {
      passkeys: { count: passkeys, editable, canAdd: editable && open.passkeys },
    }),
    ...(isFactorOpen &&
      (codes || (open.backupCodes && hasFactor)) && {
        backupCodes: { left: codes?.remainCodes ?? null, editable: editable && open.backupCodes },
      }),
  };
}

async function securityPage(deps: PageDependencies, visit: Visit): Promise<SecurityPage> {
  const account = await visit.call(getMyAccount, {});
  const { tenantId } = visit.scope;
  const address = async (field: 'email' | 'phone', value: string | null | undefined) => {
    if (!visit.may(field, 'read')) return undefined;
    const canSend = await deps.messages.canSend(tenantId, field === 'email' ? 'Email' : 'Sms');
    return { value: value ?? null, editable: visit.may(field, 'edit'), canChange: canSend };
  };
  return {
    page: 'account-security',
    ...(visit.may('password', 'read') && {
      password: { isSet: account.hasPassword === true, editable: visit.may('password', 'edit') },
    }),
    email: await address('email', account.primaryEmail),
    phone: await address('phone', account.primaryPhone && `+${account.primaryPhone}`),
    ...(await factorRows(deps, visit)),
    atSignIn: await secondStepChoice(deps, visit),
  };
}

/** What the account is kept safe by. */
export function mountSecurity(routes: AccountRoutes, context: RouteContext): void {
  const { deps } = context;
  routes.page(accountPaths.security, 'security', (visit) => securityPage(deps, visit));

  routes.task({
    path: accountPaths.password,
    section: 'security',
    show: async (visit) => {
      const account = await visit.call(getMyAccount, {});
      await visit.requireProof();
      return {
        page: 'account-password',
        isSet: account.hasPassword === true,
        username: account.username ?? account.primaryEmail ?? account.id,
        rules: passwordRules(await deps.experience.settings(visit.scope.tenantId)),
      };
    },
    async act(visit, fields) {
      await visit.call(updateMyPassword, { body: { password: required(fields, 'password') } });
      return { to: accountPaths.security, done: 'password' };
    },
  });

  mountAddress(routes, context, 'email');
  mountAddress(routes, context, 'phone');
  for (const [what, path, operation] of [
    ['email-remove', accountPaths.emailRemove, deleteMyEmail],
    ['phone-remove', accountPaths.phoneRemove, deleteMyPhone],
  ] as const) {
    routes.confirm({
      path,
      section: 'security',
      what,
      cancel: accountPaths.security,
      describe: async (visit) => {
        const { primaryEmail, primaryPhone } = await visit.call(getMyAccount, {});
        const value = what === 'email-remove' ? primaryEmail : primaryPhone && `+${primaryPhone}`;
        return value ? { name: value } : undefined;
      },
      async act(visit) {
        await visit.call(operation, {});
        return { to: accountPaths.security, done: what };
      },
    });
  }
  mountTotp(routes, context);
  mountSecondStep(routes, context);
  mountPasskeys(routes, context);
  mountBackupCodes(routes);
}
