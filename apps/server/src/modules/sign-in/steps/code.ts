import type { Scope } from '../../../kernel/scope.ts';
import { sendCode, verifyCode } from '../actions/codes.ts';
import { checkActive } from '../actions/complete.ts';
import { claimAddress } from '../actions/new-credentials.ts';
import type { Address, CodePurpose, CodeRecord, Fact, Identifier } from '../flow-context.ts';
import { readIdentifier } from '../identifiers.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import { ahead, type Flow } from '../sign-in.flows.ts';
import type { enterpriseSteps } from './enterprise.ts';

type Typed = { identifier: string };
/** `agreed`: the terms were accepted on the page that sends it. */
type Begun = Typed & { agreed: boolean };

/** The code that the page `enter-code` asks for, or that has just been given. */
export function codeRecordOf({ context }: Flow): CodeRecord {
  const record = context.records.find(({ id }) => id === context.codeRecordId);
  if (record?.type !== 'EmailVerificationCode' && record?.type !== 'PhoneVerificationCode') {
    throw fail('session.verification_session_not_found');
  }
  return record;
}

/** Signing in, signing up and adding an address by a code that is sent there. */
export function codeSteps(
  engine: Engine,
  { leaveByAddress }: Pick<ReturnType<typeof enterpriseSteps>, 'leaveByAddress'>,
) {
  const { core, rules, toPage, finish, register, proceed } = engine;

  /** Sends a code and asks for it; `before` are the facts that lead up to it. */
  const ask = async (
    scope: Scope,
    flow: Flow,
    input: { identifier: Address; purpose: CodePurpose },
    before: readonly Fact[] = [],
  ): Promise<Step> => {
    const record = await sendCode(core, scope, ahead(flow, before), await rules(flow), input);
    return toPage(scope, flow, ...before, { type: 'code-sent', record });
  };

  const signInByCode = async (scope: Scope, flow: Flow, identifier: Identifier, agreed = false): Promise<Step> => {
    const { canSignIn, codeIdentifiers } = await rules(flow);
    const { type, value } = identifier;
    if (!canSignIn || type === 'username' || !codeIdentifiers.includes(type)) {
      throw fail('user.sign_in_method_not_enabled');
    }
    return ask(scope, flow, { identifier: { type, value }, purpose: 'SignIn' }, [
      { type: 'chose-sign-in', afresh: true, agreed },
    ]);
  };

  /** The address is proved: whose account does it open? */
  const enter = async (scope: Scope, flow: Flow, record: CodeRecord, recorded: Fact): Promise<Step> => {
    const account = await core.users.findByIdentifier(scope, record.identifier);
    if (account) return finish(scope, flow, account, [recorded]);
    const { signUpIdentifiers } = await rules(flow);
    if (signUpIdentifiers.includes(record.identifier.type)) {
      return toPage(scope, flow, recorded, { type: 'account-unknown' });
    }
    throw fail('user.user_not_exist', { data: { identifier: record.identifier.value } });
  };

  const signUp = async (scope: Scope, flow: Flow, record: CodeRecord, facts: Fact[]): Promise<Step> => {
    const profile = await claimAddress(core, scope, await rules(flow), record.identifier);
    return register(scope, flow, [...facts, { type: 'profile-given', profile }]);
  };

  /** What a proved code leads to, by what it was sent for. */
  const follow = async (scope: Scope, flow: Flow, record: CodeRecord): Promise<Step> => {
    const recorded: Fact = { type: 'recorded', record };
    const { relatedUserId } = flow.context;
    const { identifier, purpose } = record;
    if (purpose === 'BindNewIdentifier') {
      const profile = await claimAddress(core, scope, await rules(flow), identifier);
      return proceed(scope, flow, [recorded, { type: 'profile-given', profile }]);
    }
    const account = await core.users.findByIdentifier(scope, identifier);
    if (relatedUserId !== undefined) {
      if (account?.id !== relatedUserId) throw fail('session.identity_conflict');
      return finish(scope, flow, account, [recorded]);
    }
    if (purpose === 'ForgotPassword') {
      if (!account) throw fail('user.user_not_exist', { data: { identifier: identifier.value } });
      checkActive(account);
      return toPage(scope, flow, recorded, { type: 'recovery-identified', userId: account.id });
    }
    if (purpose === 'SignIn') return enter(scope, flow, record, recorded);
    if (account) return toPage(scope, flow, recorded, { type: 'account-known' });
    return signUp(scope, flow, record, [recorded]);
  };

  return {
    /** Takes the identifier of the first screen: asks for the password, or sends a code where codes come first. */
    async continueWith(scope: Scope, flow: Flow, input: Begun): Promise<Step> {
      const { methods, canSignIn } = await rules(flow);
      const identifier = readIdentifier(
        input.identifier,
        methods.map((method) => method.identifier),
        flow.languages,
      );
      const enterprise = await leaveByAddress(scope, flow, identifier);
      if (enterprise) return enterprise;
      const method = methods.find((each) => each.identifier === identifier.type);
      if (!canSignIn || !method) throw fail('user.sign_in_method_not_enabled');
      const codeFirst = method.verificationCode && !(method.password && method.isPasswordPrimary);
      const { agreed } = input;
      if (codeFirst) return signInByCode(scope, flow, identifier, agreed);
      return toPage(
        scope,
        flow,
        { type: 'chose-sign-in', afresh: true, agreed },
        { type: 'identifier-given', identifier },
      );
    },

    /** A code instead of a password; without `identifier`, to the one that the password was asked for. */
    async sendSignInCode(scope: Scope, flow: Flow, input: Partial<Typed> = {}): Promise<Step> {
      const { codeIdentifiers } = await rules(flow);
      const identifier = input.identifier
        ? readIdentifier(input.identifier, codeIdentifiers, flow.languages)
        : flow.context.identifier;
      if (!identifier) throw fail('session.invalid_interaction_type');
      // Whoever was to choose one of an enterprise's providers gets around none of them.
      return (await leaveByAddress(scope, flow, identifier)) ?? signInByCode(scope, flow, identifier);
    },

    async registerByCode(scope: Scope, flow: Flow, input: Begun): Promise<Step> {
      const { signUpIdentifiers } = await rules(flow);
      const { type, value } = readIdentifier(input.identifier, signUpIdentifiers, flow.languages);
      if (type === 'username' || !signUpIdentifiers.includes(type)) throw fail('user.sign_up_method_not_enabled');
      const enterprise = await leaveByAddress(scope, flow, { type, value });
      if (enterprise) return enterprise;
      const start: Fact = { type: 'chose-register', afresh: true, agreed: input.agreed };
      return ask(scope, flow, { identifier: { type, value }, purpose: 'Register' }, [start]);
    },

    /** A code to the account's own address, before a social account is linked to it. */
    async sendLinkCode(scope: Scope, flow: Flow): Promise<Step> {
      const { relatedUserId, state } = flow.context;
      const account = relatedUserId ? await core.users.find(scope, relatedUserId) : undefined;
      const identifier: Address | undefined = account?.primaryEmail
        ? { type: 'email', value: account.primaryEmail }
        : account?.primaryPhone
          ? { type: 'phone', value: account.primaryPhone }
          : undefined;
      if (state !== 'link-account' || !identifier) throw fail('session.not_found');
      return ask(scope, flow, { identifier, purpose: 'SignIn' });
    },

    /** The same code again, a new one. */
    resendCode(scope: Scope, flow: Flow): Promise<Step> {
      const { identifier, purpose } = codeRecordOf(flow);
      return ask(scope, flow, { identifier, purpose });
    },

    async enterCode(scope: Scope, flow: Flow, code: string): Promise<Step> {
      if (flow.context.state !== 'enter-code') throw fail('session.not_found');
      const asked = codeRecordOf(flow);
      return follow(scope, flow, await verifyCode(core, scope, flow, await rules(flow), { record: asked, code }));
    },

    /** The address that was typed is a wrong one: back to where it is asked for. */
    async changeAddress(scope: Scope, flow: Flow): Promise<Step> {
      const { purpose } = codeRecordOf(flow);
      if (purpose === 'BindNewIdentifier') return proceed(scope, flow, []);
      if (purpose === 'Register') return toPage(scope, flow, { type: 'chose-register', afresh: true });
      if (purpose === 'ForgotPassword') return toPage(scope, flow, { type: 'chose-recovery' });
      return toPage(scope, flow, { type: 'chose-sign-in', afresh: true });
    },

    /** Nobody has the proved address: make an account of it. */
    async acceptRegistration(scope: Scope, flow: Flow, { agreed }: { agreed: boolean }): Promise<Step> {
      if (flow.context.state !== 'offer-register') throw fail('session.not_found');
      const { canRegister } = await rules(flow);
      if (!canRegister) throw fail('user.sign_up_method_not_enabled');
      return signUp(scope, flow, codeRecordOf(flow), [{ type: 'chose-register', agreed }]);
    },

    /** Somebody has the proved address, and it is whoever is here. */
    async acceptSignIn(scope: Scope, flow: Flow): Promise<Step> {
      if (flow.context.state !== 'offer-sign-in') throw fail('session.not_found');
      const { canSignIn } = await rules(flow);
      const { verified, identifier } = codeRecordOf(flow);
      const account = verified ? await core.users.findByIdentifier(scope, identifier) : undefined;
      if (!canSignIn || !account) throw fail('user.sign_in_method_not_enabled');
      return finish(scope, flow, account, [{ type: 'chose-sign-in' }]);
    },

    ask,
  };
}
