import type { FactorType, UserConfig } from '../../factors/factors.contract.ts';
import type { SignInSettings } from '../../sign-in-experience/sign-in-experience.contract.ts';

/**
 * What the tenant's policy asks of a user at sign-in and sign-up: proving a second factor, setting one up, saving backup codes.
 * Pure: what is known comes in, what is asked for comes out.
 */
export interface MfaSituation {
  event: 'SignIn' | 'Register';
  settings: Pick<SignInSettings, 'mfa' | 'adaptiveMfa' | 'passkeySignIn'>;
  /** An organization of the user wants its members to have a second factor. */
  organizationRequires: boolean;
  config: UserConfig;
  /** Factors that the account has. */
  stored: readonly FactorType[];
  /** Factors that were set up in this sign-in; the account gets them when it is completed. */
  added: readonly FactorType[];
  /** Rules of adaptive MFA that find this sign-in unlike the earlier ones. */
  triggered: readonly string[];
  /** A passkey has opened the door: it is two factors in one. */
  byPasskey: boolean;
  /** An administrator's link stands in for factors that are lost; they count no more. */
  recovering: boolean;
  /** What the user has decided in this sign-in. */
  decided: { enabled?: true; skipped?: true; suggestionSkipped?: true; passkeySkipped?: true };
}

export type Demand =
  /** To use as a second factor what the account has, or another one. */
  | { kind: 'suggest'; availableFactors: FactorType[] }
  | { kind: 'bind'; availableFactors: FactorType[]; skippable: boolean }
  | { kind: 'add'; availableFactors: FactorType[]; isWebAuthnUsedAsSignInPasskey: boolean };

/** The order in which factors are offered (features 2.4). */
const ORDER: readonly FactorType[] = [
  'WebAuthn',
  'Totp',
  'PhoneVerificationCode',
  'EmailVerificationCode',
  'BackupCode',
];
const IMPLICIT: readonly FactorType[] = ['PhoneVerificationCode', 'EmailVerificationCode'];

const isImplicit = (factor: FactorType) => IMPLICIT.includes(factor);

const enabled = ({ settings }: Pick<MfaSituation, 'settings'>): FactorType[] =>
  ORDER.filter((factor) => settings.mfa.factors.includes(factor));

/** Organizations and recoveries do not wait for the moment that the tenant's policy has chosen. */
const isPressing = ({ settings: { mfa }, organizationRequires, recovering }: MfaSituation): boolean =>
  recovering || (organizationRequires && mfa.organizationRequiredMfaPolicy === 'Mandatory');

/** Nobody may go without a factor. */
const isMandatory = (situation: MfaSituation): boolean =>
  isPressing(situation) || situation.settings.mfa.policy.endsWith('Mandatory');

/** Whether the subject is brought up now. */
function isMoment(situation: MfaSituation): boolean {
  const { policy } = situation.settings.mfa;
  if (policy === 'Mandatory' || isPressing(situation)) return true;
  if (policy.startsWith('PromptOnlyAtSignIn')) return situation.event === 'SignIn';
  return policy !== 'NoPrompt';
}

/** The factors that the user can prove now, the best first; the account's only, not what was just added. */
export const provableFactors = (situation: Pick<MfaSituation, 'settings' | 'stored'>): FactorType[] =>
  enabled(situation).filter((factor) => situation.stored.includes(factor));

/** Whether a second factor must be proved before the user gets in. */
export function needsProof(situation: MfaSituation): boolean {
  const { event, byPasskey, settings, config, triggered } = situation;
  const provable = provableFactors(situation);
  if (event !== 'SignIn' || byPasskey || provable.length === 0) return false;
  if (isPressing(situation) || settings.mfa.policy === 'Mandatory') return true;
  if (settings.adaptiveMfa.enabled) return triggered.length > 0;
  if (config.mfa.skipMfaOnSignIn || config.mfa.enabled === false) return false;
  // An address is a second factor only for who has chosen so.
  return config.mfa.enabled === true || provable.some((factor) => !isImplicit(factor));
}

/** Whether the user is offered a passkey for the next time. */
export const offersPasskey = ({ settings, config, stored, added, byPasskey, decided }: MfaSituation): boolean =>
  settings.passkeySignIn.enabled === true &&
  !byPasskey &&
  !decided.passkeySkipped &&
  !config.passkeySignIn.skipped &&
  ![...stored, ...added].includes('WebAuthn');

const factorsOf = ({ stored, added, recovering }: MfaSituation): FactorType[] =>
  recovering ? [...added] : [...stored, ...added];

/** What the user is to set up, or is offered to. */
export function bindingDemand(situation: MfaSituation): Demand | undefined {
  const { byPasskey, config, decided } = situation;
  const all = enabled(situation).filter((factor) => factor !== 'BackupCode');
  if (byPasskey || all.length === 0) return undefined;
  const has = all.filter((factor) => factorsOf(situation).includes(factor));
  const availableFactors = all.filter((factor) => !has.includes(factor));
  if (isMandatory(situation)) {
    if (has.length > 0 || !isMoment(situation)) return furtherFactor(situation, has, availableFactors);
    return { kind: 'bind', availableFactors, skippable: false };
  }
  const declined = config.mfa.skipped || config.mfa.enabled === false || decided.skipped;
  const wants = decided.enabled || config.mfa.enabled;
  if (declined || !(isMoment(situation) || decided.enabled)) return undefined;
  if (has.length === 0) return { kind: 'bind', availableFactors, skippable: true };
  if (has.every(isImplicit) && !wants) return { kind: 'suggest', availableFactors: all };
  return furtherFactor(situation, has, availableFactors);
}

/** One factor more, for who has just come to have a single one that is easily lost or serves for signing in too. */
function furtherFactor(
  { event, settings, config, added, decided }: MfaSituation,
  has: readonly FactorType[],
  availableFactors: FactorType[],
): Demand | undefined {
  const isWebAuthnUsedAsSignInPasskey = settings.passkeySignIn.enabled === true && has.includes('WebAuthn');
  const fragile = has.length > 0 && has.every((factor) => isImplicit(factor) || factor === 'WebAuthn');
  const isNew = event === 'Register' || added.length > 0;
  const single = has.every(isImplicit) || (has.length === 1 && isWebAuthnUsedAsSignInPasskey);
  const skipped = decided.suggestionSkipped || config.mfa.additionalBindingSuggestionSkipped;
  if (!fragile || !single || !isNew || skipped || availableFactors.length === 0) return undefined;
  return { kind: 'add', availableFactors, isWebAuthnUsedAsSignInPasskey };
}

/** Whether backup codes are to be saved: there is a factor to lose, and no code that is left. */
export function needsBackupCodes(situation: MfaSituation): boolean {
  if (situation.byPasskey || !enabled(situation).includes('BackupCode')) return false;
  const has = factorsOf(situation);
  const losable = enabled(situation).some(
    (factor) => factor !== 'BackupCode' && !isImplicit(factor) && has.includes(factor),
  );
  return losable && !has.includes('BackupCode');
}
