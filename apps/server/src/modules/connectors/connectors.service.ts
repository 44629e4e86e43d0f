import type { Connector as Factory } from '@latchkey/connector-kit';
import { connectors as builtIn } from '@latchkey/connectors';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { violates } from '../../kernel/database.ts';
import { shortId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { ConnectorMetadataOverrides, CreateConnector, UpdateConnector } from './connectors.contract.ts';
import { fail } from './connectors.errors.ts';
import * as store from './connectors.store.ts';

/** The caches' topic of a tenant's connectors, which are kept as one list under one key. */
export const CONNECTORS_TOPIC = 'connectors';
export const CONNECTORS_KEY = 'all';

/** A connector with its configuration opened. */
export interface ConnectorRecord {
  id: string;
  factory: Factory;
  /** The provider's name among linked accounts and in the sign-in settings. */
  target: string;
  config: Record<string, unknown>;
  metadata: ConnectorMetadataOverrides;
  syncProfile: boolean;
  enableTokenStorage: boolean;
}

export interface ConnectorsDependencies {
  /** Connectors of the operator's own, beside the built-in ones. */
  ownConnectors: readonly Factory[];
  secretBox: SecretBox;
  /** Called in the transaction that removes the last connector of a target, so that no dead button stays. */
  forgetTarget(scope: Scope, target: string): Promise<void>;
  /** Called in the transaction that removes a connector, or that turns the keeping of its users' tokens off. */
  forgetTokens(scope: Scope, connectorId: string): Promise<void>;
}

export type ConnectorsService = ReturnType<typeof createConnectorsService>;

const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'connector', id } });
const auditTarget = (id: string) => ({ type: 'Connector' as const, id });

/** Names of the members that the provider issues as secrets. */
const confidentialKeys = ({ metadata }: Factory) =>
  new Set(metadata.formItems.filter(({ isConfidential }) => isConfidential).map(({ key }) => key));

/** For the audit trail: what was configured, without the secrets, at any depth: `auth.pass` is a member of `auth`. */
function auditView({ factory, config, ...rest }: ConnectorRecord): Record<string, unknown> {
  const confidential = confidentialKeys(factory);
  const mask = (members: Record<string, unknown>, path: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(members).map(([key, value]) => {
        if (confidential.has(path + key)) return [key, '******'];
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        return [key, isObject ? mask(value as Record<string, unknown>, `${path}${key}.`) : value];
      }),
    );
  return { ...rest, connectorId: factory.metadata.id, config: mask(config, '') };
}

/** Normalises a configuration; a wrong one is refused with the members that are wrong. */
export function parseConfig({ configSchema }: Factory, config: unknown): Record<string, unknown> {
  const parsed = configSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path, message }));
  throw fail('connector.invalid_config', {
    data: issues,
    details: issues.map(({ path, message }) => `config.${path.join('.')}: ${message}`).join('\n'),
    cause: parsed.error,
  });
}

/** Only connectors of a standard may be renamed: of the others there is one, and people know its name. */
function checkMetadata({ metadata: own }: Factory, overrides: ConnectorMetadataOverrides | undefined): void {
  if (own.isStandard || !overrides) return;
  if (Object.values(overrides).some((value) => value !== undefined)) {
    throw fail('connector.cannot_overwrite_metadata_for_non_standard_connector');
  }
}

function checkTokenStorage(factory: Factory, enabled: boolean | undefined): void {
  if (enabled && !factory.metadata.isTokenStorageSupported) throw fail('connector.token_storage_not_supported');
}

/** Of those that send messages there is one of a type: the newest (features 8.1). */
const isReplacedBy = (record: ConnectorRecord, factory: Factory): boolean =>
  factory.type !== 'Social' && record.factory.type === factory.type;

function checkAmong(others: readonly ConnectorRecord[], factory: Factory, target: string): void {
  const { id, isStandard, platform } = factory.metadata;
  if (!isStandard && others.some((other) => other.factory.metadata.id === id)) {
    throw fail('connector.multiple_instances_not_supported');
  }
  if (others.some((other) => other.target === target && other.factory.metadata.platform === platform)) {
    throw fail('connector.multiple_target_with_same_platform');
  }
}

