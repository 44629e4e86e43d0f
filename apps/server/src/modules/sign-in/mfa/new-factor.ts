import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { audit } from '../../../kernel/audit.ts';
import { standardId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { SecretBox } from '../../../kernel/secrets.ts';
import type { FactorType } from '../../factors/factors.contract.ts';
import type { Fact } from '../flow-context.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import type { BackupCodeRecord, PendingMfa, TotpRecord, WebAuthnRecord } from './pending-mfa.ts';
import { counted } from './prove-factor.ts';

/** What setting up a factor needs to know of the sign-in that it happens in. */
export interface NewFactorContext {
  deps: Pick<SignInDependencies, 'factors' | 'secretBox'>;
  scope: Scope;
  flow: Flow;
  rules: Rules;
  account: Account;
}

const purposeOf = (flow: Flow) => `sign-in-flow:${flow.interaction.tenantId}:${flow.interaction.id}`;

/** Secrets wait sealed in the flow until the account gets them. */
export const sealIn = (box: SecretBox, flow: Flow, plain: string): string => box.seal(plain, purposeOf(flow));
export const openFrom = (box: SecretBox, flow: Flow, sealed: string): string => box.open(sealed, purposeOf(flow));

export async function proposeTotp({ deps, scope, flow, account }: NewFactorContext) {
  const secret = deps.factors.totp.newSecret();
  const record: TotpRecord = {
    id: standardId(),
    type: 'TOTP',
    verified: false,
    userId: account.id,
    secretSealed: sealIn(deps.secretBox, flow, secret),
  };
  return { record, shown: await deps.factors.totp.describe(scope, account, secret) };
}

/** The same secret again, for a page that is shown anew. */
export const showTotp = ({ deps, scope, flow, account }: NewFactorContext, secretSealed: string) =>
  deps.factors.totp.describe(scope, account, openFrom(deps.secretBox, flow, secretSealed));

/** A code shows that the app has taken the secret. */
export async function confirmTotp(context: NewFactorContext, record: TotpRecord, code: string): Promise<TotpRecord> {
  const { deps, scope, flow, account } = context;
  const { secretSealed } = record;
  if (!secretSealed || record.userId !== account.id) throw fail('session.mfa.pending_info_not_found');
  const attempt = { action: 'MfaTotp', verification: 'Totp', userId: account.id } as const;
  const step = await counted(context, attempt, async () => {
    const found = deps.factors.totp.stepOf(scope, openFrom(deps.secretBox, flow, secretSealed), code);
    if (found === undefined) throw fail('session.mfa.invalid_totp_code');
    return found;
  });
  return { ...record, verified: true, step };
}

export async function proposePasskey({ deps, scope, account }: NewFactorContext) {
  const options = await deps.factors.passkeys.registrationOptions(scope, account);
  const record: WebAuthnRecord = {
    id: standardId(),
    type: 'WebAuthn',
    verified: false,
    userId: account.id,
    registrationChallenge: options.challenge,
  };
  return { record, options };
}

export async function confirmPasskey(
  context: NewFactorContext,
  record: WebAuthnRecord,
  response: RegistrationResponseJSON,
  name?: string,
): Promise<WebAuthnRecord> {
  const { deps, scope, account } = context;
  const { registrationChallenge: challenge, ...rest } = record;
  if (!challenge || record.userId !== account.id) throw fail('session.mfa.pending_info_not_found');
  const attempt = { action: 'WebAuthn', verification: 'WebAuthn', userId: account.id } as const;
  const made = await counted(context, attempt, () => deps.factors.passkeys.verifyNew(scope, { response, challenge }));
  const passkey = name ? { ...made, name: name.slice(0, 128) } : made;
  return { ...rest, verified: true, passkey };
}

export function proposeBackupCodes({ deps, flow, account }: NewFactorContext) {
  const codes = deps.factors.backupCodes.propose();
  const record: BackupCodeRecord = {
    id: standardId(),
    type: 'BackupCode',
    verified: true,
    userId: account.id,
    codesSealed: sealIn(deps.secretBox, flow, codes.join(' ')),
  };
  return { record, codes };
}

/** The same codes again, for a page that is shown anew. */
export const showBackupCodes = ({ deps, flow }: NewFactorContext, codesSealed: string): string[] =>
  openFrom(deps.secretBox, flow, codesSealed).split(' ');

/** What the account has and what it is about to get. */
async function isTaken({ deps, scope, flow, account }: NewFactorContext, type: 'Totp' | 'BackupCode') {
  const bound = await deps.factors.bound(scope, account.id);
  const { mfa = {} } = flow.context;
  if (type === 'Totp') return Boolean(bound.totp ?? mfa.totp);
  return (bound.backupCodes?.remaining ?? 0) > 0;
}

/** Takes what was confirmed into what the account gets when the sign-in is completed. */
export async function takeFactor(
  context: NewFactorContext,
  record: TotpRecord | WebAuthnRecord | BackupCodeRecord,
  options: { recovering: boolean; forSignIn?: boolean } = { recovering: false },
): Promise<Fact> {
  const { flow, rules, account } = context;
  if (!record.verified || record.userId !== account.id) throw fail('session.verification_failed');
  const type: FactorType = record.type === 'TOTP' ? 'Totp' : record.type;
  const allowed = options.forSignIn
    ? rules.settings.passkeySignIn.enabled === true
    : rules.settings.mfa.factors.includes(type);
  if (!allowed) throw fail('session.mfa.mfa_factor_not_enabled');
  const mfa = await pendingOf(context, record, options.recovering);
  await audit(context.scope, {
    key: `Interaction.${flow.context.event}.BindMfa.${type}.Submit`,
    details: { applicationId: flow.interaction.application.id, userId: account.id },
  });
  return { type: 'mfa-given', mfa };
}

async function pendingOf(
  context: NewFactorContext,
  record: TotpRecord | WebAuthnRecord | BackupCodeRecord,
  recovering: boolean,
): Promise<PendingMfa> {
  const { mfa = {} } = context.flow.context;
  switch (record.type) {
    case 'TOTP':
      if (!record.secretSealed || record.step === undefined) throw fail('session.mfa.pending_info_not_found');
      // Who recovers loses the app that is lost, and may set another one up.
      if (!recovering && (await isTaken(context, 'Totp'))) throw fail('user.totp_already_in_use');
      return { totp: { secretSealed: record.secretSealed, step: record.step } };
    case 'WebAuthn':
      if (!record.passkey) throw fail('session.mfa.pending_info_not_found');
      return { passkeys: [...(mfa.passkeys ?? []), record.passkey] };
    case 'BackupCode':
      if (!record.codesSealed) throw fail('session.mfa.pending_info_not_found');
      if (!recovering && (await isTaken(context, 'BackupCode'))) throw fail('user.backup_code_already_in_use');
      return { backupCodesSealed: record.codesSealed };
  }
}
