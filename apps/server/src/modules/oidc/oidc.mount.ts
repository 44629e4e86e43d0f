import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { ProtocolPages } from './policies/pages.ts';
import type { ProviderPool } from './provider-pool.ts';
import { type Prepared, prepareRequest } from './requests.ts';

/**
 * Mounts the protocol engine under `/oidc` of every tenant.
 * The requests bypass Fastify's body parsing and error handling: the engine has its own of both.
 */
export function mountProtocol(
  app: FastifyInstance,
  options: {
    pool: ProviderPool;
    addressOf: (request: FastifyRequest) => TenantAddress;
    pages: Pick<ProtocolPages, 'deviceDone' | 'error'>;
    /** False when too many codes of devices were typed from the address. */
    admitDeviceCode(tenantId: string, ip: string): Promise<boolean>;
  },
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const address = options.addressOf(request);
      const prepared = await prepareRequest(request.raw, address);
      if (!prepared.ok) return refuse(reply, prepared);
      if (prepared.typesCode && !(await options.admitDeviceCode(address.tenantId, request.ip))) {
        return refuseCode(request, reply, address.tenantId);
      }
      const built = await options.pool.get(address.tenantId);
      reply.hijack();
      await built.handle(request.raw, reply.raw);
    };
    const refuseCode = async (request: FastifyRequest, reply: FastifyReply, tenantId: string) => {
      const page = await options.pages.error(
        { tenantId, acceptLanguage: request.headers['accept-language'], uiLocales: undefined, clientId: undefined },
        { error: 'session.verification_blocked_too_many_attempts', description: undefined },
      );
      return reply.code(429).headers(page.headers).send(page.html);
    };
    scope.all('/oidc/*', answer);
    // RFC 8628 §6.1: the address that a person types is short.
    scope.get('/device', (request, reply) => {
      const { search } = new URL(request.url, 'http://localhost');
      return reply.redirect(`${options.addressOf(request).endpoint}/oidc/device${search}`, 303);
    });
    scope.get('/device/success', async (request, reply) => {
      const page = await options.pages.deviceDone({
        tenantId: options.addressOf(request).tenantId,
        acceptLanguage: request.headers['accept-language'],
        uiLocales: undefined,
        clientId: undefined,
      });
      return reply.headers(page.headers).send(page.html);
    });
    // RFC 8414 §3.1 puts the well-known part before the issuer's path; some clients ask there (clients.md 1.6).
    scope.get('/.well-known/oauth-authorization-server/oidc', (request, reply) => {
      request.raw.url = '/oidc/.well-known/oauth-authorization-server';
      return answer(request, reply);
    });
  });
}

function refuse(reply: FastifyReply, prepared: Extract<Prepared, { ok: false }>): FastifyReply {
  if ('location' in prepared) return reply.redirect(prepared.location, 303);
  return reply.code(prepared.status).header('cache-control', 'no-store').send(prepared.body);
}
