import { defineErrors } from '../../kernel/errors.ts';
import type { Routes } from '../../kernel/operations.ts';
import * as contract from './admin-console.contract.ts';
import { adminConsole } from './admin-console.service.ts';

const fail = defineErrors({ 'application.protected_app_not_configured': 501 });

/** What the wire's own Console asks for beside its features. */
export function createAdminConsoleModule(deps: { protectedAppsDomain: string | undefined }): { routes: Routes } {
  return {
    routes: (route) => {
      route(contract.getAdminConsoleConfig, ({ scope }) => adminConsole.get(scope));
      route(contract.updateAdminConsoleConfig, ({ scope, body }) => adminConsole.update(scope, body));
      route(contract.getSystemApplication, async () => {
        if (deps.protectedAppsDomain === undefined) throw fail('application.protected_app_not_configured');
        return { protectedApps: { defaultDomain: deps.protectedAppsDomain } };
      });
    },
  };
}
