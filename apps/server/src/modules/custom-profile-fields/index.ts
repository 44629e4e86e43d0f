import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { CustomProfileField } from './custom-profile-fields.contract.ts';
import { customProfileFieldsRoutes, toWire } from './custom-profile-fields.routes.ts';
import {
  type CustomProfileFieldsDependencies,
  createCustomProfileFieldsService,
  FIELDS_KEY,
  FIELDS_TOPIC,
} from './custom-profile-fields.service.ts';
import { listFields } from './custom-profile-fields.store.ts';

export { type FieldIssue, readFieldValues } from './field-values.ts';

export interface CustomProfileFieldsApi {
  /** The tenant's catalogue in its order, cached. */
  catalogue(tenantId: string): Promise<readonly CustomProfileField[]>;
  /** The fields that a list names, in the list's order; `null` is the whole catalogue (features 2.1). */
  fields(tenantId: string, chosen: readonly { name: string }[] | null): Promise<CustomProfileField[]>;
}

/** What a tenant wants to know of its users beside the standard claims. */
export function createCustomProfileFieldsModule(
  deps: CustomProfileFieldsDependencies & { database: DatabasePool; caches: Caches },
): { routes: Routes; api: CustomProfileFieldsApi } {
  const service = createCustomProfileFieldsService(deps);
  const cached = deps.caches.create(FIELDS_TOPIC, async (tenantId) =>
    (await listFields(deps.database.forTenant(tenantId), tenantId)).map(toWire),
  );
  const catalogue = async (tenantId: string) => (await cached.get(tenantId, FIELDS_KEY)) ?? [];

  return {
    routes: customProfileFieldsRoutes(service),
    api: {
      catalogue,
      async fields(tenantId, chosen) {
        const all = await catalogue(tenantId);
        return chosen ? chosen.flatMap(({ name }) => all.find((field) => field.name === name) ?? []) : [...all];
      },
    },
  };
}
