import type { ConnectorContext } from '@latchkey/connector-kit';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { violates } from '../../kernel/database.ts';
import { shortId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { asRequestError } from '../connectors/index.ts';
import { parseDomains } from './domains.ts';
import type { SsoBranding } from './enterprise-sso.contract.ts';
import { fail } from './enterprise-sso.errors.ts';
import { findProvider } from './providers/index.ts';
import type { ResolvedProvider, SsoProvider } from './providers/provider.ts';
import * as store from './sso-connectors.store.ts';

/** The caches' topic of a tenant's enterprise connectors, which are kept as one list under one key. */
export const SSO_CONNECTORS_TOPIC = 'sso-connectors';
export const SSO_CONNECTORS_KEY = 'all';

/** A connector with its configuration opened. */
export interface SsoConnectorRecord {
  row: store.SsoConnectorRow;
  kind: SsoProvider;
  config: Record<string, unknown>;
}

interface SsoConnectorSettings {
  connectorName?: string | undefined;
  config?: Record<string, unknown> | undefined;
  domains?: string[] | undefined;
  branding?: SsoBranding | undefined;
  syncProfile?: boolean | undefined;
  enableTokenStorage?: boolean | undefined;
}

export interface SsoConnectorsDependencies {
  secretBox: SecretBox;
  context: ConnectorContext;
  /** Called in the transaction that switches token storage off or removes the connector. */
  forgetTokens(tx: Scope, connectorId: string): Promise<void>;
}

export type SsoConnectorsService = ReturnType<typeof createSsoConnectorsService>;

export const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'SSO connector', id } });
const target = (id: string) => ({ type: 'SsoConnector' as const, id });
const SECRET = 'clientSecret';

/** For the trail: what was configured, without the secret. */
function auditView({ row, config }: SsoConnectorRecord): Record<string, unknown> {
  const { connectorName, providerName, domains, branding, syncProfile, enableTokenStorage } = row;
  const shown = config[SECRET] === undefined ? config : { ...config, [SECRET]: '******' };
  return { connectorName, providerName, domains, branding, syncProfile, enableTokenStorage, config: shown };
}

/** Normalises a configuration; a wrong one is refused with the members that are wrong. */
function parseConfig({ configSchema }: SsoProvider, config: unknown): Record<string, unknown> {
  const parsed = configSchema.safeParse(config);
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as Record<string, unknown>;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path, message }));
  throw fail('connector.invalid_config', {
    data: issues,
    details: issues.map(({ path, message }) => `config.${path.join('.')}: ${message}`).join('\n'),
    cause: parsed.error,
  });
}

function checkTokenStorage(kind: SsoProvider, enabled: boolean | undefined): void {
  if (enabled && !kind.refresh) throw fail('connector.token_storage_not_supported');
}

function asNameConflict(error: unknown): unknown {
  return violates(error, 'sso_connectors_name_key')
    ? fail('single_sign_on.duplicate_connector_name', { cause: error })
    : error;
}

