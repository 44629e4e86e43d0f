import { z } from 'zod';
import { defineOperation, longListQuery, noContent } from '../../kernel/wire.contract.ts';
import { application, applicationType } from '../applications/applications.contract.ts';
import { resource, resourceScope } from '../resources/resources.contract.ts';
import { user } from '../users/users.contract.ts';

const tag = 'Roles';

export const roleType = z.enum(['User', 'MachineToMachine']).describe('Who may hold it; fixed after creation.');

export const role = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  description: z.string(),
  type: roleType,
  isDefault: z.boolean().describe('Every new user gets it.'),
});
export type Role = z.infer<typeof role>;

/** A few of a list's users, to be shown as faces. */
export const featuredUser = z.object({
  id: z.string(),
  avatar: z.string().nullable(),
  name: z.string().nullable(),
});

const roleInList = role.extend({
  usersCount: z.number().int(),
  featuredUsers: z.array(featuredUser).describe('At most three of them.'),
  applicationsCount: z.number().int(),
  featuredApplications: z
    .array(z.object({ id: z.string(), name: z.string(), type: applicationType }))
    .describe('At most three of them.'),
});
export type RoleInList = z.infer<typeof roleInList>;

const name = z.string().min(1).max(128);
const description = z.string().min(1).max(128);
export const ids = z.array(z.string().min(1).max(21)).max(1000);

const id = z.object({ id: z.string().min(1).max(21) });
const userId = z.object({ userId: z.string().min(1).max(21) });
const applicationId = z.object({ applicationId: z.string().min(1).max(21) });
const roleId = { roleId: z.string().min(1).max(21) };
const notFound = { 404: ['entity.not_exists_with_id'] } as const;
const internal = { 403: ['role.internal_role_violation'] } as const;
const search = ['id', 'name', 'description'] as const;
const notThere = { 404: ['entity.not_exists_with_id', 'entity.not_found'] } as const;
const unknownIds = 'entity.relation_foreign_key_not_found';
const apiScopes = 'role.management_api_scopes_not_assignable_to_user_role';

export const listRoles = defineOperation({
  method: 'GET',
  path: '/api/roles',
  tag,
  summary: 'List roles',
  description: 'Roles of the tenant by name, with how many hold each.',
  query: z.object({
    excludeUserId: z.string().optional().describe('Leaves out what this user holds.'),
    excludeApplicationId: z.string().optional().describe('Leaves out what this application holds.'),
    type: roleType.optional(),
  }),
  paging: 'optional',
  search,
  response: { 200: z.array(roleInList) },
});

export const createRole = defineOperation({
  method: 'POST',
  path: '/api/roles',
  tag,
  summary: 'Create a role',
  description: 'A role gives its holders scopes of APIs. The Management API’s scopes are for machine roles only.',
  body: z.object({
    tenantId: z.string().max(21).optional(),
    name,
    description: description.describe('What it is for.'),
    type: roleType.optional(),
    isDefault: z.boolean().optional().describe('Give it to every new user; only for the type User.'),
    scopeIds: ids.optional(),
  }),
  response: { 200: role },
  errors: { ...internal, 422: ['role.name_in_use', 'user.invalid_role_type', apiScopes, unknownIds] },
});

export const getRole = defineOperation({
  method: 'GET',
  path: '/api/roles/:id',
  tag,
  summary: 'Get a role',
  description: 'One role, without its scopes and holders.',
  params: id,
  response: { 200: role },
  errors: notFound,
});

export const updateRole = defineOperation({
  method: 'PATCH',
  path: '/api/roles/:id',
  tag,
  summary: 'Update a role',
  description: 'Changes what is sent. Built-in roles stay as they are.',
  params: id,
  body: z.object({ name: name.optional(), description: description.optional(), isDefault: z.boolean().optional() }),
  response: { 200: role },
  errors: { ...internal, ...notFound, 422: ['role.name_in_use', 'user.invalid_role_type'] },
});

export const deleteRole = defineOperation({
  method: 'DELETE',
  path: '/api/roles/:id',
  tag,
  summary: 'Delete a role',
  description: 'Its holders lose it, and what it allowed is in no further token.',
  params: id,
  response: { 204: noContent },
  errors: { ...internal, ...notFound },
});

// Scopes of a role ---------------------------------------------------------------------------------------------------

export const listRoleScopes = defineOperation({
  method: 'GET',
  path: '/api/roles/:id/scopes',
  tag,
  summary: 'List the scopes of a role',
  description: 'What the role allows, with the API of each.',
  params: id,
  paging: 'optional',
  search,
  response: { 200: z.array(resourceScope.extend({ resource })) },
  errors: notFound,
});

export const addRoleScopes = defineOperation({
  method: 'POST',
  path: '/api/roles/:id/scopes',
  tag,
  summary: 'Add scopes to a role',
  description: 'Refused as a whole when the role has one of them.',
  params: id,
  body: z.object({ scopeIds: ids }),
  response: { 201: z.array(resourceScope), 200: z.array(resourceScope) },
  errors: { ...internal, ...notFound, 422: ['role.scope_exists', apiScopes, unknownIds] },
});

