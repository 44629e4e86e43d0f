import { audit } from '../../kernel/audit.ts';
import { fail as kernelFail } from '../../kernel/errors.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { checkActive, completeSignIn, createAccount } from './actions/complete.ts';
import { identifySocial } from './actions/identify-social.ts';
import { claimUsername, hashNewPassword } from './actions/new-credentials.ts';
import { verifyPassword } from './actions/verify-password.ts';
import type { Account, SignInDependencies } from './sign-in.dependencies.ts';
import { fail } from './sign-in.errors.ts';
import type {
  Identifier,
  InteractionEvent,
  PendingProfile,
  SocialIdentity,
  VerificationRecord,
} from './sign-in.flow.ts';
import type { Flow } from './sign-in.flows.ts';
import type { Rules } from './sign-in.rules.ts';
import type { SignInService } from './sign-in.service.ts';

type WireEvent = InteractionEvent | 'ForgotPassword';
type SocialRecord = Extract<VerificationRecord, { type: 'Social' }>;

export type ExperienceService = ReturnType<typeof createExperienceService>;

/** The sign-in engine as the Experience API drives it: the same actions and the same table, one step a call. */
export function createExperienceService(deps: SignInDependencies, service: SignInService) {
  const core = { ...deps, flows: service.flows };
  const { change, rules } = service;

  const guardEvent = async (flow: Flow, event: WireEvent): Promise<InteractionEvent> => {
    if (event === 'ForgotPassword') throw fail('session.forgot_password_not_enabled');
    const { canRegister, canSignIn } = await rules(flow);
    if (event === 'SignIn' ? !canSignIn : !canRegister) throw kernelFail('auth.forbidden');
    return event;
  };

  const record = async (scope: Scope, flow: Flow, made: VerificationRecord): Promise<string> => {
    await change(scope, flow, { type: 'recorded', record: made });
    return made.id;
  };

  const log = (scope: Scope, flow: Flow, key: string, details: Record<string, unknown> = {}) =>
    audit(scope, {
      key: `Interaction.${flow.context.event}.${key}`,
      details: { applicationId: flow.interaction.application.id, ...details },
    });

  const findSocialRecord = (flow: Flow, id: string): SocialRecord => {
    const found = findRecord(flow, id);
    if (found.type !== 'Social') throw fail('session.verification_session_not_found');
    return found;
  };

  /** A provider's account whose owner has shown up. */
  const verifiedSocial = (flow: Flow, id: string): SocialIdentity => {
    const found = findSocialRecord(flow, id);
    if (!found.verified) throw fail('session.verification_failed');
    return found.identity;
  };

  const identifyAs = async (scope: Scope, flow: Flow, account: Account, social?: SocialIdentity): Promise<void> => {
    checkActive(account);
    const { userId } = flow.context;
    if (userId !== undefined && userId !== account.id) throw fail('session.identity_conflict');
    await change(
      scope,
      flow,
      { type: 'identified', userId: account.id },
      ...(social ? [{ type: 'profile-given' as const, profile: { social } }] : []),
    );
    await log(scope, flow, 'Identifier.Submit', { userId: account.id });
  };

  /** By a social account: linked, or linkable under the rule that the pages follow too. */
  const identifyBySocial = async (scope: Scope, flow: Flow, limits: Rules, social: SocialIdentity, link: boolean) => {
    const outcome = await identifySocial(core, scope, limits, social);
    if (outcome.kind === 'known') return identifyAs(scope, flow, outcome.account, social);
    if (outcome.kind === 'new') throw fail('user.identity_not_exist');
    if (!link) {
      const { email = '' } = social.userInfo;
      throw fail('user.identity_not_exist', { data: { relatedUser: { type: 'email', value: mask(email) } } });
    }
    const proved = flow.context.records.some(
      (given) => given.type === 'Password' && given.userId === outcome.account.id,
    );
    if (outcome.kind !== 'linkable' && !proved) throw fail('session.identifier_not_verified');
    return identifyAs(scope, flow, outcome.account, social);
  };

  /** Creates the account, or says what it lacks; what was given is kept until then. */
  const register = async (scope: Scope, flow: Flow, limits: Rules, given: PendingProfile): Promise<void> => {
    const profile = { ...flow.context.profile, ...given };
    if (profile.social) await checkNewSocial(scope, limits, profile.social);
    if (profile.username) await claimUsername(core, scope, limits, profile.username);
    const missing = missingOf(limits, profile);
    if (missing.length > 0) {
      await change(scope, flow, { type: 'profile-given', profile });
      throw fail('user.missing_profile', { data: { missingProfile: missing } });
    }
    if (!profile.social && !limits.canRegisterWithUsername) throw fail('user.sign_up_method_not_enabled');
    await createAccount(core, scope, flow, limits, profile);
  };

  /** Never a second account for an address that somebody has. */
  const checkNewSocial = async (scope: Scope, limits: Rules, social: SocialIdentity): Promise<void> => {
    const outcome = await identifySocial(core, scope, limits, social);
    if (outcome.kind === 'known') throw fail('user.identity_already_in_use');
    if (outcome.kind !== 'new') throw fail('user.email_already_in_use');
  };

  return {
    async begin(scope: Scope, flow: Flow, wanted: WireEvent): Promise<void> {
      const event = await guardEvent(flow, wanted);
      const type = event === 'Register' ? 'chose-register' : 'chose-sign-in';
      const begun = await change(scope, flow, { type, afresh: true });
      await log(scope, begun, 'Create');
    },

    async switchEvent(scope: Scope, flow: Flow, wanted: WireEvent): Promise<void> {
      if (wanted === 'ForgotPassword') throw fail('session.not_supported_for_forgot_password');
      const event = await guardEvent(flow, wanted);
      const switched = await change(scope, flow, { type: event === 'Register' ? 'chose-register' : 'chose-sign-in' });
      await log(scope, switched, 'Update');
    },

    async verifyPassword(scope: Scope, flow: Flow, input: { identifier: Identifier; password: string }) {
      const account = await verifyPassword(core, scope, flow, await rules(flow), input);
      await log(scope, flow, 'Verification.Password.Submit', { userId: account.id });
      const { identifier } = input;
      return record(scope, flow, { id: standardId(), type: 'Password', identifier, userId: account.id });
    },

    async chooseCredentials(scope: Scope, flow: Flow, input: { username: string; password: string }): Promise<string> {
      if (flow.context.event !== 'Register') throw fail('session.invalid_interaction_type');
      const limits = await rules(flow);
      if (!limits.canRegisterWithUsername) throw fail('user.sign_up_method_not_enabled');
      const { username } = input;
      await claimUsername(core, scope, limits, username);
      const passwordDigest = await hashNewPassword(core, limits, input.password, { username });
      await log(scope, flow, 'Verification.NewPasswordIdentity.Submit', { username });
      return record(scope, flow, { id: standardId(), type: 'NewPasswordIdentity', username, passwordDigest });
    },

    async startSocial(
      scope: Scope,
      flow: Flow,
      connectorId: string,
      request: { state: string; redirectUri: string },
    ): Promise<{ authorizationUri: string; verificationId: string }> {
      const connector = await deps.connectors.findSocial(scope.tenantId, connectorId);
      if (!connector || !(await rules(flow)).socialTargets.includes(connector.target)) {
        throw fail('connector.not_found');
      }
      const { uri, session } = await deps.connectors.authorizationUri(scope, connectorId, request);
      await log(scope, flow, 'Verification.Social.Create', { connectorId });
      const made: SocialRecord = { id: standardId(), type: 'Social', connectorId, verified: false, session };
      return { authorizationUri: uri, verificationId: await record(scope, flow, made) };
    },

    async finishSocial(
      scope: Scope,
      flow: Flow,
      input: { connectorId: string; verificationId: string; connectorData: Record<string, unknown> },
    ): Promise<string> {
      const { connectorId } = input;
      const found = findSocialRecord(flow, input.verificationId);
      const connector = await deps.connectors.findSocial(scope.tenantId, connectorId);
      if (!connector || found.connectorId !== connectorId) throw fail('connector.not_found');
      if (found.verified) throw fail('session.verification_failed');
      const params = Object.fromEntries(
        Object.entries(input.connectorData).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
      const userInfo = await deps.connectors.userInfo(scope, connectorId, { params, session: found.session });
      await log(scope, flow, 'Verification.Social.Submit', { connectorId, identityId: userInfo.id });
      const identity = { target: connector.target, connectorId, userInfo };
      return record(scope, flow, { id: found.id, type: 'Social', connectorId, verified: true, identity });
    },

    /** True when an account was created. */
    async identify(
      scope: Scope,
      flow: Flow,
      input: { verificationId?: string | undefined; linkSocialIdentity?: boolean | undefined },
    ): Promise<boolean> {
      const event = await guardEvent(flow, flow.context.event);
      const limits = await rules(flow);
      const { verificationId } = input;
      if (event === 'Register') {
        if (flow.context.userId !== undefined) throw fail('session.identity_conflict');
        await register(scope, flow, limits, verificationId ? profileOf(findRecord(flow, verificationId)) : {});
        return true;
      }
      if (!verificationId) throw fail('session.verification_session_not_found');
      const proof = findRecord(flow, verificationId);
      if (proof.type === 'Social') {
        const social = verifiedSocial(flow, verificationId);
        await identifyBySocial(scope, flow, limits, social, input.linkSocialIdentity ?? false);
        return false;
      }
      const account = proof.type === 'Password' ? await deps.users.find(scope, proof.userId) : undefined;
      if (!account) throw fail('session.verification_failed');
      checkActive(account);
      if (account.isPasswordExpired) throw fail('password.expired');
      await identifyAs(scope, flow, account);
      return false;
    },

    async giveProfile(
      scope: Scope,
      flow: Flow,
      input: { type: 'username' | 'password'; value: string } | { type: 'social'; verificationId: string },
    ): Promise<void> {
      const { event, profile, userId } = flow.context;
      const give = async (given: PendingProfile) => {
        await change(scope, flow, { type: 'profile-given', profile: given });
        await log(scope, flow, 'Profile.Update', { type: input.type });
      };
      if (input.type === 'social') {
        const social = verifiedSocial(flow, input.verificationId);
        const account = userId === undefined ? undefined : await deps.users.find(scope, userId);
        if (account?.identities[social.target]) throw fail('user.social_account_exists_in_profile');
        if (await deps.users.findByIdentity(scope, social.target, social.userInfo.id)) {
          throw fail('user.identity_already_in_use');
        }
        return give({ social });
      }
      // Existing accounts change their credentials elsewhere, with a fresh proof.
      if (event !== 'Register' || userId !== undefined) throw fail('session.invalid_interaction_type');
      const limits = await rules(flow);
      if (input.type === 'username') {
        await claimUsername(core, scope, limits, input.value);
        return give({ username: input.value });
      }
      const owner = { username: profile.username, name: profile.social?.userInfo.name };
      return give({ passwordDigest: await hashNewPassword(core, limits, input.value, owner) });
    },

    async submit(scope: Scope, flow: Flow): Promise<string> {
      const { state, userId, profile } = flow.context;
      const account = userId === undefined ? undefined : await deps.users.find(scope, userId);
      if (!account || (state !== 'identified' && state !== 'done')) throw fail('session.identifier_not_found');
      if (state === 'identified') {
        const { social } = profile;
        await completeSignIn(core, scope, flow, account, { facts: [{ type: 'submitted' }], social, link: true });
      }
      const { tenantId, id } = flow.interaction;
      // Decision 0005: clients of this door look for the consent hop.
      return deps.interactions.signIn(tenantId, id, account.id, { consented: false });
    },
  };
}

function findRecord(flow: Flow, id: string): VerificationRecord {
  const found = flow.context.records.find((each) => each.id === id);
  if (!found) throw fail('session.verification_session_not_found');
  return found;
}

/** What a proof contributes to a new account. */
function profileOf(proof: VerificationRecord): PendingProfile {
  if (proof.type === 'NewPasswordIdentity') return { username: proof.username, passwordDigest: proof.passwordDigest };
  if (proof.type === 'Social' && proof.verified) return { social: proof.identity };
  throw fail('session.verification_failed');
}

/** Features 2.2: somebody who comes through a provider needs no password; the tenant may waive the username too. */
function missingOf(limits: Rules, profile: PendingProfile): ('username' | 'password')[] {
  const needsUsername = profile.social ? limits.needsUsername : true;
  return [
    ...(needsUsername && !profile.username ? (['username'] as const) : []),
    ...(!profile.social && !profile.passwordDigest ? (['password'] as const) : []),
  ];
}

/** Enough for its owner to recognise it, too little for anybody else. */
function mask(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  return `${local.slice(0, 1)}****@${domain}`;
}
