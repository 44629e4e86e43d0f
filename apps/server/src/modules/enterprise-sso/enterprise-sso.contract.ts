import { z } from 'zod';
import { defineOperation, jsonObject, noContent, orEmpty, timestamp, webAddress } from '../../kernel/wire.contract.ts';

const tag = 'Enterprise SSO';

export const providerNames = ['OIDC', 'SAML', 'AzureAD', 'GoogleWorkspace', 'Okta', 'AzureAdOidc'] as const;
export type ProviderName = (typeof providerNames)[number];
export const providerTypes = ['oidc', 'saml'] as const;

export const ssoBranding = z.object({
  displayName: z.string().max(128).optional().describe('On the button; the connector’s name where there is none.'),
  logo: orEmpty(webAddress).optional(),
  darkLogo: orEmpty(webAddress).optional(),
});
export type SsoBranding = z.infer<typeof ssoBranding>;

const settings = {
  config: jsonObject
    .optional()
    .describe(
      'OIDC: `clientId`, `clientSecret`, `issuer`, `scope`, `trustUnverifiedEmail`. SAML: one of `metadataUrl`, `metadata` (XML), or `entityId` with `signInEndpoint` and `x509Certificate`; `attributeMapping` (`id`, `email`, `name`), `signAuthnRequest`, `requestSignatureAlgorithm`. The provider is asked when it is saved; until it is complete, the connector is offered to nobody.',
    ),
  domains: z
    .array(z.string().max(256))
    .max(100)
    .optional()
    .describe('E-mail addresses at these sign in by this connector alone, and it may vouch for these alone.'),
  branding: ssoBranding.optional(),
  syncProfile: z
    .boolean()
    .optional()
    .describe('Name and avatar are taken over at each sign-in, not at the first alone.'),
  enableTokenStorage: z.boolean().optional().describe('Keeps the provider’s tokens for its users (OIDC only).'),
};

const connectorName = z.string().trim().min(1).max(128);

/** A connector without what its provider says of itself. */
export const ssoConnector = z.object({
  tenantId: z.string(),
  id: z.string(),
  providerName: z.enum(providerNames),
  connectorName: z.string(),
  config: jsonObject,
  domains: z.array(z.string()),
  branding: ssoBranding,
  syncProfile: z.boolean(),
  enableTokenStorage: z.boolean(),
  createdAt: timestamp,
});
export type SsoConnector = z.infer<typeof ssoConnector>;

const describedConnector = ssoConnector.extend({
  name: z.string(),
  providerType: z.enum(providerTypes),
  providerLogo: z.string(),
  providerLogoDark: z.string(),
  providerConfig: jsonObject
    .optional()
    .describe('What the provider says of itself, and for SAML what has to be entered there (`serviceProvider`).'),
});
/** With the organizations that it leads into, which the answer to a change leaves out. */
const listedConnector = describedConnector.extend({
  organizationCount: z.number().int().describe('Organizations that people who come by it for the first time join.'),
  organizations: z.array(z.object({ id: z.string(), name: z.string() })).describe('The first five of them by name.'),
});
export type DescribedSsoConnector = z.infer<typeof describedConnector>;

