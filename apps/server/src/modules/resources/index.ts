import type { Routes } from '../../kernel/operations.ts';
import { resourcesRoutes } from './resources.routes.ts';
import { createResourcesService, type ResourcesDependencies } from './resources.service.ts';

/** API resources and their scopes. */
export function createResourcesModule(deps: ResourcesDependencies): { routes: Routes } {
  return { routes: resourcesRoutes(createResourcesService(deps)) };
}
