import { randomBytes } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import type { SsoIdentity } from '../../enterprise-sso/index.ts';
import { connectorsOfAddress, enterpriseProfile, identifyEnterprise } from '../actions/identify-enterprise.ts';
import type { Fact, Identifier } from '../flow-context.ts';
import { readIdentifier } from '../identifiers.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import { answerTaker } from './provider-answers.ts';

/** Signing in and up with the identity provider of one's enterprise. */
export function enterpriseSteps(engine: Engine) {
  const { core, rules, change, toPage, finish, register } = engine;
  const takeAnswer = answerTaker(engine);

  const startSso = async (scope: Scope, flow: Flow, connectorId: string, loginHint?: string): Promise<string> => {
    const { settings } = await rules(flow);
    const connector = await core.enterpriseSso.find(scope.tenantId, connectorId);
    if (!settings.singleSignOnEnabled || !connector) throw fail('connector.not_found', { data: { connectorId } });
    const { uri, session } = await core.enterpriseSso.start(scope, connectorId, {
      state: randomBytes(32).toString('base64url'),
      redirectUri: `${core.addressOf(scope.tenantId).endpoint}/callback/${connectorId}`,
      loginHint,
    });
    await change(scope, flow, { type: 'left-for-provider', connectorId, session, isEnterprise: true });
    return uri;
  };

  /** Leaves for the one provider of the address, or lets somebody choose; undefined where there is none. */
  const leaveByAddress = async (scope: Scope, flow: Flow, identifier: Identifier): Promise<Step | undefined> => {
    const connectors = await connectorsOfAddress(core, scope, await rules(flow), identifier);
    const [only] = connectors;
    if (!only) return undefined;
    if (connectors.length > 1) return toPage(scope, flow, { type: 'chose-single-sign-on', identifier });
    return { kind: 'redirect', url: await startSso(scope, flow, only.id, identifier.value) };
  };

  /** What happens to somebody whom an enterprise's provider vouches for. */
  const enter = async (scope: Scope, flow: Flow, sso: SsoIdentity): Promise<Step> => {
    const outcome = await identifyEnterprise(core, scope, sso);
    switch (outcome.kind) {
      case 'known':
        return finish(scope, flow, outcome.account, [
          // What waits for another account is not this one's.
          { type: 'profile-given', profile: { sso }, instead: flow.context.relatedUserId !== outcome.account.id },
        ]);
      case 'address-taken':
        return toPage(scope, flow, { type: 'address-taken', userId: outcome.account.id, profile: { sso } });
      case 'new': {
        const { agreement } = await rules(flow);
        const facts: Fact[] = [
          { type: 'chose-register', afresh: true },
          { type: 'profile-given', profile: enterpriseProfile(sso) },
        ];
        return register(scope, flow, facts, { asksAgreement: agreement.register === 'checkbox' });
      }
    }
  };

  return {
    startSso,
    leaveByAddress,

    /** Takes the address of the page `single-sign-on`. */
    async continueWithSso(scope: Scope, flow: Flow, typed: string): Promise<Step> {
      const identifier = readIdentifier(typed, ['email'], flow.languages);
      const step = await leaveByAddress(scope, flow, identifier);
      if (!step) throw fail('session.sso_not_available');
      return step;
    },

    /** Takes the provider's answer: verified by the connector, then judged by the account rules, in one request. */
    finishSso: (
      scope: Scope,
      flow: Flow,
      { connectorId, params }: { connectorId: string; params: Record<string, string | undefined> },
    ): Promise<Step> =>
      takeAnswer(scope, flow, { connectorId, verification: 'EnterpriseSso' }, async (session) => {
        const identity = await core.enterpriseSso.finish(scope, connectorId, { params, session });
        return { identityId: identity.userInfo.id, enter: (taken) => enter(scope, taken, identity) };
      }),
  };
}
