import type { Routes } from '../../kernel/operations.ts';
import { createRoleHolders } from './role-holders.ts';
import { type HolderLists, rolesRoutes } from './roles.routes.ts';
import { createRolesService, type RolesDependencies, type RolesService } from './roles.service.ts';

export interface RolesApi {
  /** Gives a new user the tenant's default roles, in the transaction that creates the user. */
  assignDefaults: RolesService['assignDefaults'];
  /** Gives many new users the default roles, and each the roles with these names. */
  assignByName: RolesService['assignByName'];
  /** Which of these names no role for users has. */
  findUnknownNames: RolesService['findUnknownNames'];
}

/** Roles, the scopes they give, and who holds them. */
export function createRolesModule(deps: RolesDependencies & HolderLists): { routes: Routes; api: RolesApi } {
  const service = createRolesService(deps);
  return {
    routes: rolesRoutes(service, createRoleHolders(deps), deps),
    api: {
      assignDefaults: service.assignDefaults,
      assignByName: service.assignByName,
      findUnknownNames: service.findUnknownNames,
    },
  };
}
