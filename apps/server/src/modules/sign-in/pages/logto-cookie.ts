import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Flow } from '../sign-in.flows.ts';

/** Scripts of custom pages read whom the flow is for from this cookie (features 1.1); it grants nothing. */
export function rememberVisit(request: FastifyRequest, reply: FastifyReply, flow: Flow): void {
  const { tenantId, basePath, endpoint } = request.tenant;
  const { application, params } = flow.interaction;
  const value = {
    appId: application.id,
    ...(params.organization_id && { organizationId: params.organization_id }),
    ...(params.ui_locales && { uiLocales: params.ui_locales }),
  };
  const name = basePath ? `_logto_${tenantId}` : '_logto';
  const secure = endpoint.startsWith('https:') ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${name}=${encodeURIComponent(JSON.stringify(value))}; Path=${basePath || '/'}; SameSite=Lax${secure}`,
  );
}
