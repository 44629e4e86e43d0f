import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { violates } from '../../kernel/database.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { CreateField } from './custom-profile-fields.contract.ts';
import { fail } from './custom-profile-fields.errors.ts';
import * as store from './custom-profile-fields.store.ts';
import { checkField } from './field-rules.ts';

/** The caches' topic of a tenant's catalogue, which is one entry. */
export const FIELDS_TOPIC = 'custom-profile-fields';
export const FIELDS_KEY = 'all';

export interface CustomProfileFieldsDependencies {
  /** Called in the transaction that deletes a field: nobody may be asked for one that is gone. */
  forgetField(scope: Scope, name: string): Promise<void>;
}

export type CustomProfileFieldsService = ReturnType<typeof createCustomProfileFieldsService>;

/** The columns that a declaration fills. */
const columnsOf = ({ type, label, description, required, config, name }: CreateField) => ({
  type,
  label: label ?? name,
  description: description ?? null,
  required,
  config: config ?? {},
});

export function createCustomProfileFieldsService(deps: CustomProfileFieldsDependencies) {
  const change = <Result>(scope: Scope, work: (tx: Scope) => Promise<Result>): Promise<Result> =>
    transaction(scope, async (tx) => {
      await store.lockFields(tx.db, tx.tenantId);
      const result = await work(tx);
      await announceChange(tx, FIELDS_TOPIC, FIELDS_KEY);
      return result;
    });

  const record = (tx: Scope, key: string, name: string, before?: object, after?: object): Promise<void> =>
    audit(tx, { key: `CustomProfileField.${key}`, target: { type: 'CustomProfileField', id: name }, before, after });

  const get = async (scope: Scope, name: string): Promise<store.FieldRow> => {
    const row = await store.findField(scope.db, scope.tenantId, name);
    if (!row) throw fail('entity.not_found');
    return row;
  };

  return {
    list: (scope: Scope) => store.listFields(scope.db, scope.tenantId),
    get,

    /** All of them, at the end of the catalogue, or none. */
    create(scope: Scope, fields: readonly CreateField[]): Promise<store.FieldRow[]> {
      for (const field of fields) checkField(field);
      return change(scope, async (tx) => {
        const last = (await store.listFields(tx.db, tx.tenantId)).at(-1)?.sieOrder ?? 0;
        const rows = fields.map((field, index) => ({
          tenantId: tx.tenantId,
          name: field.name,
          id: standardId(),
          ...columnsOf(field),
          sieOrder: last + index + 1,
          createdAt: tx.now,
        }));
        try {
          await store.insertFields(tx.db, rows);
        } catch (error) {
          if (violates(error, 'custom_profile_fields_pkey')) {
            throw fail('custom_profile_fields.name_exists', { cause: error });
          }
          throw error;
        }
        for (const row of rows) await record(tx, 'Created', row.name, undefined, row);
        return rows;
      });
    },

    replace(scope: Scope, field: CreateField): Promise<store.FieldRow> {
      checkField(field);
      return change(scope, async (tx) => {
        const before = await get(tx, field.name);
        const after = await store.updateField(tx.db, tx.tenantId, field.name, columnsOf(field));
        if (!after) throw fail('entity.not_found');
        await record(tx, 'Updated', field.name, before, after);
        return after;
      });
    },

    remove: (scope: Scope, name: string): Promise<void> =>
      change(scope, async (tx) => {
        const before = await store.deleteField(tx.db, tx.tenantId, name);
        if (!before) throw fail('entity.not_found');
        await deps.forgetField(tx, name);
        await record(tx, 'Deleted', name, before);
      }),

    order: (scope: Scope, order: readonly { name: string; sieOrder: number }[]): Promise<store.FieldRow[]> =>
      change(scope, async (tx) => {
        const before = await store.listFields(tx.db, tx.tenantId);
        const places = new Map(before.map(({ name, sieOrder }) => [name, sieOrder]));
        const unknown = order.filter(({ name }) => !places.has(name)).map(({ name }) => name);
        if (unknown.length > 0) {
          throw fail('custom_profile_fields.entity_not_exists_with_names', { data: { names: unknown.join(', ') } });
        }
        for (const { name, sieOrder } of order) places.set(name, sieOrder);
        if (new Set(places.values()).size < places.size) throw fail('custom_profile_fields.conflicted_sie_order');
        for (const { name, sieOrder } of order) await store.updateField(tx.db, tx.tenantId, name, { sieOrder });
        const view = (rows: readonly store.FieldRow[]) =>
          Object.fromEntries(rows.map((row) => [row.name, row.sieOrder]));
        const after = await store.listFields(tx.db, tx.tenantId);
        await record(tx, 'Ordered', '*', view(before), view(after));
        return after;
      }),
  };
}
