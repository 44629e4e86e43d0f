import { type Scope, transaction } from '../../../kernel/scope.ts';
import { checkActive } from '../actions/complete.ts';
import { claimAddress } from '../actions/new-credentials.ts';
import { verifyLink } from '../actions/verify-link.ts';
import type { Fact } from '../flow-context.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';

/** Links that were sent to an address, and open its account. */
export function magicLinkSteps({ core, flows, rules, toPage, leave, finish, register }: Engine) {
  /** What the request came with; only a flow that has not gone past it may use it. */
  const linkOf = ({ interaction, context }: Flow) => {
    const { one_time_token: token, login_hint: email } = interaction.params;
    const isHere = context.state === 'one-time-token' || context.state === 'switch-account';
    if (!isHere || !token || !email) throw fail('session.not_found');
    return { token, email };
  };

  return {
    /** A link that opens nothing is told so when it is opened, before anything is asked. */
    checkLink: (scope: Scope, flow: Flow): Promise<void> =>
      core.oneTimeTokens.check(scope, { ...linkOf(flow), event: flow.context.event }),

    /** Spends the link that the request came with. A mail scanner that merely opens it spends nothing. */
    async openLink(scope: Scope, flow: Flow): Promise<Step> {
      const { token, email } = linkOf(flow);
      const { event } = flow.context;
      const limits = await rules(flow);
      const record = await verifyLink(core, scope, flow, limits, { email, token });
      const recorded: Fact = { type: 'recorded', record };
      const account = await core.users.findByIdentifier(scope, record.identifier);
      if (event === 'ForgotPassword') {
        if (!account) throw fail('user.user_not_exist', { data: { identifier: email } });
        checkActive(account);
        return toPage(scope, flow, recorded, { type: 'recovery-identified', userId: account.id });
      }
      if (account) return finish(scope, flow, account, [recorded]);
      const { jitOrganizationIds } = record;
      const profile = { ...(await claimAddress(core, scope, limits, record.identifier)), jitOrganizationIds };
      return register(scope, flow, [recorded, { type: 'chose-register' }, { type: 'profile-given', profile }]);
    },

    /** Somebody else is signed in to this browser, and stays so: the link is left unspent. */
    async keepAccount(scope: Scope, flow: Flow): Promise<Step> {
      const { sessionUserId } = flow.interaction;
      const account = sessionUserId ? await core.users.find(scope, sessionUserId) : undefined;
      if (flow.context.state !== 'switch-account' || !account) throw fail('session.not_found');
      checkActive(account);
      const kept: Fact[] = [{ type: 'identified', userId: account.id }, { type: 'submitted' }];
      return transaction(scope, async (tx) => leave(tx, await flows.save(tx, flow, ...kept), account.id));
    },
  };
}
