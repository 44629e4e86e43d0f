import type { Routes } from '../../kernel/operations.ts';
import type { ApplicationType } from './applications.contract.ts';
import * as contract from './applications.contract.ts';
import { fail } from './applications.errors.ts';
import type { ApplicationSecret, ApplicationsService } from './applications.service.ts';
import type { ApplicationRow } from './applications.store.ts';

export const toApplication = (row: ApplicationRow) => ({
  ...row,
  createdAt: row.createdAt.getTime(),
});

const toSecret = (secret: ApplicationSecret) => ({
  ...secret,
  createdAt: secret.createdAt.getTime(),
  expiresAt: secret.expiresAt?.getTime() ?? null,
});

/** What SAML needs of an application has an API of its own. */
function refuseSaml({ type }: { type: ApplicationType }): void {
  if (type === 'SAML') throw fail('application.saml.use_saml_app_api');
}

export function applicationsRoutes(service: ApplicationsService): Routes {
  return (route) => {
    route(contract.listApplications, async ({ scope, query, search, page, setTotal }) => {
      const { rows, total } = await service.list(scope, { ...query, search }, page);
      setTotal(total);
      return rows.map(toApplication);
    });

    route(contract.createApplication, async ({ scope, body }) => {
      refuseSaml(body);
      return toApplication(await service.create(scope, body));
    });

    route(contract.getApplication, async ({ scope, params }) => {
      const row = await service.get(scope, params.id);
      return { ...toApplication(row), isAdmin: await service.isAdmin(scope, params.id) };
    });

    route(contract.updateApplication, async ({ scope, params, body }) => {
      refuseSaml(await service.get(scope, params.id));
      return toApplication(await service.update(scope, params.id, body));
    });

    route(contract.deleteApplication, async ({ scope, params }) => {
      refuseSaml(await service.get(scope, params.id));
      await service.remove(scope, params.id);
    });

    route(contract.updateApplicationCustomData, async ({ scope, params, body }) => {
      const { customData } = await service.get(scope, params.applicationId);
      const after = await service.update(scope, params.applicationId, { customData: { ...customData, ...body } });
      return after.customData;
    });

    route(contract.listApplicationSecrets, async ({ scope, params }) =>
      (await service.listSecrets(scope, params.id)).map(toSecret),
    );

    route(contract.createApplicationSecret, async ({ scope, params, body }) => {
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
      return toSecret(await service.createSecret(scope, params.id, { name: body.name, expiresAt }));
    });

    route(contract.updateApplicationSecret, async ({ scope, params, body }) =>
      toSecret(await service.renameSecret(scope, params.id, params.name, body.name)),
    );

    route(contract.deleteApplicationSecret, ({ scope, params }) => service.removeSecret(scope, params.id, params.name));

    route(contract.deleteLegacySecret, async ({ scope, params }) => {
      await service.get(scope, params.id);
      throw fail('application.no_legacy_secret_found');
    });

    route(contract.getApplicationSignInExperience, async ({ scope, params, query, reply }) => {
      const experience = await service.findExperience(scope, params.applicationId);
      if (experience) return experience;
      if (!query.optional) throw fail('entity.not_found');
      reply.code(204);
    });

    route(contract.putApplicationSignInExperience, async ({ scope, params, body, reply }) => {
      const { row, created } = await service.setExperience(scope, params.applicationId, body);
      reply.code(created ? 201 : 200);
      return row;
    });
  };
}
