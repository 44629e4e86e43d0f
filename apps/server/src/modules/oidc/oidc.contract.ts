import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'OIDC configuration';

export const oidcKeyType = z.enum(['private-keys', 'cookie-keys']);
export type OidcKeyType = z.infer<typeof oidcKeyType>;

export const signingKeyAlgorithms = ['RSA', 'EC', 'ES256', 'ES384', 'RS256', 'PS256'] as const;

export const oidcKey = z.object({
  id: z.string(),
  createdAt: timestamp,
  signingKeyAlgorithm: z.enum(['RSA', 'EC']).optional().describe('Kind of the key pair; private keys only.'),
  signingAlgorithm: z
    .enum(['ES256', 'ES384', 'RS256', 'PS256'])
    .optional()
    .describe('Algorithm that the key signs with; private keys only.'),
  status: z.enum(['Next', 'Current', 'Previous']).optional(),
  effectiveAt: timestamp.optional().describe('When a staged key starts to sign.'),
});
export type OidcKey = z.infer<typeof oidcKey>;

const session = z.object({ ttl: z.number().int().min(1).max(31_536_000).describe('Seconds without use.') });
export type OidcSession = z.infer<typeof session>;

const keyType = z.object({ keyType: oidcKeyType });

export const getOidcSession = defineOperation({
  method: 'GET',
  path: '/api/configs/oidc/session',
  tag,
  summary: 'Get session settings',
  description: 'How long a user stays signed in.',
  response: { 200: session },
});

export const updateOidcSession = defineOperation({
  method: 'PATCH',
  path: '/api/configs/oidc/session',
  tag,
  summary: 'Update session settings',
  description: 'Holds for sessions that start or are used from now on.',
  body: session.partial(),
  response: { 200: session },
});

/** Claims that may grow large: in userinfo always, in ID tokens when the tenant asks for them. */
export const extendedClaims = [
  'custom_data',
  'identities',
  'sso_identities',
  'roles',
  'organizations',
  'organization_data',
  'organization_roles',
] as const;
const idTokenConfig = z.object({
  enabledExtendedClaims: z
    .array(z.enum(extendedClaims))
    .optional()
    .describe('Claims that ID tokens carry beside userinfo, when the granted scopes allow them.'),
});

export const getIdTokenConfig = defineOperation({
  method: 'GET',
  path: '/api/configs/id-token',
  tag,
  summary: 'Get ID token settings',
  description: 'Which of the claims that may grow large are put into ID tokens.',
  response: { 200: idTokenConfig },
});

export const replaceIdTokenConfig = defineOperation({
  method: 'PUT',
  path: '/api/configs/id-token',
  tag,
  summary: 'Replace ID token settings',
  description: 'Holds for ID tokens issued from now on; without the list, none of these claims is put into them.',
  body: idTokenConfig,
  response: { 200: idTokenConfig },
});

export const listOidcKeys = defineOperation({
  method: 'GET',
  path: '/api/configs/oidc/:keyType',
  tag,
  summary: 'List keys',
  description: 'Signing keys or cookie keys of the tenant, the newest first; never the keys themselves.',
  params: keyType,
  response: { 200: z.array(oidcKey) },
});

export const rotateOidcKeys = defineOperation({
  method: 'POST',
  path: '/api/configs/oidc/:keyType/rotate',
  tag,
  summary: 'Rotate keys',
  description:
    'Makes a new key. Signatures of the one before stay valid. With a grace period the new key is published first and signs later.',
  params: keyType,
  body: z.object({
    signingKeyAlgorithm: z
      .enum(signingKeyAlgorithms)
      .optional()
      .describe('EC stands for ES256 and RSA for RS256; private keys only.'),
    rotationGracePeriod: z.number().int().min(0).max(2_592_000).optional().describe('Seconds; private keys only.'),
  }),
  response: { 200: z.array(oidcKey) },
  errors: { 422: ['request.invalid_input'] },
});

export const deleteOidcKey = defineOperation({
  method: 'DELETE',
  path: '/api/configs/oidc/:keyType/:keyId',
  tag,
  summary: 'Delete a previous key',
  description: 'What it signed is refused from now on.',
  params: keyType.extend({ keyId: z.string().min(1).max(64) }),
  response: { 204: noContent },
  errors: {
    404: ['oidc.key_not_found'],
    422: ['oidc.only_previous_key_can_be_deleted', 'oidc.key_required'],
  },
});

const cimd = z.object({
  enabled: z.boolean().describe('Whether a client may name the https address of its metadata document as its id.'),
});

export const getCimdConfig = defineOperation({
  method: 'GET',
  path: '/api/configs/cimd',
  tag,
  summary: 'Get the setting of client ID metadata documents',
  description: 'Off in a new tenant.',
  response: { 200: cimd },
});

export const updateCimdConfig = defineOperation({
  method: 'PATCH',
  path: '/api/configs/cimd',
  tag,
  summary: 'Switch client ID metadata documents on or off',
  description:
    'While they are on, clients that nobody registered may ask users for access. Each must say on the consent page which host it comes from, and may ask for no more than `/api/cimd/user-consent-scopes` allows. Switching off keeps such clients from signing in and from refreshing tokens.',
  body: cimd.partial(),
  response: { 200: cimd },
});
