import type { Scope } from '../../kernel/scope.ts';
import type { AuthorizationAnswer, AuthorizationQuestion, Obstacle } from './authorization.contract.ts';
import { fail } from './authorization.errors.ts';
import * as store from './authorization.store.ts';

export interface AuthorizationDependencies {
  findUser(scope: Scope, id: string): Promise<{ isSuspended: boolean } | undefined>;
  /** Undefined for an application that is no machine. */
  findMachine(scope: Scope, id: string): Promise<object | undefined>;
  findMembership(
    scope: Scope,
    organizationId: string,
    subject: store.Subject,
  ): Promise<{ isMfaRequired: boolean } | undefined>;
  organizationExists(scope: Scope, id: string): Promise<boolean>;
  hasSecondFactor(tenantId: string, userId: string): Promise<boolean>;
}

/** Answers questions about permissions the way tokens are made. */
export function createAuthorizationService(deps: AuthorizationDependencies) {
  const missing = (name: string, id: string) => fail('entity.not_exists_with_id', { data: { name, id } });

  const findSubject = async (
    scope: Scope,
    { userId, applicationId }: AuthorizationQuestion,
  ): Promise<{ subject: store.Subject; isSuspended: boolean }> => {
    if (userId !== undefined) {
      const user = await deps.findUser(scope, userId);
      if (!user) throw missing('user', userId);
      return { subject: { userId }, isSuspended: user.isSuspended };
    }
    const id = applicationId ?? '';
    if (!(await deps.findMachine(scope, id))) throw missing('application', id);
    return { subject: { applicationId: id }, isSuspended: false };
  };

  const findPermission = async (
    { db, tenantId }: Scope,
    { resource, scope: name }: AuthorizationQuestion,
  ): Promise<store.Permission | Obstacle> => {
    if (resource === undefined) {
      const id = await store.findOrganizationScope(db, tenantId, name);
      return id === undefined ? 'scope-unknown' : { kind: 'organization-scope', id };
    }
    const found = await store.findResourceScope(db, tenantId, { indicator: resource, name });
    if (!found) return 'resource-unknown';
    return found.scopeId === null ? 'scope-unknown' : { kind: 'resource-scope', id: found.scopeId };
  };

  /** What keeps a token for the organization from anybody, whatever roles there are. */
  const barriers = async (scope: Scope, organizationId: string, subject: store.Subject): Promise<Obstacle[]> => {
    if (!(await deps.organizationExists(scope, organizationId))) throw missing('organization', organizationId);
    const membership = await deps.findMembership(scope, organizationId, subject);
    if (!membership) return ['not-a-member'];
    const lacksFactor =
      'userId' in subject && membership.isMfaRequired && !(await deps.hasSecondFactor(scope.tenantId, subject.userId));
    return lacksFactor ? ['second-factor-missing'] : [];
  };

  return {
    async check(scope: Scope, question: AuthorizationQuestion): Promise<AuthorizationAnswer> {
      const { organizationId } = question;
      const { subject, isSuspended } = await findSubject(scope, question);
      const permission = await findPermission(scope, question);
      const obstacles: Obstacle[] = [
        ...(isSuspended ? (['suspended'] as const) : []),
        ...(organizationId === undefined ? [] : await barriers(scope, organizationId, subject)),
      ];
      if (typeof permission === 'string') {
        return { allowed: false, paths: [], obstacles: [...obstacles, permission], grantedBy: [] };
      }
      const asked = { subject, permission, organizationId };
      const [paths, grantedBy] = await Promise.all([
        store.listPaths(scope.db, scope.tenantId, asked),
        store.listGrantingRoles(scope.db, scope.tenantId, asked),
      ]);
      if (paths.length === 0) obstacles.push('no-role');
      return { allowed: obstacles.length === 0, paths, obstacles, grantedBy };
    },
  };
}
