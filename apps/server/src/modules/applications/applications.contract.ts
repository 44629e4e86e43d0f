import { z } from 'zod';
import {
  defineOperation,
  hexColor,
  jsonObject,
  noContent,
  orEmpty,
  orNone,
  timestamp,
  webAddress,
} from '../../kernel/wire.contract.ts';

const tag = 'Applications';

export const applicationTypes = ['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML'] as const;
export const applicationType = z.enum(applicationTypes).describe('What kind of client it is; fixed after creation.');
export type ApplicationType = z.infer<typeof applicationType>;

const name = z.string().min(1).max(256);
const description = z.string().max(2048).nullable();
const uriList = z.array(z.string().min(1).max(2048)).max(500);

export const oidcClientMetadata = z.object({
  redirectUris: uriList.describe('Where a sign-in may return to; `*` may stand for a host label or in the path.'),
  postLogoutRedirectUris: uriList.describe('Where a sign-out may return to.'),
  backchannelLogoutUri: webAddress.optional().describe('Called when a session of the application ends.'),
  backchannelLogoutSessionRequired: z.boolean().optional(),
  logoUri: webAddress.optional(),
});
export type OidcClientMetadata = z.infer<typeof oidcClientMetadata>;

const maxAllowedGrants = z.number().int().min(1);

export const customClientMetadata = z.object({
  corsAllowedOrigins: z.array(z.string().min(1).max(2048)).max(500).optional(),
  idTokenTtl: z.number().int().min(1).max(31_536_000).optional().describe('Seconds an ID token is valid; 3600.'),
  refreshTokenTtl: z
    .number()
    .int()
    .min(1)
    .max(15_552_000)
    .optional()
    .describe('Seconds a refresh token is valid; refreshTokenTtlInDays comes first.'),
  refreshTokenTtlInDays: z.number().int().min(1).max(180).optional().describe('Days a refresh token is valid; 14.'),
  tenantId: z.string().max(21).optional(),
  alwaysIssueRefreshToken: z.boolean().optional().describe('Also without prompt=consent; not for native apps.'),
  rotateRefreshToken: z.boolean().optional().describe('A refresh token is replaced when used; true.'),
  allowTokenExchange: z.boolean().optional(),
  isDeviceFlow: z.boolean().optional().describe('Native only, fixed after creation.'),
  maxAllowedGrants: maxAllowedGrants.optional().describe('Grants a user may have; the oldest ones over it end.'),
});
export type CustomClientMetadata = z.infer<typeof customClientMetadata>;

const protectedAppScope = z.enum([
  'custom_data',
  'identities',
  'roles',
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
]);

const isOrigin = (address: string): boolean => {
  const { origin, href } = new URL(address);
  return href === `${origin}/`;
};
const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
};

const protectedAppSettings = z.object({
  origin: webAddress
    .refine((address) => !URL.canParse(address) || isOrigin(address), 'must be an address without a path')
    .describe(
      'Where the web app listens, such as `http://10.0.0.5:8080`. A private address must be in EGRESS_ALLOWED_HOSTS.',
    ),
  sessionDuration: z
    .number()
    .int()
    .min(1)
    .max(31_536_000)
    .describe(
      'Seconds after which a browser must sign in anew; 1,209,600, which is 14 days. It ends with the session that it came from, if that is sooner.',
    ),
  pageRules: z
    .array(z.object({ path: z.string().min(1).max(1024).refine(isPattern, 'must be a regular expression') }))
    .max(100)
    .describe(
      'Regular expressions: paths that one of them matches need a sign-in, the others are for everybody. Without any, all paths need one.',
    ),
  additionalScopes: z
    .array(protectedAppScope)
    .describe(
      'What the app learns of users beside profile, e-mail address and phone number, as far as ID tokens of the tenant may carry it.',
    ),
});
const protectedAppMetadata = protectedAppSettings
  .partial({ additionalScopes: true })
  .extend({ host: z.string().describe('The host that browsers ask.') });
export type ProtectedAppMetadata = z.infer<typeof protectedAppMetadata>;

export const application = z.object({
  tenantId: z.string(),
  id: z.string(),
  name,
  description,
  type: applicationType,
  oidcClientMetadata,
  customClientMetadata,
  protectedAppMetadata: protectedAppMetadata.nullable(),
  customData: jsonObject,
  isThirdParty: z.boolean().describe('Belongs to somebody else: users are asked for consent.'),
  appLevelAccessControlEnabled: z.boolean(),
  createdAt: timestamp,
});
export type Application = z.infer<typeof application>;

const applicationDetails = application.extend({
  isAdmin: z.boolean().describe('Holds the role for the Management API.'),
});
export type ApplicationDetails = z.infer<typeof applicationDetails>;

export const applicationSecret = z.object({
  tenantId: z.string(),
  applicationId: z.string(),
  name,
  value: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
});
export type ApplicationSecret = z.infer<typeof applicationSecret>;

