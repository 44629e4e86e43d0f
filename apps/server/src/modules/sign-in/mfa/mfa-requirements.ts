import type { Scope } from '../../../kernel/scope.ts';
import type { Pending, SignInInQuestion } from '../actions/requirements.ts';
import type { Account } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import { maskAddress } from './mask-address.ts';
import {
  bindingDemand,
  type Demand,
  type MfaSituation,
  needsBackupCodes,
  needsProof,
  offersPasskey,
  provableFactors,
} from './mfa-policy.ts';
import { cookieOf, type MfaDependencies, situationOf } from './mfa-situation.ts';

type MfaQuestion = SignInInQuestion & { situation: MfaSituation };

/** Whom codes go to, as far as their owner needs it to recognise them. */
const maskedIdentifiers = ({ primaryEmail, primaryPhone }: Account) => ({
  ...(primaryEmail && { EmailVerificationCode: maskAddress({ type: 'email', value: primaryEmail }) }),
  ...(primaryPhone && { PhoneVerificationCode: maskAddress({ type: 'phone', value: primaryPhone }) }),
});

/** The browser's trusted device of this user, where the tenant has such. */
export async function findTrustedDevice(
  deps: MfaDependencies,
  scope: Scope,
  account: Account,
  settings: SignInInQuestion['rules']['settings'],
) {
  if (!settings.trustedDevice.enabled) return undefined;
  const cookie = cookieOf(scope, deps.factors.trustedDevices.cookieName(scope.tenantId, account.id));
  return deps.factors.trustedDevices.find(scope, account.id, cookie);
}

/** Proves a second factor, unless one was proved here or this browser is trusted. */
async function proof(deps: MfaDependencies, asked: MfaQuestion): Promise<Pending | undefined> {
  const { scope, flow, account, rules, situation } = asked;
  const { proved } = flow.context.mfa ?? {};
  if (proved?.userId === account.id || situation.recovering || !needsProof(situation)) return undefined;
  // A sign-in that looks odd is asked even where the browser is trusted: that may be what was stolen.
  const isOdd = situation.triggered.length > 0;
  if (!isOdd && (await findTrustedDevice(deps, scope, account, rules.settings))) return undefined;
  const availableFactors = provableFactors(situation);
  return {
    refusal: fail('session.mfa.require_mfa_verification', {
      data: { availableFactors, maskedIdentifiers: maskedIdentifiers(account) },
    }),
    fact: { type: 'mfa-required', factors: availableFactors },
  };
}

function passkeyOffer({ situation }: MfaQuestion): Pending | undefined {
  if (!offersPasskey(situation)) return undefined;
  return { refusal: fail('user.passkey_preferred'), fact: { type: 'passkey-offered' } };
}

const REASON = { suggest: 'offered', bind: 'offered', add: 'another' } as const;

function setup({ account, situation }: MfaQuestion): Pending | undefined {
  const demand = bindingDemand(situation);
  if (!demand) return undefined;
  const canSkip = demand.kind !== 'bind' || demand.skippable;
  const reason = canSkip ? REASON[demand.kind] : 'required';
  const asked = { reason, factors: demand.availableFactors, canSkip } as const;
  return { refusal: refusalOf(demand, account), fact: { type: 'setup-demanded', setup: asked } };
}

function refusalOf(demand: Demand, account: Account) {
  switch (demand.kind) {
    case 'suggest':
      return fail('user.suggest_mfa');
    case 'bind': {
      const { availableFactors, skippable } = demand;
      return fail('user.missing_mfa', { data: { availableFactors, ...(skippable && { skippable }) } });
    }
    case 'add': {
      const { availableFactors, isWebAuthnUsedAsSignInPasskey } = demand;
      const data = {
        availableFactors,
        maskedIdentifiers: maskedIdentifiers(account),
        isWebAuthnUsedAsSignInPasskey,
        skippable: true,
        suggestion: true,
      };
      return fail('session.mfa.suggest_additional_mfa', { data });
    }
  }
}

function backupCodes({ situation }: MfaQuestion): Pending | undefined {
  if (!needsBackupCodes(situation)) return undefined;
  return { refusal: fail('session.mfa.backup_code_required'), fact: { type: 'backup-codes-needed' } };
}

/** Tenants without second factors and passkeys pay nothing for them. */
const concernsMfa = ({ rules: { settings } }: SignInInQuestion): boolean =>
  settings.mfa.factors.length > 0 || settings.passkeySignIn.enabled === true;

/** What second factors and passkeys ask for: a proof before the profile is looked at, a setup after that. */
export async function mfaRequirements(
  deps: MfaDependencies,
  asked: SignInInQuestion,
): Promise<{ proof(): Promise<Pending | undefined>; setup(): Pending | undefined }> {
  if (!concernsMfa(asked)) return { proof: async () => undefined, setup: () => undefined };
  const question = { ...asked, situation: await situationOf(deps, asked) };
  return {
    proof: () => proof(deps, question),
    setup: () => passkeyOffer(question) ?? setup(question) ?? backupCodes(question),
  };
}
