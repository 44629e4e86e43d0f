import type { Routes } from '../../kernel/operations.ts';
import { sessionsRoutes } from './sessions.routes.ts';
import { createSessionsService, type SessionsDependencies } from './sessions.service.ts';

/** Sessions and grants of users. */
export function createSessionsModule(deps: SessionsDependencies): { routes: Routes } {
  return { routes: sessionsRoutes(createSessionsService(deps)) };
}
