import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { HostGate } from '../../kernel/http.ts';
import type { Log } from '../../kernel/log.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import {
  type Addressing,
  isOwnOrigin,
  requestOrigin,
  type TenantAddress,
  tenantByOrigin,
} from '../../kernel/tenancy.ts';
import { type ApplicationsApi, type ProtectedApplication, protectedCallbackPath } from '../applications/index.ts';
import type { ApplicationHost, DomainsApi } from '../domains/index.ts';
import type { Entries } from './entry.ts';
import type { Failure, Forwarding } from './forwarding.ts';
import { opensPage, refuse } from './gate-pages.ts';
import type { Identities } from './identity.ts';
import { isCircle, type OriginRequest } from './origin-headers.ts';
import { createPageRules, type NeedsSignIn } from './page-rules.ts';
import { protectedAppSessions } from './protected-app-sessions.ts';

/** How often an open web socket is asked whether its session still stands. */
const RECHECK_MS = 30_000;

/** Paths that are ours at each host; the app behind has all others. */
const paths = {
  callback: protectedCallbackPath,
  signIn: '/sign-in',
  register: '/register',
  signOut: '/sign-out',
} as const;

export interface GateDependencies {
  addressing: Addressing;
  database: DatabasePool;
  caches: Caches;
  metrics: Metrics;
  log: Log;
  now: () => Date;
  tenantExists(tenantId: string): Promise<boolean>;
  findApplication: ApplicationsApi['findProtected'];
  findHost: DomainsApi['findApplicationHost'];
  primaryAddress(scope: Scope): Promise<TenantAddress>;
  entries: Entries;
  identities: Identities;
  forwarding: Forwarding;
}

/** A request at a protected application's host. */
interface Visit {
  scope: Scope;
  host: ApplicationHost;
  application: ProtectedApplication;
  request: IncomingMessage;
  /** The header as it came: what goes on to the app has none of ours. */
  cookies: string | undefined;
  /** As it goes on to the app: without `..`, a fragment or a host of its own. */
  url: URL;
}

/** Who the gate lets through: somebody, nobody at an open path, or nobody who may. */
type Verdict = { pass: OriginRequest; why?: undefined } | { pass?: undefined; why: 'signed-out' | 'denied' };

