import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';
import { resourceScope } from '../resources/resources.contract.ts';
import { ids, roleType } from '../roles/roles.contract.ts';
import { textFilter } from './organizations.contract.ts';

const scopesTag = 'Organization scopes';
const rolesTag = 'Organization roles';

export const organizationScope = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
});

export const organizationRole = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  type: roleType,
  organizationId: z
    .string()
    .nullable()
    .describe('The organization whose own role it is; null for a role of all organizations.'),
});

const named = z.object({ id: z.string(), name: z.string() });
const roleInList = organizationRole.extend({
  scopes: z.array(named),
  resourceScopes: z.array(named.extend({ resource: named })),
});

const name = z.string().min(1).max(128);
const description = z.string().max(256).nullable();
const tenantId = z.string().max(21).optional();
const id = z.object({ id: z.string().min(1).max(21) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;
const notThere = { 404: ['entity.not_exists_with_id', 'entity.not_found'] } as const;
const nameTaken = 'entity.unique_integrity_violation';
const apiScopes = 'role.management_api_scopes_not_assignable_to_user_role';
const unknownIds = 'entity.relation_foreign_key_not_found';

// Scopes -------------------------------------------------------------------------------------------------------------

export const listOrganizationScopes = defineOperation({
  method: 'GET',
  path: '/api/organization-scopes',
  tag: scopesTag,
  summary: 'List organization scopes',
  description: 'What roles may allow within an organization, by name.',
  query: z.object(textFilter),
  paging: 'optional',
  response: { 200: z.array(organizationScope) },
});

export const createOrganizationScope = defineOperation({
  method: 'POST',
  path: '/api/organization-scopes',
  tag: scopesTag,
  summary: 'Create an organization scope',
  description: 'One for all organizations; its name is in their tokens.',
  body: z.object({ name, description: description.optional(), tenantId }),
  response: { 201: organizationScope },
  errors: { 400: ['scope.name_with_space'], 422: [nameTaken] },
});

export const getOrganizationScope = defineOperation({
  method: 'GET',
  path: '/api/organization-scopes/:id',
  tag: scopesTag,
  summary: 'Get an organization scope',
  description: 'One scope.',
  params: id,
  response: { 200: organizationScope },
  errors: notFound,
});

export const updateOrganizationScope = defineOperation({
  method: 'PATCH',
  path: '/api/organization-scopes/:id',
  tag: scopesTag,
  summary: 'Update an organization scope',
  description: 'Changes what is sent. A new name is in tokens from their next issue on.',
  params: id,
  body: z.object({ name: name.optional(), description: description.optional(), tenantId }),
  response: { 200: organizationScope },
  errors: { 400: ['scope.name_with_space'], ...notFound, 422: [nameTaken] },
});

export const deleteOrganizationScope = defineOperation({
  method: 'DELETE',
  path: '/api/organization-scopes/:id',
  tag: scopesTag,
  summary: 'Delete an organization scope',
  description: 'Roles lose it.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});

// Roles --------------------------------------------------------------------------------------------------------------

export const listOrganizationRoles = defineOperation({
  method: 'GET',
  path: '/api/organization-roles',
  tag: rolesTag,
  summary: 'List organization roles',
  description: 'Roles that members may hold, with what each allows; the template’s, by name.',
  query: z.object({
    ...textFilter,
    organizationId: z.string().optional().describe('Adds the own roles of this organization.'),
  }),
  paging: 'optional',
  response: { 200: z.array(roleInList) },
});

export const createOrganizationRole = defineOperation({
  method: 'POST',
  path: '/api/organization-roles',
  tag: rolesTag,
  summary: 'Create an organization role',
  description: 'For all organizations, or for one of them alone. A name stands for one role in every organization.',
  body: z.object({
    name,
    description: description.optional(),
    type: roleType.optional(),
    organizationScopeIds: ids.default([]),
    resourceScopeIds: ids.default([]),
    organizationId: z.string().max(21).optional().describe('Makes it an own role of this organization.'),
    tenantId,
  }),
  response: { 201: organizationRole },
  errors: { 422: [nameTaken, apiScopes, unknownIds] },
});

export const getOrganizationRole = defineOperation({
  method: 'GET',
  path: '/api/organization-roles/:id',
  tag: rolesTag,
  summary: 'Get an organization role',
  description: 'One role, without its scopes.',
  params: id,
  response: { 200: organizationRole },
  errors: notFound,
});

export const updateOrganizationRole = defineOperation({
  method: 'PATCH',
  path: '/api/organization-roles/:id',
  tag: rolesTag,
  summary: 'Update an organization role',
  description:
    'Changes what is sent, all of it or nothing. The type can change only while nobody holds the role; what it allows is replaced as a whole.',
  params: id,
  body: z.object({
    name: name.optional(),
    description: description.optional(),
    type: roleType.optional(),
    organizationScopeIds: ids.optional(),
    resourceScopeIds: ids.optional(),
    tenantId,
  }),
  response: { 200: organizationRole },
  errors: { ...notFound, 422: [nameTaken, 'entity.db_constraint_violated', apiScopes, unknownIds] },
});

export const deleteOrganizationRole = defineOperation({
  method: 'DELETE',
  path: '/api/organization-roles/:id',
  tag: rolesTag,
  summary: 'Delete an organization role',
  description: 'Members lose it in every organization.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});

export const listOrganizationRoleScopes = defineOperation({
  method: 'GET',
  path: '/api/organization-roles/:id/scopes',
  tag: rolesTag,
  summary: 'List the organization scopes of a role',
  description: 'By name.',
  params: id,
  paging: 'optional',
  response: { 200: z.array(organizationScope) },
  errors: notFound,
});

export const addOrganizationRoleScopes = defineOperation({
  method: 'POST',
  path: '/api/organization-roles/:id/scopes',
  tag: rolesTag,
  summary: 'Add organization scopes to a role',
  description: 'Those that it has stay.',
  params: id,
  body: z.object({ organizationScopeIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: [unknownIds] },
});

export const replaceOrganizationRoleScopes = defineOperation({
  method: 'PUT',
  path: '/api/organization-roles/:id/scopes',
  tag: rolesTag,
  summary: 'Set the organization scopes of a role',
  description: 'It has these and no others.',
  params: id,
  body: z.object({ organizationScopeIds: ids }),
  response: { 204: noContent },
  errors: { ...notFound, 422: [unknownIds] },
});

export const removeOrganizationRoleScope = defineOperation({
  method: 'DELETE',
  path: '/api/organization-roles/:id/scopes/:organizationScopeId',
  tag: rolesTag,
  summary: 'Remove an organization scope from a role',
  description: 'Members’ next tokens are without it.',
  params: id.extend({ organizationScopeId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: notThere,
});

export const listOrganizationRoleResourceScopes = defineOperation({
  method: 'GET',
  path: '/api/organization-roles/:id/resource-scopes',
  tag: rolesTag,
  summary: 'List the API scopes of a role',
  description: 'Scopes of API resources that the role gives to its holders, by name.',
  params: id,
  paging: 'optional',
  response: { 200: z.array(resourceScope) },
  errors: notFound,
});

export const addOrganizationRoleResourceScopes = defineOperation({
  method: 'POST',
  path: '/api/organization-roles/:id/resource-scopes',
  tag: rolesTag,
  summary: 'Add API scopes to a role',
  description: 'Those that it has stay.',
  params: id,
  body: z.object({ scopeIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: [apiScopes, unknownIds] },
});

export const replaceOrganizationRoleResourceScopes = defineOperation({
  method: 'PUT',
  path: '/api/organization-roles/:id/resource-scopes',
  tag: rolesTag,
  summary: 'Set the API scopes of a role',
  description: 'It has these and no others.',
  params: id,
  body: z.object({ scopeIds: ids }),
  response: { 204: noContent },
  errors: { ...notFound, 422: [apiScopes, unknownIds] },
});

export const removeOrganizationRoleResourceScope = defineOperation({
  method: 'DELETE',
  path: '/api/organization-roles/:id/resource-scopes/:scopeId',
  tag: rolesTag,
  summary: 'Remove an API scope from a role',
  description: 'Members’ next tokens are without it.',
  params: id.extend({ scopeId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: notThere,
});
