import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';

/** What may be told of kept tokens: never the tokens. */
const tokenFacts = z.object({
  scope: z.string().optional().describe('What the provider granted, as it wrote it.'),
  expiresAt: z.number().optional().describe('When the access token ends: seconds since 1970-01-01T00:00:00Z.'),
  tokenType: z.string().optional(),
  hasRefreshToken: z.boolean().describe('The access token can be renewed without the user.'),
});
export type TokenFacts = z.infer<typeof tokenFacts>;

const base = {
  tenantId: z.string(),
  id: z.string().describe('For `DELETE /api/secrets/{id}`.'),
  userId: z.string(),
  type: z.literal('federated_token_set'),
  metadata: tokenFacts,
  createdAt: timestamp,
  updatedAt: timestamp,
  connectorId: z.string(),
  identityId: z.string().describe('The user’s id at the provider.'),
};

/** Tokens of a social provider, as administrators see them. */
export const socialTokenSecret = z.object({ ...base, target: z.string() });

/** Tokens of an enterprise provider, as administrators see them. */
export const enterpriseTokenSecret = z
  .object(base)
  .omit({ connectorId: true })
  .extend({ ssoConnectorId: z.string(), issuer: z.string() });

/** An access token of another provider, in RFC 6749's words (§5.1). */
export const providerAccessToken = z.object({
  access_token: z.string(),
  scope: z.string().optional(),
  token_type: z.string().optional(),
  expires_in: z.number().optional().describe('Seconds from now; left out for a token that does not end.'),
});

export const deleteSecret = defineOperation({
  method: 'DELETE',
  path: '/api/secrets/:id',
  tag: 'Secrets',
  summary: 'Delete the tokens of a provider',
  description:
    'Forgets what a provider gave for a user; the linked account stays. The provider is not told: what it has issued goes on until it ends there.',
  params: z.object({ id: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: { 404: ['entity.not_exists_with_id'] },
});
