import { randomBytes } from 'node:crypto';
import { createServer as createNodeServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Caches } from './cache.ts';
import { type DatabasePool, databaseErrorOf } from './database.ts';
import { fail, RequestError } from './errors.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Actor, Scope } from './scope.ts';
import { findUnstorable } from './storable-input.ts';
import {
  type Addressing,
  addressOf,
  answerAt,
  DEFAULT_TENANT,
  isOwnOrigin,
  requestOrigin,
  splitTenantPath,
  type TenantAddress,
  tenantByOrigin,
} from './tenancy.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The tenant that the request's host or path names; set before any route runs. */
    tenant: TenantAddress;
    /** Who calls, once the route's own check has found out. */
    actor: Actor;
    /** The token of the user who calls; set on operations for account owners. */
    account: AccountToken | undefined;
    /** Lines of Set-Cookie that go out with the answer. */
    newCookies: string[];
  }
}

/** What an account owner's access token says. */
export interface AccountToken {
  userId: string;
  clientId: string;
  scopes: ReadonlySet<string>;
  /** The sign-in that the token comes from. */
  sessionUid: string | undefined;
  /** An application of somebody else, which may read what the user granted and change nothing. */
  isThirdParty: boolean;
}

/** Stands at hosts that are not the install's own, in front of everything that the install serves itself. */
export interface HostGate {
  /** False for what is certainly not its business; asked of every request. */
  mayConcern(request: IncomingMessage): boolean;
  /** Answers, or says false. */
  request(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Answers a connection that wants to become a web socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Lets go of the connections that would never end by themselves. */
  close(): void;
}

export interface HttpDependencies {
  log: Log;
  metrics: Metrics;
  database: DatabasePool;
  caches: Caches;
  addressing: Addressing;
  now: () => Date;
  tenantExists(tenantId: string): Promise<boolean>;
  gate: HostGate;
  /** The tenant at a domain of its own. */
  findDomain(origin: string): Promise<TenantAddress | undefined>;
}

/** Idle connections are kept this long: a stop does not wait for them. */
const KEEP_ALIVE_MS = 72_000;
/** How long a stop waits for the answers under way. */
const STOP_PATIENCE_MS = 8_000;
/** Largest body of an API request, in bytes. */
const BODY_LIMIT = 1_048_576;
const ANONYMOUS: Actor = { type: 'anonymous', id: null };

/** The tenant's path prefix is taken off before routing; the routes know only the tenant's own paths. */
const tenantOfPath = new WeakMap<object, string>();

/** Languages of a request, best first (RFC 9110 §12.5.4). */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))?.split('=')[1];
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/** Makes the scope of a request, for its route to hand to a service. */
export type MakeScope = (request: FastifyRequest) => Scope;

export function createMakeScope(deps: Pick<HttpDependencies, 'database' | 'caches' | 'now'>): MakeScope {
  return (request) => ({
    db: deps.database.forTenant(request.tenant.tenantId),
    caches: deps.caches,
    tenantId: request.tenant.tenantId,
    actor: request.actor,
    requestId: request.id,
    now: deps.now(),
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? null,
    headers: request.headers,
    setCookie: (line) => request.newCookies.push(line),
    route: null,
    inTransaction: false,
    atCommit: [],
    afterCommit: [],
  });
}

