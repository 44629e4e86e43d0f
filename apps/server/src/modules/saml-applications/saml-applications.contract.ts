import { z } from 'zod';
import { defineOperation, jsonObject, noContent, timestamp } from '../../kernel/wire.contract.ts';
import { applicationType } from '../applications/applications.contract.ts';
import { attributeClaims, POST_BINDING } from './saml-attributes.contract.ts';

const tag = 'SAML applications';

export const nameIdFormats = [
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
] as const;
const nameIdFormat = z
  .enum(nameIdFormats)
  .describe(
    'How users are named to the service provider: by their id (persistent, unspecified), by their e-mail address, or by another name at each sign-in (transient).',
  );
export type NameIdFormat = z.infer<typeof nameIdFormat>;

const REDIRECT_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

export type AttributeClaim = (typeof attributeClaims)[number];

const attributeName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line of text');
const attributeMapping = z
  .partialRecord(z.enum(attributeClaims), attributeName)
  .describe('Names of the attributes that an assertion carries, by the claim that fills each.');
export type AttributeMapping = z.infer<typeof attributeMapping>;

const acsUrl = z
  .object({
    binding: z.enum([POST_BINDING, REDIRECT_BINDING]).describe('HTTP-POST is the one that can be used.'),
    url: z.url().max(2048),
  })
  .nullable()
  .describe('Where answers go: the assertion consumer service. What a request says of it decides nothing.');
export type AcsUrl = NonNullable<z.infer<typeof acsUrl>>;

const encryption = z
  .object({
    encryptAssertion: z.boolean(),
    encryptThenSign: z
      .boolean()
      .optional()
      .describe('Whether the message around the encrypted assertion is signed, too; true unless said otherwise.'),
    certificate: z
      .string()
      .max(16_384)
      .optional()
      .describe('Certificate of the service provider in PEM; needed when assertions are encrypted.'),
  })
  .nullable();
export type Encryption = NonNullable<z.infer<typeof encryption>>;

const entityId = z.string().trim().min(1).max(128).nullable().describe('Name of the service provider: the audience.');
const name = z.string().min(1).max(256);
const description = z.string().max(2048).nullable();

export const samlApplication = z.object({
  tenantId: z.string(),
  id: z.string(),
  name,
  description,
  type: applicationType,
  customData: jsonObject,
  isThirdParty: z.boolean(),
  appLevelAccessControlEnabled: z.boolean(),
  createdAt: timestamp,
  attributeMapping,
  entityId,
  acsUrl,
  encryption,
  nameIdFormat,
});
export type SamlApplication = z.infer<typeof samlApplication>;

const fingerprint = z.object({
  formatted: z.string().describe('Pairs of hexadecimal digits with colons between them.'),
  unformatted: z.string(),
});

export const samlApplicationSecret = z.object({
  id: z.string(),
  certificate: z.string().describe('X.509 in PEM; the private key never leaves the server.'),
  createdAt: timestamp,
  expiresAt: timestamp,
  active: z.boolean().describe('Answers are signed with it.'),
  fingerprints: z.object({ sha256: fingerprint }),
});
export type SamlApplicationSecret = z.infer<typeof samlApplicationSecret>;

const settings = {
  description: description.optional(),
  customData: jsonObject.optional(),
  attributeMapping: attributeMapping.optional(),
  entityId: entityId.optional(),
  acsUrl: acsUrl.optional(),
  encryption: encryption.optional(),
};
const createBody = z.object({
  name,
  ...settings,
  nameIdFormat: nameIdFormat.default('urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'),
});
export type CreateSamlApplication = z.output<typeof createBody>;

const updateBody = z.object({
  name: name.optional(),
  ...settings,
  appLevelAccessControlEnabled: z.boolean().optional(),
  nameIdFormat: nameIdFormat.optional(),
});
export type UpdateSamlApplication = z.output<typeof updateBody>;

const id = z.object({ id: z.string().min(1).max(21) });
const secretParams = id.extend({ secretId: z.string().min(1).max(21) });
const refusedSettings = [
  'application.saml.acs_url_binding_not_supported',
  'application.saml.acs_url_scheme_not_supported',
  'application.saml.certificate_required',
  'application.saml.invalid_certificate_pem_format',
  'entity.unique_integrity_violation',
] as const;
const notFound = { 404: ['entity.not_exists_with_id'] } as const;
const ofSamlOnly = { ...notFound, 422: ['application.saml.saml_application_only'] } as const;

export const createSamlApplication = defineOperation({
  method: 'POST',
  path: '/api/saml-applications',
  tag,
  summary: 'Create a SAML application',
  description:
    'A service provider that this server signs people in to. It gets a key at once, good for three years, with which answers are signed. There is no limit on how many there are.',
  body: createBody,
  response: { 201: samlApplication },
  errors: { 422: refusedSettings },
});

export const getSamlApplication = defineOperation({
  method: 'GET',
  path: '/api/saml-applications/:id',
  tag,
  summary: 'Get a SAML application',
  description: 'The application with what SAML needs of it. `GET /api/applications?types=SAML` lists them.',
  params: id,
  response: { 200: samlApplication },
  errors: ofSamlOnly,
});

export const updateSamlApplication = defineOperation({
  method: 'PATCH',
  path: '/api/saml-applications/:id',
  tag,
  summary: 'Update a SAML application',
  description:
    'Changes what is sent and keeps the rest; null takes away; the attribute mapping is replaced as a whole.',
  params: id,
  body: updateBody,
  response: { 200: samlApplication },
  errors: { ...notFound, 422: [...refusedSettings, 'application.saml.saml_application_only'] },
});

