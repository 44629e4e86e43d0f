import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../../../kernel/errors.ts';
import { asRequestError, type MakeScope } from '../../../kernel/http.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { ADMIN_TENANT } from '../../../kernel/tenancy.ts';
import { SuspendedAccount } from '../actions/complete.ts';
import { FlowRefusal } from '../flow-context.ts';
import type { PageModel, PageOf, SignInPages } from '../sign-in.contract.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import type { Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { State } from '../sign-in.flow.ts';
import { type Flow, FlowConflict } from '../sign-in.flows.ts';
import { pageRequestHeader, signInPaths } from '../sign-in.paths.ts';
import type { SignInService } from '../sign-in.service.ts';
import { consentPage } from './consent-model.ts';
import { csrfToken, oneTapNonce } from './evidence.ts';
import * as factors from './factor-models.ts';
import { formProblems } from './form-problems.ts';
import * as links from './link-models.ts';
import { hasOneTap, oneTapPrompt } from './one-tap.ts';
import type { Framed, PageFrames, Visitor } from './page-frame.ts';
import * as models from './page-models.ts';
import { sendPage, writePage } from './page-writer.ts';
import * as proofs from './proof-models.ts';

export interface PageDependencies extends SignInDependencies {
  service: SignInService;
  frames: PageFrames;
  renderer: SignInPages;
  csrfKey: Buffer;
  makeScope: MakeScope;
}

/** The page that a flow in this state is on; states that are elsewhere show where the user can begin again. */
export const PATH_OF: Readonly<Record<State, string>> = {
  'sign-in': signInPaths.signIn,
  'enter-password': signInPaths.signInPassword,
  'enter-code': signInPaths.code,
  register: signInPaths.register,
  'offer-register': signInPaths.registerConfirm,
  'offer-sign-in': signInPaths.signInConfirm,
  'one-time-token': signInPaths.oneTimeToken,
  'switch-account': signInPaths.switchAccount,
  'forgot-password': signInPaths.forgotPassword,
  'reset-password': signInPaths.resetPassword,
  social: signInPaths.signIn,
  'link-account': signInPaths.linkAccount,
  'single-sign-on': signInPaths.singleSignOn,
  profile: signInPaths.profile,
  'mfa-verification': signInPaths.mfaVerification,
  'mfa-setup': signInPaths.mfaSetup,
  'bind-totp': signInPaths.mfaBinding,
  'bind-passkey': signInPaths.mfaBinding,
  'bind-address': signInPaths.mfaBinding,
  'bind-backup-codes': signInPaths.mfaBinding,
  'set-password': signInPaths.setPassword,
  consent: signInPaths.consent,
  identified: signInPaths.signIn,
  done: signInPaths.signIn,
};

export const queryOf = (request: FastifyRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.query as Record<string, unknown>).filter(([, value]) => typeof value === 'string'),
  ) as Record<string, string>;

export const visitorOf = (request: FastifyRequest, flow?: Flow): Visitor => ({
  tenantId: request.tenant.tenantId,
  acceptLanguage: request.headers['accept-language'],
  uiLocales: flow?.interaction.params.ui_locales ?? queryOf(request).ui_locales,
  appId: flow?.interaction.application.id ?? queryOf(request).app_id,
  organizationId: flow?.interaction.params.organization_id ?? queryOf(request).organization_id,
});

export type Screens = ReturnType<typeof createScreens>;

