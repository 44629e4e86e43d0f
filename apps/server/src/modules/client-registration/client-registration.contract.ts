import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Dynamic client registration';
const path = '/api/configs/dynamic-client-registration';

const policy = z.object({
  enabled: z.boolean(),
  initialAccessTokenRequired: z
    .boolean()
    .describe('Only who has an initial access token may register; otherwise everybody may.'),
  allowedRedirectHosts: z
    .array(
      z
        .string()
        .min(1)
        .max(253)
        .regex(/^[a-z0-9.-]+$/, 'must be a host name in lower case'),
    )
    .max(100)
    .describe('Hosts of https redirect URIs; none: every host. Native apps may also use loopback and own schemes.'),
  userScopes: z
    .array(z.enum(['profile', 'email', 'phone', 'address', 'custom_data', 'identities', 'roles']))
    .describe('What a new client may ask users for; more is given to it like to every third-party application.'),
  hourlyLimit: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .describe('Registrations of the tenant an hour, of one address a tenth.'),
});
export type RegistrationPolicy = z.infer<typeof policy>;

export const getRegistrationPolicy = defineOperation({
  method: 'GET',
  path,
  tag,
  summary: 'Get the policy of dynamic client registration',
  description: 'Off in a new tenant.',
  response: { 200: policy },
});

export const updateRegistrationPolicy = defineOperation({
  method: 'PATCH',
  path,
  tag,
  summary: 'Change the policy of dynamic client registration',
  description:
    'While it is on, discovery names the registration endpoint, and clients register themselves there as third-party applications with the grants `authorization_code` and `refresh_token` (RFC 7591), and manage themselves (RFC 7592). Switching it off closes the endpoint; the clients stay.',
  body: policy.partial(),
  response: { 200: policy },
});

const token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
});

export const listInitialAccessTokens = defineOperation({
  method: 'GET',
  path: `${path}/initial-access-tokens`,
  tag,
  summary: 'List initial access tokens',
  description: 'The newest first; never the tokens themselves.',
  response: { 200: z.array(token) },
});

export const createInitialAccessToken = defineOperation({
  method: 'POST',
  path: `${path}/initial-access-tokens`,
  tag,
  summary: 'Create an initial access token',
  description: 'Its owner may register clients with it until it expires or is deleted. The value is shown this once.',
  body: z.object({
    name: z.string().trim().min(1).max(128),
    expiresAt: z
      .number()
      .int()
      .max(8.64e15)
      .nullable()
      .optional()
      .describe('In the future; without one it never does.'),
  }),
  response: { 201: token.extend({ value: z.string() }) },
});

export const deleteInitialAccessToken = defineOperation({
  method: 'DELETE',
  path: `${path}/initial-access-tokens/:tokenId`,
  tag,
  summary: 'Delete an initial access token',
  description: 'The clients that were registered with it stay.',
  params: z.object({ tokenId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'] },
});
