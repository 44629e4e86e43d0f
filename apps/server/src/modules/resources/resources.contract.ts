import { z } from 'zod';
import { defineOperation, noContent, queryFlag, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'API resources';

export const resourceScope = z.object({
  tenantId: z.string(),
  id: z.string(),
  resourceId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  createdAt: timestamp,
});

export const resource = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  indicator: z.string().describe('Audience of the API’s tokens.'),
  isDefault: z.boolean().describe('Used when a request names no API.'),
  accessTokenTtl: z.number().int().describe('Seconds an access token for the API is valid.'),
});

const withScopes = resource.extend({ scopes: z.array(resourceScope).optional() });

const name = z.string().min(1).max(256);
const accessTokenTtl = z.number().int().min(1).max(31_536_000);
/** RFC 8707 §2: an absolute URI without a fragment; the reserved ones name no API of the tenant. */
const indicator = z
  .string()
  .min(1)
  .max(2048)
  .refine((value) => URL.canParse(value) && !value.includes('#'), 'must be an absolute URI without a fragment')
  .refine((value) => !value.startsWith('urn:logto:'), 'urn:logto: is reserved');
const scopeName = z.string().min(1).max(256);
const scopeDescription = z.string().max(2048).nullable();

const id = z.object({ id: z.string().min(1).max(21) });
const resourceId = z.object({ resourceId: z.string().min(1).max(21) });
const scopeIds = resourceId.extend({ scopeId: z.string().min(1).max(21) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;

export const listResources = defineOperation({
  method: 'GET',
  path: '/api/resources',
  tag,
  summary: 'List API resources',
  description: 'The tenant’s APIs, the newest first; the Management API is one of them.',
  query: z.object({ includeScopes: queryFlag.describe('Adds the scopes of each.') }),
  paging: 'optional',
  search: ['id', 'name', 'indicator'],
  response: { 200: z.array(withScopes) },
});

export const createResource = defineOperation({
  method: 'POST',
  path: '/api/resources',
  tag,
  summary: 'Create an API resource',
  description: 'The indicator is what clients ask tokens for; it stays as it is.',
  body: z.object({
    tenantId: z.string().max(21).optional(),
    name,
    indicator,
    accessTokenTtl: accessTokenTtl.optional().describe('Seconds; 3600.'),
  }),
  response: { 201: withScopes },
  errors: { 422: ['resource.resource_identifier_in_use'] },
});

export const getResource = defineOperation({
  method: 'GET',
  path: '/api/resources/:id',
  tag,
  summary: 'Get an API resource',
  description: 'One API, without its scopes.',
  params: id,
  response: { 200: resource },
  errors: notFound,
});

export const updateResource = defineOperation({
  method: 'PATCH',
  path: '/api/resources/:id',
  tag,
  summary: 'Update an API resource',
  description: 'Changes what is sent. Of the Management API only the life of its tokens can be changed.',
  params: id,
  body: z.object({
    tenantId: z.string().max(21).optional(),
    name: name.optional(),
    accessTokenTtl: accessTokenTtl.optional(),
  }),
  response: { 200: resource },
  errors: { 400: ['resource.cannot_modify_management_api'], ...notFound },
});

export const deleteResource = defineOperation({
  method: 'DELETE',
  path: '/api/resources/:id',
  tag,
  summary: 'Delete an API resource',
  description: 'With its scopes; roles lose them, and no more tokens are issued for it.',
  params: id,
  response: { 204: noContent },
  errors: { 400: ['resource.cannot_delete_management_api'], ...notFound },
});

export const updateResourceIsDefault = defineOperation({
  method: 'PATCH',
  path: '/api/resources/:id/is-default',
  tag,
  summary: 'Make an API resource the default',
  description: 'A tenant has at most one; the one before it is the default no more.',
  params: id,
  body: z.object({ isDefault: z.boolean() }),
  response: { 200: resource },
  errors: notFound,
});

export const listResourceScopes = defineOperation({
  method: 'GET',
  path: '/api/resources/:resourceId/scopes',
  tag,
  summary: 'List the scopes of an API resource',
  description: 'What tokens for the API may allow, by name.',
  params: resourceId,
  paging: 'optional',
  search: ['id', 'name', 'description'],
  response: { 200: z.array(resourceScope) },
  errors: notFound,
});

export const createResourceScope = defineOperation({
  method: 'POST',
  path: '/api/resources/:resourceId/scopes',
  tag,
  summary: 'Create a scope',
  description: 'Its name must be unique within the API and have no spaces (RFC 6749 §3.3).',
  params: resourceId,
  body: z.object({ name: scopeName, description: scopeDescription.optional() }),
  response: { 201: resourceScope },
  errors: {
    400: ['scope.name_with_space', 'resource.cannot_modify_management_api'],
    ...notFound,
    422: ['scope.name_exists'],
  },
});

export const updateResourceScope = defineOperation({
  method: 'PATCH',
  path: '/api/resources/:resourceId/scopes/:scopeId',
  tag,
  summary: 'Update a scope',
  description: 'Changes what is sent. A new name is in tokens from their next issue on.',
  params: scopeIds,
  body: z.object({ name: scopeName.optional(), description: scopeDescription.optional() }),
  response: { 200: resourceScope },
  errors: {
    400: ['scope.name_with_space', 'resource.cannot_modify_management_api'],
    ...notFound,
    422: ['scope.name_exists'],
  },
});

export const deleteResourceScope = defineOperation({
  method: 'DELETE',
  path: '/api/resources/:resourceId/scopes/:scopeId',
  tag,
  summary: 'Delete a scope',
  description: 'Roles lose it.',
  params: scopeIds,
  response: { 204: noContent },
  errors: { 400: ['resource.cannot_modify_management_api'], ...notFound },
});
