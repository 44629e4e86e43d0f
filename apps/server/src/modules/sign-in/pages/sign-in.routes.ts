import formbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { factorRecoveryPath } from '../../factors/factors.paths.ts';
import { keepRecoveryLink } from '../mfa/apply-mfa.ts';
import { fail } from '../sign-in.errors.ts';
import type { State } from '../sign-in.flow.ts';
import type { Flow } from '../sign-in.flows.ts';
import { signInAssetsPath, signInPaths } from '../sign-in.paths.ts';
import { mountForms } from './forms.routes.ts';
import { mountInvitations } from './invitation.routes.ts';
import { assetsDirectory } from './load-pages.ts';
import { rememberVisit } from './logto-cookie.ts';
import { mountPreview } from './preview.ts';
import { createScreens, type PageDependencies, queryOf, type Screens } from './sign-in.pages.ts';
import { mountSocial } from './social.routes.ts';

/** Largest form, in bytes. */
const FORM_LIMIT = 16_384;

export interface PageRouteContext {
  deps: PageDependencies;
  screens: Screens;
  findFlow(request: FastifyRequest): Promise<Flow | undefined>;
}

/** The hosted pages: every path that a person sees while signing in. */
export function mountPages(app: FastifyInstance, deps: PageDependencies): void {
  const screens = createScreens(deps);
  const context: PageRouteContext = {
    deps,
    screens,
    findFlow: (request) =>
      deps.service.find(
        deps.makeScope(request),
        {
          address: request.tenant,
          cookieHeader: request.headers.cookie,
          acceptLanguage: request.headers['accept-language'],
        },
        queryOf(request).app_id,
      ),
  };
  app.register(async (http) => {
    await http.register(formbody, { bodyLimit: FORM_LIMIT });
    http.setErrorHandler((error, request, reply) => screens.problem(request, reply, error));
    mountScreens(http, context);
    mountForms(http, context);
    mountSocial(http, context);
    mountPreview(http, context);
    mountRecovery(http, context);
    mountInvitations(http, context);
    http.get('/unknown-session', (request, reply) => screens.sessionLost(request, reply, 200));
  });
  app.register(fastifyStatic, {
    root: assetsDirectory,
    prefix: signInAssetsPath,
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '365d',
  });
}

/** An administrator's link for who has lost every factor. Opening it spends nothing: mail scanners open links too. */
function mountRecovery(http: FastifyInstance, { deps, screens }: PageRouteContext): void {
  http.get(factorRecoveryPath, async (request, reply) => {
    const { token = '' } = queryOf(request);
    const scope = deps.makeScope(request);
    const link = token ? await deps.factors.recoveryLinks.find(scope, token) : undefined;
    if (!link) return screens.problem(request, reply, fail('mfa_recovery.not_valid'));
    keepRecoveryLink(deps, scope, { token, expiresAt: link.expiresAt });
    const { frame, settings } = await screens.frameOf(request);
    const backHref = settings.unknownSessionRedirectUrl ?? undefined;
    return screens.send(request, reply, { page: 'mfa-recovery', frame, backHref });
  });
}

/** States whose page can be opened while the flow is in them, and at no other time. */
const ownPages: Partial<Record<State, string>> = {
  'enter-password': signInPaths.signInPassword,
  'enter-code': signInPaths.code,
  'offer-register': signInPaths.registerConfirm,
  'offer-sign-in': signInPaths.signInConfirm,
  'reset-password': signInPaths.resetPassword,
  profile: signInPaths.profile,
  'link-account': signInPaths.linkAccount,
  'mfa-verification': signInPaths.mfaVerification,
  'mfa-setup': signInPaths.mfaSetup,
  'set-password': signInPaths.setPassword,
};

/** The same, for what a link opens that was sent to an address. */
const linkPages = [
  ['one-time-token', signInPaths.oneTimeToken],
  ['switch-account', signInPaths.switchAccount],
] as const satisfies [State, string][];

/** Where a request may begin, and whose pages lead to each other. */
const firstScreens: readonly State[] = ['sign-in', 'register', 'forgot-password'];