/** Shows what a flow needs to show, and says what went wrong. */
export function createScreens(deps: PageDependencies) {
  const { service, frames } = deps;
  const sources: models.PageSources = { ...deps, captchaOf: (tenantId) => captchaOf(deps, tenantId) };

  const frameOf = (request: FastifyRequest, flow?: Flow, name?: State): Promise<Framed> =>
    frames(
      { ...visitorOf(request, flow), path: name && PATH_OF[name] },
      flow && { csrf: csrfToken(deps.csrfKey, flow) },
    );

  const send = async (request: FastifyRequest, reply: FastifyReply, model: PageModel, status = 200, flow?: Flow) => {
    const { tenantId, endpoint } = request.tenant;
    const page = writePage(deps.renderer, model, {
      endpoint,
      redirectUri: flow?.interaction.params.redirect_uri,
      phrases: await deps.phrases.phrases(tenantId, model.frame.language),
      // On every page of a flow alike: the script shows the next page under the policy of the first.
      captcha: flow && (await captchaOf(deps, tenantId)),
      oneTap: flow !== undefined && (await hasOneTap(deps, tenantId)),
    });
    return sendPage(reply, page, status);
  };

  /** A path of the flow, with the application that tells it from others in this browser. */
  const pathOf = (flow: Flow, path: string): string => {
    const { tenantId, application } = flow.interaction;
    return `${deps.addressOf(tenantId).basePath}${path}?${new URLSearchParams({ app_id: application.id })}`;
  };

  const sessionLost = async (request: FastifyRequest, reply: FastifyReply, status = 404) => {
    const { frame, settings } = await frameOf(request);
    const backHref = settings.unknownSessionRedirectUrl ?? (await homeOf(deps, visitorOf(request)));
    return send(request, reply, { page: 'session-lost', frame, backHref }, status);
  };

  /** A link that opens nothing: the flow stays where it is, and goes on another way. */
  const linkEnded = async (
    request: FastifyRequest,
    reply: FastifyReply,
    flow: Flow,
    { why, status }: { why: PageOf<'link-ended'>['why']; status: number },
  ) => {
    const [framed, rules, backHref] = await Promise.all([
      frameOf(request, flow),
      service.rulesOnScreen(flow),
      homeOf(deps, visitorOf(request, flow)),
    ]);
    const scope = deps.makeScope(request);
    const page = await links.linkEndedPage(sources, framed, scope, rules, flow, { why, backHref });
    return send(request, reply, page, status, flow);
  };

  /** The account that the request has brought, before the flow has begun. */
  const oneTap = async (request: FastifyRequest, reply: FastifyReply, flow: Flow, account: string) => {
    const { frame } = await frameOf(request, flow);
    return send(request, reply, { page: 'one-tap', frame, errors: [], account }, 200, flow);
  };

  const build = async (
    name: State,
    scope: Scope,
    framed: Framed,
    flow: Flow,
    typed: models.Typed,
  ): Promise<PageModel | undefined> => {
    const rules = await service.rulesOnScreen(flow);
    const { tenantId, params } = flow.interaction;
    const loginHint = params.login_hint;
    const prompt = async () =>
      typed.errors.length === 0
        ? oneTapPrompt(deps, tenantId, rules.socialTargets, oneTapNonce(deps.csrfKey, flow))
        : undefined;
    switch (name) {
      case 'register': {
        const isFirstAdministrator = tenantId === ADMIN_TENANT;
        const options = { tenantId, isFirstAdministrator, loginHint, oneTap: await prompt(), typed };
        return models.registerPage(sources, framed, rules, options);
      }
      case 'enter-password':
        return proofs.enterPasswordPage(framed, rules, flow, typed);
      case 'enter-code':
        return proofs.enterCodePage(framed, rules, flow, typed);
      case 'offer-register':
        return proofs.offerRegisterPage(framed, rules, flow, typed);
      case 'offer-sign-in':
        return proofs.offerSignInPage(framed, flow, typed);
      case 'forgot-password':
        return proofs.forgotPasswordPage(sources, framed, rules, flow, typed);
      case 'reset-password':
        return proofs.resetPasswordPage(sources, framed, scope, rules, flow, typed);
      case 'one-time-token':
        return links.oneTimeTokenPage(framed, flow, typed);
      case 'switch-account':
        return links.switchAccountPage(sources, framed, scope, flow, typed);
      case 'profile':
        return models.profilePage(sources, framed, rules, flow, typed);
      case 'single-sign-on':
        return models.singleSignOnPage(sources, framed, flow, typed);
      case 'link-account':
        return models.linkAccountPage(sources, framed, scope, flow, typed);
      case 'mfa-verification':
        return factors.mfaVerifyPage(service, framed, scope, flow, typed);
      case 'mfa-setup':
        return factors.mfaSetupPage(framed, flow, typed);
      case 'bind-totp':
      case 'bind-passkey':
      case 'bind-address':
      case 'bind-backup-codes':
        return factors.bindFactorPage(service, framed, scope, flow, typed);
      case 'set-password':
        return models.setPasswordPage(sources, framed, scope, rules, flow, typed);
      case 'consent':
        return consentPage(sources, framed, scope, flow, typed);
      default: {
        const wasReset = flow.context.passwordWasReset;
        const passkey = await service.passkeyOptions(scope, flow);
        const options = { tenantId, loginHint, wasReset, passkey, oneTap: await prompt(), typed };
        return models.signInPage(sources, framed, rules, options);
      }
    }
  };

  /** Shows one of the flow's pages. */
  const show = async (
    name: State,
    request: FastifyRequest,
    reply: FastifyReply,
    flow: Flow,
    typed: models.Typed = { errors: [], values: {} },
  ) => {
    const framed = await frameOf(request, flow, name);
    const model = await build(name, deps.makeScope(request), framed, flow, typed);
    if (!model) return sessionLost(request, reply);
    return send(request, reply, model, typed.status ?? 200, flow);
  };

  /** The script keeps its document and wants the next page itself, where a browser wants to be sent on. */
  const followInPlace = (request: FastifyRequest, reply: FastifyReply, step: Step) => {
    if (step.kind === 'redirect') return reply.send({ redirectTo: step.url });
    const { state } = step.flow.context;
    reply.header('content-location', pathOf(step.flow, PATH_OF[state]));
    return show(state, request, reply, step.flow);
  };

  return {
    send,
    show,
    oneTap,
    frameOf,
    sessionLost,
    pathOf,
    pathOfState: (flow: Flow): string => pathOf(flow, PATH_OF[flow.context.state]),

    /** Where a finished step leads. Every successful post is answered so. */
    follow: (request: FastifyRequest, reply: FastifyReply, step: Step) => {
      reply.header('cache-control', 'no-store');
      if (request.headers[pageRequestHeader] !== undefined) return followInPlace(request, reply, step);
      const target = step.kind === 'redirect' ? step.url : pathOf(step.flow, PATH_OF[step.flow.context.state]);
      return reply.redirect(target, 303);
    },

    /** A page that ends the flow, or interrupts it with a way back. */
    async problem(request: FastifyRequest, reply: FastifyReply, error: unknown, flow?: Flow) {
      if (error instanceof FlowConflict || error instanceof FlowRefusal) return sessionLost(request, reply, 409);
      const known = asRequestError(error);
      reply.headers(known.headers);
      if (known.status >= 500) request.log.error({ err: error, requestId: request.id }, 'sign-in failed');
      else request.log.debug({ code: known.code, cause: known.cause, requestId: request.id }, 'sign-in refused');
      if (known.code === 'session.not_found') return sessionLost(request, reply);
      const wayBack = known.cause instanceof SuspendedAccount && (await wayBackOf(deps, request, known.cause.userId));
      if (wayBack) return leave(request, reply, wayBack);
      const ending = flow && links.linkEnding(known.code);
      if (ending) return linkEnded(request, reply, flow, { why: ending, status: known.status });
      const { frame } = await frameOf(request, flow);
      const backHref = flow ? pathOf(flow, signInPaths.signIn) : await homeOf(deps, visitorOf(request));
      if (known.code === 'user.suspended') {
        return send(request, reply, { page: 'suspended', frame, backHref }, known.status, flow);
      }
      const page: PageModel = {
        page: 'error',
        frame,
        code: known.code,
        data: await connectorData(deps, request, known, frame.language),
        detail: known.details,
        requestId: request.id,
        backHref,
      };
      return send(request, reply, page, known.status, flow);
    },

    /** What to say in the form that was refused, or the error itself where it needs a page of its own. */
    refusal(reply: FastifyReply, error: unknown): Pick<models.Typed, 'errors' | 'status'> {
      const problems = error instanceof RequestError ? formProblems(error) : undefined;
      if (!problems || !(error instanceof RequestError)) throw error;
      reply.headers(error.headers);
      // Whoever watches the server is told that it is not the form (RFC 9110 §15.6.4).
      return { errors: problems, status: error.status === 503 ? 503 : 422 };
    },

    /** The terms that have to be accepted, were; true where they had to be. */
    checkAgreement(mode: 'implied' | 'checkbox', given: unknown): boolean {
      if (mode === 'checkbox' && given !== 'accepted') throw fail('form.agreement_required');
      return mode === 'checkbox';
    },
  };
}