/** Stands in front of web apps that know nothing of signing in. */
export function createGate(deps: GateDependencies): HostGate {
  const { addressing } = deps;
  const rulesOf = new WeakMap<object, NeedsSignIn>();
  const sockets = new Set<Duplex>();

  const needsSignIn = ({ client, settings }: ProtectedApplication, path: string): boolean => {
    const runaway = () => deps.log.warn({ applicationId: client.id, path }, 'page rules take too long: sign-in needed');
    const patterns = settings.pageRules.map((rule) => rule.path);
    const rules = rulesOf.get(settings) ?? createPageRules(patterns, runaway);
    rulesOf.set(settings, rules);
    return rules(path);
  };

  const ipOf = (request: IncomingMessage): string => {
    const forwarded = addressing.trustProxy ? request.headers['x-forwarded-for']?.toString().split(',')[0]?.trim() : '';
    return forwarded || (request.socket.remoteAddress ?? '');
  };

  /** The application that the request is for; undefined for what is not one's. */
  const visitOf = async (request: IncomingMessage): Promise<Visit | undefined> => {
    const origin = requestOrigin(request, addressing);
    const label = tenantByOrigin(origin, addressing);
    if (label !== undefined && (await deps.tenantExists(label))) return undefined;
    const host = await deps.findHost(origin);
    const application = host && (await deps.findApplication(host.tenantId, host.applicationId));
    if (!host || !application) return undefined;
    const path = request.url ?? '/';
    const url =
      URL.parse(path.startsWith('/') ? `http://host.invalid${path}` : path) ?? new URL('http://host.invalid/');
    request.url = url.pathname + url.search;
    const scope: Scope = {
      ...systemScope(deps, host.tenantId, 'a protected application is visited'),
      requestId: randomBytes(9).toString('base64url'),
      now: deps.now(),
      ip: ipOf(request),
      userAgent: request.headers['user-agent'] ?? null,
    };
    return { scope, host, application, request, cookies: request.headers.cookie, url };
  };

  const judge = async ({ scope, host, application, cookies, url }: Visit): Promise<Verdict> => {
    const asked = { host, application, ip: scope.ip ?? '', now: scope.now };
    const isOpen = !needsSignIn(application, url.pathname);
    const session = await protectedAppSessions.find(scope, host, cookies);
    const identity = session && (await deps.identities.of(scope, application, session));
    if (identity || isOpen) return { pass: { ...asked, identity } };
    return { why: session ? 'denied' : 'signed-out' };
  };

  const redirect = (response: ServerResponse, location: string, cookie: string): void => {
    response.writeHead(303, { location, 'set-cookie': cookie, 'cache-control': 'no-store' });
    response.end();
  };

  const begin = async (visit: Visit, response: ServerResponse, next: string, firstScreen?: 'register') => {
    const { scope, host, application, cookies } = visit;
    const begun = await deps.entries.begin(scope, host, application, {
      cookies,
      next,
      ...(firstScreen && { firstScreen }),
    });
    redirect(response, begun.location, begun.cookie);
  };

  const finish = async ({ scope, host, application, request, cookies, url }: Visit, response: ServerResponse) => {
    if (url.searchParams.get('error') === 'access_denied') return refuse(request, response, 403, 'denied');
    const found = await deps.entries.finish(scope, host, cookies, url.searchParams);
    if (!found) return refuse(request, response, 400, 'failed');
    const { sessionDuration } = application.settings;
    redirect(
      response,
      found.location,
      await protectedAppSessions.begin(scope, host, cookies, found.signedIn, sessionDuration),
    );
  };

  const signOut = async ({ scope, host, cookies }: Visit, response: ServerResponse) => {
    const cookie = await protectedAppSessions.end(scope, host, cookies);
    const { endpoint } = await deps.primaryAddress(scope);
    const query = new URLSearchParams({
      client_id: host.applicationId,
      post_logout_redirect_uri: `${host.endpoint}/`,
    });
    redirect(response, `${endpoint}/oidc/session/end?${query}`, cookie);
  };

  const failed =
    ({ scope, host, request }: Visit, response: ServerResponse) =>
    (failure: Failure, error: unknown): void => {
      const { tenantId, applicationId } = host;
      deps.log.warn({ tenantId, applicationId, requestId: scope.requestId, failure, err: error }, 'app unreachable');
      refuse(request, response, failure === 'timeout' ? 504 : 502, 'unreachable');
    };

  const answer = async (visit: Visit, response: ServerResponse): Promise<void> => {
    const { host, request, url } = visit;
    const opens = opensPage(request);
    if (isCircle(request, host)) return refuse(request, response, 508, 'unreachable');
    // The proxying library would send such a body without a word about its length: a request in disguise.
    if (request.headers['transfer-encoding'] && /^(DELETE|OPTIONS)$/.test(request.method ?? '')) {
      return refuse(request, response, 411, 'broken');
    }
    if (opens && url.pathname === paths.callback) return finish(visit, response);
    if (opens && url.pathname === paths.signOut) return signOut(visit, response);
    if (opens && url.pathname === paths.signIn) return begin(visit, response, '/');
    if (opens && url.pathname === paths.register) return begin(visit, response, '/', 'register');
    const verdict = await judge(visit);
    if (verdict.pass) return deps.forwarding.forward(request, response, verdict.pass, failed(visit, response));
    if (verdict.why === 'denied') return refuse(request, response, 403, 'denied');
    if (opens) return begin(visit, response, url.pathname + url.search);
    response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end('Signed out\n');
  };

  /** Lets go of a web socket whose session is over. */
  const watch = (visit: Visit, socket: Duplex, isSignedIn: boolean): void => {
    sockets.add(socket);
    const timer = isSignedIn
      ? setInterval(async () => {
          const scope = { ...visit.scope, now: deps.now() };
          const { pass } = await judge({ ...visit, scope }).catch((): Verdict => ({ why: 'denied' }));
          if (!pass?.identity) socket.destroy();
        }, RECHECK_MS)
      : undefined;
    timer?.unref();
    socket.once('close', () => {
      clearInterval(timer);
      sockets.delete(socket);
    });
  };

  return {
    mayConcern(request) {
      const origin = requestOrigin(request, addressing);
      // Below a wildcard both are: tenants, and applications.
      return !isOwnOrigin(origin, addressing) || tenantByOrigin(origin, addressing) !== undefined;
    },

    async request(request, response) {
      const startedAt = performance.now();
      const visit = await visitOf(request);
      if (!visit) return false;
      response.once('close', () => {
        const status = `${Math.floor(response.statusCode / 100)}xx`;
        const seconds = (performance.now() - startedAt) / 1000;
        deps.metrics.requests.observe({ method: request.method ?? '', route: 'protected-app', status }, seconds);
      });
      try {
        await answer(visit, response);
      } catch (error) {
        deps.log.error({ err: error, requestId: visit.scope.requestId }, 'visit failed');
        if (response.headersSent) response.destroy();
        else refuse(request, response, 500, 'broken');
      }
      return true;
    },

    async upgrade(request, socket, head) {
      const visit = await visitOf(request);
      const verdict = visit && !isCircle(request, visit.host) ? await judge(visit) : undefined;
      if (!visit || !verdict?.pass) {
        const status = verdict ? (verdict.why === 'denied' ? '403 Forbidden' : '401 Unauthorized') : '404 Not Found';
        socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      watch(visit, socket, verdict.pass.identity !== undefined);
      deps.forwarding.upgrade(request, socket, head, verdict.pass, (failure, error) => {
        deps.log.warn({ applicationId: visit.host.applicationId, failure, err: error }, 'app unreachable');
        socket.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      });
    },

    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