const createBody = z.object({
  name,
  description: description.optional(),
  type: applicationType,
  oidcClientMetadata: oidcClientMetadata.optional(),
  customClientMetadata: customClientMetadata.optional(),
  customData: jsonObject.optional(),
  isThirdParty: z.boolean().optional(),
  protectedAppMetadata: z
    .object({
      subDomain: z
        .string()
        .max(253)
        .describe(
          'A label below the domain that `GET /api/systems/application` names, or a whole host name of your own, such as `wiki.example.com`, which is to be proven like every custom domain.',
        ),
      origin: protectedAppSettings.shape.origin,
    })
    .optional()
    .describe('Needed by the type Protected.'),
});
export type CreateApplication = z.input<typeof createBody>;

const takenAway = 'null takes it away.';
const updateBody = z.object({
  name: name.optional(),
  description: description.optional(),
  oidcClientMetadata: oidcClientMetadata
    .partial()
    .extend({ backchannelLogoutUri: webAddress.nullable().optional().describe(takenAway) })
    .optional(),
  customClientMetadata: customClientMetadata
    .extend({ maxAllowedGrants: maxAllowedGrants.nullable().optional().describe(takenAway) })
    .optional(),
  customData: jsonObject.optional(),
  appLevelAccessControlEnabled: z.boolean().optional(),
  protectedAppMetadata: protectedAppSettings.partial().nullable().optional(),
  isAdmin: z.boolean().optional().describe('Gives or takes the role for the Management API; machine-to-machine only.'),
});
export type UpdateApplication = z.input<typeof updateBody>;

const id = z.object({ id: z.string().min(1).max(21) });
const applicationId = z.object({ applicationId: z.string().min(1).max(21) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;

export const listApplications = defineOperation({
  method: 'GET',
  path: '/api/applications',
  tag,
  summary: 'List applications',
  description: 'Applications of the tenant, the newest first. Without page parameters the whole list is returned.',
  query: z.object({
    types: z
      .union([z.array(applicationType), applicationType])
      .optional()
      .transform((types) => (types === undefined || Array.isArray(types) ? types : [types]))
      .describe('Only those of this type; may be repeated.'),
    excludeRoleId: z.string().optional().describe('Leaves out applications that hold this role.'),
    excludeOrganizationId: z.string().optional().describe('Leaves out applications that belong to this organization.'),
    isThirdParty: z
      .enum(['true', 'false'])
      .optional()
      .transform((value) => (value === undefined ? undefined : value === 'true'))
      .describe('Only those that belong to somebody else, or only the tenant’s own.'),
  }),
  paging: 'optional',
  search: ['id', 'name', 'description'],
  response: { 200: z.array(application) },
});

export const createApplication = defineOperation({
  method: 'POST',
  path: '/api/applications',
  tag,
  summary: 'Create an application',
  description:
    'Types that keep a secret (Traditional, MachineToMachine, Protected) get a first one, named `Default secret`. One of the type Protected is at its host at once, or when that is proven.',
  body: createBody,
  response: { 200: application },
  errors: {
    400: [
      'oidc.invalid_redirect_uri',
      'application.invalid_third_party_application_type',
      'application.device_flow_native_only',
      'application.saml.use_saml_app_api',
      'application.protected_app_metadata_is_required',
      'application.protected_application_only',
    ],
    422: [
      'application.third_party_application_cannot_enable_token_exchange',
      'application.invalid_subdomain',
      'application.protected_application_subdomain_exists',
      'domain.domain_is_not_allowed',
      'domain.hostname_already_exists',
    ],
    501: ['application.protected_app_not_configured'],
  },
});

export const getApplication = defineOperation({
  method: 'GET',
  path: '/api/applications/:id',
  tag,
  summary: 'Get an application',
  description: 'One application with all of its settings.',
  params: id,
  response: { 200: applicationDetails },
  errors: notFound,
});

export const updateApplication = defineOperation({
  method: 'PATCH',
  path: '/api/applications/:id',
  tag,
  summary: 'Update an application',
  description: 'Changes what is sent and keeps the rest; lists are replaced as a whole.',
  params: id,
  body: updateBody,
  response: { 200: application },
  errors: {
    400: [
      'oidc.invalid_redirect_uri',
      'application.device_flow_not_changeable',
      'application.saml.use_saml_app_api',
      'application.protected_application_only',
    ],
    404: ['entity.not_exists_with_id'],
    422: ['application.third_party_application_cannot_enable_token_exchange', 'application.invalid_role_type'],
  },
});

export const deleteApplication = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:id',
  tag,
  summary: 'Delete an application',
  description: 'Its secrets and settings go with it, and it can get no more tokens.',
  params: id,
  response: { 204: noContent },
  errors: {
    ...notFound,
    400: ['application.saml.use_saml_app_api'],
    422: ['application.should_delete_custom_domains_first'],
  },
});