function mountScreens(http: FastifyInstance, { deps, screens, findFlow }: PageRouteContext): void {
  const { service } = deps;

  /** Opens a page of the flow; `open` decides between showing it and sending the user to where the flow is. */
  const page = (path: string, open: (flow: Flow, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    http.get(path, async (request, reply) => {
      const flow = await findFlow(request);
      if (!flow) return screens.sessionLost(request, reply);
      const finished = await service.resume(deps.makeScope(request), flow);
      if (finished) return screens.follow(request, reply, finished);
      rememberVisit(request, reply, flow);
      return open(flow, request, reply);
    });

  const elsewhere = (reply: FastifyReply, flow: Flow) => reply.redirect(screens.pathOfState(flow), 303);
  /** Pages that a request begins with, and that no other page leads to or past. */
  const isFirstScreen = ({ context, version }: Flow) =>
    context.state !== 'consent' &&
    context.state !== 'set-password' &&
    (version > 0 || firstScreens.includes(context.state));

  const toOneTap = (reply: FastifyReply, flow: Flow) => reply.redirect(screens.pathOf(flow, signInPaths.oneTap), 303);

  page(signInPaths.oneTap, async (flow, request, reply) => {
    const scope = deps.makeScope(request);
    const account = service.isOneTapBrought(flow) ? await service.accountOfOneTap(scope, flow) : undefined;
    return account === undefined ? elsewhere(reply, flow) : screens.oneTap(request, reply, flow, account);
  });

  page(signInPaths.signIn, async (flow, request, reply) => {
    if (!isFirstScreen(flow)) return elsewhere(reply, flow);
    if (service.isOneTapBrought(flow)) return toOneTap(reply, flow);
    const { canSignIn } = await service.rules(flow);
    if (!canSignIn || flow.link) return reply.redirect(screens.pathOf(flow, signInPaths.register), 303);
    return screens.show('sign-in', request, reply, flow);
  });

  page(signInPaths.register, async (flow, request, reply) => {
    if (!isFirstScreen(flow)) return elsewhere(reply, flow);
    if (service.isOneTapBrought(flow)) return toOneTap(reply, flow);
    const { canRegister } = await service.rules(flow);
    if (canRegister) return screens.show('register', request, reply, flow);
    if (flow.interaction.params.setup_token) return screens.problem(request, reply, fail('setup.token_invalid'), flow);
    return reply.redirect(screens.pathOf(flow, signInPaths.signIn), 303);
  });

  page(signInPaths.forgotPassword, async (flow, request, reply) => {
    const { recoveryIdentifiers } = await service.rules(flow);
    if (flow.link) return elsewhere(reply, flow);
    if (recoveryIdentifiers.length === 0) return reply.redirect(screens.pathOf(flow, signInPaths.signIn), 303);
    return screens.show('forgot-password', request, reply, flow);
  });

  page(signInPaths.singleSignOn, async (flow, request, reply) => {
    if (flow.context.state === 'single-sign-on') return screens.show('single-sign-on', request, reply, flow);
    const { settings } = await service.rules(flow);
    const isPossible = isFirstScreen(flow) && !flow.link && settings.singleSignOnEnabled;
    if (!isPossible) return elsewhere(reply, flow);
    // Shown without being entered: a link that is opened changes nothing.
    return screens.show('single-sign-on', request, reply, flow);
  });

  for (const [state, path] of Object.entries(ownPages) as [State, string][]) {
    page(path, async (flow, request, reply) => {
      if (flow.context.state === state) return screens.show(state, request, reply, flow);
      return elsewhere(reply, flow);
    });
  }

  for (const [state, path] of linkPages) {
    page(path, async (flow, request, reply) => {
      if (flow.context.state !== state) return elsewhere(reply, flow);
      try {
        await service.checkLink(deps.makeScope(request), flow);
      } catch (error) {
        return screens.problem(request, reply, error, flow);
      }
      return screens.show(state, request, reply, flow);
    });
  }

  const binding: readonly State[] = ['bind-totp', 'bind-passkey', 'bind-address', 'bind-backup-codes'];
  page(signInPaths.mfaBinding, async (flow, request, reply) => {
    const { state } = flow.context;
    return binding.includes(state) ? screens.show(state, request, reply, flow) : elsewhere(reply, flow);
  });

  page(signInPaths.consent, async (flow, request, reply) => {
    if (flow.context.state !== 'consent') return elsewhere(reply, flow);
    const { id, application } = flow.interaction;
    if (application.isThirdParty) return screens.show('consent', request, reply, flow);
    const scope = deps.makeScope(request);
    // The tenant's own apps are not asked about; the address is absolute, as clients expect it (clients.md 1.7).
    return reply.header('cache-control', 'no-store').redirect(await deps.interactions.consent(scope, id), 303);
  });
}
