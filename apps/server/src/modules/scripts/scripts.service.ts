import { audit } from '../../kernel/audit.ts';
import { announceChange, type Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { Sandbox, ScriptResult } from './sandbox.ts';
import { fail } from './scripts.errors.ts';
import * as store from './scripts.store.ts';
import type { ScriptSettings, Slot } from './scripts.table.ts';

const SCRIPT_TOPIC = 'script';

/** A script with all that belongs to it. */
export interface ScriptConfig extends ScriptSettings {
  script: string;
  environmentVariables?: Record<string, string> | undefined;
}

/** The function that a script of each slot declares. */
export const ENTRIES: Record<Slot, string> = {
  'jwt.accessToken': 'getCustomJwtClaims',
  'jwt.clientCredentials': 'getCustomJwtClaims',
  'action.postFirstFactorVerification': 'runAction',
  'action.postSignIn': 'runAction',
};

export interface ScriptsDependencies {
  database: DatabasePool;
  caches: Caches;
  secretBox: SecretBox;
  sandbox: Sandbox;
}

export type ScriptsService = ReturnType<typeof createScriptsService>;

const target = (slot: Slot) => ({ type: 'Script' as const, id: slot });
/** The names of variables are worth recording, their values are secrets. */
const auditView = (config: ScriptConfig) => ({
  ...config,
  environmentVariables: Object.keys(config.environmentVariables ?? {}),
});
const purposeOf = (tenantId: string, slot: Slot) => `script-environment:${tenantId}:${slot}`;

/** The tenant's scripts: kept, and run in the sandbox. */
export function createScriptsService(deps: ScriptsDependencies) {
  const { secretBox, sandbox } = deps;

  const toConfig = (row: store.ScriptRow): ScriptConfig => ({
    ...row.settings,
    script: row.script,
    ...(row.environmentSealed !== null && {
      environmentVariables: JSON.parse(
        secretBox.open(row.environmentSealed, purposeOf(row.tenantId, row.slot)),
      ) as Record<string, string>,
    }),
  });

  // A tenant without a script costs no statement at its tokens.
  const configs = deps.caches.create(SCRIPT_TOPIC, async (tenantId, key) => {
    const row = await store.findScript(deps.database.forTenant(tenantId), tenantId, key as Slot);
    return { config: row && toConfig(row) };
  });

  const find = async (scope: Scope, slot: Slot): Promise<ScriptConfig | undefined> => {
    const row = await store.findScript(scope.db, scope.tenantId, slot);
    return row && toConfig(row);
  };

  const get = async (scope: Scope, slot: Slot): Promise<ScriptConfig> => {
    const config = await find(scope, slot);
    if (!config) throw missing(slot);
    return config;
  };

  const write = async (tx: Scope, slot: Slot, config: ScriptConfig, before: ScriptConfig | undefined) => {
    const { script, environmentVariables, ...settings } = config;
    const sealed =
      environmentVariables && secretBox.seal(JSON.stringify(environmentVariables), purposeOf(tx.tenantId, slot));
    await store.upsertScript(tx.db, {
      tenantId: tx.tenantId,
      slot,
      script,
      environmentSealed: sealed ?? null,
      settings,
      updatedAt: tx.now,
    });
    await audit(tx, {
      key: 'Script.Updated',
      target: target(slot),
      before: before && auditView(before),
      after: auditView(config),
    });
    await announceChange(tx, SCRIPT_TOPIC, slot);
    return config;
  };

  return {
    find,
    get,

    /** Answers whether there was none before. */
    put: (scope: Scope, slot: Slot, config: ScriptConfig): Promise<{ config: ScriptConfig; created: boolean }> =>
      transaction(scope, async (tx) => {
        const before = await find(tx, slot);
        return { config: await write(tx, slot, config, before), created: before === undefined };
      }),

    patch: (scope: Scope, slot: Slot, change: Partial<ScriptConfig>): Promise<ScriptConfig> =>
      transaction(scope, async (tx) => {
        const before = await get(tx, slot);
        const sent = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        return write(tx, slot, { ...before, ...sent }, before);
      }),

    remove: (scope: Scope, slot: Slot): Promise<void> =>
      transaction(scope, async (tx) => {
        const before = await get(tx, slot);
        if (!(await store.deleteScript(tx.db, tx.tenantId, slot))) throw missing(slot);
        await audit(tx, { key: 'Script.Deleted', target: target(slot), before: auditView(before) });
        await announceChange(tx, SCRIPT_TOPIC, slot);
      }),

    /** The script in use, cached. */
    inUse: async (tenantId: string, slot: Slot): Promise<ScriptConfig | undefined> =>
      (await configs.get(tenantId, slot))?.config,

    run: (
      tenantId: string,
      slot: Slot,
      { script, environmentVariables = {} }: Pick<ScriptConfig, 'script' | 'environmentVariables'>,
      argument: Record<string, unknown>,
    ): Promise<ScriptResult> =>
      sandbox.run({ tenantId, script, entry: ENTRIES[slot], argument: { ...argument, environmentVariables } }),

    /** Seals anew what an earlier master key sealed; answers how many values. */
    async reseal(scope: Scope): Promise<number> {
      let count = 0;
      for (const row of await store.lockScripts(scope.db, scope.tenantId)) {
        const { environmentSealed: sealed, slot } = row;
        if (sealed === null || !secretBox.isStale(sealed)) continue;
        const purpose = purposeOf(row.tenantId, slot);
        await store.upsertScript(scope.db, {
          ...row,
          environmentSealed: secretBox.seal(secretBox.open(sealed, purpose), purpose),
        });
        count += 1;
      }
      return count;
    },
  };
}

const missing = (slot: Slot) => fail('entity.not_exists_with_id', { data: { name: 'script', id: slot } });