/** The identity providers of a tenant's customers. */
export function createSsoConnectorsService(deps: SsoConnectorsDependencies) {
  const purposeOf = (tenantId: string, id: string) => `sso-connector:${tenantId}:${id}`;

  const open = (row: store.SsoConnectorRow): SsoConnectorRecord[] => {
    const kind = findProvider(row.providerName);
    // A row of a provider that this version does not have is left alone until one does.
    if (!kind) return [];
    return [{ row, kind, config: JSON.parse(deps.secretBox.open(row.configSealed, purposeOf(row.tenantId, row.id))) }];
  };

  const seal = (tenantId: string, id: string, config: Record<string, unknown>): string =>
    deps.secretBox.seal(JSON.stringify(config), purposeOf(tenantId, id));

  /** Asks the provider about itself, outside of any transaction: it may take seconds. */
  const resolve = async (kind: SsoProvider, config: unknown): Promise<ResolvedProvider | null> => {
    try {
      return (await kind.resolve(config, deps.context)) ?? null;
    } catch (error) {
      throw asRequestError(error);
    }
  };

  const getLocked = async (tx: Scope, id: string): Promise<SsoConnectorRecord> => {
    const row = await store.lockConnector(tx.db, tx.tenantId, id);
    const [record] = row ? open(row) : [];
    if (!record) throw missing(id);
    return record;
  };

  const get = async (scope: Scope, id: string): Promise<SsoConnectorRecord> => {
    const row = await store.findConnector(scope.db, scope.tenantId, id);
    const [record] = row ? open(row) : [];
    if (!record) throw missing(id);
    return record;
  };

  const announced = <Result>(scope: Scope, work: (tx: Scope) => Promise<Result>): Promise<Result> =>
    transaction(scope, async (tx) => {
      const result = await work(tx);
      await announceChange(tx, SSO_CONNECTORS_TOPIC, SSO_CONNECTORS_KEY);
      return result;
    });

  return {
    get,
    getLocked,
    announced,
    resolve,

    list: async (scope: Scope): Promise<SsoConnectorRecord[]> =>
      (await store.listConnectors(scope.db, scope.tenantId)).flatMap(open),

    async page(scope: Scope, page: Page) {
      const { rows, total } = await store.pageOfConnectors(scope.db, scope.tenantId, page);
      return { records: rows.flatMap(open), total };
    },

    /** The organizations that each of the connectors leads into. */
    organizationsOf: (scope: Scope, records: SsoConnectorRecord[]): Promise<Map<string, store.LedInto>> =>
      store.listOrganizationsOf(
        scope.db,
        scope.tenantId,
        records.map(({ row }) => row.id),
      ),

    /** Those of `ids` that there are. */
    listById: async (scope: Scope, ids: string[]): Promise<SsoConnectorRecord[]> =>
      ids.length === 0 ? [] : (await store.listConnectorsById(scope.db, scope.tenantId, ids)).flatMap(open),

    async create(
      scope: Scope,
      input: SsoConnectorSettings & { providerName: string; connectorName: string },
    ): Promise<SsoConnectorRecord> {
      const kind = findProvider(input.providerName);
      if (!kind) throw fail('connector.not_found_with_connector_id', { data: { id: input.providerName } });
      checkTokenStorage(kind, input.enableTokenStorage);
      const domains = parseDomains(input.domains ?? []);
      const config = parseConfig(kind, input.config ?? {});
      if (config.signAuthnRequest) throw fail('single_sign_on.active_signing_key_required');
      const provider = await resolve(kind, config);
      const id = shortId();
      const row: store.SsoConnectorRow = {
        tenantId: scope.tenantId,
        id,
        providerName: kind.providerName,
        connectorName: input.connectorName,
        configSealed: seal(scope.tenantId, id, config),
        provider,
        domains,
        branding: input.branding ?? {},
        syncProfile: input.syncProfile ?? false,
        enableTokenStorage: input.enableTokenStorage ?? false,
        createdAt: scope.now,
      };
      const record = { row, kind, config };
      return announced(scope, async (tx) => {
        await store.insertConnector(tx.db, row);
        await audit(tx, { key: 'SsoConnector.Created', target: target(id), after: auditView(record) });
        return record;
      }).catch((error: unknown) => {
        throw asNameConflict(error);
      });
    },

    async update(scope: Scope, id: string, input: SsoConnectorSettings): Promise<SsoConnectorRecord> {
      const { kind } = await get(scope, id);
      checkTokenStorage(kind, input.enableTokenStorage);
      const domains = input.domains && parseDomains(input.domains);
      const config = input.config && parseConfig(kind, input.config);
      const provider = config && (await resolve(kind, config));
      return announced(scope, async (tx) => {
        const before = await getLocked(tx, id);
        if (config?.signAuthnRequest) {
          const keys = await store.listSigningKeys(tx.db, tx.tenantId, id);
          if (!keys.some(({ active }) => active)) throw fail('single_sign_on.active_signing_key_required');
        }
        const change: store.SsoConnectorChange = {
          connectorName: input.connectorName ?? before.row.connectorName,
          domains: domains ?? before.row.domains,
          branding: input.branding ?? before.row.branding,
          syncProfile: input.syncProfile ?? before.row.syncProfile,
          enableTokenStorage: input.enableTokenStorage ?? before.row.enableTokenStorage,
          ...(config && { configSealed: seal(tx.tenantId, id, config), provider: provider ?? null }),
        };
        await store.updateConnector(tx.db, tx.tenantId, id, change);
        if (before.row.enableTokenStorage && !change.enableTokenStorage) await deps.forgetTokens(tx, id);
        const after = { row: { ...before.row, ...change }, kind, config: config ?? before.config };
        await audit(tx, {
          key: 'SsoConnector.Updated',
          target: target(id),
          before: auditView(before),
          after: auditView(after),
        });
        return after;
      }).catch((error: unknown) => {
        throw asNameConflict(error);
      });
    },

    remove: (scope: Scope, id: string): Promise<void> =>
      announced(scope, async (tx) => {
        const before = await getLocked(tx, id);
        await store.deleteConnector(tx.db, tx.tenantId, id);
        await audit(tx, { key: 'SsoConnector.Deleted', target: target(id), before: auditView(before) });
      }),

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        const rows = await store.listConnectors(tx.db, tx.tenantId);
        const stale = rows.filter(({ configSealed }) => deps.secretBox.isStale(configSealed));
        for (const { id, configSealed } of stale) {
          const opened = deps.secretBox.open(configSealed, purposeOf(tx.tenantId, id));
          const fresh = deps.secretBox.seal(opened, purposeOf(tx.tenantId, id));
          await store.updateConnector(tx.db, tx.tenantId, id, { configSealed: fresh });
        }
        return stale.length;
      }),
  };
}
