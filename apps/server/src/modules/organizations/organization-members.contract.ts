import { z } from 'zod';
import { defineOperation, longListQuery, noContent, timestamp } from '../../kernel/wire.contract.ts';
import { application } from '../applications/applications.contract.ts';
import { ids } from '../roles/roles.contract.ts';
import { user } from '../users/users.contract.ts';
import { organizationRole, organizationScope } from './organization-template.contract.ts';
import { notFound, organizationId, textFilter } from './organizations.contract.ts';

const tag = 'Organizations';

const organizationRoles = z.array(z.object({ id: z.string(), name: z.string() }));
const userMember = user.extend({
  organizationRoles,
  joinedAt: timestamp,
  lastActiveAt: timestamp.nullable().describe('When a token for the organization was last issued to the user.'),
});
const applicationMember = application.extend({ organizationRoles });

const userParams = organizationId.extend({ userId: z.string().min(1).max(21) });
const applicationParams = organizationId.extend({ applicationId: z.string().min(1).max(21) });
const roleParam = { organizationRoleId: z.string().min(1).max(21) };
const unknownIds = 'entity.relation_foreign_key_not_found';
const member = 'organization.require_membership';
const notThere = { 404: ['entity.not_exists_with_id', 'entity.not_found'] } as const;

// Memberships of one -------------------------------------------------------------------------------------------------

const organizationIds = ids.min(1).max(100).describe('At most 100 at once.');

export const joinOrganizations = defineOperation({
  method: 'POST',
  path: '/api/organizations/memberships',
  tag,
  summary: 'Add a user or an application to organizations',
  description:
    'To all of them or, when one cannot be joined, to none. Where there is a membership already it stays as it is; the answer names the new ones.',
  body: z.union([
    z.strictObject({ userId: userParams.shape.userId, organizationIds }),
    z.strictObject({ applicationId: applicationParams.shape.applicationId, organizationIds }),
  ]),
  response: { 201: z.object({ organizationIds: z.array(z.string()) }) },
  errors: { 422: [unknownIds, 'entity.db_constraint_violated'] },
});

// Users --------------------------------------------------------------------------------------------------------------

export const listOrganizationUsers = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/users',
  tag,
  summary: 'List the users of an organization',
  description: 'With their roles in it. `q` finds text in names, addresses and ids.',
  params: organizationId,
  query: z.object({
    ...textFilter,
    organizationRoleId: z.string().optional().describe('Only who holds this role in it.'),
    ...longListQuery,
  }),
  paging: 'always',
  response: { 200: z.array(userMember) },
  errors: notFound,
});

export const addOrganizationUsers = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/users',
  tag,
  summary: 'Add users to an organization',
  description: 'Who belongs to it already stays.',
  params: organizationId,
  body: z.object({ userIds: ids }),
  response: { 201: z.object({ userIds: z.array(z.string()) }) },
  errors: { ...notFound, 422: [unknownIds] },
});

export const replaceOrganizationUsers = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/users',
  tag,
  summary: 'Set the users of an organization',
  description: 'These and no others belong to it; who stays keeps the roles.',
  params: organizationId,
  body: z.object({ userIds: ids }),
  response: { 204: noContent },
  errors: { ...notFound, 422: [unknownIds] },
});

export const removeOrganizationUser = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/users/:userId',
  tag,
  summary: 'Remove a user from an organization',
  description: 'The roles in it go too.',
  params: userParams,
  response: { 204: noContent },
  errors: notThere,
});

export const assignOrganizationUserRoles = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/users/roles',
  tag,
  summary: 'Give roles to users of an organization',
  description: 'Every one of the users gets every one of the roles.',
  params: organizationId,
  body: z.object({ userIds: ids, organizationRoleIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: [member, 'user.invalid_role_type', unknownIds] },
});

export const listOrganizationUserRoles = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/users/:userId/roles',
  tag,
  summary: 'List the roles of a user in an organization',
  description: 'By name.',
  params: userParams,
  paging: 'optional',
  response: { 200: z.array(organizationRole) },
  errors: { ...notFound, 422: [member] },
});

const namedRoles = z.object({
  organizationRoleIds: ids.optional(),
  organizationRoleNames: z.array(z.string().min(1).max(128)).max(1000).optional(),
});

