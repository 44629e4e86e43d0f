import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import { createServer } from '../src/app.ts';
import { createModules } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import type { Egress } from '../src/kernel/egress.ts';
import { createLog, type Log } from '../src/kernel/log.ts';
import { type Scope, systemScope } from '../src/kernel/scope.ts';
import { DEFAULT_TENANT } from '../src/kernel/tenancy.ts';
import type { OperationDefinition } from '../src/kernel/wire.contract.ts';
import type { Modules } from '../src/modules.ts';
import { openWorld, type World } from '../src/world.ts';
import { createTestDatabase } from './database.ts';

/** The real application on a real PostgreSQL, listening on loopback; closed when the test file ends. */
export interface TestApp {
  world: World;
  modules: Modules;
  http: FastifyInstance;
  operations: OperationDefinition[];
  /** Public URL, which is where it really listens. */
  origin: string;
  scope(tenantId?: string): Scope;
  /** Moves the application's clock forward. */
  advance(milliseconds: number): void;
  /** Runs recurring work now. */
  runJob(name: string): Promise<void>;
  /** Calls the API of a tenant as a machine that holds the whole Management API. */
  api: ApiCaller;
  /** The same of any tenant, and at another of its addresses than the public URL. */
  apiOf(tenantId: string, address?: string): Promise<ApiCaller>;
  /** Another process on the same database, as after a restart or behind a balancer; nothing of it is warm. */
  startAnother(): Promise<{ origin: string }>;
}

/** Answers status, headers and parsed body; nothing is thrown, so that refusals are easy to look at. */
export type ApiCaller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiAnswer>;

export interface ApiAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  body: any;
}

/** A port that is free now: the public URL must be known before the server listens. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts an application of the test file's own. `env` is what an operator would set; `replace` stands for the network, or
 * for where the process log goes. */
export async function createTestApp(
  env: Record<string, string> = {},
  replace: { egress?: Egress; log?: Log; resolveTxt?: World['resolveTxt'] } = {},
): Promise<TestApp> {
  const database = await createTestDatabase();
  const port = await freePort();
  const config = loadConfig({ PORT: String(port), ...env });
  let offset = 0;
  const shared = {
    masterKeys: [randomBytes(32)],
    connection: database.connection,
    log: replace.log ?? createLog('silent'),
    now: () => new Date(Date.now() + offset),
  };
  const world = { ...(await openWorld({ ...shared, config })), ...replace };
  const modules = createModules(world);
  await modules.tenants.install();
  const { http, operations } = createServer(world, modules);
  await http.listen({ port });
  const origin = `http://localhost:${port}`;

  const scope = (tenantId = DEFAULT_TENANT): Scope => ({ ...systemScope(world, tenantId, 'test'), now: world.now() });
  const apiOf = (tenantId: string, address = origin) =>
    createApiCaller({ modules, origin: address, scope: scope(tenantId) });

  const others: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const stop of others) await stop();
    await http.close();
    await modules.flush();
    await world.close();
    await database.drop();
  });
  const startAnother = async () => {
    const otherPort = await freePort();
    const otherConfig = loadConfig({ PORT: String(otherPort), ENDPOINT: origin, ...env });
    const other = await openWorld({ ...shared, config: otherConfig });
    const otherModules = createModules(other);
    const server = createServer(other, otherModules).http;
    await server.listen({ port: otherPort });
    others.push(async () => {
      await server.close();
      await otherModules.flush();
      await other.close();
    });
    return { origin: `http://localhost:${otherPort}` };
  };
  return {
    startAnother,
    world,
    modules,
    http,
    operations,
    origin,
    scope,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    async runJob(name) {
      const job = modules.jobs.find((candidate) => candidate.name === name);
      if (!job) throw new Error(`there is no job ${name}`);
      await job.run();
    },
    api: await apiOf(DEFAULT_TENANT),
    apiOf,
  };
}

/** Base URL of a tenant on the test application. */
export const tenantUrl = (origin: string, tenantId: string): string =>
  tenantId === DEFAULT_TENANT ? origin : `${origin}/t/${tenantId}`;

async function createApiCaller(app: { modules: Modules; origin: string; scope: Scope }): Promise<ApiCaller> {
  const { modules, scope } = app;
  const base = tenantUrl(app.origin, scope.tenantId);
  const machine = await modules.applications.create(scope, { name: 'Test machine', type: 'MachineToMachine' });
  await modules.tenants.grantManagementApi(scope, machine.id);
  const [secret] = await modules.applications.listSecrets(scope, machine.id);
  const answer = await fetch(`${base}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: machine.id,
      client_secret: secret?.value ?? '',
      resource: `https://${scope.tenantId}.logto.app/api`,
      scope: 'all',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return (method, path, body, headers = {}) =>
    call(`${base}${path}`, method, body, { authorization: `Bearer ${token}`, ...headers });
}

/** One request without following redirects. */
export async function call(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
}
