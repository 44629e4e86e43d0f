import formbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { State } from '../sign-in.flow.ts';
import { type Flow, FlowConflict } from '../sign-in.flows.ts';
import { csrfField, signInAssetsPath, signInPaths } from '../sign-in.paths.ts';
import { checkForm } from './evidence.ts';
import { assetsDirectory } from './load-pages.ts';
import { rememberVisit } from './logto-cookie.ts';
import { mountPreview } from './preview.ts';
import { createScreens, type PageDependencies, queryOf, type Screens } from './sign-in.pages.ts';
import { mountSocial } from './social.routes.ts';

/** Largest form, in bytes. */
const FORM_LIMIT = 16_384;

type Form = Record<string, unknown>;

const text = (form: Form, name: string): string => (typeof form[name] === 'string' ? form[name] : '');

/** A field that must be filled in. */
function required(form: Form, name: string): string {
  const value = text(form, name);
  if (value.trim() === '') throw fail('form.required', { data: { field: name } });
  return value;
}

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
        { address: request.tenant, cookieHeader: request.headers.cookie },
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

function mountScreens(http: FastifyInstance, { deps, screens, findFlow }: PageRouteContext): void {
  const { service } = deps;

  /** Opens a page of the flow; `open` decides between showing it and sending the user to where the flow is. */
  const page = (path: string, open: (flow: Flow, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    http.get(path, async (request, reply) => {
      const flow = await findFlow(request);
      if (!flow) return screens.sessionLost(request, reply);
      const finished = await service.resume(flow);
      if (finished) return screens.follow(reply, finished);
      rememberVisit(request, reply, flow);
      return open(flow, request, reply);
    });

  const elsewhere = (reply: FastifyReply, flow: Flow) => reply.redirect(screens.pathOfState(flow), 303);
  const isFirstScreen = ({ context }: Flow) => context.state !== 'consent' && context.state !== 'set-password';

  page(signInPaths.signIn, async (flow, request, reply) => {
    if (!isFirstScreen(flow)) return elsewhere(reply, flow);
    const { canSignIn } = await service.rules(flow);
    if (!canSignIn || flow.link) return reply.redirect(screens.pathOf(flow, signInPaths.register), 303);
    return screens.show('sign-in', request, reply, flow);
  });

  page(signInPaths.register, async (flow, request, reply) => {
    if (!isFirstScreen(flow)) return elsewhere(reply, flow);
    const { canRegister } = await service.rules(flow);
    if (canRegister) return screens.show('register', request, reply, flow);
    if (flow.interaction.params.setup_token) return screens.problem(request, reply, fail('setup.token_invalid'), flow);
    return reply.redirect(screens.pathOf(flow, signInPaths.signIn), 303);
  });

  for (const state of ['profile', 'link-account', 'set-password'] as const) {
    page(`/${state}`, async (flow, request, reply) => {
      if (flow.context.state === state) return screens.show(state, request, reply, flow);
      return elsewhere(reply, flow);
    });
  }

  page(signInPaths.consent, async (flow, request, reply) => {
    if (flow.context.state !== 'consent') return elsewhere(reply, flow);
    const { tenantId, id, application } = flow.interaction;
    if (application.isThirdParty) return screens.show('consent', request, reply, flow);
    // The tenant's own apps are not asked about; the address is absolute, as clients expect it (clients.md 1.7).
    return reply.header('cache-control', 'no-store').redirect(await deps.interactions.consent(tenantId, id), 303);
  });
}

function mountForms(http: FastifyInstance, { deps, screens, findFlow }: PageRouteContext): void {
  const { service } = deps;

  /** A form of the flow: answered 303 when it leads on, shown again with what was wrong when it does not. */
  const form = (path: string, page: State, act: (flow: Flow, form: Form, request: FastifyRequest) => Promise<Step>) =>
    http.post(path, async (request, reply) => {
      const fields = (request.body ?? {}) as Form;
      const flow = await findFlow(request);
      if (!flow) return screens.sessionLost(request, reply);
      try {
        checkForm(deps.csrfKey, request, flow, fields[csrfField]);
        return screens.follow(reply, (await service.resume(flow)) ?? (await act(flow, fields, request)));
      } catch (error) {
        if (error instanceof FlowConflict) return await lostRace(request, reply, flow);
        try {
          const errors = screens.typedErrors(error);
          const typed = { errors, identifier: text(fields, 'identifier'), username: text(fields, 'username') };
          return await screens.show(page, request, reply, flow, typed);
        } catch (unmendable) {
          return screens.problem(request, reply, unmendable, flow);
        }
      }
    });

  /** Another tab has moved the flow on: this one goes where it is now. */
  const lostRace = async (request: FastifyRequest, reply: FastifyReply, flow: Flow) => {
    const now = await service.flows.load(deps.makeScope(request), flow.interaction.id);
    if (!now) return screens.sessionLost(request, reply);
    const finished = await service.resume(now);
    return screens.follow(reply, finished ?? { kind: 'page', flow: now });
  };

  form(signInPaths.signIn, 'sign-in', async (flow, fields, request) => {
    const identifier = required(fields, 'identifier');
    const password = required(fields, 'password');
    screens.checkAgreement((await service.rules(flow)).agreement.signIn, fields.agreement);
    return service.signInByPassword(deps.makeScope(request), flow, { identifier, password });
  });

  form(signInPaths.register, 'register', async (flow, fields, request) => {
    const username = required(fields, 'username');
    const password = required(fields, 'password');
    screens.checkAgreement((await service.rules(flow)).agreement.register, fields.agreement);
    return service.registerByPassword(deps.makeScope(request), flow, { username, password });
  });

  form(signInPaths.profile, 'profile', async (flow, fields, request) => {
    const username = flow.context.missing?.includes('username') ? required(fields, 'username') : '';
    screens.checkAgreement((await service.rules(flow)).agreement.register, fields.agreement);
    return service.completeProfile(deps.makeScope(request), flow, { username });
  });

  form(signInPaths.linkAccount, 'link-account', (flow, fields, request) =>
    service.linkByPassword(deps.makeScope(request), flow, required(fields, 'password')),
  );

  form(signInPaths.setPassword, 'set-password', (flow, fields, request) =>
    service.setPassword(deps.makeScope(request), flow, required(fields, 'password')),
  );

  form(signInPaths.cancel, 'sign-in', async (flow, _fields, request) => ({
    kind: 'page',
    flow: await service.cancel(deps.makeScope(request), flow),
  }));

  form(signInPaths.consent, 'consent', async (flow, fields, request) => {
    const decision = fields.decision === 'allow' ? 'allow' : 'deny';
    return { kind: 'redirect', url: await service.consent(deps.makeScope(request), flow, decision) };
  });
}
