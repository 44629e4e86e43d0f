/** What a user's secrets are sealed for: they open for nobody else. */
export const totpPurpose = (tenantId: string, userId: string) => `totp:${tenantId}:${userId}`;
export const codePurpose = (tenantId: string, userId: string) => `backup-code:${tenantId}:${userId}`;
