import type { Routes } from '../../kernel/operations.ts';
import * as contract from './custom-profile-fields.contract.ts';
import type { CustomProfileFieldsService } from './custom-profile-fields.service.ts';
import type { FieldRow } from './custom-profile-fields.store.ts';

export const toWire = ({ createdAt, ...row }: FieldRow): contract.CustomProfileField => ({
  ...row,
  createdAt: createdAt.getTime(),
});

export function customProfileFieldsRoutes(service: CustomProfileFieldsService): Routes {
  return (route) => {
    route(contract.listCustomProfileFields, async ({ scope }) => (await service.list(scope)).map(toWire));
    route(contract.createCustomProfileField, async ({ scope, body }) => {
      const [row] = await service.create(scope, [body]);
      return toWire(row as FieldRow);
    });
    route(contract.createCustomProfileFields, async ({ scope, body }) =>
      (await service.create(scope, body)).map(toWire),
    );
    route(contract.getCustomProfileField, async ({ scope, params }) => toWire(await service.get(scope, params.name)));
    route(contract.replaceCustomProfileField, async ({ scope, params, body }) =>
      toWire(await service.replace(scope, { ...body, name: params.name })),
    );
    route(contract.deleteCustomProfileField, ({ scope, params }) => service.remove(scope, params.name));
    route(contract.orderCustomProfileFields, async ({ scope, body }) =>
      (await service.order(scope, body.order)).map(toWire),
    );
  };
}
