import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { emitEvent } from '../../kernel/events.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SearchQuery } from '../../kernel/search.ts';
import { fail } from './resources.errors.ts';
import * as store from './resources.store.ts';

export interface ResourcesDependencies {
  /** Announces that what is granted of a resource has changed, in the transaction in progress. */
  announceGrant(scope: Scope): Promise<void>;
  /** Announces that a resource itself has changed. */
  announceResource(scope: Scope, indicator: string): Promise<void>;
  /** True for the APIs that Latchkey serves itself: their scopes are ours to name. */
  isManagementApi(indicator: string): boolean;
}

export type ResourcesService = ReturnType<typeof createResourcesService>;

const DEFAULT_TTL = 3600;
const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'resource', id } });

/** The APIs that tokens are issued for, and their scopes. */
export function createResourcesService(deps: ResourcesDependencies) {
  const get = async (scope: Scope, id: string): Promise<store.ResourceRow> => {
    const row = await store.findResource(scope.db, scope.tenantId, id);
    if (!row) throw missing(id);
    return row;
  };

  /** The API whose scopes are about to change; those of the Management API follow from its operations. */
  const getOwn = async (scope: Scope, id: string): Promise<store.ResourceRow> => {
    const row = await get(scope, id);
    if (deps.isManagementApi(row.indicator)) throw fail('resource.cannot_modify_management_api');
    return row;
  };

  const changeScope = <Result>(
    scope: Scope,
    ids: { resourceId: string; scopeId: string },
    work: (tx: Scope, row: store.ScopeRow) => Promise<Result>,
  ) =>
    transaction(scope, async (tx) => {
      await getOwn(tx, ids.resourceId);
      const row = await store.findScope(tx.db, tx.tenantId, ids.resourceId, ids.scopeId);
      if (!row) throw fail('entity.not_exists_with_id', { data: { name: 'scope', id: ids.scopeId } });
      const result = await uniquely(() => work(tx, row));
      await deps.announceGrant(tx);
      return result;
    });

  return {
    get,

    list: (scope: Scope, search: SearchQuery | undefined, page: Page | undefined) =>
      store.listResources(scope.db, scope.tenantId, search, page),

    listScopesOf: (scope: Scope, ids: string[]) => store.listScopesOf(scope.db, scope.tenantId, ids),

    create: (scope: Scope, input: { name: string; indicator: string; accessTokenTtl?: number | undefined }) =>
      transaction(scope, async (tx) => {
        if (deps.isManagementApi(input.indicator)) throw fail('resource.resource_identifier_in_use');
        const row: store.ResourceRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          name: input.name,
          indicator: input.indicator,
          isDefault: false,
          accessTokenTtl: input.accessTokenTtl ?? DEFAULT_TTL,
          createdAt: tx.now,
        };
        await uniquely(() => store.insertResource(tx.db, row));
        await audit(tx, { key: 'Resource.Created', target: { type: 'Resource', id: row.id }, after: row });
        await deps.announceResource(tx, row.indicator);
        return row;
      }),

    update: (
      scope: Scope,
      id: string,
      change: { name?: string | undefined; accessTokenTtl?: number | undefined },
    ): Promise<store.ResourceRow> =>
      transaction(scope, async (tx) => {
        const before = await get(tx, id);
        if (change.name !== undefined && deps.isManagementApi(before.indicator)) {
          throw fail('resource.cannot_modify_management_api');
        }
        const after = await store.updateResource(tx.db, tx.tenantId, id, sent(change));
        if (!after) throw missing(id);
        await audit(tx, { key: 'Resource.Updated', target: { type: 'Resource', id }, before, after });
        await deps.announceResource(tx, after.indicator);
        return after;
      }),

    /** All rows are held, because the default moves from one to another. */
    setDefault: (scope: Scope, id: string, isDefault: boolean): Promise<store.ResourceRow> =>
      transaction(scope, async (tx) => {
        const all = await store.lockResources(tx.db, tx.tenantId);
        const row = all.find((one) => one.id === id);
        if (!row) throw missing(id);
        const previous = all.find((one) => one.isDefault && one.id !== id);
        if (isDefault && previous) {
          await store.setDefault(tx.db, tx.tenantId, previous.id, false);
          await deps.announceResource(tx, previous.indicator);
        }
        await store.setDefault(tx.db, tx.tenantId, id, isDefault);
        const after = { ...row, isDefault };
        await audit(tx, { key: 'Resource.Updated', target: { type: 'Resource', id }, before: row, after });
        await deps.announceResource(tx, row.indicator);
        return after;
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const before = await get(tx, id);
        if (deps.isManagementApi(before.indicator)) throw fail('resource.cannot_delete_management_api');
        await store.deleteResource(tx.db, tx.tenantId, id);
        await audit(tx, { key: 'Resource.Deleted', target: { type: 'Resource', id }, before });
        await deps.announceResource(tx, before.indicator);
        await deps.announceGrant(tx);
      }),

    async listScopes(scope: Scope, resourceId: string, search: SearchQuery | undefined, page: Page | undefined) {
      await get(scope, resourceId);
      return store.listScopes(scope.db, scope.tenantId, { resourceId, search }, page);
    },

    createScope: (scope: Scope, resourceId: string, input: { name: string; description?: string | null | undefined }) =>
      transaction(scope, async (tx) => {
        checkName(input.name);
        await getOwn(tx, resourceId);
        const row: store.ScopeRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          resourceId,
          name: input.name,
          description: input.description ?? null,
          createdAt: tx.now,
        };
        await uniquely(() => store.insertScope(tx.db, row));
        await recordScope(tx, 'Scope.Created', row, { after: row });
        return row;
      }),

    updateScope: (
      scope: Scope,
      ids: { resourceId: string; scopeId: string },
      input: { name?: string | undefined; description?: string | null | undefined },
    ): Promise<store.ScopeRow> =>
      changeScope(scope, ids, async (tx, before) => {
        if (input.name !== undefined) checkName(input.name);
        const after = { ...before, ...sent(input) };
        await store.updateScope(tx.db, before, sent(input));
        await recordScope(tx, 'Scope.Data.Updated', after, { before, after });
        return after;
      }),

    removeScope: (scope: Scope, ids: { resourceId: string; scopeId: string }): Promise<void> =>
      changeScope(scope, ids, async (tx, before) => {
        await store.deleteScope(tx.db, before);
        await recordScope(tx, 'Scope.Deleted', before, { before });
      }),
  };
}

type Sent<Input> = { [Key in keyof Input]?: Exclude<Input[Key], undefined> };

/** What was sent: undefined members are left out. */
const sent = <Input extends object>(input: Input): Sent<Input> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Sent<Input>;

/** RFC 6749 §3.3: scopes are separated by spaces. */
function checkName(name: string): void {
  if (/\s/.test(name)) throw fail('scope.name_with_space');
}

async function recordScope(
  tx: Scope,
  key: 'Scope.Created' | 'Scope.Data.Updated' | 'Scope.Deleted',
  row: store.ScopeRow,
  change: { before?: store.ScopeRow; after?: store.ScopeRow },
): Promise<void> {
  await audit(tx, { key, target: { type: 'Scope', id: row.id }, ...change });
  const data = { ...row, createdAt: row.createdAt.getTime() };
  await emitEvent(tx, { event: key, object: { type: 'Scope', id: row.id }, payload: { data } });
}

async function uniquely<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violates(error, 'resources_indicator_key')) throw fail('resource.resource_identifier_in_use', { cause: error });
    if (violates(error, 'scopes_name_key')) throw fail('scope.name_exists', { cause: error });
    throw error;
  }
}
