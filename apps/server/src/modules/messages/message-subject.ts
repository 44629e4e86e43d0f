import type { Scope } from '../../kernel/scope.ts';

/** What a message is about, by ids; its template may then read `application`, `organization` and `user`. */
export interface MessageSubject {
  applicationId?: string | undefined;
  organizationId?: string | undefined;
  userId?: string | undefined;
}

/** Objects that a message's template may read, such as `application`, `organization`, `user` and `inviter`. */
export type MessageVariables = Readonly<Record<string, unknown>>;

export interface SubjectDependencies {
  findApplication(scope: Scope, id: string): Promise<{ id: string; name: string } | undefined>;
  findApplicationBranding(
    scope: Scope,
    id: string,
  ): Promise<{ displayName: string | null; branding: unknown } | undefined>;
  findUser(scope: Scope, id: string): Promise<SubjectUser | undefined>;
  /** The organization, for somebody who is a member of it. */
  findOrganizationOf(scope: Scope, userId: string, organizationId: string): Promise<MessageVariables | undefined>;
}

interface SubjectUser {
  id: string;
  username: string | null;
  name: string | null;
  avatar: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  profile: unknown;
}

async function applicationOf(
  deps: SubjectDependencies,
  scope: Scope,
  id: string,
): Promise<MessageVariables | undefined> {
  const application = await deps.findApplication(scope, id);
  if (!application) return undefined;
  const shown = await deps.findApplicationBranding(scope, id);
  const { name } = application;
  return { id, name, displayName: shown?.displayName ?? name, branding: shown?.branding ?? {} };
}

async function userOf(deps: SubjectDependencies, scope: Scope, id: string): Promise<MessageVariables | undefined> {
  const user = await deps.findUser(scope, id);
  if (!user) return undefined;
  // Named one by one: what a template cannot read, a mistaken template cannot send away.
  const { username, name, avatar, primaryEmail, primaryPhone, profile } = user;
  return { id, username, name, avatar, primaryEmail, primaryPhone, profile };
}

/** Looks up what the templates of a message may read of its subject. */
export async function variablesOf(
  deps: SubjectDependencies,
  scope: Scope,
  { applicationId, organizationId, userId }: MessageSubject,
): Promise<MessageVariables> {
  const [application, user, organization] = await Promise.all([
    applicationId && applicationOf(deps, scope, applicationId),
    userId && userOf(deps, scope, userId),
    userId && organizationId && deps.findOrganizationOf(scope, userId, organizationId),
  ]);
  return { ...(application && { application }), ...(user && { user }), ...(organization && { organization }) };
}
