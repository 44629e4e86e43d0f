import type { Routes } from '../../kernel/operations.ts';
import { sessionsRoutes } from './sessions.routes.ts';
import { createSessionsService, type SessionsApi, type SessionsDependencies } from './sessions.service.ts';

export type { SessionsApi } from './sessions.service.ts';

/** Sessions and grants of users. */
export function createSessionsModule(deps: SessionsDependencies): { routes: Routes; api: SessionsApi } {
  const api = createSessionsService(deps);
  return { routes: sessionsRoutes(api), api };
}
