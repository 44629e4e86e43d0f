import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { VerificationFiles } from './domains.contract.ts';
import { fail } from './domains.errors.ts';

/** What a proxy asks before it gets a certificate, and the files that lie at a domain. */
export function mountDomains(
  app: FastifyInstance,
  deps: {
    /** The host that the browser, or the certificate authority, asked. */
    hostOf(request: FastifyRequest): string | undefined;
    filesOf(hostname: string): Promise<VerificationFiles | undefined>;
    serves(hostname: string): Promise<boolean>;
  },
): void {
  app.get<{ Params: { '*': string } }>('/.well-known/*', async (request, reply) => {
    const host = deps.hostOf(request);
    const files = host && (await deps.filesOf(host));
    const path = request.params['*'];
    const file = files && Object.hasOwn(files, path) ? files[path] : undefined;
    if (!file) throw fail('entity.not_found');
    return reply
      .type(`${file.contentType}; charset=utf-8`)
      .headers({ 'cache-control': 'no-cache', 'content-security-policy': "default-src 'none'; sandbox" })
      .send(file.content);
  });
  // Caddy asks here before each certificate (`on_demand_tls { ask … }`): 200 says yes, everything else no.
  app.get<{ Querystring: { domain?: unknown } }>('/domains/ask', async (request, reply) => {
    const { domain } = request.query;
    const known = typeof domain === 'string' && (await deps.serves(domain.toLowerCase()));
    return reply.code(known ? 200 : 404).send({ served: known });
  });
}
