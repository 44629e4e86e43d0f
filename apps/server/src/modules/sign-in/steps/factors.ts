import type { Scope } from '../../../kernel/scope.ts';
import type { FactorType } from '../../factors/factors.contract.ts';
import { type PasskeyAuthenticationOptions, passkeyAnswer, passkeyCreation } from '../../factors/webauthn.contract.ts';
import type { Address, Fact, VerificationRecord } from '../flow-context.ts';
import { readIdentifier } from '../identifiers.ts';
import { canTrustDevice } from '../mfa/apply-mfa.ts';
import { situationOf } from '../mfa/mfa-situation.ts';
import * as newFactor from '../mfa/new-factor.ts';
import * as passkeySignIn from '../mfa/passkey-sign-in.ts';
import type { PendingMfa } from '../mfa/pending-mfa.ts';
import * as proofs from '../mfa/prove-factor.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import { type State, table } from '../sign-in.flow.ts';
import { ahead, type Flow } from '../sign-in.flows.ts';
import type { codeSteps } from './code.ts';

/** What the page sends on which a factor is proved or set up. */
export interface FactorForm {
  code?: string | undefined;
  /** A passkey's answer, as JSON. */
  credential?: string | undefined;
  /** What its owner calls a new passkey. */
  name?: string | undefined;
  /** An address that is to become a factor. */
  identifier?: string | undefined;
  trustDevice?: boolean;
  languages?: readonly string[];
}

/** A factor that is asked for: with it what the browser is to sign, or where a code was sent. */
export interface AskedFactor {
  factor: FactorType | undefined;
  others: FactorType[];
  /** Days for which the browser may be trusted afterwards. */
  trustDays?: number;
  options?: PasskeyAuthenticationOptions;
  recipient?: Address;
}

const addressTypes: Partial<Record<FactorType, Address['type']>> = {
  EmailVerificationCode: 'email',
  PhoneVerificationCode: 'phone',
};

type RecordOf<Type extends VerificationRecord['type']> = Extract<VerificationRecord, { type: Type }>;

function recordOf<Type extends VerificationRecord['type']>({ context }: Flow, type: Type): RecordOf<Type> | undefined {
  return context.records.find((record): record is RecordOf<Type> => record.type === type);
}

const codeRecordOf = (flow: Flow, factor: FactorType | undefined) =>
  recordOf(flow, factor === 'PhoneVerificationCode' ? 'MfaPhoneVerificationCode' : 'MfaEmailVerificationCode');

/** What the browser's script has put into the form; nonsense proves nothing. */
function readCredential<Value>(schema: { safeParse(value: unknown): { data?: Value } }, credential = ''): Value {
  let value: unknown;
  try {
    value = JSON.parse(credential);
  } catch (cause) {
    throw fail('session.mfa.webauthn_verification_failed', { cause });
  }
  const { data } = schema.safeParse(value);
  if (!data) throw fail('session.mfa.webauthn_verification_failed');
  return data;
}

const required = (form: FactorForm, field: 'code' | 'identifier'): string => {
  const value = form[field]?.trim();
  if (!value) throw fail('form.required', { data: { field } });
  return value;
};

