import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Scope } from '../../../kernel/scope.ts';
import type { Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { State } from '../sign-in.flow.ts';
import { type Flow, FlowConflict } from '../sign-in.flows.ts';
import { csrfField, signInPaths } from '../sign-in.paths.ts';
import { checkForm, oneTapNonce } from './evidence.ts';
import { agreementToComplete, asksPasswordAtOnce } from './page-models.ts';
import { profileValues } from './profile-values.ts';
import { written } from './proof-models.ts';
import type { PageRouteContext } from './sign-in.routes.ts';

type Fields = Record<string, unknown>;

/** A form that was sent: what is in it, and whose it is. */
interface Sent {
  scope: Scope;
  flow: Flow;
  fields: Fields;
}

type Act = (sent: Sent) => Promise<Step>;

const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

/** A field that must be filled in. */
function required(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (value.trim() === '') throw fail('form.required', { data: { field: name } });
  return value;
}

/** The values of a field that may be sent several times. */
const several = (fields: Fields, name: string): string[] =>
  [fields[name] ?? []].flat().filter((value) => typeof value === 'string');

/** What is shown again when a form is refused; secrets are not. */
const keptValues = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && /^(?:username|identifier|email|phone|profile\..*)$/.test(entry[0]),
    ),
  );

/** Where the pages' forms are posted to. */
export function mountForms(http: FastifyInstance, context: PageRouteContext): void {
  const form = formsOf(http, context);
  mountSignInForms(form, context);
  mountAccountForms(form, context);
  mountCodeForms(form, context);
  mountFactorForms(form, context);
}

/** A form of the flow: answered 303 when it leads on, shown again with what was wrong when it does not. */
function formsOf(http: FastifyInstance, { deps, screens, findFlow }: PageRouteContext) {
  const { service } = deps;

  /** Another tab has moved the flow on: this one goes where it is now. */
  const lostRace = async (request: FastifyRequest, reply: FastifyReply, flow: Flow) => {
    const scope = deps.makeScope(request);
    const now = await service.flows.load(scope, flow.interaction.id);
    if (!now) return screens.sessionLost(request, reply);
    const finished = await service.resume(scope, now);
    return screens.follow(request, reply, finished ?? { kind: 'page', flow: now });
  };

  const act = async (request: FastifyRequest, flow: Flow, fields: Fields, work: Act): Promise<Step> => {
    checkForm(deps.csrfKey, request, flow, fields[csrfField]);
    const scope = deps.makeScope(request);
    const finished = await service.resume(scope, flow);
    return finished ?? work({ scope, flow, fields });
  };

  /** Without `page` the form is on the page of the state that the flow is in. */
  return (path: string, page: State | undefined, work: Act) =>
    http.post(path, async (request, reply) => {
      const fields = (request.body ?? {}) as Fields;
      const flow = await findFlow(request);
      if (!flow) return screens.sessionLost(request, reply);
      try {
        return await screens.follow(request, reply, await act(request, flow, fields, work));
      } catch (error) {
        if (error instanceof FlowConflict) return await lostRace(request, reply, flow);
        try {
          const typed = { ...screens.refusal(reply, error), values: keptValues(fields) };
          return await screens.show(page ?? flow.context.state, request, reply, flow, typed);
        } catch (unmendable) {
          return screens.problem(request, reply, unmendable, flow);
        }
      }
    });
}

type Form = ReturnType<typeof formsOf>;

function mountSignInForms(form: Form, { deps, screens }: PageRouteContext): void {
  const { service } = deps;

  /** What a sign-in begins with is not for robots. */
  const checkCaptcha = ({ scope, flow, fields }: Sent): Promise<Flow> =>
    service.proveHuman(scope, flow, text(fields, 'captchaToken') || undefined, { required: true });

  form(signInPaths.signIn, 'sign-in', async (sent) => {
    const { scope, fields } = sent;
    const identifier = required(fields, 'identifier');
    const rules = await service.rulesOnScreen(sent.flow);
    const password = asksPasswordAtOnce(rules) ? required(fields, 'password') : undefined;
    const agreed = screens.checkAgreement(rules.agreement.signIn, fields.agreement);
    const flow = await checkCaptcha(sent);
    if (password === undefined) return service.continueWith(scope, flow, { identifier, agreed });
    return service.signInByPassword(scope, flow, { identifier, password });
  });

  form(signInPaths.singleSignOn, 'single-sign-on', ({ scope, flow, fields }) =>
    service.continueWithSso(scope, flow, required(fields, 'identifier')),
  );

  form(signInPaths.signInPassword, 'enter-password', async ({ scope, flow, fields }) => {
    const { identifier } = flow.context;
    if (!identifier) throw fail('session.not_found');
    return service.signInByPassword(scope, flow, {
      identifier: written(identifier),
      password: required(fields, 'password'),
    });
  });

  form(signInPaths.signInMethod, 'sign-in', ({ scope, flow, fields }) =>
    fields.method === 'code' ? service.sendSignInCode(scope, flow) : service.choosePassword(scope, flow),
  );

  form(signInPaths.signInConfirm, 'offer-sign-in', ({ scope, flow }) => service.acceptSignIn(scope, flow));

  form(signInPaths.signInOneTap, 'sign-in', ({ scope, flow, fields }) =>
    service.signInByOneTap(scope, flow, {
      connectorId: required(fields, 'connectorId'),
      credential: required(fields, 'credential'),
      nonce: oneTapNonce(deps.csrfKey, flow),
    }),
  );

  form(signInPaths.oneTap, undefined, ({ scope, flow, fields }) =>
    fields.decision === 'accept' ? service.acceptOneTap(scope, flow) : service.declineOneTap(scope, flow),
  );

  form(signInPaths.register, 'register', async (sent) => {
    const { scope, fields } = sent;
    const rules = await service.rules(sent.flow);
    const name = rules.canRegisterWithUsername ? 'username' : 'identifier';
    const identifier = required(fields, name);
    const password = rules.canRegisterWithUsername ? required(fields, 'password') : undefined;
    const agreed = screens.checkAgreement(rules.agreement.register, fields.agreement);
    const flow = await checkCaptcha(sent);
    if (password === undefined) return service.registerByCode(scope, flow, { identifier, agreed });
    return service.registerByPassword(scope, flow, { username: identifier, password, agreed });
  });

  form(signInPaths.registerConfirm, 'offer-register', async ({ scope, flow, fields }) => {
    const mode = agreementToComplete(await service.rules(flow), flow.context);
    const agreed = screens.checkAgreement(mode, fields.agreement);
    return service.acceptRegistration(scope, flow, { agreed });
  });

  form(signInPaths.forgotPassword, 'forgot-password', async (sent) => {
    const { scope, fields } = sent;
    const identifier = required(fields, 'identifier');
    const flow = await checkCaptcha(sent);
    return service.sendRecoveryCode(scope, flow, { identifier });
  });

  form(signInPaths.resetPassword, 'reset-password', ({ scope, flow, fields }) =>
    service.resetPassword(scope, flow, required(fields, 'password')),
  );

  form(signInPaths.setPassword, 'set-password', ({ scope, flow, fields }) =>
    service.setPassword(scope, flow, required(fields, 'password')),
  );

  form(signInPaths.cancel, 'sign-in', async ({ scope, flow }) => ({
    kind: 'page',
    flow: await service.cancel(scope, flow),
  }));
}

