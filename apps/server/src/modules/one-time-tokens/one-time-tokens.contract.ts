import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';
import { email } from '../users/users.contract.ts';

const tag = 'One-time tokens';

const context = z.object({
  jitOrganizationIds: z
    .array(z.string().min(1).max(21))
    .max(100)
    .optional()
    .describe('Organizations that whoever opens the link joins.'),
  interactionEvent: z
    .enum(['SignIn', 'Register', 'ForgotPassword'])
    .optional()
    .describe('What the link is for; without it, for signing in or up.'),
});
export type OneTimeTokenContext = z.infer<typeof context>;

export const oneTimeTokenStatus = z.enum(['active', 'consumed', 'revoked', 'expired']);
export type OneTimeTokenStatus = z.infer<typeof oneTimeTokenStatus>;

export const oneTimeToken = z.object({
  tenantId: z.string(),
  id: z.string(),
  email: z.string(),
  token: z.string().describe('Goes into the link, as `one_time_token`.'),
  context,
  status: oneTimeTokenStatus,
  createdAt: timestamp,
  expiresAt: timestamp,
});

const MAX_LIFETIME = 31 * 86_400;
const id = z.object({ id: z.string().min(1).max(21) });
const refusals = [
  'one_time_token.email_mismatch',
  'one_time_token.token_consumed',
  'one_time_token.token_expired',
  'one_time_token.token_revoked',
] as const;

export const listOneTimeTokens = defineOperation({
  method: 'GET',
  path: '/api/one-time-tokens',
  tag,
  summary: 'List one-time tokens',
  description: 'The newest first.',
  query: z.object({
    email: email.optional().describe('Only those of this address.'),
    status: oneTimeTokenStatus.optional().describe('Only those in this state.'),
  }),
  paging: 'always',
  response: { 200: z.array(oneTimeToken) },
});

export const createOneTimeToken = defineOperation({
  method: 'POST',
  path: '/api/one-time-tokens',
  tag,
  summary: 'Create a one-time token',
  description:
    'For a link that you send to the address yourself: the authorization request with `one_time_token` and `login_hint`. Whoever opens it signs in, or signs up even where registration is off. An earlier link to the address stays good.',
  body: z.object({
    email,
    context: context.optional(),
    expiresIn: z.number().int().min(1).max(MAX_LIFETIME).default(600).describe('Seconds, 31 days at most.'),
  }),
  response: { 201: oneTimeToken },
});

export const verifyOneTimeToken = defineOperation({
  method: 'POST',
  path: '/api/one-time-tokens/verify',
  tag,
  summary: 'Spend a one-time token',
  description: 'For pages of your own. Of any number of attempts one succeeds.',
  body: z.object({ token: z.string().min(1).max(256), email }),
  response: { 200: oneTimeToken },
  errors: { 400: refusals, 404: ['one_time_token.token_not_found'] },
});

export const getOneTimeToken = defineOperation({
  method: 'GET',
  path: '/api/one-time-tokens/:id',
  tag,
  summary: 'Get a one-time token',
  description: 'With its state.',
  params: id,
  response: { 200: oneTimeToken },
  errors: { 404: ['entity.not_found'] },
});

export const updateOneTimeTokenStatus = defineOperation({
  method: 'PUT',
  path: '/api/one-time-tokens/:id/status',
  tag,
  summary: 'Change the status of a one-time token',
  description: 'An active token can be ended; one that has ended stays so.',
  params: id,
  body: z.object({ status: oneTimeTokenStatus }),
  response: { 200: oneTimeToken },
  errors: {
    400: [
      'one_time_token.cannot_reactivate_token',
      'one_time_token.token_consumed',
      'one_time_token.token_expired',
      'one_time_token.token_revoked',
    ],
    404: ['entity.not_found'],
  },
});

export const deleteOneTimeToken = defineOperation({
  method: 'DELETE',
  path: '/api/one-time-tokens/:id',
  tag,
  summary: 'Delete a one-time token',
  description: 'Its link opens nothing any more.',
  params: id,
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'] },
});
