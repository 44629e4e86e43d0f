import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Egress } from '../../kernel/egress.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { type ActionsApi, createActions } from './actions.ts';
import { type ClaimsAnswer, type ClaimsRequest, createCustomClaims } from './custom-claims.ts';
import { createSandbox } from './sandbox.ts';
import { scriptsRoutes } from './scripts.routes.ts';
import { createScriptsService } from './scripts.service.ts';
import type { ContextDependencies } from './user-context.ts';

export type { ActionsApi } from './actions.ts';

export interface ScriptsApi {
  /** Claims of the tenant's script for a token. */
  customClaims(scope: Scope, request: ClaimsRequest): Promise<ClaimsAnswer>;
  actions: ActionsApi;
  /** Seals anew what an earlier master key sealed; answers how many values. */
  reseal(scope: Scope): Promise<number>;
}

/** JavaScript of the tenant, in a sandbox: custom claims and actions. */
export function createScriptsModule(
  deps: ContextDependencies & { database: DatabasePool; caches: Caches; secretBox: SecretBox; egress: Egress },
): { routes: Routes; api: ScriptsApi } {
  const service = createScriptsService({ ...deps, sandbox: createSandbox(deps.egress) });
  return {
    routes: scriptsRoutes(service),
    api: {
      customClaims: createCustomClaims({ ...deps, service }),
      actions: createActions({ ...deps, service }),
      reseal: service.reseal,
    },
  };
}
