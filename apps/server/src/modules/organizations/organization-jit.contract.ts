import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';
import { ssoConnector } from '../enterprise-sso/enterprise-sso.contract.ts';
import { ids } from '../roles/roles.contract.ts';
import { organizationRole } from './organization-template.contract.ts';
import { notFound, organizationId } from './organizations.contract.ts';

const tag = 'Organizations';

const emailDomain = z
  .string()
  .max(128)
  .regex(/^[^\s@.]+(\.[^\s@.]+)+$/, 'must be a domain such as example.com')
  .transform((domain) => domain.toLowerCase());
const domainOfOrganization = z.object({ tenantId: z.string(), organizationId: z.string(), emailDomain: z.string() });
const notThere = { 404: ['entity.not_exists_with_id', 'entity.not_found'] } as const;
const unknownIds = 'entity.relation_foreign_key_not_found';

export const replaceJitRules = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/jit',
  tag,
  summary: 'Set who joins an organization by themselves',
  description:
    'Domains, enterprise connectors and roles at once, all of it or nothing. What is left out stays as it is.',
  params: organizationId,
  body: z.object({
    emailDomains: z.array(emailDomain).max(1000).optional(),
    ssoConnectorIds: ids.optional(),
    organizationRoleIds: ids.optional(),
  }),
  response: { 204: noContent },
  errors: { ...notFound, 422: ['user.invalid_role_type', unknownIds] },
});

export const listJitEmailDomains = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/jit/email-domains',
  tag,
  summary: 'List the e-mail domains of an organization',
  description: 'New users with a proved address at one of them join the organization by themselves.',
  params: organizationId,
  paging: 'optional',
  response: { 200: z.array(domainOfOrganization) },
  errors: notFound,
});

export const addJitEmailDomain = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/jit/email-domains',
  tag,
  summary: 'Add an e-mail domain to an organization',
  description: 'Users who are there already do not join by it.',
  params: organizationId,
  body: z.object({ emailDomain }),
  response: { 201: domainOfOrganization },
  errors: { ...notFound, 422: ['entity.unique_integrity_violation'] },
});

export const replaceJitEmailDomains = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/jit/email-domains',
  tag,
  summary: 'Set the e-mail domains of an organization',
  description: 'These and no others.',
  params: organizationId,
  body: z.object({ emailDomains: z.array(emailDomain).max(1000) }),
  response: { 204: noContent },
  errors: notFound,
});

export const removeJitEmailDomain = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/jit/email-domains/:emailDomain',
  tag,
  summary: 'Remove an e-mail domain from an organization',
  description: 'Who has joined by it stays.',
  params: organizationId.extend({ emailDomain: z.string().min(1).max(128) }),
  response: { 204: noContent },
  errors: notThere,
});

export const listJitRoles = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/jit/roles',
  tag,
  summary: 'List the roles of who joins by themselves',
  description: 'By name.',
  params: organizationId,
  paging: 'optional',
  response: { 200: z.array(organizationRole) },
  errors: notFound,
});

export const addJitRoles = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/jit/roles',
  tag,
  summary: 'Add roles for who joins by themselves',
  description: 'Roles of the type User only.',
  params: organizationId,
  body: z.object({ organizationRoleIds: ids }),
  response: { 201: noContent },
  errors: { ...notFound, 422: ['user.invalid_role_type', unknownIds] },
});

export const replaceJitRoles = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/jit/roles',
  tag,
  summary: 'Set the roles of who joins by themselves',
  description: 'These and no others.',
  params: organizationId,
  body: z.object({ organizationRoleIds: ids }),
  response: { 204: noContent },
  errors: { ...notFound, 422: ['user.invalid_role_type', unknownIds] },
});

export const removeJitRole = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/jit/roles/:organizationRoleId',
  tag,
  summary: 'Remove a role of who joins by themselves',
  description: 'Who has got it keeps it.',
  params: organizationId.extend({ organizationRoleId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: notThere,
});

const ssoConnectorIds = z.object({ ssoConnectorIds: ids });

export const listJitSsoConnectors = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id/jit/sso-connectors',
  tag,
  summary: 'List the enterprise connectors of an organization',
  description:
    'Whoever comes by one of them for the first time joins the organization. Without the connectors’ secrets.',
  params: organizationId,
  paging: 'optional',
  response: { 200: z.array(ssoConnector) },
  errors: notFound,
});

export const addJitSsoConnectors = defineOperation({
  method: 'POST',
  path: '/api/organizations/:id/jit/sso-connectors',
  tag,
  summary: 'Add enterprise connectors to an organization',
  description: 'Users who have come by them before do not join by it.',
  params: organizationId,
  body: ssoConnectorIds,
  response: { 201: noContent },
  errors: { ...notFound, 422: [unknownIds] },
});

export const replaceJitSsoConnectors = defineOperation({
  method: 'PUT',
  path: '/api/organizations/:id/jit/sso-connectors',
  tag,
  summary: 'Set the enterprise connectors of an organization',
  description: 'These and no others.',
  params: organizationId,
  body: ssoConnectorIds,
  response: { 204: noContent },
  errors: { ...notFound, 422: [unknownIds] },
});

export const removeJitSsoConnector = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id/jit/sso-connectors/:ssoConnectorId',
  tag,
  summary: 'Remove an enterprise connector from an organization',
  description: 'Who has joined by it stays.',
  params: organizationId.extend({ ssoConnectorId: z.string().min(1).max(128) }),
  response: { 204: noContent },
  errors: notThere,
});