/** The providers that a tenant has set up. */
export function createConnectorsService(deps: ConnectorsDependencies) {
  const factories = [...builtIn, ...deps.ownConnectors];
  const findFactory = (id: string): Factory | undefined => factories.find(({ metadata }) => metadata.id === id);
  const purposeOf = (tenantId: string, id: string) => `connector:${tenantId}:${id}`;

  const open = (row: store.ConnectorRow): ConnectorRecord | undefined => {
    const factory = findFactory(row.connectorId);
    // A row of a factory that this version does not have is left alone until one does.
    if (!factory) return undefined;
    const config = JSON.parse(deps.secretBox.open(row.configSealed, purposeOf(row.tenantId, row.id)));
    return {
      id: row.id,
      factory,
      target: row.metadata.target ?? factory.metadata.target,
      config,
      metadata: row.metadata,
      syncProfile: row.syncProfile,
      enableTokenStorage: row.enableTokenStorage,
    };
  };

  const seal = (scope: Scope, id: string, config: Record<string, unknown>): string =>
    deps.secretBox.seal(JSON.stringify(config), purposeOf(scope.tenantId, id));

  const list = async (scope: Scope): Promise<ConnectorRecord[]> =>
    (await store.listConnectors(scope.db, scope.tenantId)).map(open).filter((record) => record !== undefined);

  const find = async (scope: Scope, id: string): Promise<ConnectorRecord | undefined> => {
    const row = await store.findConnector(scope.db, scope.tenantId, id);
    return row && open(row);
  };

  /** Runs a change while no other change to the tenant's connectors is under way. */
  const exclusively = <Result>(scope: Scope, work: (tx: Scope) => Promise<Result>): Promise<Result> =>
    transaction(scope, async (tx) => {
      await store.lockConnectors(tx.db, tx.tenantId);
      const result = await work(tx);
      await announceChange(tx, CONNECTORS_TOPIC, CONNECTORS_KEY);
      return result;
    });

  const getLocked = async (tx: Scope, id: string): Promise<ConnectorRecord> => {
    const record = await find(tx, id);
    if (!record) throw missing(id);
    return record;
  };

  const drop = async (tx: Scope, record: ConnectorRecord): Promise<void> => {
    await store.deleteConnector(tx.db, tx.tenantId, record.id);
    await deps.forgetTokens(tx, record.id);
    await audit(tx, { key: 'Connector.Deleted', target: auditTarget(record.id), before: auditView(record) });
  };

  return {
    factories,
    findFactory,
    list,

    async get(scope: Scope, id: string): Promise<ConnectorRecord> {
      return getLocked(scope, id);
    },

    create: (scope: Scope, input: CreateConnector): Promise<ConnectorRecord> =>
      exclusively(scope, async (tx) => {
        const factory = findFactory(input.connectorId);
        if (!factory) throw fail('connector.not_found_with_connector_id', { data: { id: input.connectorId } });
        const metadata = input.metadata ?? {};
        checkMetadata(factory, metadata);
        if (factory.metadata.isStandard && !metadata.target) throw fail('connector.should_specify_target');
        checkTokenStorage(factory, input.enableTokenStorage);
        const target = metadata.target ?? factory.metadata.target;
        const present = await list(tx);
        const replaced = present.filter((other) => isReplacedBy(other, factory));
        checkAmong(
          present.filter((other) => !replaced.includes(other)),
          factory,
          target,
        );
        for (const other of replaced) await drop(tx, other);
        const record: ConnectorRecord = {
          id: input.id ?? shortId(),
          factory,
          target,
          config: parseConfig(factory, input.config ?? {}),
          metadata,
          syncProfile: input.syncProfile ?? false,
          enableTokenStorage: input.enableTokenStorage ?? false,
        };
        await insert(tx, record, seal(tx, record.id, record.config));
        await audit(tx, { key: 'Connector.Created', target: auditTarget(record.id), after: auditView(record) });
        return record;
      }),

    update: (scope: Scope, id: string, input: UpdateConnector): Promise<ConnectorRecord> =>
      exclusively(scope, async (tx) => {
        const before = await getLocked(tx, id);
        checkMetadata(before.factory, input.metadata);
        checkTokenStorage(before.factory, input.enableTokenStorage);
        if (input.metadata?.target !== undefined && input.metadata.target !== before.target) {
          throw fail('connector.can_not_modify_target');
        }
        const after: ConnectorRecord = {
          ...before,
          config: input.config === undefined ? before.config : parseConfig(before.factory, input.config),
          metadata: { ...before.metadata, ...input.metadata },
          syncProfile: input.syncProfile ?? before.syncProfile,
          enableTokenStorage: input.enableTokenStorage ?? before.enableTokenStorage,
        };
        const { metadata, syncProfile, enableTokenStorage } = after;
        const configSealed = seal(tx, id, after.config);
        await store.updateConnector(tx.db, tx.tenantId, id, {
          metadata,
          syncProfile,
          enableTokenStorage,
          configSealed,
        });
        if (before.enableTokenStorage && !enableTokenStorage) await deps.forgetTokens(tx, id);
        await audit(tx, {
          key: 'Connector.Updated',
          target: auditTarget(id),
          before: auditView(before),
          after: auditView(after),
        });
        return after;
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      exclusively(scope, async (tx) => {
        const before = await getLocked(tx, id);
        await drop(tx, before);
        const left = await list(tx);
        if (!left.some(({ target }) => target === before.target)) await deps.forgetTarget(tx, before.target);
      }),

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        await store.lockConnectors(tx.db, tx.tenantId);
        const rows = await store.listConnectors(tx.db, tx.tenantId);
        const stale = rows.filter(({ configSealed }) => deps.secretBox.isStale(configSealed));
        for (const { id, configSealed } of stale) {
          const purpose = purposeOf(tx.tenantId, id);
          const fresh = deps.secretBox.seal(deps.secretBox.open(configSealed, purpose), purpose);
          await store.updateConnector(tx.db, tx.tenantId, id, { configSealed: fresh });
        }
        return stale.length;
      }),
  };
}

async function insert(tx: Scope, record: ConnectorRecord, configSealed: string): Promise<void> {
  const { id, factory, metadata, syncProfile, enableTokenStorage } = record;
  const row: store.ConnectorRow = {
    tenantId: tx.tenantId,
    id,
    connectorId: factory.metadata.id,
    metadata,
    syncProfile,
    enableTokenStorage,
    configSealed,
    createdAt: tx.now,
  };
  try {
    await store.insertConnector(tx.db, row);
  } catch (error) {
    if (violates(error, 'connectors_pkey')) {
      throw fail('entity.unique_integrity_violation', { data: { id }, cause: error });
    }
    throw error;
  }
}
