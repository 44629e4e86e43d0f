import { createSigningKey } from '@latchkey/connectors/saml';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { fail } from './saml-applications.errors.ts';
import * as store from './saml-applications.store.ts';

/** Features 10: keys of the wire's length, in a certificate that names the maker. */
const KEY_BITS = 4096;
const COMMON_NAME = 'Latchkey';

const missing = (name: string, id: string) => fail('entity.not_exists_with_id', { data: { name, id } });

interface NewKey {
  privateKey: string;
  certificate: string;
  createdAt: Date;
  expiresAt: Date;
}

export type SamlSecretsService = ReturnType<typeof createSamlSecretsService>;

/** Keys that answers to service providers are signed with. */
export function createSamlSecretsService({ secretBox }: { secretBox: SecretBox }) {
  const purposeOf = ({ tenantId, applicationId, id }: Pick<store.SecretRow, 'tenantId' | 'applicationId' | 'id'>) =>
    `saml-application-secret:${tenantId}:${applicationId}:${id}`;

  const note = (tx: Scope, event: string, { applicationId, id, active, expiresAt }: store.SecretRow) =>
    audit(tx, {
      key: `Application.Secret.${event}`,
      target: { type: 'Application', id: applicationId },
      details: { id, active, expiresAt },
    });

  /** Runs a change of one key in a transaction that holds its application. */
  const change = <Result>(
    scope: Scope,
    applicationId: string,
    id: string,
    work: (tx: Scope, row: store.SecretRow) => Promise<Result>,
  ) =>
    transaction(scope, async (tx) => {
      if (!(await store.lockConfig(tx.db, tx.tenantId, applicationId))) throw missing('application', applicationId);
      const rows = await store.listSecrets(tx.db, tx.tenantId, applicationId);
      const row = rows.find((each) => each.id === id);
      if (!row) throw missing('secret', id);
      return work(tx, row);
    });

  const requireApplication = async (scope: Scope, applicationId: string): Promise<void> => {
    if (!(await store.findConfig(scope.db, scope.tenantId, applicationId))) throw missing('application', applicationId);
  };

  /** A new key, stored nowhere yet: it takes its time, which no transaction should wait for. */
  const make = async ({ now: createdAt }: Scope, years: number): Promise<NewKey> => {
    const expiresAt = new Date(createdAt);
    expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + years);
    return { ...(await createSigningKey(COMMON_NAME, createdAt, expiresAt, KEY_BITS)), createdAt, expiresAt };
  };

  /** Gives an application the key, in the transaction in progress. */
  const insert = async (
    tx: Scope,
    applicationId: string,
    { privateKey, ...made }: NewKey,
    { active }: { active: boolean },
  ): Promise<store.SecretRow> => {
    const key = { tenantId: tx.tenantId, applicationId, id: standardId() };
    const row = { ...key, ...made, active, privateKeySealed: secretBox.seal(privateKey, purposeOf(key)) };
    await store.insertSecret(tx.db, row);
    return row;
  };

  return {
    make,
    insert,

    async list(scope: Scope, applicationId: string): Promise<store.SecretRow[]> {
      await requireApplication(scope, applicationId);
      return store.listSecrets(scope.db, scope.tenantId, applicationId);
    },

    async create(scope: Scope, applicationId: string, years: number): Promise<store.SecretRow> {
      await requireApplication(scope, applicationId);
      const made = await make(scope, years);
      return transaction(scope, async (tx) => {
        if (!(await store.lockConfig(tx.db, tx.tenantId, applicationId))) throw missing('application', applicationId);
        const row = await insert(tx, applicationId, made, { active: false });
        await note(tx, 'Created', row);
        return row;
      });
    },

    setActive: (scope: Scope, applicationId: string, id: string, active: boolean): Promise<store.SecretRow> =>
      change(scope, applicationId, id, async (tx, row) => {
        if (active && row.expiresAt <= tx.now) throw fail('application.saml.secret_expired');
        if (active) await store.deactivateSecrets(tx.db, tx.tenantId, applicationId);
        await store.updateSecret(tx.db, row, { active });
        const after = { ...row, active };
        await note(tx, 'Updated', after);
        return after;
      }),

    remove: (scope: Scope, applicationId: string, id: string): Promise<void> =>
      change(scope, applicationId, id, async (tx, row) => {
        if (row.active) throw fail('application.saml.can_not_delete_active_secret');
        await store.deleteSecret(tx.db, row);
        await note(tx, 'Deleted', row);
      }),

    /** The key that signs, opened. */
    async getSigning(scope: Scope, applicationId: string): Promise<{ privateKey: string; certificate: string }> {
      const rows = await store.listSecrets(scope.db, scope.tenantId, applicationId);
      const row = rows.find(({ active, expiresAt }) => active && expiresAt > scope.now);
      if (!row) throw fail('application.saml.no_active_secret');
      return { privateKey: secretBox.open(row.privateKeySealed, purposeOf(row)), certificate: row.certificate };
    },

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        const stale = (await store.lockAllSecrets(tx.db, tx.tenantId)).filter(({ privateKeySealed }) =>
          secretBox.isStale(privateKeySealed),
        );
        for (const row of stale) {
          const purpose = purposeOf(row);
          const privateKeySealed = secretBox.seal(secretBox.open(row.privateKeySealed, purpose), purpose);
          await store.updateSecret(tx.db, row, { privateKeySealed });
        }
        return stale.length;
      }),
  };
}
