import type { ConnectorSession, ProviderTokens } from '@latchkey/connector-kit';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Egress } from '../../kernel/egress.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { SecretsApi } from '../secrets/index.ts';
import { domainOf } from './domains.ts';
import { createEnterpriseSignIn, type EnterpriseSignInDependencies, type SsoIdentity } from './enterprise-sign-in.ts';
import type { SsoConnector, SsoIdentityView } from './enterprise-sso.contract.ts';
import { fail } from './enterprise-sso.errors.ts';
import { enterpriseSsoRoutes } from './enterprise-sso.routes.ts';
import { toSsoConnector, toSsoIdentity } from './enterprise-sso.wire.ts';
import type { SsoRequest } from './providers/provider.ts';
import { createSigningKeysService } from './signing-keys.service.ts';
import {
  createSsoConnectorsService,
  SSO_CONNECTORS_KEY,
  SSO_CONNECTORS_TOPIC,
  type SsoConnectorRecord,
  type SsoConnectorsDependencies,
} from './sso-connectors.service.ts';
import { createSsoIdentitiesService } from './sso-identities.service.ts';

export type { SsoIdentity } from './enterprise-sign-in.ts';

/** A connector as the sign-in pages show it, and what its sign-ins take over. */
export interface SsoConnectorSummary {
  id: string;
  connectorName: string;
  /** On the button. */
  displayName: string;
  logo: string;
  darkLogo: string;
  domains: string[];
  syncProfile: boolean;
}

export interface EnterpriseSsoApi {
  /** The tenant's connectors that people can sign in with, the newest first, cached. */
  list(tenantId: string): Promise<SsoConnectorSummary[]>;
  find(tenantId: string, connectorId: string): Promise<SsoConnectorSummary | undefined>;
  /** Those that addresses of this domain sign in with. */
  listForEmail(tenantId: string, email: string): Promise<SsoConnectorSummary[]>;
  start(scope: Scope, connectorId: string, request: SsoRequest): Promise<{ uri: string; session: ConnectorSession }>;
  finish(
    scope: Scope,
    connectorId: string,
    callback: { params: Readonly<Record<string, string | undefined>>; session: ConnectorSession },
  ): Promise<SsoIdentity>;
  refreshTokens(scope: Scope, connectorId: string, refreshToken: string): Promise<ProviderTokens | undefined>;
  /** Whose account it is; undefined when nobody has come with it. */
  findUserId(scope: Scope, identity: SsoIdentity): Promise<string | undefined>;
  /** Links it to the user in the transaction in progress; true when it was linked just now. */
  settle(tx: Scope, userId: string, identity: SsoIdentity): Promise<boolean>;
  identitiesOf(scope: Scope, userId: string): Promise<SsoIdentityView[]>;
  /** Connectors by id, without their secrets. */
  describe(scope: Scope, ids: string[]): Promise<SsoConnector[]>;
  /** Seals anew what a previous master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

type Dependencies = Omit<SsoConnectorsDependencies, 'context'> &
  Omit<EnterpriseSignInDependencies, 'context'> & {
    database: DatabasePool;
    caches: Caches;
    secretBox: SecretBox;
    egress: Egress;
    now: () => Date;
    keepTokens: SecretsApi['keep'];
  };

const toSummary = ({ row, kind }: SsoConnectorRecord): SsoConnectorSummary => {
  const { id, connectorName, branding, domains, syncProfile } = row;
  const logo = branding.logo || kind.logo;
  return {
    id,
    connectorName,
    displayName: branding.displayName || connectorName,
    logo,
    darkLogo: branding.darkLogo || (branding.logo ? branding.logo : kind.logoDark),
    domains,
    syncProfile,
  };
};

/** Single sign-on with the identity providers of a tenant's customers. */
export function createEnterpriseSsoModule(deps: Dependencies): { routes: Routes; api: EnterpriseSsoApi } {
  const context = { fetch: deps.egress, now: deps.now };
  const connectors = createSsoConnectorsService({ ...deps, context });
  const keys = createSigningKeysService(deps, connectors);
  const signIn = createEnterpriseSignIn({ ...deps, context }, keys);
  const identities = createSsoIdentitiesService(deps);
  const cached = deps.caches.create(SSO_CONNECTORS_TOPIC, (tenantId) =>
    connectors.list(systemScope(deps, tenantId, 'load enterprise connectors')),
  );
  const usable = async (tenantId: string): Promise<SsoConnectorRecord[]> =>
    ((await cached.get(tenantId, SSO_CONNECTORS_KEY)) ?? []).filter(({ row }) => row.provider !== null);
  const get = async (tenantId: string, id: string): Promise<SsoConnectorRecord> => {
    const record = (await usable(tenantId)).find(({ row }) => row.id === id);
    if (!record) throw fail('entity.not_exists_with_id', { data: { name: 'SSO connector', id } });
    return record;
  };

  return {
    routes: enterpriseSsoRoutes(connectors, keys, deps.endpointOf),
    api: {
      list: async (tenantId) => (await usable(tenantId)).map(toSummary),
      async find(tenantId, connectorId) {
        const record = (await usable(tenantId)).find(({ row }) => row.id === connectorId);
        return record && toSummary(record);
      },
      async listForEmail(tenantId, email) {
        const domain = domainOf(email);
        return (await usable(tenantId)).filter(({ row }) => row.domains.includes(domain)).map(toSummary);
      },
      start: async (scope, connectorId, request) =>
        signIn.start(scope, await get(scope.tenantId, connectorId), request),
      finish: async (scope, connectorId, callback) =>
        signIn.finish(scope, await get(scope.tenantId, connectorId), callback),
      async refreshTokens(scope, connectorId, refreshToken) {
        const record = (await usable(scope.tenantId)).find(({ row }) => row.id === connectorId);
        return record?.row.enableTokenStorage ? signIn.refresh(scope, record, refreshToken) : undefined;
      },
      findUserId: identities.findUserId,
      settle: identities.settle,
      identitiesOf: async (scope, userId) => (await identities.listOf(scope, userId)).map(toSsoIdentity),
      async describe(scope, ids) {
        const records = await connectors.listById(scope, ids);
        return records.map(toSsoConnector).map(({ config: { clientSecret: _, ...config }, ...rest }) => ({
          ...rest,
          config,
        }));
      },
      reseal: async (scope) => (await connectors.reseal(scope)) + (await keys.reseal(scope)),
    },
  };
}
