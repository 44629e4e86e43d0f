import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Member, Membership, OrganizationScope } from './memberships.store.ts';
import * as memberships from './memberships.store.ts';
import { invitationsRoutes } from './organization-invitations.routes.ts';
import {
  createInvitationsService,
  type InvitationDependencies,
  type InvitationsService,
} from './organization-invitations.service.ts';
import { jitRoutes } from './organization-jit.routes.ts';
import { createJitService, type JitDependencies, type JitService } from './organization-jit.service.ts';
import { membersRoutes } from './organization-members.routes.ts';
import { createMembersService } from './organization-members.service.ts';
import { templateRoutes } from './organization-template.routes.ts';
import { createTemplateService, type TemplateDependencies } from './organization-template.service.ts';
import { type MemberLists, organizationsRoutes } from './organizations.routes.ts';
import { createOrganizationsService } from './organizations.service.ts';
import { findOrganization, type OrganizationRow } from './organizations.store.ts';

export type { Member, Membership } from './memberships.store.ts';
export { invitationPath } from './organization-invitations.paths.ts';
export { claimOf, type OpenedInvitation } from './organization-invitations.service.ts';
export type { Joining } from './organization-jit.service.ts';

export type OrganizationLook = Pick<OrganizationRow, 'color' | 'branding' | 'customCss'>;

/** What tokens and the sign-in engine need of organizations. Each read is one statement. */
export interface OrganizationsApi {
  isMember(scope: Scope, organizationId: string, member: Member): Promise<boolean>;
  /** What the organization asks of a member; undefined for who is none. */
  findMembership(scope: Scope, organizationId: string, member: Member): Promise<{ isMfaRequired: boolean } | undefined>;
  /** How the organization looks; undefined where there is none. */
  findBranding(scope: Scope, organizationId: string): Promise<OrganizationLook | undefined>;
  /** Every organization of the member with the roles held there, the first joined first. */
  membershipsOf(scope: Scope, member: Member): Promise<Membership[]>;
  /** The organization, if the user is a member of it. */
  findJoined(scope: Scope, userId: string, organizationId: string): Promise<{ id: string; name: string } | undefined>;
  /** Organization scopes by the member's roles in the organization. */
  scopesOf(scope: Scope, organizationId: string, member: Member): Promise<OrganizationScope[]>;
  /**
   * Names of an API's scopes that the member holds, by own roles and by roles in organizations:
   * in all of them, or in `organizationId` alone (features 7).
   */
  resourceScopesOf(scope: Scope, resourceId: string, member: Member, organizationId?: string): Promise<string[]>;
  /**
   * Lets a user into every organization that takes the user in, in the transaction in progress; answers which.
   * New users with a proved address come here by themselves; call it for one-time tokens and enterprise providers.
   */
  provision: JitService['provision'];
  /** Domains of addresses that some organization takes users in by. */
  welcomeDomains: JitService['welcomeDomains'];
  /** Invitations, for their invitees: the ones of an address, accepting one by its owner, and what a link opens. */
  invitations: Pick<InvitationsService, 'list' | 'pendingFor' | 'accept' | 'decline' | 'byLink'>;
  /** Takes a user out of an organization, by the user's own wish. */
  leave(scope: Scope, organizationId: string, userId: string): Promise<void>;
  /** Notes that a user acts in the organization; call it when a token for it is issued. */
  recordActivity(scope: Scope, organizationId: string, userId: string): Promise<void>;
}

/** Organizations: the customers of a B2B product, their members and what these may do there. */
export function createOrganizationsModule(
  deps: TemplateDependencies & MemberLists & InvitationDependencies & JitDependencies,
): {
  routes: Routes;
  api: OrganizationsApi;
} {
  const members = createMembersService();
  const jit = createJitService(deps, members);
  const invitations = createInvitationsService(deps, members);
  const routes: Routes = (route) => {
    organizationsRoutes(createOrganizationsService(), deps)(route);
    membersRoutes(members, deps)(route);
    templateRoutes(createTemplateService(deps))(route);
    jitRoutes(jit)(route);
    invitationsRoutes(invitations)(route);
  };
  const findMembership: OrganizationsApi['findMembership'] = (scope, organizationId, member) =>
    memberships.findMembership(scope.db, scope.tenantId, organizationId, member);
  return {
    routes,
    api: {
      provision: jit.provision,
      welcomeDomains: jit.welcomeDomains,
      invitations,
      leave: (scope, organizationId, userId) =>
        members.remove(scope, { organizationId, kind: 'users', memberId: userId }),
      findMembership,
      findBranding: (scope, organizationId) => findOrganization(scope.db, scope.tenantId, organizationId),
      isMember: async (...args) => (await findMembership(...args)) !== undefined,
      membershipsOf: (scope, member) => memberships.listMemberships(scope.db, scope.tenantId, member),
      async findJoined(scope, userId, id) {
        const joined = await memberships.listMemberships(scope.db, scope.tenantId, { userId });
        const name = joined.find(({ organizationId }) => organizationId === id)?.name;
        return name === undefined ? undefined : { id, name };
      },
      scopesOf: (scope, organizationId, member) =>
        memberships.listOrganizationScopesOf(scope.db, scope.tenantId, organizationId, member),
      resourceScopesOf: (scope, resourceId, member, organizationId) =>
        memberships.listResourceScopesOf(scope.db, scope.tenantId, resourceId, member, organizationId),
      recordActivity: (scope, organizationId, userId) =>
        memberships.recordActivity(scope.db, { tenantId: scope.tenantId, organizationId, userId }, scope.now),
    },
  };
}
