import type { Scope } from '../../../kernel/scope.ts';
import type { FactorType } from '../../factors/factors.contract.ts';
import { type BoundFactors, readUserConfig } from '../../factors/index.ts';
import type { FlowContext } from '../flow-context.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import type { MfaSituation } from './mfa-policy.ts';

export type MfaDependencies = Pick<SignInDependencies, 'factors' | 'adaptiveMfa' | 'organizations'>;

/** Cookie in which the browser keeps an administrator's recovery link until the sign-in that it is for. */
export const RECOVERY_COOKIE = 'latchkey-mfa-recovery';

export function cookieOf(scope: Scope, name: string): string | undefined {
  for (const part of scope.headers.cookie?.split(';') ?? []) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}

/** True when the flow's user has come in by a passkey of their own. */
export const isByPasskey = ({ records, userId }: FlowContext): boolean =>
  records.some((record) => record.type === 'SignInPasskey' && record.verified && record.userId === userId);

function storedFactors(account: Account, { totp, passkeys, backupCodes }: BoundFactors): FactorType[] {
  return [
    ...(passkeys.length > 0 ? (['WebAuthn'] as const) : []),
    ...(totp ? (['Totp'] as const) : []),
    ...(account.primaryPhone ? (['PhoneVerificationCode'] as const) : []),
    ...(account.primaryEmail ? (['EmailVerificationCode'] as const) : []),
    ...(backupCodes && backupCodes.remaining > 0 ? (['BackupCode'] as const) : []),
  ];
}

function addedFactors({ mfa = {}, profile }: FlowContext): FactorType[] {
  return [
    ...(mfa.passkeys?.length ? (['WebAuthn'] as const) : []),
    ...(mfa.totp ? (['Totp'] as const) : []),
    ...(profile.primaryPhone ? (['PhoneVerificationCode'] as const) : []),
    ...(profile.primaryEmail ? (['EmailVerificationCode'] as const) : []),
    ...(mfa.backupCodesSealed ? (['BackupCode'] as const) : []),
  ];
}

/** The administrator's link that this browser has opened, when it is for this account and can still be used. */
export async function findRecovery(deps: MfaDependencies, scope: Scope, account: Account): Promise<string | undefined> {
  const token = cookieOf(scope, RECOVERY_COOKIE);
  const link = token ? await deps.factors.recoveryLinks.find(scope, token) : undefined;
  return link?.userId === account.id ? token : undefined;
}

/** All that the tenant's policy needs to know of a sign-in, but for adaptive MFA, which costs statements of its own. */
export async function situationOf(
  deps: MfaDependencies,
  asked: { scope: Scope; flow: Flow; account: Account; rules: Rules },
): Promise<MfaSituation> {
  const { scope, flow, account, rules } = asked;
  const { context } = flow;
  const { settings } = rules;
  const isSignIn = context.event === 'SignIn';
  const [bound, memberships, recovery, triggered] = await Promise.all([
    deps.factors.bound(scope, account.id),
    deps.organizations.membershipsOf(scope, { userId: account.id }),
    findRecovery(deps, scope, account),
    settings.adaptiveMfa.enabled && isSignIn ? judgeSignIn(deps, scope, account, settings) : [],
  ]);
  return {
    event: isSignIn ? 'SignIn' : 'Register',
    settings,
    organizationRequires: memberships.some(({ isMfaRequired }) => isMfaRequired),
    config: readUserConfig(account.logtoConfig),
    stored: storedFactors(account, bound),
    added: addedFactors(context),
    triggered,
    byPasskey: isByPasskey(context),
    recovering: recovery !== undefined,
    decided: context.mfa ?? {},
  };
}

/** The rules of adaptive MFA that find this sign-in unlike the user's earlier ones. */
export const judgeSignIn = (
  deps: Pick<MfaDependencies, 'adaptiveMfa'>,
  scope: Scope,
  account: Account,
  settings: Rules['settings'],
) => deps.adaptiveMfa.judge(scope, account, deps.adaptiveMfa.signals(scope), settings.adaptiveMfa.thresholds);
