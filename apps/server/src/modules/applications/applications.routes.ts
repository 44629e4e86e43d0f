import type { OperationInput, Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as contract from './applications.contract.ts';
import { fail } from './applications.errors.ts';
import type { ApplicationSecret, ApplicationsService } from './applications.service.ts';
import type { ApplicationRow } from './applications.store.ts';

const toApplication = (row: ApplicationRow, secret?: string) => ({
  ...row,
  ...(secret !== undefined && { secret }),
  createdAt: row.createdAt.getTime(),
});

const toSecret = (secret: ApplicationSecret) => ({
  ...secret,
  createdAt: secret.createdAt.getTime(),
  expiresAt: secret.expiresAt?.getTime() ?? null,
});

export function applicationsRoutes(service: ApplicationsService): Routes {
  return (route) => {
    route(contract.listApplications, async ({ scope, query, search, page, setTotal }) => {
      // No organization holds an application yet, so leaving out an organization's leaves out none.
      const { excludeOrganizationId: _, ...filter } = query;
      const { rows, total } = await service.list(scope, { ...filter, search }, page);
      setTotal(total);
      const secrets = await service.validSecretsOf(
        scope,
        rows.map((row) => row.id),
      );
      return rows.map((row) => toApplication(row, secrets.get(row.id)));
    });

    const withSecret = async ({ scope }: Pick<OperationInput<never>, 'scope'>, row: ApplicationRow) =>
      toApplication(row, (await service.validSecretsOf(scope, [row.id])).get(row.id));

    route(contract.createApplication, async (input) =>
      withSecret(input, await service.create(input.scope, input.body)),
    );

    route(contract.getApplication, async (input) => {
      const { id } = input.params;
      const row = await service.get(input.scope, id);
      return { ...(await withSecret(input, row)), isAdmin: await service.isAdmin(input.scope, id) };
    });

    route(contract.updateApplication, async (input) =>
      withSecret(input, await service.update(input.scope, input.params.id, input.body)),
    );

    route(contract.deleteApplication, ({ scope, params }) => service.remove(scope, params.id));

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

    // No application can be created with the type Protected, so each that there is has the wrong one.
    const refuseDomains = async ({ scope, params }: { scope: Scope; params: { id: string } }): Promise<never> => {
      await service.get(scope, params.id);
      throw fail('application.protected_application_only');
    };
    route(contract.listProtectedAppDomains, refuseDomains);
    route(contract.addProtectedAppDomain, refuseDomains);
    route(contract.removeProtectedAppDomain, refuseDomains);

    route(contract.getApplicationSignInExperience, ({ scope, params }) =>
      service.getExperience(scope, params.applicationId),
    );

    route(contract.putApplicationSignInExperience, async ({ scope, params, body, reply }) => {
      const { row, created } = await service.setExperience(scope, params.applicationId, body);
      reply.code(created ? 201 : 200);
      return row;
    });
  };
}