export const removeRoleScope = defineOperation({
  method: 'DELETE',
  path: '/api/roles/:id/scopes/:scopeId',
  tag,
  summary: 'Remove a scope from a role',
  description: 'The holders’ next tokens are without it.',
  params: id.extend({ scopeId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: { ...internal, ...notThere },
});

// Holders of a role --------------------------------------------------------------------------------------------------

export const listRoleUsers = defineOperation({
  method: 'GET',
  path: '/api/roles/:id/users',
  tag,
  summary: 'List the users of a role',
  description: 'Who holds the role, the newest user first.',
  params: id,
  query: z.object(longListQuery),
  paging: 'always',
  search: ['id', 'primaryEmail', 'primaryPhone', 'username', 'name'],
  response: { 200: z.array(user) },
  errors: notFound,
});

export const addRoleUsers = defineOperation({
  method: 'POST',
  path: '/api/roles/:id/users',
  tag,
  summary: 'Give a role to users',
  description: 'Refused as a whole when one of them holds it.',
  params: id,
  body: z.object({ userIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: ['role.user_exists', 'user.invalid_role_type', unknownIds] },
});

export const removeRoleUser = defineOperation({
  method: 'DELETE',
  path: '/api/roles/:id/users/:userId',
  tag,
  summary: 'Take a role from a user',
  description: 'The user’s next tokens are without what it allowed.',
  params: id.extend(userId.shape),
  response: { 204: noContent },
  errors: notThere,
});

export const listRoleApplications = defineOperation({
  method: 'GET',
  path: '/api/roles/:id/applications',
  tag,
  summary: 'List the applications of a role',
  description: 'Machine applications that hold the role, the newest first.',
  params: id,
  paging: 'always',
  search,
  response: { 200: z.array(application), 204: noContent },
  errors: notFound,
});

export const addRoleApplications = defineOperation({
  method: 'POST',
  path: '/api/roles/:id/applications',
  tag,
  summary: 'Give a role to applications',
  description: 'Refused as a whole when one of them holds it.',
  params: id,
  body: z.object({ applicationIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: ['role.application_exists', 'application.invalid_role_type', unknownIds] },
});

export const removeRoleApplication = defineOperation({
  method: 'DELETE',
  path: '/api/roles/:id/applications/:applicationId',
  tag,
  summary: 'Take a role from an application',
  description: 'The application’s next tokens are without what it allowed.',
  params: id.extend(applicationId.shape),
  response: { 204: noContent },
  errors: notThere,
});

const added = z.object({
  roleIds: z.array(z.string()),
  addedRoleIds: z.array(z.string()).describe('Those that were not held before.'),
});

export const listUserRoles = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/roles',
  tag,
  summary: 'List the roles of a user',
  description: 'By name.',
  params: userId,
  paging: 'optional',
  search,
  response: { 200: z.array(role) },
  errors: notFound,
});

export const addUserRoles = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/roles',
  tag,
  summary: 'Give roles to a user',
  description: 'Those that the user holds stay.',
  params: userId,
  body: z.object({ roleIds: ids }),
  response: { 201: added },
  errors: { ...notFound, 422: ['user.invalid_role_type', unknownIds] },
});

export const replaceUserRoles = defineOperation({
  method: 'PUT',
  path: '/api/users/:userId/roles',
  tag,
  summary: 'Set the roles of a user',
  description: 'The user holds these and no others.',
  params: userId,
  body: z.object({ roleIds: ids }),
  response: { 200: z.object({ roleIds: z.array(z.string()) }) },
  errors: { ...notFound, 422: ['user.invalid_role_type', unknownIds] },
});

export const removeUserRole = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/roles/:roleId',
  tag,
  summary: 'Take a role from a user',
  description: 'The user’s next tokens are without what it allowed.',
  params: userId.extend(roleId),
  response: { 204: noContent },
  errors: notThere,
});

export const listApplicationRoles = defineOperation({
  method: 'GET',
  path: '/api/applications/:applicationId/roles',
  tag,
  summary: 'List the roles of an application',
  description: 'By name.',
  params: applicationId,
  paging: 'optional',
  search,
  response: { 200: z.array(role) },
  errors: { ...notFound, 422: ['application.invalid_role_type'] },
});

export const addApplicationRoles = defineOperation({
  method: 'POST',
  path: '/api/applications/:applicationId/roles',
  tag,
  summary: 'Give roles to an application',
  description: 'Those that the application holds stay.',
  params: applicationId,
  body: z.object({ roleIds: ids }),
  response: { 201: added },
  errors: { ...notFound, 422: ['application.invalid_role_type', unknownIds] },
});

export const replaceApplicationRoles = defineOperation({
  method: 'PUT',
  path: '/api/applications/:applicationId/roles',
  tag,
  summary: 'Set the roles of an application',
  description: 'The application holds these and no others.',
  params: applicationId,
  body: z.object({ roleIds: ids }),
  response: { 200: z.object({ roleIds: z.array(z.string()) }) },
  errors: { ...notFound, 422: ['application.invalid_role_type', unknownIds] },
});

export const removeApplicationRole = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:applicationId/roles/:roleId',
  tag,
  summary: 'Take a role from an application',
  description: 'The application’s next tokens are without what it allowed.',
  params: applicationId.extend(roleId),
  response: { 204: noContent },
  errors: { ...notThere, 422: ['application.invalid_role_type'] },
});