export const addOrganizationUserRoles = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/users/:userId/roles',
  tag,
  summary: 'Give a user roles in an organization',
  description: 'By id or by name. Those that the user holds stay.',
  params: userParams,
  body: namedRoles,
  response: { 201: z.object({ organizationRoleIds: z.array(z.string()) }) },
  errors: {
    ...notFound,
    422: [member, 'organization.role_names_not_found', 'user.invalid_role_type', unknownIds],
  },
});

export const replaceOrganizationUserRoles = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/users/:userId/roles',
  tag,
  summary: 'Set the roles of a user in an organization',
  description: 'By id or by name. The user holds these and no others.',
  params: userParams,
  body: namedRoles,
  response: { 204: noContent },
  errors: {
    ...notFound,
    422: [member, 'organization.role_names_not_found', 'user.invalid_role_type', unknownIds],
  },
});

export const removeOrganizationUserRole = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/users/:userId/roles/:organizationRoleId',
  tag,
  summary: 'Take a role in an organization from a user',
  description: 'The membership stays.',
  params: userParams.extend(roleParam),
  response: { 204: noContent },
  errors: { ...notThere, 422: [member] },
});

export const listOrganizationUserScopes = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/users/:userId/scopes',
  tag,
  summary: 'List the organization scopes of a user',
  description: 'What the user’s roles in the organization allow, by name.',
  params: userParams,
  response: { 200: z.array(organizationScope) },
  errors: { ...notFound, 422: [member] },
});

// Applications -------------------------------------------------------------------------------------------------------

export const listOrganizationApplications = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/applications',
  tag,
  summary: 'List the applications of an organization',
  description: 'Machine applications, with their roles in it. `q` finds text in name, description and id.',
  params: organizationId,
  query: z.object(textFilter),
  paging: 'always',
  response: { 200: z.array(applicationMember) },
  errors: notFound,
});

export const addOrganizationApplications = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/applications',
  tag,
  summary: 'Add applications to an organization',
  description: 'Machine-to-machine applications only. What belongs to it already stays.',
  params: organizationId,
  body: z.object({ applicationIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: ['entity.db_constraint_violated', unknownIds] },
});

export const replaceOrganizationApplications = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/applications',
  tag,
  summary: 'Set the applications of an organization',
  description: 'These and no others belong to it.',
  params: organizationId,
  body: z.object({ applicationIds: ids }),
  response: { 204: noContent },
  errors: { ...notFound, 422: ['entity.db_constraint_violated', unknownIds] },
});

export const removeOrganizationApplication = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/applications/:applicationId',
  tag,
  summary: 'Remove an application from an organization',
  description: 'The roles in it go too.',
  params: applicationParams,
  response: { 204: noContent },
  errors: notThere,
});

export const assignOrganizationApplicationRoles = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/applications/roles',
  tag,
  summary: 'Give roles to applications of an organization',
  description: 'Every one of the applications gets every one of the roles.',
  params: organizationId,
  body: z.object({ applicationIds: ids, organizationRoleIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: [member, 'application.invalid_role_type', unknownIds] },
});

export const listOrganizationApplicationRoles = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/applications/:applicationId/roles',
  tag,
  summary: 'List the roles of an application in an organization',
  description: 'By name.',
  params: applicationParams,
  paging: 'optional',
  response: { 200: z.array(organizationRole) },
  errors: { ...notFound, 422: [member] },
});

export const addOrganizationApplicationRoles = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/applications/:applicationId/roles',
  tag,
  summary: 'Give an application roles in an organization',
  description: 'Those that the application holds stay.',
  params: applicationParams,
  body: z.object({ organizationRoleIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: [member, 'application.invalid_role_type', unknownIds] },
});

export const replaceOrganizationApplicationRoles = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/applications/:applicationId/roles',
  tag,
  summary: 'Set the roles of an application in an organization',
  description: 'The application holds these and no others.',
  params: applicationParams,
  body: z.object({ organizationRoleIds: ids }),
  response: { 204: noContent },
  errors: { ...notFound, 422: [member, 'application.invalid_role_type', unknownIds] },
});

export const removeOrganizationApplicationRole = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/applications/:applicationId/roles/:organizationRoleId',
  tag,
  summary: 'Take a role in an organization from an application',
  description: 'The membership stays.',
  params: applicationParams.extend(roleParam),
  response: { 204: noContent },
  errors: { ...notThere, 422: [member] },
});
