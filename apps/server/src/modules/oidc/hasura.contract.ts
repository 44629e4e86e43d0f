import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';

export const authorizeHasura = defineOperation({
  method: 'GET',
  path: '/api/authn/hasura',
  tag: 'Hasura',
  summary: 'Authorize a Hasura request',
  description:
    'The webhook that Hasura asks about each request. The bearer token must be for the API `resource`; the header `Expected-Role` must name a role of the user.',
  access: 'public',
  query: z.object({
    resource: z.string().min(1).max(2048).describe('Indicator of the API that the token must be for.'),
    unauthorizedRole: z.string().max(128).optional().describe('The role of requests without a good token.'),
  }),
  response: {
    200: z.object({ 'X-Hasura-User-Id': z.string().optional(), 'X-Hasura-Role': z.string().optional() }),
  },
  errors: { 401: ['auth.unauthorized', 'auth.expected_role_not_found'] },
});