export const deleteSamlApplication = defineOperation({
  method: 'DELETE',
  path: '/api/saml-applications/:id',
  tag,
  summary: 'Delete a SAML application',
  description: 'Its keys and settings go with it, and nobody can sign in to it any more.',
  params: id,
  response: { 204: noContent },
  errors: ofSamlOnly,
});

export const createSamlApplicationSecret = defineOperation({
  method: 'POST',
  path: '/api/saml-applications/:id/secrets',
  tag,
  summary: 'Create a key',
  description:
    'An RSA key of 4096 bits in a certificate that it has signed itself. It signs nothing until it is activated, so that the service provider can learn of it first: the metadata lists it at once.',
  params: id,
  body: z.object({
    lifeSpanInYears: z.number().int().min(1).max(100).describe('Years that the certificate is valid.'),
  }),
  response: { 201: samlApplicationSecret },
  errors: notFound,
});

export const listSamlApplicationSecrets = defineOperation({
  method: 'GET',
  path: '/api/saml-applications/:id/secrets',
  tag,
  summary: 'List keys',
  description: 'The certificates of all keys, the newest first.',
  params: id,
  // The wire's list, and it alone, writes this time as text.
  response: { 200: z.array(samlApplicationSecret.extend({ expiresAt: z.iso.datetime() })) },
  errors: notFound,
});

export const updateSamlApplicationSecret = defineOperation({
  method: 'PATCH',
  path: '/api/saml-applications/:id/secrets/:secretId',
  tag,
  summary: 'Activate or deactivate a key',
  description: 'Answers are signed with the active key; there is one at most. Without one, nobody can sign in.',
  params: secretParams,
  body: z.object({ active: z.boolean() }),
  response: { 200: samlApplicationSecret },
  errors: { ...notFound, 400: ['application.saml.secret_expired'] },
});

export const deleteSamlApplicationSecret = defineOperation({
  method: 'DELETE',
  path: '/api/saml-applications/:id/secrets/:secretId',
  tag,
  summary: 'Delete a key',
  description: 'The active one cannot be deleted: activate another one first, or deactivate it.',
  params: secretParams,
  response: { 204: noContent },
  errors: { ...notFound, 400: ['application.saml.can_not_delete_active_secret'] },
});

// What service providers and browsers ask for ---------------------------------------------------------------------------

export const getSamlMetadata = defineOperation({
  method: 'GET',
  path: '/api/saml-applications/:id/metadata',
  tag,
  summary: 'Metadata for the service provider',
  description:
    'SAML metadata of this server as the identity provider of the application, with the certificates of all its keys that have not expired.',
  access: 'public',
  params: id,
  mediaTypes: ['text/xml'],
  response: { 200: z.string() },
  errors: { 404: ['entity.not_exists_with_id', 'application.saml.no_active_secret'] },
});

const relayState = z.string().max(512).nullish().describe('Given back to the service provider with the answer.');
const request = z.string().min(1);
const cannotBegin = {
  400: [
    'application.saml.invalid_saml_request',
    'application.saml.auth_request_issuer_not_match',
    'application.saml.entity_id_required',
    'application.saml.acs_url_required',
  ],
  404: ['entity.not_exists_with_id', 'application.saml.no_active_secret'],
} as const;
const begun =
  'The user is led to the sign-in, unless signed in already, and the answer goes to the registered assertion consumer service by a form. Browsers are shown a page when something is wrong.';

export const startSamlSignIn = defineOperation({
  method: 'GET',
  path: '/api/saml/:id/authn',
  tag,
  summary: 'Sign in to a SAML application (HTTP-Redirect)',
  description: `Single sign-on service for requests that come in the address (SAML bindings §3.4). ${begun}`,
  access: 'public',
  params: id,
  query: z.object({
    SAMLRequest: request.describe('The AuthnRequest: deflated, then in Base64.'),
    RelayState: relayState,
    Signature: z.string().optional().describe('Not looked at: an unsigned request can get no more than a signed one.'),
    SigAlg: z.string().optional().describe('Not looked at either.'),
  }),
  response: { 302: noContent, 200: noContent },
  errors: cannotBegin,
});

export const postSamlSignIn = defineOperation({
  method: 'POST',
  path: '/api/saml/:id/authn',
  tag,
  summary: 'Sign in to a SAML application (HTTP-POST)',
  description: `Single sign-on service for requests that come as a form (SAML bindings §3.5). ${begun}`,
  access: 'public',
  params: id,
  body: z.object({ SAMLRequest: request.describe('The AuthnRequest in Base64.'), RelayState: relayState }),
  takesForm: true,
  response: { 302: noContent, 200: noContent },
  errors: cannotBegin,
});

export const finishSamlSignIn = defineOperation({
  method: 'GET',
  path: '/api/saml-applications/:id/callback',
  tag,
  summary: 'Answer the service provider',
  description:
    'Where the sign-in returns to. Answers a page whose form brings the signed response to the service provider: once for each of its requests, in the browser that brought it.',
  access: 'public',
  params: id,
  query: z.object({
    code: z.string().optional().describe('The authorization code.'),
    state: z.string().optional().describe('Names the request that is answered.'),
    redirectUri: z.string().optional().describe('Not looked at; clients of Logto may send it.'),
    error: z.string().optional().describe('Why there is no code (RFC 6749 §4.1.2.1).'),
    error_description: z.string().optional().describe('The same in words.'),
  }),
  mediaTypes: ['text/html'],
  response: { 200: z.string() },
  errors: {
    400: [
      'application.saml.sp_initiated_saml_sso_session_not_found',
      'application.saml.sp_initiated_saml_sso_session_not_found_in_cookies',
      'application.saml.missing_email_address',
      'application.saml.acs_url_required',
      'application.saml.entity_id_required',
    ],
    404: ['entity.not_exists_with_id', 'application.saml.no_active_secret'],
  },
});
