import type { Scope } from '../../kernel/scope.ts';
import { readExtraProfile } from './actions/extra-profile.ts';
import { claimAddress, claimUsername, hashNewPassword } from './actions/new-credentials.ts';
import { digestOfReplacement } from './actions/reset-password.ts';
import { findRecord, isCode, logStep, verifiedSocial } from './experience.verifications.ts';
import type { PendingProfile } from './flow-context.ts';
import type { Account } from './sign-in.dependencies.ts';
import type { Engine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import type { Flow } from './sign-in.flows.ts';

export type ProfileInput =
  | { type: 'username' | 'password'; value: string }
  | { type: 'email' | 'phone' | 'social'; verificationId: string }
  | { type: 'extraProfile'; values: Record<string, unknown> };

/** `/api/experience/profile*`: what a new account is going to have, and what an existing one lacks. */
export function experienceProfile({ core, change, rules }: Engine) {
  const accountOf = async (scope: Scope, { context }: Flow): Promise<Account | undefined> =>
    context.userId === undefined ? undefined : core.users.find(scope, context.userId);

  /** A code that was read at the address; one that was sent for a forgotten password proves nothing here. */
  const provedAddress = (flow: Flow, type: 'email' | 'phone', id: string) => {
    const proof = findRecord(flow, id);
    const isLink = proof.type === 'OneTimeToken' && proof.event !== 'ForgotPassword';
    const isProof = isLink || (isCode(proof) && proof.verified && proof.purpose !== 'ForgotPassword');
    if (!isProof || proof.identifier.type !== type) throw fail('session.verification_failed');
    return proof.identifier;
  };

  const read = async (scope: Scope, flow: Flow, input: ProfileInput): Promise<PendingProfile> => {
    const { profile } = flow.context;
    const limits = await rules(flow);
    const account = await accountOf(scope, flow);
    switch (input.type) {
      case 'username':
        if (account?.username) throw fail('user.username_exists_in_profile');
        await claimUsername(core, scope, limits, input.value);
        return { username: input.value };
      case 'password': {
        if (account?.hasPassword) throw fail('user.password_exists_in_profile');
        const owner = { ...account, ...profile };
        return { passwordDigest: await hashNewPassword(core, limits, input.value, owner) };
      }
      case 'email':
        if (account?.primaryEmail) throw fail('user.email_exists_in_profile');
        return claimAddress(core, scope, limits, provedAddress(flow, 'email', input.verificationId));
      case 'phone':
        if (account?.primaryPhone) throw fail('user.phone_exists_in_profile');
        return claimAddress(core, scope, limits, provedAddress(flow, 'phone', input.verificationId));
      case 'extraProfile':
        return readExtraProfile(core, flow, limits, input.values);
      case 'social': {
        const social = verifiedSocial(flow, input.verificationId);
        if (account?.identities[social.target]) throw fail('user.social_account_exists_in_profile');
        if (await core.users.findByIdentity(scope, social.target, social.userInfo.id)) {
          throw fail('user.identity_already_in_use');
        }
        return { social };
      }
    }
  };

  return {
    async giveProfile(scope: Scope, flow: Flow, input: ProfileInput): Promise<void> {
      const { event, userId } = flow.context;
      if (event === 'ForgotPassword') throw fail('session.not_supported_for_forgot_password');
      // Somebody who signs in has to be known first: nothing is given to an account that nobody has proved.
      if (event === 'SignIn' && userId === undefined) throw fail('session.identifier_not_found');
      const profile = await read(scope, flow, input);
      await change(scope, flow, { type: 'profile-given', profile });
      await logStep(scope, flow, 'Profile.Update', { type: input.type });
    },

    /** The new password of somebody who forgot the old one. */
    async replacePassword(scope: Scope, flow: Flow, password: string): Promise<void> {
      if (flow.context.event !== 'ForgotPassword') throw fail('session.invalid_interaction_type');
      const account = await accountOf(scope, flow);
      if (!account) throw fail('session.identifier_not_found');
      const passwordDigest = await digestOfReplacement(core, scope, await rules(flow), account, password);
      await change(scope, flow, { type: 'profile-given', profile: { passwordDigest } });
      await logStep(scope, flow, 'Profile.Update', { type: 'password' });
    },
  };
}