const id = z.object({ id: z.string().min(1).max(128) });
const key = id.extend({ keyId: z.string().min(1).max(21) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;
const wrongSettings = {
  400: ['connector.invalid_config', 'connector.invalid_certificate', 'connector.invalid_response', 'connector.general'],
  409: ['single_sign_on.duplicate_connector_name'],
  422: [
    'single_sign_on.forbidden_domains',
    'single_sign_on.duplicated_domains',
    'single_sign_on.invalid_domain_format',
    'connector.token_storage_not_supported',
  ],
} as const;

export const listSsoConnectorProviders = defineOperation({
  method: 'GET',
  path: '/api/sso-connector-providers',
  tag,
  summary: 'List enterprise providers',
  description: 'What a connector can be created for.',
  response: {
    200: z.array(
      z.object({
        providerName: z.enum(providerNames),
        providerType: z.enum(providerTypes),
        logo: z.string(),
        logoDark: z.string(),
        description: z.string(),
        name: z.string(),
      }),
    ),
  },
});

export const createSsoConnector = defineOperation({
  method: 'POST',
  path: '/api/sso-connectors',
  tag,
  summary: 'Create an enterprise connector',
  description: 'For the identity provider of one customer. It can be completed later.',
  body: z.object({ providerName: z.string().min(1).max(128), connectorName, ...settings }),
  response: { 200: ssoConnector },
  errors: { ...wrongSettings, 422: [...wrongSettings[422], 'connector.not_found_with_connector_id'] },
});

export const listSsoConnectors = defineOperation({
  method: 'GET',
  path: '/api/sso-connectors',
  tag,
  summary: 'List enterprise connectors',
  description: 'The newest first, each with the organizations that it leads into.',
  paging: 'always',
  response: { 200: z.array(listedConnector) },
});

export const getSsoConnector = defineOperation({
  method: 'GET',
  path: '/api/sso-connectors/:id',
  tag,
  summary: 'Get an enterprise connector',
  description: 'With what its provider says of itself, and the organizations that it leads into.',
  params: id,
  response: { 200: listedConnector },
  errors: notFound,
});

export const updateSsoConnector = defineOperation({
  method: 'PATCH',
  path: '/api/sso-connectors/:id',
  tag,
  summary: 'Change an enterprise connector',
  description: 'What is sent replaces what was there; `config` as a whole.',
  params: id,
  body: z.object({ connectorName: connectorName.optional(), ...settings }),
  response: { 200: describedConnector },
  errors: {
    ...notFound,
    ...wrongSettings,
    422: [...wrongSettings[422], 'single_sign_on.active_signing_key_required'],
  },
});

export const deleteSsoConnector = defineOperation({
  method: 'DELETE',
  path: '/api/sso-connectors/:id',
  tag,
  summary: 'Delete an enterprise connector',
  description: 'Its users keep their accounts and lose this way into them.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});

export const getServiceProviderMetadata = defineOperation({
  method: 'GET',
  path: '/api/sso-connectors/:id/metadata',
  tag,
  summary: 'Get our metadata for a SAML provider',
  description:
    'Our name, where answers are posted to, and the certificate that requests are signed with (SAML metadata §2.4.4), for providers that read it by themselves.',
  access: 'public',
  params: id,
  mediaTypes: ['application/samlmetadata+xml'],
  response: { 200: z.string() },
  errors: notFound,
});

const signingKey = z.object({
  id: z.string(),
  certificate: z.string().describe('X.509 in PEM, for the provider.'),
  createdAt: timestamp,
  expiresAt: timestamp,
  active: z.boolean(),
  fingerprints: z.object({ sha256: z.object({ formatted: z.string(), unformatted: z.string() }) }),
});
export type SigningKeyView = z.infer<typeof signingKey>;

export const listSsoSigningKeys = defineOperation({
  method: 'GET',
  path: '/api/sso-connectors/:id/signing-keys',
  tag,
  summary: 'List signing keys',
  description: 'Keys for requests to a SAML provider; the active one signs.',
  params: id,
  response: { 200: z.array(signingKey) },
  errors: { ...notFound, 422: ['single_sign_on.sso_signing_unavailable'] },
});

export const createSsoSigningKey = defineOperation({
  method: 'POST',
  path: '/api/sso-connectors/:id/signing-keys',
  tag,
  summary: 'Create a signing key',
  description: 'Good for three years. An active one takes the place of the one before.',
  params: id,
  body: z.object({ active: z.boolean().default(false) }),
  response: { 201: signingKey },
  errors: { ...notFound, 422: ['single_sign_on.sso_signing_unavailable'] },
});

export const updateSsoSigningKey = defineOperation({
  method: 'PATCH',
  path: '/api/sso-connectors/:id/signing-keys/:keyId',
  tag,
  summary: 'Switch a signing key on or off',
  description: 'Switching one on switches the others off.',
  params: key,
  body: z.object({ active: z.boolean() }),
  response: { 200: signingKey },
  errors: { ...notFound, 422: ['single_sign_on.can_not_deactivate_signing_key_in_use'] },
});

export const deleteSsoSigningKey = defineOperation({
  method: 'DELETE',
  path: '/api/sso-connectors/:id/signing-keys/:keyId',
  tag,
  summary: 'Delete a signing key',
  description: 'One that is not active.',
  params: key,
  response: { 204: noContent },
  errors: { ...notFound, 422: ['single_sign_on.can_not_delete_active_signing_key'] },
});

export const ssoIdentity = z.object({
  tenantId: z.string(),
  id: z.string(),
  userId: z.string(),
  issuer: z.string(),
  identityId: z.string().describe('The user’s id at the provider.'),
  detail: jsonObject.describe('What the provider said of the user when it was last asked.'),
  createdAt: timestamp,
  updatedAt: timestamp,
  ssoConnectorId: z.string(),
});
export type SsoIdentityView = z.infer<typeof ssoIdentity>;
