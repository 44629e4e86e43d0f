import { fail as kernelFail } from '../../kernel/errors.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SsoIdentity } from '../enterprise-sso/index.ts';
import { checkActive, completeSignIn, createAccount } from './actions/complete.ts';
import { enterpriseProfile, identifyEnterprise, refuseSsoAddress } from './actions/identify-enterprise.ts';
import { identifySocial, socialProfile } from './actions/identify-social.ts';
import { missingOf } from './actions/missing-profile.ts';
import { claimAddress, claimUsername } from './actions/new-credentials.ts';
import { firstPending } from './actions/requirements.ts';
import { resetPassword } from './actions/reset-password.ts';
import { checkLinkPurpose } from './actions/verify-link.ts';
import { passwordIsExpired } from './actions/verify-password.ts';
import { findRecord, isCode, logStep, verifiedSocial } from './experience.verifications.ts';
import type { Fact, InteractionEvent, PendingProfile, SocialIdentity, VerificationRecord } from './flow-context.ts';
import type { Account } from './sign-in.dependencies.ts';
import type { Engine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import { ahead, type Flow } from './sign-in.flows.ts';
import type { Rules } from './sign-in.rules.ts';

export type ExperienceService = ReturnType<typeof createExperienceService>;

const CHOICE = { SignIn: 'chose-sign-in', Register: 'chose-register', ForgotPassword: 'chose-recovery' } as const;

/** Enough for its owner to recognise it, too little for anybody else. */
function mask({ type, value }: { type: 'email' | 'phone'; value: string }): string {
  if (type === 'phone') return `****${value.slice(-4)}`;
  const [local = '', domain = ''] = value.split('@');
  return `${local.slice(0, 1)}****@${domain}`;
}

/** The sign-in engine as the Experience API drives it: the same actions and the same table, one step a call. */
export function createExperienceService({ core, change, rules, proveHuman }: Engine) {
  const guardEvent = async (flow: Flow, event: InteractionEvent): Promise<void> => {
    const { canRegister, canSignIn, recoveryIdentifiers } = await rules(flow);
    if (event === 'ForgotPassword') {
      if (recoveryIdentifiers.length === 0) throw fail('session.forgot_password_not_enabled');
    } else if (event === 'SignIn' ? !canSignIn : !canRegister) throw kernelFail('auth.forbidden');
  };

  /** What a proof contributes to a new account. */
  const profileOf = async (scope: Scope, limits: Rules, proof: VerificationRecord): Promise<PendingProfile> => {
    switch (proof.type) {
      case 'NewPasswordIdentity':
        return { username: proof.username, passwordDigest: proof.passwordDigest };
      case 'Social':
        if (!proof.verified) throw fail('session.verification_failed');
        await checkNewSocial(scope, limits, proof.identity);
        await refuseSsoAddress(core, scope, limits, proof.identity.userInfo.email);
        return socialProfile(core, scope, limits, proof.identity);
      case 'EnterpriseSso': {
        if (!proof.verified) throw fail('session.verification_failed');
        const outcome = await identifyEnterprise(core, scope, proof.identity);
        if (outcome.kind === 'known' && !outcome.isNew) throw fail('user.identity_already_in_use');
        if (outcome.kind !== 'new') throw fail('user.email_already_in_use');
        return enterpriseProfile(proof.identity);
      }
      case 'OneTimeToken':
        checkLinkPurpose(proof, 'Register');
        return {
          ...(await claimAddress(core, scope, limits, proof.identifier)),
          jitOrganizationIds: proof.jitOrganizationIds,
        };
      case 'EmailVerificationCode':
      case 'PhoneVerificationCode':
        if (!proof.verified || proof.purpose === 'ForgotPassword') throw fail('session.verification_failed');
        if (!limits.signUpIdentifiers.includes(proof.identifier.type)) throw fail('user.sign_up_method_not_enabled');
        return claimAddress(core, scope, limits, proof.identifier);
      default:
        throw fail('session.verification_failed');
    }
  };

  /** Never a second account for an address that somebody has. */
  const checkNewSocial = async (scope: Scope, limits: Rules, social: SocialIdentity): Promise<void> => {
    const outcome = await identifySocial(core, scope, limits, social);
    if (outcome.kind === 'known') throw fail('user.identity_already_in_use');
    if (outcome.kind === 'new') return;
    throw fail(outcome.address.type === 'email' ? 'user.email_already_in_use' : 'user.phone_already_in_use');
  };

  /** Creates the account, or says what it lacks; what was given is kept until then. */
  const register = async (scope: Scope, flow: Flow, verificationId: string | undefined): Promise<void> => {
    if (flow.context.userId !== undefined) throw fail('session.identity_conflict');
    const limits = await rules(flow);
    const given = verificationId ? await profileOf(scope, limits, findRecord(flow, verificationId)) : {};
    const facts: Fact[] = [{ type: 'profile-given', profile: given }];
    const reached = ahead(flow, facts);
    const { profile } = reached.context;
    if (profile.username) await claimUsername(core, scope, limits, profile.username);
    const missing = missingOf(limits, profile);
    if (missing.length > 0) {
      await change(scope, flow, ...facts);
      throw fail('user.missing_profile', { data: { missingProfile: missing } });
    }
    if (
      !profile.social &&
      !profile.sso &&
      !profile.primaryEmail &&
      !profile.primaryPhone &&
      !limits.canRegisterWithUsername
    ) {
      throw fail('user.sign_up_method_not_enabled');
    }
    await createAccount(core, scope, reached, limits);
  };

  const identifyAs = async (scope: Scope, flow: Flow, account: Account, ...after: Fact[]): Promise<void> => {
    checkActive(account);
    const { userId, event } = flow.context;
    if (userId !== undefined && userId !== account.id) throw fail('session.identity_conflict');
    const type = event === 'ForgotPassword' ? 'recovery-identified' : 'identified';
    await change(scope, flow, { type, userId: account.id }, ...after);
    await logStep(scope, flow, 'Identifier.Submit', { userId: account.id });
  };

  /** True when the owner of the account has shown up in this flow by another proof than the social one. */
  const isProvedOtherwise = ({ context }: Flow, account: Account): boolean =>
    context.records.some((proof) => {
      if (proof.type === 'Password') return proof.userId === account.id;
      if (!isCode(proof) || !proof.verified || proof.purpose === 'ForgotPassword') return false;
      const { type, value } = proof.identifier;
      return type === 'email'
        ? account.primaryEmail?.toLowerCase() === value.toLowerCase()
        : account.primaryPhone === value;
    });

  /** By a social account: linked, or linkable under the rule that the pages follow too. */
  const identifyBySocial = async (scope: Scope, flow: Flow, limits: Rules, social: SocialIdentity, link: boolean) => {
    const outcome = await identifySocial(core, scope, limits, social);
    const given: Fact = { type: 'profile-given', profile: { social } };
    if (outcome.kind === 'known') return identifyAs(scope, flow, outcome.account, given);
    if (outcome.kind === 'new') throw fail('user.identity_not_exist');
    if (!link) {
      const { address } = outcome;
      const relatedUser = { type: address.type, value: mask(address) };
      throw fail('user.identity_not_exist', { data: { relatedUser } });
    }
    if (outcome.kind !== 'linkable' && !isProvedOtherwise(flow, outcome.account)) {
      throw fail('session.identifier_not_verified');
    }
    return identifyAs(scope, flow, outcome.account, given);
  };

  /** By an account at an enterprise's provider: linked, or linked now under the rule that the pages follow too. */
  const identifyByEnterprise = async (scope: Scope, flow: Flow, sso: SsoIdentity): Promise<void> => {
    const outcome = await identifyEnterprise(core, scope, sso);
    if (outcome.kind === 'new') throw fail('user.identity_not_exist');
    if (outcome.kind === 'address-taken' && !isProvedOtherwise(flow, outcome.account)) {
      throw fail('session.identifier_not_verified');
    }
    return identifyAs(scope, flow, outcome.account, { type: 'profile-given', profile: { sso } });
  };

  /** The account behind a proved address; only whoever has proved it is told that there is none. */
  const accountOfAddress = async (scope: Scope, value: { type: 'email' | 'phone'; value: string }) => {
    const account = await core.users.findByIdentifier(scope, value);
    if (!account) throw fail('user.user_not_exist', { data: { identifier: value.value } });
    return account;
  };

  /** Whose account a proof opens, in a sign-in or a recovery. */
  const identify = async (scope: Scope, flow: Flow, proof: VerificationRecord): Promise<void> => {
    const { event } = flow.context;
    const limits = await rules(flow);
    if (proof.type === 'OneTimeToken') {
      checkLinkPurpose(proof, event);
      if (event !== 'ForgotPassword') await refuseSsoAddress(core, scope, limits, proof.identifier.value);
      return identifyAs(scope, flow, await accountOfAddress(scope, proof.identifier));
    }
    if (isCode(proof)) {
      const fits = event === 'ForgotPassword' ? ['ForgotPassword'] : ['SignIn', 'Register'];
      if (!proof.verified || !fits.includes(proof.purpose)) throw fail('session.verification_failed');
      const { type } = proof.identifier;
      const allowed = event === 'ForgotPassword' ? limits.recoveryIdentifiers : limits.codeIdentifiers;
      if (!allowed.includes(type)) throw fail('user.sign_in_method_not_enabled');
      return identifyAs(scope, flow, await accountOfAddress(scope, proof.identifier));
    }
    if (event === 'ForgotPassword' || (proof.type !== 'Password' && proof.type !== 'SignInPasskey')) {
      throw fail('session.verification_failed');
    }
    const account = proof.userId === undefined ? undefined : await core.users.find(scope, proof.userId);
    if (!account) throw fail('session.verification_failed');
    if (proof.type === 'SignInPasskey') return identifyAs(scope, flow, account);
    checkActive(account);
    if (passwordIsExpired(account, limits, scope.now)) throw fail('password.expired');
    return identifyAs(scope, flow, account);
  };

  return {
    async begin(scope: Scope, flow: Flow, event: InteractionEvent, captchaToken?: string): Promise<void> {
      await guardEvent(flow, event);
      const checked = await proveHuman(scope, flow, captchaToken);
      const fact: Fact = event === 'ForgotPassword' ? { type: CHOICE[event] } : { type: CHOICE[event], afresh: true };
      await logStep(scope, await change(scope, checked, fact), 'Create');
    },

    async switchEvent(scope: Scope, flow: Flow, wanted: InteractionEvent): Promise<void> {
      if (wanted === 'ForgotPassword' || flow.context.event === 'ForgotPassword') {
        throw fail('session.not_supported_for_forgot_password');
      }
      // Whoever opened a link that was sent to them may sign up even where nobody else may.
      const isInvited =
        wanted === 'Register' &&
        flow.context.records.some(
          (proof) => proof.type === 'OneTimeToken' || (proof.type === 'EnterpriseSso' && proof.verified),
        );
      if (!isInvited) await guardEvent(flow, wanted);
      await logStep(scope, await change(scope, flow, { type: CHOICE[wanted] }), 'Update');
    },

    /** True when an account was created. */
    async identify(
      scope: Scope,
      flow: Flow,
      input: { verificationId?: string | undefined; linkSocialIdentity?: boolean | undefined },
    ): Promise<boolean> {
      const { verificationId } = input;
      if (flow.context.event === 'Register') {
        await register(scope, flow, verificationId);
        return true;
      }
      await guardEvent(flow, flow.context.event);
      if (!verificationId) throw fail('session.verification_session_not_found');
      const proof = findRecord(flow, verificationId);
      if (proof.type === 'Social' && flow.context.event === 'SignIn') {
        const social = verifiedSocial(flow, verificationId);
        await identifyBySocial(scope, flow, await rules(flow), social, input.linkSocialIdentity ?? false);
      } else if (proof.type === 'EnterpriseSso' && flow.context.event === 'SignIn') {
        if (!proof.verified) throw fail('session.verification_failed');
        await identifyByEnterprise(scope, flow, proof.identity);
      } else await identify(scope, flow, proof);
      return false;
    },

    /** Where the browser goes; nowhere when a password was reset, because its owner signs in with it next. */
    async submit(scope: Scope, flow: Flow): Promise<string | undefined> {
      const { state, userId, profile, event } = flow.context;
      const account = userId === undefined ? undefined : await core.users.find(scope, userId);
      if (!account) throw fail('session.identifier_not_found');
      if (event === 'ForgotPassword') {
        if (!profile.passwordDigest) throw fail('user.new_password_required_in_profile');
        await resetPassword(core, scope, flow, account, profile.passwordDigest);
        return undefined;
      }
      if (state !== 'identified' && state !== 'done') throw fail('session.identifier_not_found');
      // Decision 0005: clients of this door look for the consent hop.
      const consented = false;
      if (state === 'done') {
        const { submission } = flow.context;
        return core.interactions.signIn(scope, flow.interaction.id, account.id, { consented, submission });
      }
      checkActive(account);
      const pending = await firstPending(core, { scope, flow, account, rules: await rules(flow) });
      if (pending) throw pending.refusal;
      return completeSignIn(core, scope, flow, account, { facts: [], consented });
    },
  };
}
