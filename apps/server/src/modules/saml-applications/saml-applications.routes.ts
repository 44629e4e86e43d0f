import { X509Certificate } from 'node:crypto';
import type { Routes } from '../../kernel/operations.ts';
import * as contract from './saml-applications.contract.ts';
import type { SamlApplicationRecord, SamlApplicationsService } from './saml-applications.service.ts';
import type { SecretRow } from './saml-applications.store.ts';
import type { SamlSecretsService } from './saml-secrets.service.ts';

const toSamlApplication = ({ application, config }: SamlApplicationRecord): contract.SamlApplication => ({
  ...application,
  ...config,
  createdAt: application.createdAt.getTime(),
});

function toSecret({ id, certificate, active, createdAt, expiresAt }: SecretRow): contract.SamlApplicationSecret {
  const { fingerprint256: formatted } = new X509Certificate(certificate);
  return {
    id,
    certificate,
    active,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    fingerprints: { sha256: { formatted, unformatted: formatted.replaceAll(':', '').toLowerCase() } },
  };
}

/** What administrators do with SAML applications. */
export function samlApplicationsRoutes(service: SamlApplicationsService, secrets: SamlSecretsService): Routes {
  return (route) => {
    route(contract.createSamlApplication, async ({ scope, body }) =>
      toSamlApplication(await service.create(scope, body)),
    );

    route(contract.getSamlApplication, async ({ scope, params }) =>
      toSamlApplication(await service.get(scope, params.id)),
    );

    route(contract.updateSamlApplication, async ({ scope, params, body }) =>
      toSamlApplication(await service.update(scope, params.id, body)),
    );

    route(contract.deleteSamlApplication, ({ scope, params }) => service.remove(scope, params.id));

    route(contract.listSamlApplicationSecrets, async ({ scope, params }) =>
      (await secrets.list(scope, params.id)).map((row) => ({
        ...toSecret(row),
        expiresAt: row.expiresAt.toISOString(),
      })),
    );

    route(contract.createSamlApplicationSecret, async ({ scope, params, body }) =>
      toSecret(await secrets.create(scope, params.id, body.lifeSpanInYears)),
    );

    route(contract.updateSamlApplicationSecret, async ({ scope, params, body }) =>
      toSecret(await secrets.setActive(scope, params.id, params.secretId, body.active)),
    );

    route(contract.deleteSamlApplicationSecret, ({ scope, params }) =>
      secrets.remove(scope, params.id, params.secretId),
    );
  };
}
