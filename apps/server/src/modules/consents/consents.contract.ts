import { z } from 'zod';
import { defineOperation, hexColor, jsonObject, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Third-party applications';

/** Scopes about the user that a third-party application may be allowed to ask for. */
export const userScopes = [
  'profile',
  'email',
  'phone',
  'address',
  'custom_data',
  'identities',
  'roles',
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
  'urn:logto:scope:sessions',
  'urn:logto:scope:trusted_devices',
] as const;
const userScope = z.enum(userScopes);
export type UserScope = z.infer<typeof userScope>;

const scopeInfo = z.object({ id: z.string(), name: z.string(), description: z.string().nullable() });
const resourceScopes = z.array(
  z.object({
    resource: z.object({ id: z.string(), name: z.string(), indicator: z.string() }),
    scopes: z.array(scopeInfo),
  }),
);

const consentScopes = z.object({
  organizationScopes: z.array(scopeInfo),
  resourceScopes: resourceScopes.describe('Held through roles of the tenant.'),
  organizationResourceScopes: resourceScopes.describe('Held through roles in an organization.'),
  userScopes: z.array(userScope),
});
export type ConsentScopes = z.infer<typeof consentScopes>;

const ids = z.array(z.string().min(1).max(21)).max(1000).optional();
const newConsentScopes = z.object({
  organizationScopes: ids,
  resourceScopes: ids,
  organizationResourceScopes: ids,
  userScopes: z.array(userScope).optional(),
});
export type NewConsentScopes = z.infer<typeof newConsentScopes>;

export const scopeTypes = [
  'organization-scopes',
  'resource-scopes',
  'organization-resource-scopes',
  'user-scopes',
] as const;
const scopeType = z.enum(scopeTypes);
export type ScopeType = z.infer<typeof scopeType>;

const applicationId = z.object({ applicationId: z.string().min(1).max(21) });
const scopeOf = z.object({ scopeType, scopeId: z.string().min(1).max(64) });
const unknownApplication = { 404: ['entity.not_exists_with_id'] } as const;
const notAllowed = [
  'application.third_party_application_only',
  'application.consent_management_api_scopes_not_allowed',
  'entity.relation_foreign_key_not_found',
] as const;

export const getConsentScopes = defineOperation({
  method: 'GET',
  path: '/api/applications/:applicationId/user-consent-scopes',
  tag,
  summary: 'List the scopes that may be asked for',
  description: 'What users can be asked to allow this third-party application, by kind.',
  params: applicationId,
  response: { 200: consentScopes },
  errors: unknownApplication,
});

export const addConsentScopes = defineOperation({
  method: 'POST',
  path: '/api/applications/:applicationId/user-consent-scopes',
  tag,
  summary: 'Allow scopes to be asked for',
  description: 'Adds to what is allowed already. Scopes of the Management API can never be asked for.',
  params: applicationId,
  body: newConsentScopes,
  response: { 201: noContent },
  errors: { 404: ['entity.not_exists_with_id'], 422: notAllowed },
});

export const removeConsentScope = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:applicationId/user-consent-scopes/:scopeType/:scopeId',
  tag,
  summary: 'No longer allow a scope to be asked for',
  description: 'Tokens carry it no more from the next one on.',
  params: applicationId.extend(scopeOf.shape),
  response: { 204: noContent },
  errors: { 404: ['entity.not_exists_with_id', 'application.user_consent_scopes_not_found'] },
});

// Clients known by a metadata document alone ---------------------------------------------------------------------------

export const getCimdConsentScopes = defineOperation({
  method: 'GET',
  path: '/api/cimd/user-consent-scopes',
  tag,
  summary: 'List the scopes that metadata-document clients may ask for',
  description: 'One ceiling for all clients whose id is the address of their metadata document; nothing when empty.',
  response: { 200: consentScopes },
});

export const addCimdConsentScopes = defineOperation({
  method: 'POST',
  path: '/api/cimd/user-consent-scopes',
  tag,
  summary: 'Allow metadata-document clients to ask for scopes',
  description: 'Adds to what is allowed already.',
  body: newConsentScopes,
  response: { 201: noContent },
  errors: {
    422: ['application.consent_management_api_scopes_not_allowed', 'entity.relation_foreign_key_not_found'],
  },
});

export const replaceCimdConsentScopes = defineOperation({
  method: 'PUT',
  path: '/api/cimd/user-consent-scopes',
  tag,
  summary: 'Set the scopes that metadata-document clients may ask for',
  description: 'These and no others, all of it or nothing; a kind that is left out has none.',
  body: newConsentScopes,
  response: { 204: noContent },
  errors: {
    422: ['application.consent_management_api_scopes_not_allowed', 'entity.relation_foreign_key_not_found'],
  },
});

export const removeCimdConsentScope = defineOperation({
  method: 'DELETE',
  path: '/api/cimd/user-consent-scopes/:scopeType/:scopeId',
  tag,
  summary: 'No longer allow metadata-document clients a scope',
  description: 'Tokens carry it no more from the next one on.',
  params: scopeOf,
  response: { 204: noContent },
  errors: { 404: ['application.user_consent_scopes_not_found'] },
});

// Organizations that a user let an application act for ------------------------------------------------------------------

const consentOrganization = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  customData: jsonObject,
  isMfaRequired: z.boolean(),
  color: z.object({
    primaryColor: hexColor.optional(),
    isDarkModeEnabled: z.boolean().optional(),
    darkPrimaryColor: hexColor.optional(),
  }),
  branding: z.object({
    logoUrl: z.string().optional(),
    darkLogoUrl: z.string().optional(),
    favicon: z.string().optional(),
    darkFavicon: z.string().optional(),
  }),
  customCss: z.string().nullable(),
  createdAt: timestamp,
});

const grantedTo = z.object({ id: z.string().min(1).max(21), userId: z.string().min(1).max(21) });
const organizationIds = z.object({ organizationIds: z.array(z.string().min(1).max(21)).max(1000) });
const consentErrors = {
  404: ['entity.not_exists_with_id'],
  422: ['application.third_party_application_only', 'organization.require_membership'],
} as const;

export const listConsentOrganizations = defineOperation({
  method: 'GET',
  path: '/api/applications/:id/users/:userId/consent-organizations',
  tag,
  summary: 'List the organizations a user allowed',
  description: 'Organizations for which the user let the third-party application act.',
  params: grantedTo,
  paging: 'optional',
  response: { 200: z.object({ organizations: z.array(consentOrganization) }) },
  errors: consentErrors,
});

export const replaceConsentOrganizations = defineOperation({
  method: 'PUT',
  path: '/api/applications/:id/users/:userId/consent-organizations',
  tag,
  summary: 'Replace the organizations a user allowed',
  description: 'The user must be a member of each.',
  params: grantedTo,
  body: organizationIds,
  response: { 204: noContent },
  errors: consentErrors,
});

export const addConsentOrganizations = defineOperation({
  method: 'POST',
  path: '/api/applications/:id/users/:userId/consent-organizations',
  tag,
  summary: 'Add organizations to those a user allowed',
  description: 'The user must be a member of each.',
  params: grantedTo,
  body: organizationIds,
  response: { 201: noContent },
  errors: consentErrors,
});

export const removeConsentOrganization = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:id/users/:userId/consent-organizations/:organizationId',
  tag,
  summary: 'Withdraw an organization from an application',
  description: 'The application gets no more tokens for it.',
  params: grantedTo.extend({ organizationId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: { ...consentErrors, 404: ['entity.not_exists_with_id', 'entity.not_found'] },
});