function mountAccountForms(form: Form, { deps, screens }: PageRouteContext): void {
  const { service } = deps;

  form(signInPaths.profile, 'profile', async ({ scope, flow, fields }) => {
    const { missing = [] } = flow.context;
    const wants = (kind: (typeof missing)[number]) => missing.includes(kind);
    const value = (name: 'username' | 'password' | 'email' | 'phone') =>
      wants(name) ? required(fields, name) : undefined;
    const either = wants('emailOrPhone') ? required(fields, 'identifier') : undefined;
    const isEmail = either?.includes('@') === true;
    const mode = agreementToComplete(await service.rules(flow), flow.context);
    const agreed = screens.checkAgreement(mode, fields.agreement);
    return service.completeProfile(scope, flow, {
      username: value('username'),
      password: value('password'),
      email: isEmail ? either : value('email'),
      phone: isEmail ? value('phone') : (either ?? value('phone')),
      values: profileValues(fields),
      agreed,
    });
  });

  form(signInPaths.linkAccount, 'link-account', ({ scope, flow, fields }) =>
    service.linkByPassword(scope, flow, required(fields, 'password')),
  );

  form(signInPaths.linkAccountCode, 'link-account', ({ scope, flow }) => service.sendLinkCode(scope, flow));

  form(signInPaths.oneTimeToken, 'one-time-token', ({ scope, flow }) => service.openLink(scope, flow));

  form(signInPaths.switchAccount, 'switch-account', ({ scope, flow, fields }) =>
    fields.decision === 'switch' ? service.openLink(scope, flow) : service.keepAccount(scope, flow),
  );

  form(signInPaths.consent, 'consent', async ({ scope, flow, fields }) => {
    const decision = fields.decision === 'allow' ? 'allow' : 'deny';
    const url = await service.consent(scope, flow, decision, several(fields, 'organizationIds'));
    return { kind: 'redirect', url };
  });
}

function mountCodeForms(form: Form, { deps }: PageRouteContext): void {
  const { service } = deps;

  form(signInPaths.code, 'enter-code', ({ scope, flow, fields }) =>
    // Spaces and hyphens are how people read codes out.
    service.enterCode(scope, flow, required(fields, 'code').replace(/[\s-]/g, '')),
  );

  form(signInPaths.codeResend, 'enter-code', ({ scope, flow }) => service.resendCode(scope, flow));

  form(signInPaths.codeChange, 'enter-code', ({ scope, flow }) => service.changeAddress(scope, flow));
}

function mountFactorForms(form: Form, { deps }: PageRouteContext): void {
  const { service } = deps;

  form(signInPaths.signInPasskey, 'sign-in', ({ scope, flow, fields }) =>
    service.signInByPasskey(scope, flow, text(fields, 'credential')),
  );

  form(signInPaths.mfaVerification, 'mfa-verification', ({ scope, flow, fields }) =>
    service.proveFactor(scope, flow, {
      code: text(fields, 'code'),
      credential: text(fields, 'credential'),
      trustDevice: fields.trustDevice === 'yes',
    }),
  );

  form(signInPaths.mfaVerificationFactor, 'mfa-verification', ({ scope, flow, fields }) =>
    service.chooseFactorToProve(scope, flow, text(fields, 'factor')),
  );

  form(signInPaths.mfaSetup, 'mfa-setup', ({ scope, flow, fields }) =>
    service.chooseFactorToBind(scope, flow, text(fields, 'factor')),
  );

  form(signInPaths.mfaSetupSkip, 'mfa-setup', ({ scope, flow }) => service.skipSetup(scope, flow));

  form(signInPaths.mfaBinding, undefined, ({ scope, flow, fields }) =>
    service.bindFactor(scope, flow, {
      code: text(fields, 'code'),
      credential: text(fields, 'credential'),
      name: text(fields, 'name'),
      identifier: text(fields, 'identifier'),
      languages: flow.languages,
    }),
  );
}
