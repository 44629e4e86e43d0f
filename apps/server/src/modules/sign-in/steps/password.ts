import { standardId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { checkActive } from '../actions/complete.ts';
import { claimUsername, hashNewPassword } from '../actions/new-credentials.ts';
import { passwordIsExpired, verifyPassword, verifyPasswordOf } from '../actions/verify-password.ts';
import { readIdentifier } from '../identifiers.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import { codeRecordOf } from './code.ts';
import type { enterpriseSteps } from './enterprise.ts';

/** Signing in and up by password. */
export function passwordSteps(
  { core, rules, toPage, settled, finish, register }: Engine,
  { leaveByAddress }: Pick<ReturnType<typeof enterpriseSteps>, 'leaveByAddress'>,
) {
  return {
    async signInByPassword(scope: Scope, flow: Flow, input: { identifier: string; password: string }): Promise<Step> {
      const limits = await rules(flow);
      if (!limits.canSignIn) throw fail('user.sign_in_method_not_enabled');
      const identifier = readIdentifier(input.identifier, limits.passwordIdentifiers, flow.languages);
      const enterprise = await leaveByAddress(scope, flow, identifier);
      if (enterprise) return enterprise;
      const proof = await verifyPassword(core, scope, flow, limits, { identifier, password: input.password });
      const { account, settle } = proof;
      checkActive(account);
      if (passwordIsExpired(account, limits, scope.now)) {
        const canRecover = limits.recoveryIdentifiers.some((type) =>
          type === 'email' ? account.primaryEmail : account.primaryPhone,
        );
        if (!canRecover) throw fail('password.expired');
        return settled(scope, settle, (held) =>
          toPage(held, flow, { type: 'chose-recovery', identifier, passwordExpired: true }),
        );
      }
      const record = { id: standardId(), type: 'Password', identifier, userId: account.id } as const;
      return finish(scope, flow, account, [{ type: 'chose-sign-in' }, { type: 'recorded', record }], settle);
    },

    /** A password instead of the code that was sent. */
    async choosePassword(scope: Scope, flow: Flow): Promise<Step> {
      const { identifier } = codeRecordOf(flow);
      const { passwordIdentifiers } = await rules(flow);
      if (!passwordIdentifiers.includes(identifier.type)) throw fail('user.sign_in_method_not_enabled');
      return toPage(scope, flow, { type: 'identifier-given', identifier });
    },

    async registerByPassword(
      scope: Scope,
      flow: Flow,
      input: { username: string; password: string; agreed: boolean },
    ): Promise<Step> {
      const limits = await rules(flow);
      if (!limits.canRegisterWithUsername) throw fail('user.sign_up_method_not_enabled');
      const username = input.username.trim();
      await claimUsername(core, scope, limits, username);
      const passwordDigest = await hashNewPassword(core, limits, input.password, { username });
      return register(scope, flow, [
        { type: 'chose-register', afresh: true, agreed: input.agreed },
        { type: 'recorded', record: { id: standardId(), type: 'NewPasswordIdentity', username, passwordDigest } },
        { type: 'profile-given', profile: { username, passwordDigest } },
      ]);
    },

    /** Links the social account that waits to the account whose password this is. */
    async linkByPassword(scope: Scope, flow: Flow, password: string): Promise<Step> {
      const { relatedUserId, profile, state } = flow.context;
      const account = relatedUserId ? await core.users.find(scope, relatedUserId) : undefined;
      if (state !== 'link-account' || !account || !(profile.social ?? profile.sso)) throw fail('session.not_found');
      await verifyPasswordOf(core, scope, flow, await rules(flow), { account, password });
      return finish(scope, flow, account, []);
    },
  };
}