/** Whoever has asked for the end of the account and signs in again may think better of it. */
async function wayBackOf(deps: PageDependencies, request: FastifyRequest, userId: string): Promise<string | undefined> {
  const path = await deps.offerToKeep(deps.makeScope(request), userId);
  return path && `${request.tenant.basePath}${path}`;
}

/** The script keeps its document, and is told where to go. */
function leave(request: FastifyRequest, reply: FastifyReply, url: string): FastifyReply {
  reply.header('cache-control', 'no-store');
  return request.headers[pageRequestHeader] === undefined ? reply.redirect(url, 303) : reply.send({ redirectTo: url });
}

/** The tenant's captcha, where it is switched on. */
export async function captchaOf(
  { experience, captcha }: Pick<SignInDependencies, 'experience' | 'captcha'>,
  tenantId: string,
) {
  const { captchaPolicy } = await experience.settings(tenantId);
  return captchaPolicy.enabled ? captcha.publicConfig(tenantId) : undefined;
}

/** Facts for the sentence about a provider: its name, and its OAuth error. */
async function connectorData(
  deps: PageDependencies,
  request: FastifyRequest,
  error: RequestError | undefined,
  language: string,
): Promise<Record<string, string | number>> {
  const { connectorId } = request.params as { connectorId?: string };
  const { tenantId } = request.tenant;
  const connector = connectorId && (await deps.connectors.findSocial(tenantId, connectorId));
  const enterprise = connectorId ? await deps.enterpriseSso.find(tenantId, connectorId) : undefined;
  const name = connector ? models.nameOf(connector, language) : enterprise?.displayName;
  const facts = Object.entries((error?.data ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1]),
  );
  return { ...Object.fromEntries(facts), ...(name && { connector: name }) };
}

/** The application's own address, as far as its redirect URIs give it away. */
async function homeOf(deps: PageDependencies, { tenantId, appId }: Visitor): Promise<string | undefined> {
  const client = appId ? await deps.applications.findClient(tenantId, appId) : undefined;
  const uri = client?.oidcClientMetadata.redirectUris.find((each) => /^https?:\/\/[^*]+$/.test(each));
  return uri && URL.canParse(uri) ? `${new URL(uri).origin}/` : undefined;
}
