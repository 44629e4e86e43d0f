import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretsApi } from '../secrets/index.ts';
import type { SsoIdentity } from './enterprise-sign-in.ts';
import { fail } from './enterprise-sso.errors.ts';
import * as store from './sso-identities.store.ts';

export type SsoIdentitiesService = ReturnType<typeof createSsoIdentitiesService>;

const keyOf = ({ connectorId, issuer, userInfo }: SsoIdentity): store.SsoIdentityKey => ({
  ssoConnectorId: connectorId,
  issuer,
  identityId: userInfo.id,
});

/** As it comes back from the database. */
const detailOf = ({ userInfo }: SsoIdentity): Record<string, unknown> => JSON.parse(JSON.stringify(userInfo));

/** Accounts at enterprise providers, and whose they are. */
export function createSsoIdentitiesService({ keepTokens }: { keepTokens: SecretsApi['keep'] }) {
  const insert = async (tx: Scope, userId: string, identity: SsoIdentity): Promise<void> => {
    const { ssoConnectorId, issuer, identityId } = keyOf(identity);
    const row: store.SsoIdentityRow = {
      tenantId: tx.tenantId,
      id: standardId(),
      userId,
      ssoConnectorId,
      issuer,
      identityId,
      detail: detailOf(identity),
      createdAt: tx.now,
      updatedAt: tx.now,
    };
    try {
      // A savepoint: the refusal is told apart, whatever the transaction around it goes on to do.
      await transaction(tx, (inner) => store.insertIdentity(inner.db, row));
    } catch (error) {
      if (!violates(error, 'user_sso_identities_identity_key') && !violates(error, 'user_sso_identities_user_key')) {
        throw error;
      }
      throw fail('user.identity_already_in_use', { cause: error });
    }
    await audit(tx, {
      key: 'User.SsoIdentity.Linked',
      target: { type: 'User', id: userId },
      details: { ssoConnectorId, issuer, identityId },
    });
  };

  return {
    listOf: (scope: Scope, userId: string) => store.listIdentitiesOf(scope.db, scope.tenantId, userId),

    /** Whose account it is; undefined when nobody has come with it. */
    findUserId: async (scope: Scope, identity: SsoIdentity): Promise<string | undefined> =>
      (await store.findIdentity(scope.db, scope.tenantId, keyOf(identity)))?.userId,

    /** Links it to the user, or notes what the provider has news of; true when it was linked just now. */
    async settle(tx: Scope, userId: string, identity: SsoIdentity): Promise<boolean> {
      const known = await store.findIdentity(tx.db, tx.tenantId, keyOf(identity));
      if (known && known.userId !== userId) throw fail('user.identity_already_in_use');
      const detail = detailOf(identity);
      if (!known) await insert(tx, userId, identity);
      else if (!isDeepStrictEqual(known.detail, detail)) {
        await store.updateDetail(tx.db, known, { detail, updatedAt: tx.now });
      }
      if (identity.tokens) await keepTokens(tx, { userId, provider: identity.connectorId }, identity.tokens);
      return !known;
    },
  };
}
