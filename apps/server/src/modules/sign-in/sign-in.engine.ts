import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import { checkActive, completeSignIn, createAccount } from './actions/complete.ts';
import { missingOf } from './actions/missing-profile.ts';
import { firstPending } from './actions/requirements.ts';
import type { Settle } from './actions/verify-password.ts';
import type { Fact } from './flow-context.ts';
import type { Account, SignInDependencies } from './sign-in.dependencies.ts';
import { fail } from './sign-in.errors.ts';
import { ahead, createFlows, type Flow, FlowConflict } from './sign-in.flows.ts';
import { type Rules, rulesOf } from './sign-in.rules.ts';

/** What a step of the hosted pages leads to: the app (by way of the protocol), or another page of the flow. */
export type Step = { kind: 'redirect'; url: string } | { kind: 'page'; flow: Flow };

/** Times a change is tried again when other requests of the same flow come between. */
const MAX_CONFLICTS = 5;

export type Engine = ReturnType<typeof createEngine>;

/** What all steps of a sign-in share: reading the rules, moving the flow on, and getting to the end. */
export function createEngine(deps: SignInDependencies) {
  const flows = createFlows(deps);
  const core = { ...deps, flows };

  const rulesFor = async (tenantId: string, settings: SignInSettings, link?: Flow['link']): Promise<Rules> => {
    const [email, phone, hasCaptcha] = await Promise.all([
      deps.messages.canSend(tenantId, 'Email'),
      deps.messages.canSend(tenantId, 'Sms'),
      deps.captcha.isSet(tenantId),
    ]);
    return rulesOf(settings, { tenantId, link, channels: { email, phone }, hasCaptcha });
  };

  const rules = async ({ interaction: { tenantId }, link }: Flow): Promise<Rules> =>
    rulesFor(tenantId, await deps.experience.settings(tenantId), link);

  /** Changes what is kept of a flow; a change that met another one is made again on what that one left. */
  const change = async (scope: Scope, flow: Flow, ...changes: Fact[]): Promise<Flow> => {
    let current = flow;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await flows.save(scope, current, ...changes);
      } catch (error) {
        if (!(error instanceof FlowConflict) || attempt === MAX_CONFLICTS) throw error;
        const again = await flows.load(scope, flow.interaction.id);
        if (!again) throw fail('session.not_found');
        current = again;
      }
    }
  };

  /** Checks the captcha that came with a form or a call; without one the flow stays as it is. */
  const proveHuman = async (
    scope: Scope,
    flow: Flow,
    token: string | undefined,
    { required = false } = {},
  ): Promise<Flow> => {
    const { needsCaptcha } = await rules(flow);
    if (!needsCaptcha || flow.context.isHuman) return flow;
    if (!token && required) throw fail('session.captcha_required');
    if (!token) return flow;
    await deps.captcha.verify(scope, token);
    return change(scope, flow, { type: 'captcha-solved' });
  };

  const toPage = async (scope: Scope, flow: Flow, ...changes: Fact[]): Promise<Step> => ({
    kind: 'page',
    flow: await change(scope, flow, ...changes),
  });

  /** Keeps a change together with what the proof that led to it leaves behind. */
  const settled = <Result>(
    scope: Scope,
    settle: Settle | undefined,
    work: (scope: Scope) => Promise<Result>,
  ): Promise<Result> => {
    if (!settle) return work(scope);
    return transaction(scope, async (tx) => {
      await settle(tx);
      return work(tx);
    });
  };

  /** The protocol's answer to a flow that is done; asking twice gives the same. */
  const leave = async (scope: Scope, { interaction, context }: Flow, userId: string): Promise<Step> => {
    const { submission } = context;
    const url = await deps.interactions.signIn(scope, interaction.id, userId, { consented: true, submission });
    return { kind: 'redirect', url };
  };

  /** Takes a user whose account is known as far as the settings allow: to the app, or to what is still missing. */
  const finish = async (
    scope: Scope,
    flow: Flow,
    account: Account,
    facts: readonly Fact[],
    settle?: Settle,
  ): Promise<Step> => {
    checkActive(account);
    const identified: Fact[] = [...facts, { type: 'identified', userId: account.id }];
    const reached = ahead(flow, identified);
    const pending = await firstPending(core, { scope, flow: reached, account, rules: await rules(flow) });
    if (pending) return settled(scope, settle, (held) => toPage(held, flow, ...identified, pending.fact));
    const completion = { facts: identified, consented: true, settle };
    return { kind: 'redirect', url: await completeSignIn(core, scope, flow, account, completion) };
  };

  /** Makes a new account of what the facts add up to, or asks for what it lacks. */
  const register = async (
    scope: Scope,
    flow: Flow,
    facts: readonly Fact[],
    { asksAgreement = false } = {},
  ): Promise<Step> => {
    const limits = await rules(flow);
    const reached = ahead(flow, facts);
    const missing = missingOf(limits, reached.context.profile);
    if (missing.length > 0 || asksAgreement) {
      return toPage(scope, flow, ...facts, { type: 'profile-missing', missing });
    }
    const created = await createAccount(core, scope, reached, limits);
    return finish(scope, created.flow, created.account, []);
  };

  return {
    core,
    flows,
    rules,
    rulesFor,
    proveHuman,
    change,
    toPage,
    settled,
    leave,
    finish,
    register,

    /** Goes on after something was added to a profile, whether there is an account already or not. */
    async proceed(scope: Scope, flow: Flow, facts: readonly Fact[]): Promise<Step> {
      const { userId } = flow.context;
      if (userId === undefined) return register(scope, flow, facts);
      const account = await deps.users.find(scope, userId);
      if (!account) throw fail('session.not_found');
      return finish(scope, flow, account, facts);
    },
  };
}
