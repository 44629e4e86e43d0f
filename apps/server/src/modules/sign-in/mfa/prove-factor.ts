import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { audit } from '../../../kernel/audit.ts';
import { RequestError } from '../../../kernel/errors.ts';
import { standardId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { FactorType } from '../../factors/factors.contract.ts';
import { type AttemptAction, countAttempt, forgetAttempts } from '../actions/attempts.ts';
import type { Address, Fact } from '../flow-context.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import type { BackupCodeRecord, MfaCodeRecord, TotpRecord, WebAuthnRecord } from './pending-mfa.ts';

/** What proving a factor needs to know of the sign-in that it happens in. */
export interface ProofContext {
  deps: Pick<SignInDependencies, 'factors' | 'messages'>;
  scope: Scope;
  flow: Flow;
  rules: Rules;
  account: Account;
}

const checkEnabled = ({ rules }: ProofContext, factor: FactorType): void => {
  if (!rules.settings.mfa.factors.includes(factor)) throw fail('session.mfa.mfa_factor_not_enabled');
};

/** Counts the try for the account before it is made, makes it, and writes down what came of it. */
export async function counted<Result>(
  context: Pick<ProofContext, 'scope' | 'flow' | 'rules'>,
  attempt: { action: AttemptAction; verification: string; userId: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const { scope, flow, rules } = context;
  const { action, verification, userId } = attempt;
  const subject = { type: 'userId', value: userId } as const;
  const key = `Interaction.${flow.context.event}.Verification.${verification}.Submit`;
  const details = { applicationId: flow.interaction.application.id, userId };
  await countAttempt(scope, rules.settings.sentinelPolicy, subject, action);
  try {
    const result = await work();
    await forgetAttempts(scope, subject, action);
    await audit(scope, { key, details });
    return result;
  } catch (error) {
    if (error instanceof RequestError) {
      await audit(scope, { key, result: 'Error', details: { ...details, error: error.code } });
    }
    throw error;
  }
}

const proved = ({ account }: ProofContext, factor: FactorType): Fact => ({
  type: 'factor-proved',
  proved: { factor, userId: account.id },
});

/** What a proof adds to the flow: its record, and that the second step is done. */
export interface FactorProof {
  id: string;
  facts: Fact[];
}

export async function proveTotp(context: ProofContext, code: string): Promise<FactorProof> {
  const { deps, scope, account } = context;
  checkEnabled(context, 'Totp');
  const attempt = { action: 'MfaTotp', verification: 'Totp', userId: account.id } as const;
  await counted(context, attempt, () => deps.factors.totp.verify(scope, account.id, code));
  const record: TotpRecord = { id: standardId(), type: 'TOTP', verified: true, userId: account.id };
  return { id: record.id, facts: [{ type: 'recorded', record }, proved(context, 'Totp')] };
}

export async function proveBackupCode(context: ProofContext, code: string): Promise<FactorProof> {
  const { deps, scope, account } = context;
  checkEnabled(context, 'BackupCode');
  const attempt = { action: 'MfaBackupCode', verification: 'BackupCode', userId: account.id } as const;
  await counted(context, attempt, () => deps.factors.backupCodes.spend(scope, account.id, code));
  const record: BackupCodeRecord = { id: standardId(), type: 'BackupCode', verified: true, userId: account.id };
  return { id: record.id, facts: [{ type: 'recorded', record }, proved(context, 'BackupCode')] };
}

/** Asks for one of the account's own keys. */
export async function askForPasskey(context: ProofContext) {
  const { deps, scope, account } = context;
  checkEnabled(context, 'WebAuthn');
  const options = await deps.factors.passkeys.authenticationOptions(scope, account.id);
  if (!options.allowCredentials) throw fail('session.mfa.webauthn_verification_not_found');
  const record: WebAuthnRecord = {
    id: standardId(),
    type: 'WebAuthn',
    verified: false,
    userId: account.id,
    authenticationChallenge: options.challenge,
  };
  return { record, options };
}

export async function provePasskey(
  context: ProofContext,
  record: WebAuthnRecord,
  response: AuthenticationResponseJSON,
): Promise<FactorProof> {
  const { deps, scope, account } = context;
  const { authenticationChallenge: challenge, ...rest } = record;
  checkEnabled(context, 'WebAuthn');
  if (!challenge || record.userId !== account.id) throw fail('session.mfa.pending_info_not_found');
  const attempt = { action: 'WebAuthn', verification: 'WebAuthn', userId: account.id } as const;
  await counted(context, attempt, () =>
    deps.factors.passkeys.verify(scope, { response, challenge, userId: account.id }),
  );
  const answered: WebAuthnRecord = { ...rest, verified: true };
  return { id: record.id, facts: [{ type: 'recorded', record: answered }, proved(context, 'WebAuthn')] };
}

const codeFactors = { email: 'EmailVerificationCode', phone: 'PhoneVerificationCode' } as const;
const codeRecords = { email: 'MfaEmailVerificationCode', phone: 'MfaPhoneVerificationCode' } as const;

/** The account's own address of the kind: nobody else's can be named. */
function addressOf({ primaryEmail, primaryPhone }: Account, type: Address['type']): Address {
  const value = type === 'email' ? primaryEmail : primaryPhone;
  if (!value) throw fail(type === 'email' ? 'user.email_not_exist' : 'user.phone_not_exist');
  return { type, value };
}

export async function sendFactorCode(context: ProofContext, type: Address['type']): Promise<MfaCodeRecord> {
  const { deps, scope, flow, account } = context;
  checkEnabled(context, codeFactors[type]);
  const identifier = addressOf(account, type);
  const { application, id: flowId } = flow.interaction;
  const { id: codeId } = await deps.messages.codes.send(scope, {
    recipient: identifier,
    purpose: 'MfaVerification',
    flowId,
    deliver: true,
    locales: flow.languages,
    context: { application: { id: application.id, name: application.name } },
  });
  const record: MfaCodeRecord = { id: standardId(), type: codeRecords[type], verified: false, identifier, codeId };
  await audit(scope, {
    key: `Interaction.${flow.context.event}.Verification.${record.type}.Create`,
    details: { applicationId: application.id, userId: account.id },
  });
  return record;
}

export async function proveFactorCode(
  context: ProofContext,
  record: MfaCodeRecord,
  code: string,
): Promise<FactorProof> {
  const { deps, scope, flow, account } = context;
  const { identifier, codeId } = record;
  const factor = codeFactors[identifier.type];
  checkEnabled(context, factor);
  if (addressOf(account, identifier.type).value !== identifier.value) throw fail('session.verification_failed');
  // Pooled with the first factor's codes (features 2.5): it is the same mailbox.
  const attempt = { action: 'VerificationCode', verification: record.type, userId: account.id } as const;
  await counted(context, attempt, () =>
    deps.messages.codes.verify(scope, {
      recipient: identifier,
      purpose: 'MfaVerification',
      flowId: flow.interaction.id,
      id: codeId,
      code,
    }),
  );
  const facts: Fact[] = [{ type: 'recorded', record: { ...record, verified: true } }, proved(context, factor)];
  return { id: record.id, facts };
}
