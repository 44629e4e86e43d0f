import { audit } from '../../kernel/audit.ts';
import { emitEvent } from '../../kernel/events.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { endModels, ofGrants } from './endings.store.ts';
import * as store from './grants.store.ts';

/** A grant that is about to be used, and how many its user may have with the application. */
export interface GrantLimit extends store.GrantKey {
  grantId: string;
  max: number;
}

/**
 * Ends the oldest grants of a user and an application beyond `max` (features 1.6). Parallel sign-ins follow each other
 * here, and each counts after its own grant was written, so that the last one leaves the right number.
 */
export async function limitGrants(scope: Scope, { grantId, accountId, clientId, max }: GrantLimit): Promise<void> {
  await transaction(scope, async (tx) => {
    await store.lockGrantsOf(tx.db, tx.tenantId, { accountId, clientId });
    const surplus = await store.findSurplusGrants(
      tx.db,
      tx.tenantId,
      { accountId, clientId },
      { current: grantId, max },
      tx.now,
    );
    if (surplus.length === 0) return;
    await endModels(tx.db, tx.tenantId, ofGrants(surplus), { reason: 'grant_limit', now: tx.now });
    await audit(tx, {
      key: 'RevokeGrants',
      target: { type: 'User', id: accountId },
      details: { applicationId: clientId, userId: accountId, grantIds: surplus, reason: 'grant_limit' },
    });
    await emitEvent(tx, {
      event: 'Grant.LimitExceeded',
      object: { type: 'User', id: accountId },
      payload: { applicationId: clientId, userId: accountId, maxAllowedGrants: max, revokedGrantIds: surplus },
    });
  });
}
