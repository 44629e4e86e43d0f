import { z } from 'zod';
import { defineOperation, jsonObject, queryFlag } from '../../kernel/wire.contract.ts';
import { ssoIdentity } from '../enterprise-sso/enterprise-sso.contract.ts';
import { enterpriseTokenSecret, providerAccessToken, socialTokenSecret } from '../secrets/secrets.contract.ts';
import { user, userIdentity } from './users.contract.ts';

const tag = 'Users';

const userId = z.object({ userId: z.string().min(1).max(21) });
const target = userId.extend({ target: z.string().min(1).max(128).describe('The provider, such as `gitlab`.') });
const identities = z.record(z.string(), userIdentity).describe('All linked accounts by target.');
const withTokenSecret = z.object({
  includeTokenSecret: queryFlag.describe('Tell what is kept of the provider’s tokens: never the tokens.'),
});
const tokenSecret = socialTokenSecret.optional().describe('Left out when nothing is kept, or nobody asked.');
const ssoTokenSecret = enterpriseTokenSecret.optional().describe('Left out when nothing is kept, or nobody asked.');
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
  query: withTokenSecret,
  response: { 200: z.object({ identity: userIdentity, tokenSecret }) },
  errors: { 404: ['entity.not_found', 'user.identity_not_exist'] },
});

export const getUserIdentityAccessToken = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/identities/:target/access-token',
  permission: 'provider-tokens:read',
  tag,
  summary: 'Get the provider’s access token of a user',
  description:
    'For machines that act at the provider in the user’s name. The permission must be granted by itself: `all` does not include it. The token is renewed when it is over; each reading is in the audit trail.',
  params: target,
  response: { 200: providerAccessToken },
  errors: {
    401: ['secrets.third_party_token_set.access_token_expired'],
    404: ['entity.not_found', 'user.identity_not_exist', 'secrets.third_party_token_set.token_not_found'],
  },
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
  query: withTokenSecret,
  response: {
    200: z.object({
      socialIdentities: z.array(z.object({ target: z.string(), identity: userIdentity, tokenSecret })),
      ssoIdentities: z.array(z.object({ ssoConnectorId: z.string(), ssoIdentity, tokenSecret: ssoTokenSecret })),
    }),
  },
  errors: notFound,
});

export const getUserSsoIdentity = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/sso-identities/:ssoConnectorId',
  tag,
  summary: 'Get an account at an enterprise provider',
  description: 'What the provider said of the user when it was last asked.',
  params: userId.extend({ ssoConnectorId: z.string().min(1).max(128) }),
  query: withTokenSecret,
  response: { 200: z.object({ ssoIdentity, tokenSecret: ssoTokenSecret }) },
  errors: { 404: ['entity.not_found', 'user.enterprise_sso_identity_not_exists'] },
});
