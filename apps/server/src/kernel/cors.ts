import type { FastifyInstance } from 'fastify';
import type { OperationDefinition } from './wire.contract.ts';

const PREFLIGHT_SECONDS = '7200';

/** Fastify's pattern of a path as a regular expression. */
const matcherOf = ({ path }: OperationDefinition): RegExp =>
  new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`);

/**
 * Which scripts of other origins may read the API (Fetch standard, CORS protocol; features 1.5).
 * What an account owner may call, any app's page may call for its user: it shows a token, and cookies are not sent.
 * The rest is for the Console alone. `operations` may still grow; it is read when requests come.
 */
export function allowOrigins(
  http: FastifyInstance,
  options: { consoleOrigin: string; operations: readonly OperationDefinition[] },
): void {
  let accountPaths: RegExp[] | undefined;
  const isForOwners = (pathname: string): boolean => {
    accountPaths ??= options.operations.filter(({ access }) => access === 'account').map(matcherOf);
    return accountPaths.some((path) => path.test(pathname));
  };

  http.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    const { pathname } = new URL(request.url, 'http://tenant');
    if (!origin || !pathname.startsWith('/api/')) return undefined;
    reply.header('vary', 'Origin');
    if (origin !== options.consoleOrigin && !isForOwners(pathname)) return undefined;
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': '*' });
    const asked = request.headers['access-control-request-method'];
    if (request.method !== 'OPTIONS' || !asked) return undefined;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
        'access-control-max-age': PREFLIGHT_SECONDS,
      })
      .send();
  });
}
