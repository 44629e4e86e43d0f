import type { Routes } from '../../kernel/operations.ts';
import { accessControlRoutes } from './access-control.routes.ts';
import {
  type AccessControlDependencies,
  type AccessControlService,
  createAccessControlService,
} from './access-control.service.ts';

export type AccessControlApi = Pick<AccessControlService, 'mayEnter' | 'recordRefusal'>;

/** Application access control: only these users, roles and organizations may enter. */
export function createAccessControlModule(deps: AccessControlDependencies): { routes: Routes; api: AccessControlApi } {
  const service = createAccessControlService(deps);
  return { routes: accessControlRoutes(service), api: service };
}