/** The HTTP server with everything that holds for each request: tenant, errors, headers, figures. */
export function createHttp(deps: HttpDependencies): FastifyInstance {
  const { addressing } = deps;
  const app: FastifyInstance = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    // One line a request is written by the hook below, with the route's pattern instead of its secrets.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: addressing.trustProxy,
    serverFactory: (answer) => createGatedServer(deps.gate, answer),
    genReqId: () => randomBytes(9).toString('base64url'),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
    rewriteUrl: (request) => {
      const { tenantId, url } = splitTenantPath(request.url ?? '/');
      if (tenantId) tenantOfPath.set(request, tenantId);
      return url;
    },
  });
  // Some clients announce JSON on requests without a body, DELETE above all.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    parseJson(request, body as string, (error, value) => {
      const details = error ? undefined : findUnstorable(value, 'body');
      done(details === undefined ? error : fail('guard.invalid_input', { details }), value);
    });
  });
  // Files are read by the operations that declare one; for every other operation they are an unknown kind of body.
  app.register(multipart);
  // They are set for each request by the hook below; declared here so that all requests have one shape.
  app.decorateRequest('tenant');
  app.decorateRequest('actor');
  app.decorateRequest('account');
  app.decorateRequest('newCookies');

  app.addHook('onRequest', async (request, reply) => {
    const origin = requestOrigin(request.raw, addressing);
    const named = tenantByOrigin(origin, addressing);
    const isDomain = named === undefined && !isOwnOrigin(origin, addressing);
    // Set at once: what refuses a request draws on it.
    request.tenant = addressOf(addressing, named ?? tenantOfPath.get(request.raw) ?? DEFAULT_TENANT);
    request.actor = ANONYMOUS;
    request.account = undefined;
    request.newCookies = [];
    setSecurityHeaders(reply);
    if (isDomain) request.tenant = (await deps.findDomain(origin)) ?? request.tenant;
    if (!(await deps.tenantExists(request.tenant.tenantId))) throw fail('entity.not_found');
  });
  app.addHook('onRequest', (request, _reply, done) => answerAt(request.tenant, done));
  // Reading a body ends in an event of the socket, which knows nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => answerAt(request.tenant, done));
  app.addHook('onSend', async (request, reply) => {
    for (const line of request.newCookies ?? []) reply.header('set-cookie', line);
  });
  app.addHook('preClose', async () => {
    deps.gate.close();
    await stopServing(app.server);
  });
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000;
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    deps.metrics.requests.observe({ method: request.method, route, status }, seconds);
    request.log.debug({ method: request.method, route, status: reply.statusCode, seconds }, 'request');
  });
  app.setErrorHandler((error, request, reply) => sendError(error as Error, request, reply));
  app.setNotFoundHandler(() => {
    throw fail('entity.not_found');
  });
  return app;
}

/** The server of which the gate has the first word. */
function createGatedServer(
  gate: HostGate,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const server = createNodeServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A large upload may take its time; how long headers may is bounded by Node itself.
    requestTimeout: 0,
    // Whoever asks for something else than a web socket at a host of the gate is served as if it had not.
    shouldUpgradeCallback: (request) =>
      request.headers.upgrade?.toLowerCase() === 'websocket' && gate.mayConcern(request),
  });
  server.on('request', (request, response) => {
    if (!gate.mayConcern(request)) return answer(request, response);
    gate.request(request, response).then(
      (done) => done || answer(request, response),
      () => response.writeHead(503, { 'retry-after': '2' }).end(),
    );
  });
  server.on('upgrade', (request, socket, head) => {
    // A reset before anybody listens would end the process.
    socket.on('error', () => undefined);
    gate.upgrade(request, socket, head).catch(() => socket.destroy());
  });
  return server;
}

/**
 * Takes no more connections and waits for the answers under way. Idle browsers are not waited for, and nobody longer than
 * the patience. Fastify leaves a server that it has not made itself alone.
 */
async function stopServing(server: Server): Promise<void> {
  if (!server.listening) return;
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const patience = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(patience);
}

function setSecurityHeaders(reply: FastifyReply): void {
  reply.headers({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
}

/** The one writer of API errors: the wire's body, a message in the caller's language, nothing of the inside. */
function sendError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const known = asRequestError(error);
  if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.debug({ errorCode: known.code, cause: known.cause }, 'request refused');
  reply
    .code(known.status)
    .headers(known.headers)
    .type('application/json; charset=utf-8')
    .serializer((body) => JSON.stringify(body))
    .send(known.body(acceptedLanguages(request.headers['accept-language'])));
}

/** What an error of any kind is to a client: its own refusal, an outage to wait for, or a plain 500. */
export function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const { statusCode: status, message } = (error ?? {}) as Partial<FastifyError>;
  if (status && status >= 400 && status < 500) {
    return new RequestError('request.invalid_input', status, { details: message ?? '', cause: error });
  }
  // A service that knows no better words for them leaves these to the database.
  const { code } = databaseErrorOf(error) ?? {};
  if (code === '23503') return fail('entity.relation_foreign_key_not_found', { cause: error });
  if (code === '23505') return fail('entity.unique_integrity_violation', { cause: error });
  if (isUnstorable(error)) return fail('guard.invalid_input', { details: UNSTORABLE, cause: error });
  if (isDatabaseAway(error)) {
    return fail('request.unavailable', { cause: error, headers: { 'retry-after': '2' } });
  }
  return new RequestError('request.general', 500, { cause: error, data: undefined });
}

const UNSTORABLE = 'has characters that cannot be stored (null bytes or broken Unicode)';

/** True for a text that PostgreSQL keeps neither as text nor in JSON; only what was sent can have such. */
function isUnstorable(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (code === '22021' || code === '22P05' || (code === '22P02' && /\bjson\b/.test(at.message))) return true;
  }
  return false;
}

/** True when PostgreSQL could not be reached: the client may try again, and learns nothing of the database. */
function isDatabaseAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0\d|08\d{3})$/.test(code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(at.message)) return true;
  }
  return false;
}
