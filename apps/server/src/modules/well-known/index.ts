import type { Routes } from '../../kernel/operations.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import { type WellKnownDependencies, wellKnownRoutes } from './well-known.routes.ts';

/** What anybody may know of a tenant: how its sign-in pages look and speak, and the documents of the API. */
export function createWellKnownModule(deps: WellKnownDependencies): {
  /** `operations` may still grow while routes are bound; it is read when a document is asked for. */
  routes(operations: readonly OperationDefinition[]): Routes;
} {
  return { routes: (operations) => wellKnownRoutes(deps, operations) };
}
