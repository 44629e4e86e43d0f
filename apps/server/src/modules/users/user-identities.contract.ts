import { z } from 'zod';
import { defineOperation, jsonObject } from '../../kernel/wire.contract.ts';
import { user, userIdentity } from './users.contract.ts';

const tag = 'Users';

const userId = z.object({ userId: z.string().min(1).max(21) });
const target = userId.extend({ target: z.string().min(1).max(128).describe('The provider, such as `gitlab`.') });
const identities = z.record(z.string(), userIdentity).describe('All linked accounts by target.');
const notFound = { 404: ['entity.not_found'] } as const;

export const linkUserIdentity = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/identities',
  tag,
  summary: 'Link an account at a provider',
  description:
    'With what the provider sent after `POST /api/connectors/{connectorId}/authorization-uri`, whose `state` must be in `connectorData`; it counts once, for ten minutes.',
  params: userId,
  body: z.object({ connectorId: z.string().min(1).max(128), connectorData: jsonObject }),
  response: { 200: identities },
  errors: {
    400: ['session.connector_session_not_found'],
    404: ['entity.not_found', 'connector.not_found'],
    422: ['user.identity_already_in_use'],
  },
});

export const putUserIdentity = defineOperation({
  method: 'PUT',
  path: '/api/users/:userId/identities/:target',
  tag,
  summary: 'Link an account at a provider by its id',
  description: 'Nobody has proved it: for accounts that come from another system. 201 when none was linked before.',
  params: target,
  body: z.object({
    userId: z.string().min(1).max(512).describe('The user’s id at the provider.'),
    details: jsonObject.optional(),
  }),
  response: { 200: identities, 201: identities },
  errors: { ...notFound, 422: ['user.identity_already_in_use'] },
});

export const getUserIdentity = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/identities/:target',
  tag,
  summary: 'Get a linked account',
  description: 'What the provider said of the user when it was last asked.',
  params: target,
  query: z.object({ includeTokenSecret: z.string().optional().describe('Accepted; no tokens of providers are kept.') }),
  response: { 200: z.object({ identity: userIdentity }) },
  errors: { 404: ['entity.not_found', 'user.identity_not_exist'] },
});

export const deleteUserIdentity = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/identities/:target',
  tag,
  summary: 'Unlink an account at a provider',
  description: 'The user can sign in with it no more.',
  params: target,
  response: { 200: user },
  errors: { 404: ['entity.not_found', 'user.identity_not_exist'] },
});

export const listUserIdentities = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/all-identities',
  tag,
  summary: 'List all linked accounts',
  description: 'At social and at enterprise providers.',
  params: userId,
  query: z.object({ includeTokenSecret: z.string().optional().describe('Accepted; no tokens of providers are kept.') }),
  response: {
    200: z.object({
      socialIdentities: z.array(z.object({ target: z.string(), identity: userIdentity })),
      ssoIdentities: z
        .array(
          z.object({
            ssoConnectorId: z.string(),
            ssoIdentity: z.object({
              tenantId: z.string(),
              id: z.string(),
              userId: z.string(),
              issuer: z.string(),
              identityId: z.string(),
              detail: jsonObject,
              createdAt: z.number(),
              updatedAt: z.number(),
              ssoConnectorId: z.string(),
            }),
          }),
        )
        .describe('Empty: there are no enterprise providers.'),
    }),
  },
  errors: notFound,
});
