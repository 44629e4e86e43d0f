import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Scope } from '../../../kernel/scope.ts';
import { fail } from '../sign-in.errors.ts';
import { type Flow, FlowConflict } from '../sign-in.flows.ts';
import { signInPaths } from '../sign-in.paths.ts';
import { checkDoubleSubmit, comesFromOwnPage, hasForeignSender, ONE_TAP_TOKEN } from './evidence.ts';
import { queryOf } from './sign-in.pages.ts';
import type { PageRouteContext } from './sign-in.routes.ts';

/** Where somebody goes whose provider is not on offer, by the first screen that the application has asked for. */
const FALLBACKS: ReadonlyMap<string, string> = new Map([
  ['register', signInPaths.register],
  ['reset-password', signInPaths.forgotPassword],
]);

/** How the state of a request begins that the account center has made: its answer belongs to its pages. */
export const LINKING_STATE = 'link.';

/** The way to a provider and back. */
export function mountSocial(http: FastifyInstance, { deps, screens, findFlow }: PageRouteContext): void {
  const { service } = deps;

  type Start = (scope: Scope, flow: Flow, connectorId: string) => Promise<string>;

  const leave = async (
    request: FastifyRequest,
    reply: FastifyReply,
    flow: Flow,
    connectorId: string,
    start: Start = service.startSocial,
  ) => {
    try {
      const uri = await start(deps.makeScope(request), flow, connectorId);
      return reply.header('cache-control', 'no-store').redirect(uri, 303);
    } catch (error) {
      return screens.problem(request, reply, error, flow);
    }
  };

  const buttons: [path: string, start: Start][] = [
    ['/social', service.startSocial],
    [signInPaths.singleSignOn, (scope, flow, id) => service.startSso(scope, flow, id, flow.context.identifier?.value)],
  ];
  for (const [path, start] of buttons) {
    http.get<{ Params: { connectorId: string } }>(`${path}/:connectorId`, async (request, reply) => {
      const flow = await findFlow(request);
      if (!flow) return screens.sessionLost(request, reply);
      // Elsewhere a link to here would sign a visitor in without a question.
      if (!comesFromOwnPage(request)) return reply.redirect(screens.pathOfState(flow), 303);
      return leave(request, reply, flow, request.params.connectorId, start);
    });
  }

  /** The application itself asked for the provider (`direct_sign_in`, features 1.8). */
  http.get<{ Params: { method: string; target: string } }>('/direct/:method/:target', async (request, reply) => {
    const flow = await findFlow(request);
    if (!flow) return screens.sessionLost(request, reply);
    const { method, target } = request.params;
    const { socialTargets, settings } = await service.rules(flow);
    const isAsked = flow.interaction.params.direct_sign_in === `${method}:${target}`;
    const asked = isAsked && method === 'social';
    const enterprise =
      isAsked && method === 'sso' && settings.singleSignOnEnabled
        ? await deps.enterpriseSso.find(flow.interaction.tenantId, target)
        : undefined;
    if (enterprise) return leave(request, reply, flow, enterprise.id, service.startSso);
    const connectors =
      asked && socialTargets.includes(target) ? await deps.connectors.listSocial(flow.interaction.tenantId) : [];
    const connector = connectors.find((each) => each.target === target && each.platform !== 'Native');
    if (connector) return leave(request, reply, flow, connector.id);
    const { fallback = '' } = queryOf(request);
    return reply.redirect(screens.pathOf(flow, FALLBACKS.get(fallback) ?? signInPaths.signIn), 303);
  });

  const callback = '/callback/:connectorId';

  http.get<{ Params: { connectorId: string } }>(callback, async (request, reply) => {
    const { connectorId } = request.params;
    const params = queryOf(request);
    if (params.state?.startsWith(LINKING_STATE)) {
      const path = `${request.tenant.basePath}/account/social/${encodeURIComponent(connectorId)}/callback`;
      return reply
        .header('cache-control', 'no-store')
        .redirect(`${path}?${new URLSearchParams(params as Record<string, string>)}`, 303);
    }
    const scope = deps.makeScope(request);
    const { cookie: cookieHeader, 'accept-language': acceptLanguage } = request.headers;
    const cookie = { address: request.tenant, cookieHeader, acceptLanguage };
    const flow = params.state
      ? await service.flows.findByState(scope, cookie, { connectorId, state: params.state })
      : undefined;
    if (!flow) throw fail('session.connector_session_not_found');
    try {
      const finish = flow.context.provider?.isEnterprise ? service.finishSso : service.finishSocial;
      return screens.follow(request, reply, await finish(scope, flow, { connectorId, params }));
    } catch (error) {
      if (error instanceof FlowConflict) throw fail('session.connector_session_not_found', { cause: error });
      return screens.problem(request, reply, error, flow);
    }
  });

  /** Google's script can be told to send its answer by a form of its own, from a page of this tenant's. */
  const takeOneTap = async (
    request: FastifyRequest<{ Params: { connectorId: string } }>,
    reply: FastifyReply,
    fields: Record<string, string>,
  ) => {
    const flow = await findFlow(request);
    if (!flow) return screens.sessionLost(request, reply);
    try {
      if (hasForeignSender(request)) throw fail('session.csrf_token_mismatch');
      checkDoubleSubmit(request, fields[ONE_TAP_TOKEN]);
      const { connectorId } = request.params;
      const { credential = '' } = fields;
      const scope = deps.makeScope(request);
      return screens.follow(request, reply, await service.signInByOneTap(scope, flow, { connectorId, credential }));
    } catch (error) {
      return screens.problem(request, reply, error, flow);
    }
  };

  /** A provider may answer by a form; Lax cookies travel on the GET that follows only (clients.md 1.7). */
  http.post<{ Params: { connectorId: string } }>(callback, async (request, reply) => {
    const fields = Object.entries((request.body ?? {}) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const sent = Object.fromEntries(fields);
    const { customUiAssets } = await deps.experience.settings(request.tenant.tenantId);
    // Pages of the tenant's own take it out of the address, as the SDKs' do, and hand it to the Experience API.
    if (sent.credential && sent[ONE_TAP_TOKEN] && !customUiAssets) return takeOneTap(request, reply, sent);
    const query = new URLSearchParams([...Object.entries(queryOf(request)), ...fields] as [string, string][]);
    const path = `${request.tenant.basePath}/callback/${encodeURIComponent(request.params.connectorId)}`;
    return reply.header('cache-control', 'no-store').redirect(`${path}?${query}`, 303);
  });
}
