import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { ProviderPool } from './provider-pool.ts';
import { type Prepared, prepareRequest } from './requests.ts';

/**
 * Mounts the protocol engine under `/oidc` of every tenant.
 * The requests bypass Fastify's body parsing and error handling: the engine has its own of both.
 */
export function mountProtocol(
  app: FastifyInstance,
  options: { pool: ProviderPool; addressOf: (request: FastifyRequest) => TenantAddress },
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const address = options.addressOf(request);
      const prepared = await prepareRequest(request.raw, address);
      if (!prepared.ok) return refuse(reply, prepared);
      const built = await options.pool.get(address.tenantId);
      reply.hijack();
      await built.handle(request.raw, reply.raw);
    };
    scope.all('/oidc/*', answer);
    // RFC 8414 §3.1 puts the well-known part before the issuer's path; some clients ask there (clients.md 1.6).
    scope.get('/.well-known/oauth-authorization-server/oidc', (request, reply) => {
      request.raw.url = '/oidc/.well-known/oauth-authorization-server';
      return answer(request, reply);
    });
  });
}

function refuse(reply: FastifyReply, prepared: Extract<Prepared, { ok: false }>): FastifyReply {
  return reply.code(prepared.status).header('cache-control', 'no-store').send(prepared.body);
}
