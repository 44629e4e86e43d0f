import type { ProviderTokens } from '@latchkey/connector-kit';
import type { z } from 'zod';
import type { providerAccessToken, socialTokenSecret } from './secrets.contract.ts';
import type { SecretRow } from './secrets.store.ts';

/** Kept tokens as administrators see them. */
export function toSocialTokenSecret(row: SecretRow): z.infer<typeof socialTokenSecret> {
  const { tenantId, id, userId, metadata, connectorId, identityId, provider } = row;
  return {
    tenantId,
    id,
    userId,
    type: 'federated_token_set',
    metadata,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
    connectorId,
    identityId,
    target: provider,
  };
}

/** The access token for its reader; refresh tokens never leave. */
export function toAccessToken(tokens: ProviderTokens, now: Date): z.infer<typeof providerAccessToken> {
  const { accessToken, scope, tokenType, expiresAt } = tokens;
  return {
    access_token: accessToken,
    ...(scope && { scope }),
    token_type: tokenType,
    ...(expiresAt !== undefined && { expires_in: Math.max(0, Math.floor((expiresAt - now.getTime()) / 1000)) }),
  };
}
