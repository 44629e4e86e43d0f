import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as contract from './sign-in-experience.contract.ts';
import type { SignInExperienceService } from './sign-in-experience.service.ts';

/** The settings are one row a tenant, which the wire calls `default`. */
const toExperience = (scope: Scope, settings: contract.SignInSettings): contract.SignInExperience => ({
  tenantId: scope.tenantId,
  id: 'default',
  ...settings,
});

export function signInExperienceRoutes(service: SignInExperienceService): Routes {
  return (route) => {
    route(contract.getSignInExperience, async ({ scope }) => toExperience(scope, await service.get(scope)));

    route(contract.updateSignInExperience, async ({ scope, body }) =>
      toExperience(scope, await service.update(scope, body)),
    );

    route(contract.checkPassword, async ({ scope, body }) => {
      const issues = await service.checkPassword(scope, body);
      return issues.length === 0 ? { result: true as const } : { result: false as const, issues };
    });

    route(contract.listUsernameCaseConflicts, ({ scope, query }) => service.findUsernameConflicts(scope, query.limit));
  };
}
