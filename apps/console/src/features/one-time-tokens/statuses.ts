import type { OneTimeTokenStatus } from '@latchkey/server/contract';

/** What can have become of a magic link, in the order in which one looks for it. */
export const linkStatuses = ['active', 'consumed', 'expired', 'revoked'] as const satisfies OneTimeTokenStatus[];

export const readLinkStatus = (value: unknown): OneTimeTokenStatus | undefined =>
  linkStatuses.find((known) => known === value);
