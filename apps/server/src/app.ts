import { once } from 'node:events';
import { createServer as createNodeServer, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { createAuthorize } from './authorize.ts';
import type { StartReport } from './banner.ts';
import { createModules } from './compose.ts';
import type { Config } from './config.ts';
import { consoleOriginOf, mountConsole } from './console.routes.ts';
import { allowOrigins } from './kernel/cors.ts';
import { createHttp, createMakeScope } from './kernel/http.ts';
import { type Jobs, startJobs } from './kernel/jobs.ts';
import type { Log } from './kernel/log.ts';
import { createRoute } from './kernel/operations.ts';
import { systemScope } from './kernel/scope.ts';
import { ADMIN_TENANT } from './kernel/tenancy.ts';
import type { OperationDefinition } from './kernel/wire.contract.ts';
import type { TenantsApi } from './modules/tenants/index.ts';
import type { Modules } from './modules.ts';
import { mountOperations } from './operations.routes.ts';
import { openWorld, type World } from './world.ts';
import { explainWrongOrigins } from './wrong-origin.ts';

/** The server cannot start; the message is one line for the operator. */
export class AppError extends Error {
  override readonly name = 'AppError';
}

/** Everything over HTTP. Answers the operations too, which the API documents are made of. */
export function createServer(
  world: World,
  modules: Modules,
): { http: FastifyInstance; operations: OperationDefinition[] } {
  const operations: OperationDefinition[] = [];
  const http = createHttp({
    ...world,
    tenantExists: modules.tenants.exists,
    gate: modules.gate,
    findDomain: modules.domains.api.findAddress,
  });
  const makeScope = createMakeScope(world);
  const route = createRoute(http, {
    makeScope,
    authorize: createAuthorize(modules.oidc.api),
    onBound: (operation) => operations.push(operation),
  });
  allowOrigins(http, { consoleOrigin: consoleOriginOf(world.addressing), operations });
  explainWrongOrigins(http, { addressing: world.addressing, port: world.config.port });
  modules.domains.mount(http);
  modules.assets.mount(http);
  modules.oidc.mount(http, (request) => request.tenant);
  modules.signIn.mount(http, { makeScope });
  modules.accountPages.mount(http, { makeScope });
  modules.mountFactors(http);
  modules.mountClientRegistration(http, { makeScope });
  for (const bind of modules.routes(operations)) bind(route);
  mountOperations(http, world);
  mountConsole(http, world.addressing);
  return { http, operations };
}

export interface App {
  world: World;
  modules: Modules;
  http: FastifyInstance;
  start: StartReport;
  /** Finishes the requests in progress, then lets go of the database. */
  close(): Promise<void>;
}

/** Opens the world, installs what a first start needs, and listens. */
export async function startApp(options: {
  config: Config;
  masterKeys: readonly Buffer[];
  connection: pg.PoolConfig;
  log: Log;
}): Promise<App> {
  const { config, log } = options;
  const world = await openWorld(options);
  const modules = createModules(world);
  let jobs: Jobs | undefined;
  try {
    await modules.tenants.install();
    const { http } = createServer(world, modules);
    const closeAdminListener = await listen(http, config);
    jobs = await startJobs({ pool: world.database.pool, log, jobs: modules.jobs });
    await modules.deliverer.start();
    void modules.importer.wake();
    const start = await report(world, modules.tenants);
    return {
      world,
      modules,
      http,
      start,
      async close() {
        closeAdminListener();
        await http.close();
        await jobs?.close();
        await modules.deliverer.stop();
        await modules.importer.stop();
        await modules.flush();
        await world.close();
      },
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function report(world: World, tenants: TenantsApi): Promise<StartReport> {
  const scope = systemScope(world, ADMIN_TENANT, 'set-up link of the first start');
  return {
    setupToken: (await tenants.isUntouched()) ? await tenants.links.issue(scope, 'setup') : undefined,
    hasAdministrator: await tenants.hasAdministrator(),
  };
}

/** Opens one listener; the errors that an operator can mend are said in one line. */
async function listenOn(server: Server, port: number): Promise<void> {
  try {
    server.listen({ port });
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new AppError(`port ${port} is in use: stop what uses it, or choose another one`);
    if (code === 'EACCES') throw new AppError(`port ${port} may not be used by this user: choose another one`);
    throw error;
  }
}

/** Listens on PORT, and on the port that ADMIN_ENDPOINT names when it is another one. Answers what closes the latter. */
async function listen(http: FastifyInstance, config: Config): Promise<() => void> {
  await http.ready();
  await listenOn(http.server, config.port);
  const adminPort = Number(config.adminEndpoint && new URL(config.adminEndpoint).port);
  if (!adminPort || adminPort === config.port) return () => undefined;
  const second = createNodeServer((request, response) => http.routing(request, response));
  await listenOn(second, adminPort);
  return () => {
    second.close();
    second.closeAllConnections();
  };
}
