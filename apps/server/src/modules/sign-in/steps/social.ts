import { randomBytes } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { refuseSsoAddress } from '../actions/identify-enterprise.ts';
import { identifySocial, socialProfile } from '../actions/identify-social.ts';
import type { Fact, SocialIdentity } from '../flow-context.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import { ahead, type Flow } from '../sign-in.flows.ts';
import { answerTaker, auditRefusal } from './provider-answers.ts';

/** Signing in, signing up and linking through a provider. */
export function socialSteps(engine: Engine) {
  const { core, rules, change, toPage, finish, register } = engine;
  const takeAnswer = answerTaker(engine);

  /** What happens to somebody whom a provider vouches for. */
  const enter = async (scope: Scope, flow: Flow, social: SocialIdentity): Promise<Step> => {
    const limits = await rules(flow);
    const outcome = await identifySocial(core, scope, limits, social);
    const { relatedUserId } = flow.context;
    if (!limits.canSignIn && outcome.kind !== 'new') throw fail('user.sign_in_method_not_enabled');
    const given: Fact = { type: 'profile-given', profile: { social }, instead: true };
    switch (outcome.kind) {
      case 'known':
        // The account was to be proved by another social account of its own, and that is what has just happened:
        // the one that waits is linked. Any other account is entered as it is.
        return finish(scope, flow, outcome.account, relatedUserId === outcome.account.id ? [] : [given]);
      case 'linkable':
        return finish(scope, flow, outcome.account, [given]);
      case 'address-taken':
        return toPage(scope, flow, { type: 'address-taken', userId: outcome.account.id, profile: { social } });
      case 'new': {
        if (!limits.canRegister) throw fail('user.sign_up_method_not_enabled');
        await refuseSsoAddress(core, scope, limits, social.userInfo.email);
        const profile = await socialProfile(core, scope, limits, social);
        const facts: Fact[] = [
          { type: 'chose-register', afresh: true },
          { type: 'profile-given', profile },
        ];
        return register(scope, flow, facts, { asksAgreement: limits.agreement.register === 'checkbox' });
      }
    }
  };

  return {
    /** The provider's address to go to; its answer counts only in this browser, for this flow, once. */
    async startSocial(scope: Scope, flow: Flow, connectorId: string): Promise<string> {
      const connector = await core.connectors.findSocial(scope.tenantId, connectorId);
      const limits = await rules(flow);
      const related = flow.context.state === 'link-account';
      if (!connector || !(related || limits.socialTargets.includes(connector.target))) {
        throw fail('connector.not_found', { data: { connectorId } });
      }
      const { uri, session } = await core.connectors.authorizationUri(scope, connectorId, {
        state: randomBytes(32).toString('base64url'),
        redirectUri: `${core.addressOf(scope.tenantId).endpoint}/callback/${connectorId}`,
      });
      await change(scope, flow, { type: 'left-for-provider', connectorId, session });
      return uri;
    },

    /** Takes what a provider's script has brought to the page: an answer that needed no leaving. */
    async signInByOneTap(
      scope: Scope,
      flow: Flow,
      input: { connectorId: string; credential: string; nonce?: string | undefined },
    ): Promise<Step> {
      const connector = await core.connectors.findSocial(scope.tenantId, input.connectorId);
      if (!connector?.oneTap || !(await rules(flow)).socialTargets.includes(connector.target)) {
        throw fail('connector.not_found', { data: { connectorId: input.connectorId } });
      }
      const { id: connectorId, target } = connector;
      const about = { connectorId, verification: 'Social' } as const;
      // Spent before the flow is touched: of many who send it one goes on, and the others change nothing for it.
      const proved = await core.connectors.signInByOneTap(scope, connectorId, input).catch(async (error: unknown) => {
        await auditRefusal(scope, flow, about, error);
        throw error;
      });
      const session = { state: '', redirectUri: '' };
      const left = ahead(flow, [{ type: 'left-for-provider', connectorId, session }]);
      return takeAnswer(scope, left, about, async () => ({
        identityId: proved.userInfo.id,
        enter: (taken) => enter(scope, taken, { target, connectorId, ...proved }),
      }));
    },

    /** Takes the provider's answer: verified by the connector, then judged by the account rules, in one request. */
    async finishSocial(
      scope: Scope,
      flow: Flow,
      input: { connectorId: string; params: Record<string, string | undefined> },
    ): Promise<Step> {
      const connector = await core.connectors.findSocial(scope.tenantId, input.connectorId);
      if (!connector) throw fail('session.connector_session_not_found');
      return takeAnswer(scope, flow, { connectorId: connector.id, verification: 'Social' }, async (session) => {
        const proved = await core.connectors.signIn(scope, connector.id, { params: input.params, session });
        return {
          identityId: proved.userInfo.id,
          enter: (taken) => enter(scope, taken, { target: connector.target, connectorId: connector.id, ...proved }),
        };
      });
    },
  };
}