export const updateApplicationCustomData = defineOperation({
  method: 'PATCH',
  path: '/api/applications/:applicationId/custom-data',
  tag,
  summary: 'Update custom data',
  description: 'Merges the top-level members that are sent into the custom data.',
  params: applicationId,
  body: jsonObject,
  response: { 200: jsonObject },
  errors: notFound,
});

// Secrets ------------------------------------------------------------------------------------------------------------

export const listApplicationSecrets = defineOperation({
  method: 'GET',
  path: '/api/applications/:id/secrets',
  // Who reads the secrets can act with them.
  effect: 'write',
  tag,
  summary: 'List secrets',
  description: 'All secrets of the application with their values, the oldest first.',
  params: id,
  response: { 200: z.array(applicationSecret) },
  errors: notFound,
});

export const createApplicationSecret = defineOperation({
  method: 'POST',
  path: '/api/applications/:id/secrets',
  tag,
  summary: 'Create a secret',
  description: 'An application may have many valid secrets, so that they can be replaced without a pause.',
  params: id,
  body: z.object({ name, expiresAt: timestamp.nullable().optional().describe('Must lie in the future.') }),
  response: { 201: applicationSecret },
  errors: {
    404: ['entity.not_exists_with_id'],
    422: ['application.secret_name_exists', 'application.invalid_type', 'request.invalid_input'],
  },
});

const secretParams = z.object({ id: z.string().min(1).max(21), name: z.string().min(1).max(256) });

export const updateApplicationSecret = defineOperation({
  method: 'PATCH',
  path: '/api/applications/:id/secrets/:name',
  tag,
  summary: 'Rename a secret',
  description: 'The value stays the same.',
  params: secretParams,
  body: z.object({ name }),
  // The wire also lists 204; a rename answers the secret.
  response: { 200: applicationSecret, 204: noContent },
  errors: { 404: ['entity.not_exists_with_id', 'entity.not_found'], 422: ['application.secret_name_exists'] },
});

export const deleteApplicationSecret = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:id/secrets/:name',
  tag,
  summary: 'Delete a secret',
  description: 'It is refused from now on; tokens that it obtained stay valid until they expire.',
  params: secretParams,
  response: { 204: noContent },
  errors: { 404: ['entity.not_exists_with_id', 'entity.not_found'] },
});

export const deleteLegacySecret = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:id/legacy-secret',
  tag,
  summary: 'Delete the legacy secret',
  description: 'Only applications brought over from older installs have one; all others answer 400.',
  params: id,
  response: { 200: application },
  errors: { 400: ['application.no_legacy_secret_found'], 404: ['entity.not_exists_with_id'] },
});

// How the sign-in pages look for one application -----------------------------------------------------------------------

const appColor = z.object({
  primaryColor: hexColor.optional(),
  isDarkModeEnabled: z.boolean().optional(),
  darkPrimaryColor: hexColor.optional(),
});
const appBranding = z.object({
  logoUrl: webAddress.optional(),
  darkLogoUrl: webAddress.optional(),
  favicon: webAddress.optional(),
  darkFavicon: webAddress.optional(),
});

export const applicationSignInExperience = z.object({
  tenantId: z.string(),
  applicationId: z.string(),
  color: appColor,
  branding: appBranding,
  customCss: z.string().nullable(),
  termsOfUseUrl: z.string().nullable(),
  privacyPolicyUrl: z.string().nullable(),
  displayName: z.string().nullable(),
});
export type ApplicationSignInExperience = z.infer<typeof applicationSignInExperience>;

const clearable = <Schema extends z.ZodType>(schema: Schema) => orEmpty(schema.nullable()).optional();

export const putApplicationSignInExperience = defineOperation({
  method: 'PUT',
  path: '/api/applications/:applicationId/sign-in-experience',
  tag,
  summary: 'Set the sign-in experience of an application',
  description: 'Overrides the tenant’s branding for sign-ins to this application. 201 when it had none before.',
  params: applicationId,
  body: z.object({
    color: appColor.optional(),
    branding: appBranding.optional(),
    customCss: z.string().max(100_000).nullable().optional(),
    displayName: z.string().max(256).nullable().optional(),
    termsOfUseUrl: clearable(webAddress),
    privacyPolicyUrl: clearable(webAddress),
  }),
  response: { 200: applicationSignInExperience, 201: applicationSignInExperience },
  errors: notFound,
});

export const getApplicationSignInExperience = defineOperation({
  method: 'GET',
  path: '/api/applications/:applicationId/sign-in-experience',
  tag,
  summary: 'Get the sign-in experience of an application',
  description: 'What the application overrides; 404 when it overrides nothing.',
  params: applicationId,
  query: orNone,
  response: { 200: applicationSignInExperience, 204: noContent },
  errors: { 404: ['entity.not_exists_with_id', 'entity.not_found'] },
});
