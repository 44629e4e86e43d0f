import { defineErrors } from '../../kernel/errors.ts';
import type { Routes } from '../../kernel/operations.ts';
import * as contract from './admin-console.contract.ts';
import { adminConsole } from './admin-console.service.ts';

const fail = defineErrors({ 'request.feature_not_supported': 501 });

/** What the wire's own Console asks for beside its features. */
export function createAdminConsoleModule(): { routes: Routes } {
  return {
    routes: (route) => {
      route(contract.getAdminConsoleConfig, ({ scope }) => adminConsole.get(scope));
      route(contract.updateAdminConsoleConfig, ({ scope, body }) => adminConsole.update(scope, body));
      route(contract.getSystemApplication, () => {
        throw fail('request.feature_not_supported', { details: 'protected applications' });
      });
    },
  };
}
