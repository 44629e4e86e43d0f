import { randomBytes } from 'node:crypto';
import { audit } from '../../kernel/audit.ts';
import { RequestError } from '../../kernel/errors.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { checkActive, completeSignIn, createAccount } from './actions/complete.ts';
import { identifySocial } from './actions/identify-social.ts';
import { checkNewPassword, claimUsername, hashNewPassword } from './actions/new-credentials.ts';
import { verifyPassword, verifyPasswordOf } from './actions/verify-password.ts';
import type { Account, SignInDependencies } from './sign-in.dependencies.ts';
import { fail } from './sign-in.errors.ts';
import { advance, type Fact, type SocialIdentity } from './sign-in.flow.ts';
import { createFlows, type Flow, FlowConflict, type FlowCookie } from './sign-in.flows.ts';
import { type Rules, readIdentifier, rulesOf } from './sign-in.rules.ts';

export type SignInService = ReturnType<typeof createSignInService>;

/** What a step of the hosted pages leads to: the app (by way of the protocol), or another page of the flow. */
export type Step = { kind: 'redirect'; url: string } | { kind: 'page'; flow: Flow };

/** Times a change is tried again when other requests of the same flow come between. */
const MAX_CONFLICTS = 5;

/** The sign-in engine as the hosted pages drive it: verify, identify and submit in one request. */
export function createSignInService(deps: SignInDependencies) {
  const flows = createFlows(deps);
  const core = { ...deps, flows };

  const rules = async ({ interaction: { tenantId }, link }: Flow): Promise<Rules> =>
    rulesOf(await deps.experience.settings(tenantId), { tenantId, link });

  /** Changes what is kept of a flow; a change that met another one is made again on what that one left. */
  const change = async (scope: Scope, flow: Flow, ...changes: Fact[]): Promise<Flow> => {
    let current = flow;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await flows.save(scope, current, changes.reduce(advance, current.context));
      } catch (error) {
        if (!(error instanceof FlowConflict) || attempt === MAX_CONFLICTS) throw error;
        const again = await flows.load(scope, flow.interaction.id);
        if (!again) throw fail('session.not_found');
        current = again;
      }
    }
  };

  /** The protocol's answer to a flow that is done; asking twice gives the same. */
  const leave = async (flow: Flow, userId: string): Promise<Step> => {
    const { tenantId, id } = flow.interaction;
    return { kind: 'redirect', url: await deps.interactions.signIn(tenantId, id, userId, { consented: true }) };
  };

  const signIn = async (
    scope: Scope,
    flow: Flow,
    account: Account,
    options: { facts?: Fact[]; social?: SocialIdentity; link?: boolean } = {},
  ): Promise<Step> => {
    const facts: Fact[] = options.facts ?? [{ type: 'identified', userId: account.id }, { type: 'submitted' }];
    const done = await completeSignIn(core, scope, flow, account, { ...options, facts });
    return leave(done, account.id);
  };

  const register = async (scope: Scope, flow: Flow, profile: Flow['context']['profile']): Promise<Step> => {
    const asked = { ...flow, context: { ...flow.context, event: 'Register' as const } };
    const created = await createAccount(core, scope, asked, await rules(flow), profile);
    return signIn(scope, created.flow, created.account, { facts: [{ type: 'submitted' }] });
  };

  /** What happens to somebody whom a provider vouches for. */
  const enterBySocial = async (scope: Scope, flow: Flow, social: SocialIdentity): Promise<Step> => {
    const limits = await rules(flow);
    const outcome = await identifySocial(core, scope, limits, social);
    const { relatedUserId, profile } = flow.context;
    if (!limits.canSignIn && outcome.kind !== 'new') throw fail('user.sign_in_method_not_enabled');
    if (outcome.kind === 'known') {
      // The account was to be proved by another social account of its own, and that is what has just happened.
      const proved = relatedUserId === outcome.account.id && profile.social;
      return signIn(scope, flow, outcome.account, proved ? { social: proved, link: true } : { social });
    }
    if (outcome.kind === 'linkable') return signIn(scope, flow, outcome.account, { social, link: true });
    if (outcome.kind === 'address-taken') {
      const fact: Fact = { type: 'address-taken', userId: outcome.account.id, social };
      return { kind: 'page', flow: await change(scope, flow, fact) };
    }
    if (!limits.canRegister) throw fail('user.sign_up_method_not_enabled');
    const missing = limits.needsUsername ? (['username'] as const) : [];
    if (missing.length > 0 || limits.agreement.register === 'checkbox') {
      const fact: Fact = { type: 'profile-missing', missing: [...missing], profile: { social } };
      return { kind: 'page', flow: await change(scope, flow, fact) };
    }
    return register(scope, flow, { social });
  };

  return {
    flows,
    rules,
    change,

    find: (scope: Scope, cookie: FlowCookie, appId: string | undefined) => flows.find(scope, cookie, appId),

    /** Answers again what a finished flow has answered: a form that was sent twice ends where the first one did. */
    resume: (flow: Flow): Promise<Step> | undefined =>
      flow.context.state === 'done' && flow.context.userId ? leave(flow, flow.context.userId) : undefined,

    async signInByPassword(scope: Scope, flow: Flow, input: { identifier: string; password: string }): Promise<Step> {
      const limits = await rules(flow);
      if (!limits.canSignIn) throw fail('user.sign_in_method_not_enabled');
      const identifier = readIdentifier(input.identifier, limits.passwordIdentifiers);
      const account = await verifyPassword(core, scope, flow, limits, { identifier, password: input.password });
      checkActive(account);
      if (account.isPasswordExpired) throw fail('password.expired');
      const step = advance(flow.context, { type: 'chose-sign-in' });
      return signIn(scope, { ...flow, context: step }, account);
    },

    async register(scope: Scope, flow: Flow, input: { username: string; password: string }): Promise<Step> {
      const limits = await rules(flow);
      if (!limits.canRegisterWithUsername) throw fail('user.sign_up_method_not_enabled');
      const username = input.username.trim();
      await claimUsername(core, scope, limits, username);
      const passwordDigest = await hashNewPassword(core, limits, input.password, { username });
      const context = advance(flow.context, { type: 'chose-register' });
      return register(scope, { ...flow, context }, { username, passwordDigest });
    },

    /** The provider's address to go to; its answer counts only in this browser, for this flow, once. */
    async startSocial(scope: Scope, flow: Flow, connectorId: string): Promise<string> {
      const connector = await deps.connectors.findSocial(scope.tenantId, connectorId);
      const limits = await rules(flow);
      const related = flow.context.state === 'link-account';
      if (!connector || !(related || limits.socialTargets.includes(connector.target))) {
        throw fail('connector.not_found', { data: { connectorId } });
      }
      const { uri, session } = await deps.connectors.authorizationUri(scope, connectorId, {
        state: randomBytes(32).toString('base64url'),
        redirectUri: `${deps.addressOf(scope.tenantId).endpoint}/callback/${connectorId}`,
      });
      await change(scope, flow, { type: 'left-for-provider', connectorId, session });
      return uri;
    },

    /** Takes the provider's answer: verified by the connector, then judged by the account rules, in one request. */
    async finishSocial(
      scope: Scope,
      flow: Flow,
      input: { connectorId: string; params: Record<string, string | undefined> },
    ): Promise<Step> {
      const { session } = flow.context.provider ?? {};
      const connector = await deps.connectors.findSocial(scope.tenantId, input.connectorId);
      if (!session || !connector) throw fail('session.connector_session_not_found');
      // Not retried: of two requests with the same answer one takes it.
      const taken = await flows.save(scope, flow, advance(flow.context, { type: 'provider-answered' }));
      const details = { applicationId: flow.interaction.application.id, connectorId: connector.id };
      const key = `Interaction.${flow.context.event}.Verification.Social.Submit`;
      try {
        const userInfo = await deps.connectors.userInfo(scope, connector.id, { params: input.params, session });
        await audit(scope, { key, details: { ...details, identityId: userInfo.id } });
        return await enterBySocial(scope, taken, { target: connector.target, connectorId: connector.id, userInfo });
      } catch (error) {
        await transaction(scope, async (tx) => {
          await audit(tx, {
            key,
            result: 'Error',
            details: { ...details, error: error instanceof RequestError ? error.code : 'unknown' },
          });
          await flows.save(tx, taken, advance(taken.context, { type: 'provider-refused' })).catch(ignoreConflict);
        });
        throw error;
      }
    },

    /** Links the social account that waits to the account whose password this is. */
    async linkByPassword(scope: Scope, flow: Flow, password: string): Promise<Step> {
      const { relatedUserId, profile } = flow.context;
      const account = relatedUserId ? await deps.users.find(scope, relatedUserId) : undefined;
      if (flow.context.state !== 'link-account' || !account || !profile.social) throw fail('session.not_found');
      await verifyPasswordOf(core, scope, flow, await rules(flow), { account, password });
      return signIn(scope, flow, account, { social: profile.social, link: true });
    },

    /** Creates the account of somebody whom a provider vouches for, with what the tenant wants to know beside. */
    async completeProfile(scope: Scope, flow: Flow, input: { username: string }): Promise<Step> {
      const { state, profile, missing = [] } = flow.context;
      if (state !== 'profile' || !profile.social) throw fail('session.not_found');
      if (!missing.includes('username')) return register(scope, flow, profile);
      const username = input.username.trim();
      await claimUsername(core, scope, await rules(flow), username);
      return register(scope, flow, { ...profile, username });
    },

    /** The operators' recovery link: a new password, and every session of the account ended. */
    async setPassword(scope: Scope, flow: Flow, password: string): Promise<Step> {
      const { userId, state } = flow.context;
      const account = userId ? await deps.users.find(scope, userId) : undefined;
      if (state !== 'set-password' || flow.link?.kind !== 'recover' || !account) throw fail('setup.token_invalid');
      const limits = await rules(flow);
      await checkNewPassword(core, limits, password, account);
      const changed = await transaction(scope, async (tx) => {
        await deps.tenants.links.spend(tx, flow.interaction.params.setup_token ?? '', 'recover');
        await deps.users.setPassword(tx, account.id, password);
        await deps.endSessions(tx, account.id);
        return flows.save(tx, flow, advance(flow.context, { type: 'password-set', userId: account.id }));
      });
      return signIn(scope, changed, account, { facts: [{ type: 'submitted' }] });
    },

    cancel: (scope: Scope, flow: Flow): Promise<Flow> => change(scope, flow, { type: 'cancelled' }),

    /** Answers the consent prompt; gives the address to go to. */
    async consent(scope: Scope, flow: Flow, decision: 'allow' | 'deny'): Promise<string> {
      const { tenantId, id, application } = flow.interaction;
      await transaction(scope, async (tx) => {
        await flows.save(tx, flow, advance(flow.context, { type: decision === 'allow' ? 'consented' : 'cancelled' }));
        await audit(tx, {
          key: 'Interaction.Consent.Submit',
          result: decision === 'allow' ? 'Success' : 'Error',
          details: { applicationId: application.id, userId: flow.interaction.sessionUserId, decision },
        });
      });
      if (decision === 'deny') return deps.interactions.reject(tenantId, id, 'access_denied');
      return deps.interactions.consent(tenantId, id);
    },
  };
}

function ignoreConflict(error: unknown): void {
  // Somebody has moved the flow on meanwhile, which is what this was about to do.
  if (!(error instanceof FlowConflict)) throw error;
}
