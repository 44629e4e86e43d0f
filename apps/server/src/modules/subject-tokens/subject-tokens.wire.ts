import type { PersonalAccessToken } from './subject-tokens.contract.ts';
import { PERSONAL_ACCESS_TOKEN_PREFIX } from './subject-tokens.service.ts';
import type { PersonalAccessTokenRow } from './subject-tokens.store.ts';

export const toToken = (row: PersonalAccessTokenRow, value?: string): PersonalAccessToken => ({
  tenantId: row.tenantId,
  userId: row.userId,
  name: row.name,
  value: value ?? `${PERSONAL_ACCESS_TOKEN_PREFIX}****${row.hint}`,
  createdAt: row.createdAt.getTime(),
  expiresAt: row.expiresAt?.getTime() ?? null,
});
