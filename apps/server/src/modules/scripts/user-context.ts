import type { Scope } from '../../kernel/scope.ts';
import type { ScriptUserContext } from './script-arguments.ts';
import { findOrganizationInfo, findRolesInfo } from './scripts.store.ts';

/** A user, as scripts see one. */
export interface ScriptUser {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  name: string | null;
  avatar: string | null;
  ssoIdentities: readonly Record<string, unknown>[];
  customData: Record<string, unknown>;
  identities: ScriptUserContext['identities'];
  profile: ScriptUserContext['profile'];
  applicationId: string | null;
  isSuspended: boolean;
  hasPassword: boolean;
  lastSignInAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface ContextDependencies {
  findUser(scope: Scope, userId: string): Promise<ScriptUser | undefined>;
  /** Kinds of the factors that the user has. */
  factorsOf(scope: Scope, userId: string): Promise<string[]>;
  membershipsOf(
    scope: Scope,
    member: { userId: string },
  ): Promise<
    { organizationId: string; name: string; description: string | null; roles: { id: string; name: string }[] }[]
  >;
  findApplication(tenantId: string, clientId: string): Promise<object | undefined>;
}

/** What a script is told of a user (features 1.9); nothing by which one could sign in as that user. */
export async function userContext(
  deps: ContextDependencies,
  scope: Scope,
  userId: string,
): Promise<ScriptUserContext | undefined> {
  const [user, factors, roles, memberships] = await Promise.all([
    deps.findUser(scope, userId),
    deps.factorsOf(scope, userId),
    findRolesInfo(scope.db, scope.tenantId, userId),
    deps.membershipsOf(scope, { userId }),
  ]);
  if (!user) return undefined;
  return {
    id: user.id,
    username: user.username,
    primaryEmail: user.primaryEmail,
    primaryPhone: user.primaryPhone,
    name: user.name,
    avatar: user.avatar,
    customData: user.customData,
    identities: user.identities,
    lastSignInAt: user.lastSignInAt?.getTime() ?? null,
    createdAt: user.createdAt.getTime(),
    updatedAt: user.updatedAt.getTime(),
    profile: user.profile,
    applicationId: user.applicationId,
    isSuspended: user.isSuspended,
    hasPassword: user.hasPassword,
    ssoIdentities: [...user.ssoIdentities],
    mfaVerificationFactors: factors,
    roles,
    organizations: memberships.map(({ organizationId: id, name, description }) => ({ id, name, description })),
    organizationRoles: memberships.flatMap(({ organizationId, roles: held }) =>
      held.map(({ id, name }) => ({ organizationId, roleId: id, roleName: name })),
    ),
  };
}

/** The application without its secrets. */
export async function applicationContext(
  deps: ContextDependencies,
  scope: Scope,
  clientId: string,
): Promise<object | undefined> {
  const application = await deps.findApplication(scope.tenantId, clientId);
  if (!application) return undefined;
  return Object.fromEntries(Object.entries(application).filter(([name]) => name !== 'secrets'));
}

export const organizationContext = (scope: Scope, id: string) => findOrganizationInfo(scope.db, scope.tenantId, id);
