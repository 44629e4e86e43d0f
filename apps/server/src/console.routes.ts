import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fail } from './kernel/errors.ts';
import { serverDirectory } from './kernel/installation.ts';
import { ADMIN_TENANT, type Addressing, addressOf, DEFAULT_TENANT, requestOrigin } from './kernel/tenancy.ts';
import { managementApiOf } from './modules/tenants/index.ts';

const CONFIG_PLACEHOLDER = '"__LATCHKEY_CONFIG__"';
const dist = path.join(serverDirectory, '../console/dist');

/** Origin that serves the Console: the admin endpoint's when there is one, else the endpoint's. */
export const consoleOriginOf = (addressing: Addressing): string =>
  new URL(addressing.adminEndpoint ?? addressing.endpoint.replace('*.', '')).origin;

/** What the page learns of its surroundings (`ConsoleConfig` in apps/console). `<` is escaped: it ends no script early. */
function consoleConfig(addressing: Addressing, tenant = addressOf(addressing, DEFAULT_TENANT)): string {
  return JSON.stringify({
    adminEndpoint: addressOf(addressing, ADMIN_TENANT).endpoint,
    tenantId: tenant.tenantId,
    tenantEndpoint: tenant.endpoint,
    managementResource: managementApiOf(tenant.tenantId),
  }).replaceAll('<', '\\u003c');
}

/** The Console and the demo app: files, and pages whose routes the browser knows. */
export function mountConsole(app: FastifyInstance, addressing: Addressing): void {
  if (!existsSync(path.join(dist, 'index.html'))) {
    throw new Error('the Console is not built: run npm start, or npm run build -w apps/console');
  }
  const page = (name: string) => readFileSync(path.join(dist, name), 'utf8');
  const index = page('index.html').replace(CONFIG_PLACEHOLDER, () => consoleConfig(addressing));
  const demo = page('demo-app.html');
  const origins = [
    ...new Set([ADMIN_TENANT, DEFAULT_TENANT].map((id) => new URL(addressOf(addressing, id).endpoint).origin)),
  ];
  const policy = [
    "default-src 'self'",
    `connect-src 'self' ${origins.join(' ')}`,
    // Logos come from wherever the operator keeps them.
    "img-src 'self' data: https: http:",
    // Mantine writes its style variables into the page.
    "style-src 'self' 'unsafe-inline'",
    `frame-src 'self' ${origins.join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const sendPage = (reply: FastifyReply, html: string) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-cache', 'content-security-policy': policy })
      .send(html);
  const here = (request: FastifyRequest) => {
    // With an origin of its own the Console is not on the tenants' origin, where their users' scripts may run.
    const isElsewhere = requestOrigin(request.raw, addressing) !== consoleOriginOf(addressing);
    if (request.tenant.domain !== undefined || (isElsewhere && addressing.adminEndpoint)) {
      throw fail('entity.not_found');
    }
  };

  app.register(fastifyStatic, {
    root: path.join(dist, 'assets'),
    prefix: '/console/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
  app.get('/console/mark.svg', (_request, reply) =>
    reply.sendFile('mark.svg', dist, { maxAge: '1h', immutable: false }),
  );
  for (const url of ['/console', '/console/*']) {
    app.get(url, async (request, reply) => {
      here(request);
      return sendPage(reply, index);
    });
  }
  app.get('/demo-app', async (request, reply) =>
    sendPage(
      reply,
      demo.replace(CONFIG_PLACEHOLDER, () => consoleConfig(addressing, request.tenant)),
    ),
  );
  app.get('/', async (request, reply) => {
    const { domain, tenantId } = request.tenant;
    const admin = domain === undefined && (addressing.adminEndpoint ? tenantId === ADMIN_TENANT : true);
    return reply.redirect(admin ? '/console' : '/unknown-session');
  });
}
