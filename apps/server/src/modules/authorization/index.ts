import type { Routes } from '../../kernel/operations.ts';
import { checkAuthorization } from './authorization.contract.ts';
import { type AuthorizationDependencies, createAuthorizationService } from './authorization.service.ts';

/** Answers whether somebody may do something, and why: the question behind every token. */
export function createAuthorizationModule(deps: AuthorizationDependencies): { routes: Routes } {
  const service = createAuthorizationService(deps);
  return { routes: (route) => route(checkAuthorization, ({ scope, body }) => service.check(scope, body)) };
}
