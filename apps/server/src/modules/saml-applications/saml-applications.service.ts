import { parseCertificates } from '@latchkey/connectors/saml';
import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { AcsUrl, CreateSamlApplication, Encryption, UpdateSamlApplication } from './saml-applications.contract.ts';
import { fail } from './saml-applications.errors.ts';
import * as store from './saml-applications.store.ts';
import { POST_BINDING } from './saml-attributes.contract.ts';
import type { SamlSecretsService } from './saml-secrets.service.ts';

type ApplicationRow = Awaited<ReturnType<ApplicationsApi['create']>>;

/** An application together with what SAML needs of it. */
export interface SamlApplicationRecord {
  application: ApplicationRow;
  config: store.ConfigRow;
}

/** Years that the key is good for which an application is created with (features 10). */
const FIRST_LIFE_SPAN = 3;

export type SamlApplicationsService = ReturnType<typeof createSamlApplicationsService>;

/** Service providers that sign their people in here. */
export function createSamlApplicationsService(
  deps: { applications: Pick<ApplicationsApi, 'find' | 'create' | 'update' | 'remove'> },
  secrets: SamlSecretsService,
) {
  const { applications } = deps;

  const get = async (scope: Scope, id: string): Promise<SamlApplicationRecord> => {
    const application = await applications.find(scope, id);
    if (!application) throw fail('entity.not_exists_with_id', { data: { name: 'application', id } });
    const config = await store.findConfig(scope.db, scope.tenantId, id);
    if (!config) throw fail('application.saml.saml_application_only');
    return { application, config };
  };

  return {
    get,

    async create(scope: Scope, input: CreateSamlApplication): Promise<SamlApplicationRecord> {
      const { name, description, customData, attributeMapping, entityId, acsUrl, encryption, nameIdFormat } = input;
      checkAcsUrl(acsUrl);
      checkEncryption(encryption);
      const key = await secrets.make(scope, FIRST_LIFE_SPAN);
      return uniquely(() =>
        transaction(scope, async (tx) => {
          const application = await applications.create(tx, { name, description, customData, type: 'SAML' });
          const config: store.ConfigRow = {
            tenantId: tx.tenantId,
            applicationId: application.id,
            attributeMapping: attributeMapping ?? {},
            entityId: entityId ?? null,
            acsUrl: acsUrl ?? null,
            encryption: encryption ?? null,
            nameIdFormat,
          };
          await store.insertConfig(tx.db, config);
          await secrets.insert(tx, application.id, key, { active: true });
          return { application, config };
        }),
      );
    },

    update: (scope: Scope, id: string, input: UpdateSamlApplication): Promise<SamlApplicationRecord> =>
      uniquely(() =>
        transaction(scope, async (tx) => {
          await store.lockConfig(tx.db, tx.tenantId, id);
          const { application, config: before } = await get(tx, id);
          const { name, description, customData, appLevelAccessControlEnabled, ...settings } = input;
          checkAcsUrl(settings.acsUrl);
          checkEncryption(settings.encryption);
          const general = sentOf({ name, description, customData, appLevelAccessControlEnabled });
          const after = general ? await applications.update(tx, id, general) : application;
          const sent = sentOf(settings);
          if (!sent) return { application: after, config: before };
          const config: store.ConfigRow = { ...before, ...sent };
          await store.updateConfig(tx.db, config);
          await audit(tx, {
            key: 'Application.Saml.Updated',
            target: { type: 'Application', id },
            before,
            after: config,
          });
          return { application: after, config };
        }),
      ),

    async remove(scope: Scope, id: string): Promise<void> {
      await get(scope, id);
      await applications.remove(scope, id);
    },
  };
}

type Sent<Input> = { [Key in keyof Input]?: Exclude<Input[Key], undefined> };

/** The members that were sent; undefined when there is none. */
function sentOf<Input extends object>(input: Input): Sent<Input> | undefined {
  const sent = Object.entries(input).filter(([, value]) => value !== undefined);
  return sent.length > 0 ? (Object.fromEntries(sent) as Sent<Input>) : undefined;
}

function checkAcsUrl(acsUrl: AcsUrl | null | undefined): void {
  if (!acsUrl) return;
  if (acsUrl.binding !== POST_BINDING) throw fail('application.saml.acs_url_binding_not_supported');
  if (!/^https?:$/.test(new URL(acsUrl.url).protocol)) throw fail('application.saml.acs_url_scheme_not_supported');
}

function checkEncryption(encryption: Encryption | null | undefined): void {
  if (!encryption?.encryptAssertion) return;
  if (!encryption.certificate) throw fail('application.saml.certificate_required');
  try {
    const [certificate] = parseCertificates(encryption.certificate);
    // XML Encryption wraps the key of a message by RSA.
    if (certificate?.publicKey.asymmetricKeyType === 'rsa') return;
  } catch (error) {
    throw fail('application.saml.invalid_certificate_pem_format', { cause: error });
  }
  throw fail('application.saml.invalid_certificate_pem_format');
}

async function uniquely<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!violates(error, 'saml_application_configs_entity_key')) throw error;
    throw fail('entity.unique_integrity_violation', { details: 'entityId', cause: error });
  }
}
