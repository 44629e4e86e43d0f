import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Scope } from '../../kernel/scope.ts';
import type { FactorType } from '../factors/factors.contract.ts';
import { claimAddress } from './actions/new-credentials.ts';
import { findRecord, isCode, logStep, type RecordOf } from './experience.verifications.ts';
import type { Fact, Identifier, VerificationRecord } from './flow-context.ts';
import { canTrustDevice } from './mfa/apply-mfa.ts';
import { bindingDemand } from './mfa/mfa-policy.ts';
import { mfaRequirements } from './mfa/mfa-requirements.ts';
import { situationOf } from './mfa/mfa-situation.ts';
import * as newFactor from './mfa/new-factor.ts';
import * as passkeySignIn from './mfa/passkey-sign-in.ts';
import type { PendingMfa } from './mfa/pending-mfa.ts';
import * as proofs from './mfa/prove-factor.ts';
import type { Engine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import type { Flow } from './sign-in.flows.ts';

function recordOf<Type extends VerificationRecord['type']>(flow: Flow, id: string, type: Type): RecordOf<Type> {
  const found = findRecord(flow, id);
  if (found.type !== type) throw fail('session.verification_session_not_found');
  return found as RecordOf<Type>;
}

export type ExperienceFactors = ReturnType<typeof experienceFactors>;

/** The Experience API's second factors and passkeys: `/verification/{totp,web-authn,…}` and `/profile/mfa*`. */
export function experienceFactors({ core, change, rules }: Engine) {
  /** Second factors are somebody's: who it is must be known first. */
  const known = async (scope: Scope, flow: Flow) => {
    const { userId, event } = flow.context;
    const account = userId === undefined ? undefined : await core.users.find(scope, userId);
    if (!account || event === 'ForgotPassword') throw fail('session.identifier_not_found');
    return { deps: core, scope, flow, rules: await rules(flow), account };
  };

  /** Nobody adds a factor to an account, or decides for it, whose second factor is still to be proved. */
  const proved = async (scope: Scope, flow: Flow) => {
    const context = await known(scope, flow);
    const pending = await (await mfaRequirements(core, context)).proof();
    if (pending) throw pending.refusal;
    return context;
  };

  const keep = async (scope: Scope, flow: Flow, { id, facts }: proofs.FactorProof): Promise<string> => {
    await change(scope, flow, ...facts);
    return id;
  };

  const record = async (scope: Scope, flow: Flow, made: VerificationRecord): Promise<string> => {
    await change(scope, flow, { type: 'recorded', record: made });
    return made.id;
  };

  const decide = async (scope: Scope, flow: Flow, mfa: PendingMfa): Promise<void> => {
    await change(scope, flow, { type: 'mfa-given', mfa });
    await logStep(scope, flow, 'Profile.Update', { type: Object.keys(mfa)[0] });
  };

  /** An address becomes a factor by becoming the account's. */
  const addAddress = async (context: Awaited<ReturnType<typeof known>>, type: 'email' | 'phone', id: string) => {
    const { scope, flow, account } = context;
    const proof = findRecord(flow, id);
    const fits = isCode(proof) && proof.verified && proof.purpose === 'BindNewIdentifier';
    if (!fits || proof.identifier.type !== type) throw fail('session.verification_failed');
    if (type === 'email' && account.primaryEmail) throw fail('user.email_exists_in_profile');
    if (type === 'phone' && account.primaryPhone) throw fail('user.phone_exists_in_profile');
    const profile = await claimAddress(core, scope, context.rules, proof.identifier);
    return { type: 'profile-given', profile } satisfies Fact;
  };

  const factToBind = async (
    context: Awaited<ReturnType<typeof known>>,
    type: FactorType,
    id: string,
  ): Promise<Fact> => {
    const { flow } = context;
    const situation = await situationOf(core, context);
    const { recovering } = situation;
    switch (type) {
      case 'Totp':
        return newFactor.takeFactor(context, recordOf(flow, id, 'TOTP'), { recovering });
      case 'WebAuthn':
        return newFactor.takeFactor(context, recordOf(flow, id, 'WebAuthn'), { recovering });
      case 'BackupCode': {
        const { stored, added } = situation;
        const others = [...(recovering ? [] : stored), ...added].filter((factor) => factor !== 'BackupCode');
        if (others.length === 0) throw fail('session.mfa.backup_code_can_not_be_alone');
        return newFactor.takeFactor(context, recordOf(flow, id, 'BackupCode'), { recovering });
      }
      case 'EmailVerificationCode':
      case 'PhoneVerificationCode':
        if (!context.rules.settings.mfa.factors.includes(type)) throw fail('session.mfa.mfa_factor_not_enabled');
        return addAddress(context, type === 'EmailVerificationCode' ? 'email' : 'phone', id);
    }
  };

  return {
    async makeTotpSecret(scope: Scope, flow: Flow) {
      const { record: made, shown } = await newFactor.proposeTotp(await known(scope, flow));
      const { secret, secretQrCode } = shown;
      return { verificationId: await record(scope, flow, made), secret, secretQrCode };
    },

    async verifyTotp(scope: Scope, flow: Flow, input: { code: string; verificationId?: string | undefined }) {
      const context = await known(scope, flow);
      const { code, verificationId } = input;
      if (verificationId === undefined) return keep(scope, flow, await proofs.proveTotp(context, code));
      const asked = recordOf(flow, verificationId, 'TOTP');
      return record(scope, flow, await newFactor.confirmTotp(context, asked, code));
    },

    async startPasskey(scope: Scope, flow: Flow) {
      const { record: made, options } = await newFactor.proposePasskey(await known(scope, flow));
      return { verificationId: await record(scope, flow, made), registrationOptions: options };
    },

    async verifyNewPasskey(
      scope: Scope,
      flow: Flow,
      input: { verificationId: string; payload: RegistrationResponseJSON },
    ) {
      const context = await known(scope, flow);
      const asked = recordOf(flow, input.verificationId, 'WebAuthn');
      return record(scope, flow, await newFactor.confirmPasskey(context, asked, input.payload));
    },

    async askForPasskey(scope: Scope, flow: Flow) {
      const { record: made, options } = await proofs.askForPasskey(await known(scope, flow));
      return { verificationId: await record(scope, flow, made), authenticationOptions: options };
    },

    async verifyPasskey(
      scope: Scope,
      flow: Flow,
      input: { verificationId: string; payload: AuthenticationResponseJSON },
    ) {
      const context = await known(scope, flow);
      const asked = recordOf(flow, input.verificationId, 'WebAuthn');
      return keep(scope, flow, await proofs.provePasskey(context, asked, input.payload));
    },

    async preparePasskeySignIn(scope: Scope, flow: Flow) {
      const context = { deps: core, scope, flow, rules: await rules(flow) };
      const options = await passkeySignIn.askForSignInPasskey(context);
      await change(scope, flow, { type: 'passkey-asked', challenge: options.challenge });
      return { authenticationOptions: options };
    },

    async startPasskeySignIn(scope: Scope, flow: Flow, identifier: Identifier) {
      if (flow.context.event !== 'SignIn') throw fail('session.invalid_interaction_type');
      const context = { deps: core, scope, flow, rules: await rules(flow) };
      const { record: made, options } = await passkeySignIn.startPasskeySignIn(context, identifier);
      return { verificationId: await record(scope, flow, made), authenticationOptions: options };
    },

    async verifyPasskeySignIn(
      scope: Scope,
      flow: Flow,
      input: { verificationId?: string | undefined; payload: AuthenticationResponseJSON },
    ) {
      if (flow.context.event !== 'SignIn') throw fail('session.invalid_interaction_type');
      const context = { deps: core, scope, flow, rules: await rules(flow) };
      const { passkeyChallenge } = flow.context;
      const asked =
        input.verificationId === undefined
          ? { ...(passkeyChallenge && { challenge: passkeyChallenge }) }
          : recordOf(flow, input.verificationId, 'SignInPasskey');
      return record(scope, flow, await passkeySignIn.provePasskeySignIn(context, asked, input.payload));
    },

    async makeBackupCodes(scope: Scope, flow: Flow) {
      const { record: made, codes } = newFactor.proposeBackupCodes(await known(scope, flow));
      return { verificationId: await record(scope, flow, made), codes };
    },

    async useBackupCode(scope: Scope, flow: Flow, code: string) {
      return keep(scope, flow, await proofs.proveBackupCode(await known(scope, flow), code));
    },

    async sendCode(scope: Scope, flow: Flow, type: 'email' | 'phone') {
      return record(scope, flow, await proofs.sendFactorCode(await known(scope, flow), type));
    },

    async verifyCode(
      scope: Scope,
      flow: Flow,
      input: { verificationId: string; code: string; identifierType: 'email' | 'phone' },
    ) {
      const context = await known(scope, flow);
      const type = input.identifierType === 'email' ? 'MfaEmailVerificationCode' : 'MfaPhoneVerificationCode';
      const asked = recordOf(flow, input.verificationId, type);
      return keep(scope, flow, await proofs.proveFactorCode(context, asked, input.code));
    },

    async bind(scope: Scope, flow: Flow, input: { type: FactorType; verificationId: string }): Promise<void> {
      const context = await proved(scope, flow);
      await change(scope, flow, await factToBind(context, input.type, input.verificationId));
    },

    async bindPasskey(scope: Scope, flow: Flow, verificationId: string): Promise<void> {
      const context = await proved(scope, flow);
      const made = recordOf(flow, verificationId, 'WebAuthn');
      await change(scope, flow, await newFactor.takeFactor(context, made, { recovering: false, forSignIn: true }));
    },

    async enableMfa(scope: Scope, flow: Flow): Promise<void> {
      await proved(scope, flow);
      await decide(scope, flow, { enabled: true });
    },

    async skipMfa(scope: Scope, flow: Flow): Promise<void> {
      const demand = bindingDemand(await situationOf(core, await proved(scope, flow)));
      if (demand?.kind === 'bind' && !demand.skippable) throw fail('session.mfa.mfa_policy_not_user_controlled');
      await decide(scope, flow, { skipped: true });
    },

    async skipSuggestion(scope: Scope, flow: Flow): Promise<void> {
      const demand = bindingDemand(await situationOf(core, await proved(scope, flow)));
      if (demand?.kind === 'bind' && !demand.skippable) throw fail('session.mfa.mfa_policy_not_user_controlled');
      await decide(scope, flow, { suggestionSkipped: true });
    },

    async skipPasskey(scope: Scope, flow: Flow): Promise<void> {
      await known(scope, flow);
      await decide(scope, flow, { passkeySkipped: true });
    },

    async trustDevice(scope: Scope, flow: Flow): Promise<void> {
      const { account, rules: limits } = await proved(scope, flow);
      const { canCreate } = canTrustDevice(flow.context, account, limits.settings);
      if (!canCreate) throw fail('session.verification_failed');
      await decide(scope, flow, { trustsDevice: true });
    },

    /** What a page needs to offer that this browser be trusted. */
    async trustedDevice(scope: Scope, flow: Flow): Promise<{ canCreate: boolean; durationDays?: number }> {
      const { userId, event } = flow.context;
      if (userId === undefined || event === 'ForgotPassword') return { canCreate: false };
      const { account, rules: limits } = await known(scope, flow);
      const { canCreate, durationDays } = canTrustDevice(flow.context, account, limits.settings);
      return canCreate ? { canCreate, durationDays } : { canCreate };
    },
  };
}
