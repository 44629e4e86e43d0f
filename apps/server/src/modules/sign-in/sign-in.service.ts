import { audit } from '../../kernel/audit.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { Engine, Step } from './sign-in.engine.ts';
import type { Flow, FlowCookie } from './sign-in.flows.ts';
import { type Rules, rulesOnScreen } from './sign-in.rules.ts';
import { appOneTapSteps } from './steps/app-one-tap.ts';
import { codeSteps } from './steps/code.ts';
import { enterpriseSteps } from './steps/enterprise.ts';
import { factorSteps } from './steps/factors.ts';
import { magicLinkSteps } from './steps/magic-link.ts';
import { passwordSteps } from './steps/password.ts';
import { profileSteps } from './steps/profile.ts';
import { recoverySteps } from './steps/recovery.ts';
import { socialSteps } from './steps/social.ts';

export type SignInService = ReturnType<typeof createSignInService>;

/** The sign-in engine as the hosted pages drive it: verify, identify and submit in one request. */
export function createSignInService(engine: Engine) {
  const { core, flows, rules, change, leave, proveHuman } = engine;
  const enterprise = enterpriseSteps(engine);
  const codes = codeSteps(engine, enterprise);
  const social = socialSteps(engine);

  return {
    flows,
    rules,
    /** What the page of a first screen offers of it. */
    rulesOnScreen: async (flow: Flow): Promise<Rules> => rulesOnScreen(await rules(flow), flow.interaction.params),
    /** Checks a form's captcha before anything else; a later form needs none. */
    proveHuman,
    ...enterprise,
    ...passwordSteps(engine, enterprise),
    ...codes,
    ...recoverySteps(engine, codes),
    ...profileSteps(engine, codes),
    ...factorSteps(engine, codes),
    ...magicLinkSteps(engine),
    ...social,
    ...appOneTapSteps(engine, social),

    find: (scope: Scope, cookie: FlowCookie, appId: string | undefined) => flows.find(scope, cookie, appId),

    /** Answers again what a finished flow has answered: a form that was sent twice ends where the first one did. */
    resume: (scope: Scope, flow: Flow): Promise<Step> | undefined =>
      flow.context.state === 'done' && flow.context.userId ? leave(scope, flow, flow.context.userId) : undefined,

    cancel: (scope: Scope, flow: Flow): Promise<Flow> => change(scope, flow, { type: 'cancelled' }),

    /** Answers the consent prompt, for these organizations where the application asks; gives the address to go to. */
    async consent(
      scope: Scope,
      flow: Flow,
      decision: 'allow' | 'deny',
      organizationIds: readonly string[] = [],
    ): Promise<string> {
      const { id, application } = flow.interaction;
      await transaction(scope, async (tx) => {
        await flows.save(tx, flow, { type: decision === 'allow' ? 'consented' : 'cancelled' });
        await audit(tx, {
          key: 'Interaction.Consent.Submit',
          result: decision === 'allow' ? 'Success' : 'Error',
          details: { applicationId: application.id, userId: flow.interaction.sessionUserId, decision },
        });
      });
      if (decision === 'deny') return core.interactions.reject(scope, id, 'access_denied');
      return core.interactions.consent(scope, id, { organizationIds });
    },
  };
}
