import { audit } from '../../../kernel/audit.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { UserConfigChange } from '../../factors/factors.contract.ts';
import { type AdaptiveMfaResult, tellSignIn } from '../actions/tell-sign-in.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { tenantCookie } from '../tenant-cookie.ts';
import { findTrustedDevice } from './mfa-requirements.ts';
import { findRecovery, isByPasskey, judgeSignIn, type MfaDependencies, RECOVERY_COOKIE } from './mfa-situation.ts';
import { openFrom } from './new-factor.ts';
import type { PendingMfa } from './pending-mfa.ts';

const DEFAULT_TRUST_DAYS = 30;

export type ApplyMfaDependencies = MfaDependencies & Pick<SignInDependencies, 'secretBox' | 'addressOf'>;

/** Cookies go out only when what they stand for is committed. */
function giveCookie(
  deps: ApplyMfaDependencies,
  tx: Scope,
  cookie: { name: string; value: string; seconds: number },
): void {
  tx.afterCommit.push(() => tx.setCookie(tenantCookie(deps.addressOf(tx.tenantId), cookie)));
}

/** Keeps an administrator's link in the browser until the sign-in that it is for. */
export function keepRecoveryLink(
  deps: ApplyMfaDependencies,
  scope: Scope,
  link: { token: string; expiresAt: Date },
): void {
  const seconds = Math.floor((link.expiresAt.getTime() - scope.now.getTime()) / 1000);
  scope.setCookie(tenantCookie(deps.addressOf(scope.tenantId), { name: RECOVERY_COOKIE, value: link.token, seconds }));
}

/** Whether this browser may be trusted from now on: a factor that is not a backup code was proved or set up here. */
export function canTrustDevice(
  { mfa = {} }: Flow['context'],
  account: Account,
  { trustedDevice }: Rules['settings'],
): { canCreate: boolean; durationDays: number } {
  const provedHere = mfa.proved?.userId === account.id && mfa.proved.factor !== 'BackupCode';
  const isEligible = provedHere || mfa.totp !== undefined || mfa.passkeys !== undefined;
  return {
    canCreate: trustedDevice.enabled === true && isEligible,
    durationDays: trustedDevice.durationDays ?? DEFAULT_TRUST_DAYS,
  };
}

const decisions = (mfa: PendingMfa): UserConfigChange => ({
  mfa: {
    ...(mfa.enabled && { enabled: true }),
    ...(mfa.skipped && { skipped: true }),
    ...(mfa.suggestionSkipped && { additionalBindingSuggestionSkipped: true }),
  },
  passkeySignIn: mfa.passkeySkipped ? { skipped: true } : {},
});

const hasDecided = ({ enabled, skipped, suggestionSkipped, passkeySkipped }: PendingMfa): boolean =>
  Boolean(enabled || skipped || suggestionSkipped || passkeySkipped);

/** An administrator's link is used up: what was lost is taken off the account before it gets something new. */
async function recover(deps: ApplyMfaDependencies, tx: Scope, flow: Flow, account: Account): Promise<void> {
  // Whoever comes in by a passkey has not lost it.
  const token = isByPasskey(flow.context) ? undefined : await findRecovery(deps, tx, account);
  if (!token) return;
  await deps.factors.recoveryLinks.spend(tx, account.id, token);
  await deps.factors.removeAll(tx, account.id);
  await deps.factors.trustedDevices.removeAll(tx, account.id);
  giveCookie(deps, tx, { name: RECOVERY_COOKIE, value: '', seconds: 0 });
}

async function bindAll(deps: ApplyMfaDependencies, tx: Scope, flow: Flow, account: Account, mfa: PendingMfa) {
  const { factors, secretBox } = deps;
  if (mfa.totp) {
    const secret = openFrom(secretBox, flow, mfa.totp.secretSealed);
    await factors.totp.bind(tx, account.id, { secret, step: mfa.totp.step });
  }
  for (const passkey of mfa.passkeys ?? []) await factors.passkeys.bind(tx, account.id, passkey);
  if (mfa.backupCodesSealed) {
    const codes = openFrom(secretBox, flow, mfa.backupCodesSealed).split(' ');
    await factors.backupCodes.bind(tx, account.id, codes, true);
  }
}

/** Remembers this browser, or that it was remembered. */
async function trust(deps: ApplyMfaDependencies, tx: Scope, flow: Flow, account: Account, settings: Rules['settings']) {
  const { mfa = {} } = flow.context;
  if (!mfa.trustsDevice) {
    const device = mfa.proved ? undefined : await findTrustedDevice(deps, tx, account, settings);
    if (device) await deps.factors.trustedDevices.recordUse(tx, device);
    return;
  }
  const { canCreate, durationDays } = canTrustDevice(flow.context, account, settings);
  if (!canCreate) return;
  const { cookie } = await deps.factors.trustedDevices.create(tx, account.id, durationDays);
  const name = deps.factors.trustedDevices.cookieName(tx.tenantId, account.id);
  giveCookie(deps, tx, { name, value: cookie, seconds: durationDays * 86_400 });
}

/** Tells of a sign-in that the rules found odd, and remembers where it came from. */
async function learn(deps: ApplyMfaDependencies, tx: Scope, flow: Flow, account: Account, settings: Rules['settings']) {
  if (!settings.adaptiveMfa.enabled) return;
  const triggeredRules = flow.context.event === 'SignIn' ? await judgeSignIn(deps, tx, account, settings) : [];
  if (triggeredRules.length > 0) {
    const adaptiveMfaResult: AdaptiveMfaResult = {
      requiresMfa: true,
      triggeredRules: triggeredRules.map((rule) => ({ rule })),
    };
    await tellSignIn(tx, flow, { event: 'SignIn', account, adaptiveMfaResult });
    const details = { applicationId: flow.interaction.application.id, adaptiveMfaResult };
    await audit(tx, { key: 'AdaptiveMfa.Triggered', target: { type: 'User', id: account.id }, details });
  }
  await deps.adaptiveMfa.record(tx, account.id, deps.adaptiveMfa.signals(tx));
}

/** Gives the account, in the transaction that completes the sign-in, what was set up and decided in it. */
export async function applyMfa(
  deps: ApplyMfaDependencies,
  tx: Scope,
  flow: Flow,
  account: Account,
  settings: Rules['settings'],
): Promise<void> {
  const { mfa = {} } = flow.context;
  await recover(deps, tx, flow, account);
  await bindAll(deps, tx, flow, account, mfa);
  if (hasDecided(mfa)) await deps.factors.changeUserConfig(tx, account.id, decisions(mfa));
  await trust(deps, tx, flow, account, settings);
  await learn(deps, tx, flow, account, settings);
}
