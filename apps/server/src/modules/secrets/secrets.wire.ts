import type { ProviderTokens } from '@latchkey/connector-kit';
import type { z } from 'zod';
import type { enterpriseTokenSecret, providerAccessToken, socialTokenSecret } from './secrets.contract.ts';
import type { SecretRow } from './secrets.store.ts';

const factsOf = ({ tenantId, id, userId, metadata, identityId, createdAt, updatedAt }: SecretRow) => ({
  tenantId,
  id,
  userId,
  type: 'federated_token_set' as const,
  metadata,
  createdAt: createdAt.getTime(),
  updatedAt: updatedAt.getTime(),
  identityId,
});

/** Kept tokens as administrators see them. */
export const toSocialTokenSecret = (row: SecretRow): z.infer<typeof socialTokenSecret> => ({
  ...factsOf(row),
  connectorId: row.connectorId,
  target: row.provider,
});

/** The same of an enterprise provider, which is known by its issuer. */
export const toEnterpriseTokenSecret = (row: SecretRow, issuer: string): z.infer<typeof enterpriseTokenSecret> => ({
  ...factsOf(row),
  ssoConnectorId: row.connectorId,
  issuer,
});

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
