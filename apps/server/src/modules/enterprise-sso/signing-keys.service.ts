import { createSigningKey } from '@latchkey/connectors/saml';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { fail } from './enterprise-sso.errors.ts';
import type { SsoConnectorRecord, SsoConnectorsService } from './sso-connectors.service.ts';
import * as store from './sso-connectors.store.ts';

const LIFETIME_YEARS = 3;
const COMMON_NAME = 'Latchkey';

export type SigningKeysService = ReturnType<typeof createSigningKeysService>;

/** Keys that our requests to SAML providers are signed with. */
export function createSigningKeysService(
  { secretBox }: { secretBox: SecretBox },
  connectors: Pick<SsoConnectorsService, 'get' | 'getLocked' | 'announced'>,
) {
  const purposeOf = (tenantId: string, connectorId: string, id: string) =>
    `sso-signing-key:${tenantId}:${connectorId}:${id}`;

  const checkSaml = ({ kind }: SsoConnectorRecord): void => {
    if (kind.providerType !== 'saml') throw fail('single_sign_on.sso_signing_unavailable');
  };

  const note = (tx: Scope, key: string, connectorId: string, details: Record<string, unknown>) =>
    audit(tx, { key: `SsoConnector.SigningKey.${key}`, target: { type: 'SsoConnector', id: connectorId }, details });

  const getKey = async (tx: Scope, connectorId: string, id: string): Promise<store.SigningKeyRow> => {
    const keys = await store.listSigningKeys(tx.db, tx.tenantId, connectorId);
    const found = keys.find((each) => each.id === id);
    if (!found) throw fail('entity.not_exists_with_id', { data: { name: 'signing key', id } });
    return found;
  };

  return {
    async list(scope: Scope, connectorId: string): Promise<store.SigningKeyRow[]> {
      checkSaml(await connectors.get(scope, connectorId));
      return store.listSigningKeys(scope.db, scope.tenantId, connectorId);
    },

    async create(scope: Scope, connectorId: string, active: boolean): Promise<store.SigningKeyRow> {
      checkSaml(await connectors.get(scope, connectorId));
      const expiresAt = new Date(scope.now);
      expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + LIFETIME_YEARS);
      const made = await createSigningKey(COMMON_NAME, scope.now, expiresAt);
      const { tenantId, now: createdAt } = scope;
      const id = standardId();
      const row: store.SigningKeyRow = {
        tenantId,
        ssoConnectorId: connectorId,
        id,
        privateKeySealed: secretBox.seal(made.privateKey, purposeOf(tenantId, connectorId, id)),
        certificate: made.certificate,
        active,
        createdAt,
        expiresAt,
      };
      return connectors.announced(scope, async (tx) => {
        await connectors.getLocked(tx, connectorId);
        if (active) await store.deactivateSigningKeys(tx.db, tenantId, connectorId);
        await store.insertSigningKey(tx.db, row);
        await note(tx, 'Created', connectorId, { id, active });
        return row;
      });
    },

    setActive: (scope: Scope, connectorId: string, id: string, active: boolean): Promise<store.SigningKeyRow> =>
      connectors.announced(scope, async (tx) => {
        const record = await connectors.getLocked(tx, connectorId);
        checkSaml(record);
        const key = await getKey(tx, connectorId, id);
        if (!active && key.active && record.config.signAuthnRequest) {
          throw fail('single_sign_on.can_not_deactivate_signing_key_in_use');
        }
        if (active) await store.deactivateSigningKeys(tx.db, tx.tenantId, connectorId);
        await store.updateSigningKey(tx.db, key, { active });
        await note(tx, 'Updated', connectorId, { id, active });
        return { ...key, active };
      }),

    remove: (scope: Scope, connectorId: string, id: string): Promise<void> =>
      connectors.announced(scope, async (tx) => {
        await connectors.getLocked(tx, connectorId);
        const key = await getKey(tx, connectorId, id);
        if (key.active) throw fail('single_sign_on.can_not_delete_active_signing_key');
        await store.deleteSigningKey(tx.db, tx.tenantId, connectorId, id);
        await note(tx, 'Deleted', connectorId, { id });
      }),

    /** The key that signs, opened; undefined where none is active. */
    async findActive(
      scope: Scope,
      connectorId: string,
    ): Promise<{ privateKey: string; certificate: string } | undefined> {
      const keys = await store.listSigningKeys(scope.db, scope.tenantId, connectorId);
      const key = keys.find(({ active }) => active);
      if (!key) return undefined;
      const { certificate, privateKeySealed } = key;
      return {
        certificate,
        privateKey: secretBox.open(privateKeySealed, purposeOf(scope.tenantId, connectorId, key.id)),
      };
    },

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        const stale = (await store.listAllSigningKeys(tx.db, tx.tenantId)).filter(({ privateKeySealed }) =>
          secretBox.isStale(privateKeySealed),
        );
        for (const row of stale) {
          const purpose = purposeOf(tx.tenantId, row.ssoConnectorId, row.id);
          const privateKeySealed = secretBox.seal(secretBox.open(row.privateKeySealed, purpose), purpose);
          await store.updateSigningKey(tx.db, row, { privateKeySealed });
        }
        return stale.length;
      }),
  };
}
