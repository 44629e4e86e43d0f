import type { FastifyInstance } from 'fastify';
import type { MakeScope } from '../../kernel/http.ts';
import type { Routes } from '../../kernel/operations.ts';
import { clientRegistrationRoutes, mountClientRegistration } from './client-registration.routes.ts';
import { type ClientRegistrationDependencies, createClientRegistrationService } from './client-registration.service.ts';

/** Dynamic client registration: off until the tenant's policy opens it. */
export function createClientRegistrationModule(deps: ClientRegistrationDependencies): {
  routes: Routes;
  /** Mounts `/oidc/reg`. */
  mount(app: FastifyInstance, options: { makeScope: MakeScope }): void;
} {
  const service = createClientRegistrationService(deps);
  return {
    routes: clientRegistrationRoutes(service),
    mount: (app, { makeScope }) => mountClientRegistration(app, service, makeScope),
  };
}