/** Proving and setting up second factors, and signing in by a passkey, on the hosted pages. */
export function factorSteps({ core, rules, change, toPage, finish }: Engine, { ask }: ReturnType<typeof codeSteps>) {
  const within = async (scope: Scope, flow: Flow, states: readonly State[]) => {
    const { userId, state } = flow.context;
    const account = userId === undefined ? undefined : await core.users.find(scope, userId);
    if (!account || !states.includes(state)) throw fail('session.not_found');
    return { deps: core, scope, flow, rules: await rules(flow), account };
  };
  const proving = (scope: Scope, flow: Flow) => within(scope, flow, ['mfa-verification']);
  const settingUp = (scope: Scope, flow: Flow) =>
    within(scope, flow, ['mfa-setup', 'bind-totp', 'bind-passkey', 'bind-address', 'bind-backup-codes']);

  const prove = (context: proofs.ProofContext, form: FactorForm): Promise<proofs.FactorProof> => {
    const { flow } = context;
    const [factor] = flow.context.factors ?? [];
    if (factor === 'WebAuthn') {
      const record = recordOf(flow, 'WebAuthn');
      if (!record) throw fail('session.mfa.pending_info_not_found');
      return proofs.provePasskey(context, record, readCredential(passkeyAnswer, form.credential));
    }
    const code = required(form, 'code').replace(/[\s-]/g, '');
    if (factor === 'Totp') return proofs.proveTotp(context, code);
    if (factor === 'BackupCode') return proofs.proveBackupCode(context, code);
    const record = codeRecordOf(flow, factor);
    if (!record) throw fail('session.mfa.pending_info_not_found');
    return proofs.proveFactorCode(context, record, code);
  };

  /** Confirms what the page is about; answers the facts that come of it. */
  const confirm = async (context: newFactor.NewFactorContext, form: FactorForm): Promise<Fact[]> => {
    const { flow, scope, rules: limits, account } = context;
    const { state, setup } = flow.context;
    const { recovering } = await situationOf(core, { scope, flow, account, rules: limits });
    if (state === 'bind-totp') {
      const record = recordOf(flow, 'TOTP');
      if (!record) throw fail('session.mfa.pending_info_not_found');
      const confirmed = await newFactor.confirmTotp(context, record, required(form, 'code').replace(/\s/g, ''));
      return [{ type: 'recorded', record: confirmed }, await newFactor.takeFactor(context, confirmed, { recovering })];
    }
    if (state === 'bind-passkey') {
      const record = recordOf(flow, 'WebAuthn');
      if (!record) throw fail('session.mfa.pending_info_not_found');
      const answer = readCredential(passkeyCreation, form.credential);
      const made = await newFactor.confirmPasskey(context, record, answer, form.name?.trim());
      const forSignIn = setup?.reason === 'sign-in';
      return [{ type: 'recorded', record: made }, await newFactor.takeFactor(context, made, { recovering, forSignIn })];
    }
    const record = recordOf(flow, 'BackupCode');
    if (state !== 'bind-backup-codes' || !record) throw fail('session.mfa.pending_info_not_found');
    return [await newFactor.takeFactor(context, record, { recovering })];
  };

  const SKIPPED = { offered: 'skipped', another: 'suggestionSkipped', 'sign-in': 'passkeySkipped' } as const;

  return {
    /** What the page shows that asks for a factor. What has to be sent or signed is made when it is first shown. */
    async factorToProve(scope: Scope, flow: Flow): Promise<AskedFactor> {
      const context = await proving(scope, flow);
      const [factor, ...others] = flow.context.factors ?? [];
      const { canCreate, durationDays } = canTrustDevice(
        // As it will be once the factor is proved.
        { ...flow.context, mfa: { proved: { factor: factor ?? 'Totp', userId: context.account.id } } },
        context.account,
        context.rules.settings,
      );
      const shown = { factor, others, ...(canCreate && { trustDays: durationDays }) };
      if (factor === 'WebAuthn') {
        const { record, options } = await proofs.askForPasskey(context);
        await change(scope, flow, { type: 'recorded', record });
        return { ...shown, options };
      }
      const type = factor && addressTypes[factor];
      if (!type) return shown;
      const sent = codeRecordOf(flow, factor);
      if (sent) return { ...shown, recipient: sent.identifier };
      const record = await proofs.sendFactorCode(context, type);
      await change(scope, flow, { type: 'recorded', record });
      return { ...shown, recipient: record.identifier };
    },

    /** Another factor, or a new code for the same one. */
    async chooseFactorToProve(scope: Scope, flow: Flow, factor: string): Promise<Step> {
      const context = await proving(scope, flow);
      const chosen = flow.context.factors?.find((each) => each === factor);
      if (!chosen) throw fail('session.mfa.mfa_factor_not_enabled');
      const type = addressTypes[chosen];
      const facts: Fact[] = [{ type: 'factor-chosen', factor: chosen }];
      if (type) facts.push({ type: 'recorded', record: await proofs.sendFactorCode(context, type) });
      return toPage(scope, flow, ...facts);
    },

    async proveFactor(scope: Scope, flow: Flow, form: FactorForm): Promise<Step> {
      const context = await proving(scope, flow);
      const { facts } = await prove(context, form);
      const trusts: Fact[] = form.trustDevice ? [{ type: 'mfa-given', mfa: { trustsDevice: true } }] : [];
      return finish(scope, flow, context.account, [...facts, ...trusts]);
    },

    /** Turns to setting up one of the factors on offer. */
    async chooseFactorToBind(scope: Scope, flow: Flow, factor: string): Promise<Step> {
      const { account } = await settingUp(scope, flow);
      const chosen = flow.context.setup?.factors.find((each) => each === factor);
      if (chosen === 'Totp') return toPage(scope, flow, { type: 'chose-totp' });
      if (chosen === 'WebAuthn') return toPage(scope, flow, { type: 'chose-passkey' });
      const address = chosen && addressTypes[chosen];
      if (!address) throw fail('session.mfa.mfa_factor_not_enabled');
      const has = address === 'email' ? account.primaryEmail : account.primaryPhone;
      if (!has) return toPage(scope, flow, { type: 'chose-address', address });
      return finish(scope, flow, account, [{ type: 'mfa-given', mfa: { enabled: true } }]);
    },

    /** What the page shows on which a factor is set up; secrets stay the same when it is shown again. */
    async factorToBind(scope: Scope, flow: Flow) {
      const context = await settingUp(scope, flow);
      const { state, setup } = flow.context;
      if (state === 'bind-totp') {
        const known = recordOf(flow, 'TOTP');
        if (known?.secretSealed && !known.verified) {
          return { kind: 'totp', ...(await newFactor.showTotp(context, known.secretSealed)) } as const;
        }
        const { record, shown } = await newFactor.proposeTotp(context);
        await change(scope, flow, { type: 'recorded', record });
        return { kind: 'totp', ...shown } as const;
      }
      if (state === 'bind-passkey') {
        const { record, options } = await newFactor.proposePasskey(context);
        await change(scope, flow, { type: 'recorded', record });
        return { kind: 'passkey', options, forSignIn: setup?.reason === 'sign-in' } as const;
      }
      if (state === 'bind-address') return { kind: 'address', channel: setup?.address ?? 'email' } as const;
      const known = recordOf(flow, 'BackupCode');
      if (known?.codesSealed) {
        return { kind: 'backup-codes', codes: newFactor.showBackupCodes(context, known.codesSealed) } as const;
      }
      const { record, codes } = newFactor.proposeBackupCodes(context);
      await change(scope, flow, { type: 'recorded', record });
      return { kind: 'backup-codes', codes } as const;
    },

    async bindFactor(scope: Scope, flow: Flow, form: FactorForm): Promise<Step> {
      const context = await settingUp(scope, flow);
      const { state, setup } = flow.context;
      if (state === 'bind-address') {
        const channel = setup?.address ?? 'email';
        const { type, value } = readIdentifier(required(form, 'identifier'), [channel], form.languages);
        if (type === 'username') throw fail('session.invalid_interaction_type');
        return ask(scope, flow, { identifier: { type, value }, purpose: 'BindNewIdentifier' });
      }
      return finish(scope, flow, context.account, await confirm(context, form));
    },

    /** Declines what is offered, once and for all. */
    async skipSetup(scope: Scope, flow: Flow): Promise<Step> {
      const { account } = await settingUp(scope, flow);
      const { setup } = flow.context;
      if (!setup?.canSkip || setup.reason === 'required') throw fail('session.mfa.mfa_policy_not_user_controlled');
      const mfa: PendingMfa = { [SKIPPED[setup.reason]]: true };
      return finish(scope, flow, account, [{ type: 'mfa-given', mfa }]);
    },

    /** What a first screen asks the browser for, where passkeys sign in; the flow keeps the challenge. */
    async passkeyOptions(scope: Scope, flow: Flow) {
      const limits = await rules(flow);
      const isPossible = limits.canSignIn && limits.settings.passkeySignIn.enabled;
      if (!isPossible || !table[flow.context.state]['passkey-asked']) return undefined;
      const options = await passkeySignIn.askForSignInPasskey({ deps: core, scope, flow, rules: limits });
      await change(scope, flow, { type: 'passkey-asked', challenge: options.challenge });
      return options;
    },

    async signInByPasskey(scope: Scope, flow: Flow, credential: string): Promise<Step> {
      const start: Fact = { type: 'chose-sign-in', afresh: true };
      const context = { deps: core, scope, flow: ahead(flow, [start]), rules: await rules(flow) };
      const { passkeyChallenge: challenge } = flow.context;
      const answer = readCredential(passkeyAnswer, credential);
      const record = await passkeySignIn.provePasskeySignIn(context, { ...(challenge && { challenge }) }, answer);
      const account = await core.users.find(scope, record.userId);
      if (!account) throw fail('session.mfa.webauthn_verification_not_found');
      return finish(scope, flow, account, [start, { type: 'recorded', record }]);
    },
  };
}
