import type { FastifyInstance, FastifyRequest } from 'fastify';
import { audit } from '../../kernel/audit.ts';
import { announceChange, type Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Egress } from '../../kernel/egress.ts';
import type { Log } from '../../kernel/log.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { deriveKey, type SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import * as keys from './keys.ts';
import { mountProtocol } from './oidc.mount.ts';
import { oidcRoutes } from './oidc.routes.ts';
import * as store from './oidc.store.ts';
import { type ClaimsUser, DEFAULT_ID_TOKEN_CLAIMS } from './policies/claims.ts';
import type { ClientRecord } from './policies/clients.ts';
import { reportServerErrors } from './policies/outages.ts';
import { createProvider, type ProtocolPages } from './provider.ts';
import { type BuiltProvider, createProviderPool, type ProviderPool } from './provider-pool.ts';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

export type { InteractionDetails, Interactions } from './interactions.ts';
export { SIGNING_ALGORITHMS } from './keys.ts';
export type { ClaimsUser } from './policies/claims.ts';
export type { ClientRecord } from './policies/clients.ts';
export { readInteractions } from './policies/cookies.ts';
export { redirectUriProblem } from './policies/redirect-uris.ts';
export type { PageContext, ProtocolPage, ProtocolPages } from './provider.ts';
export type { VerifiedToken } from './token-verifier.ts';

/** Topics by which the modules that own these rows announce their changes. */
export const GRANTED_SCOPES_TOPIC = 'granted-scopes';
export const RESOURCE_TOPIC = 'resource';

const SESSION_SETTING = 'oidc.session';
const DEFAULT_SESSION_TTL = 14 * 86_400;
const CLEANUP_BATCH = 5000;

export interface OidcDependencies {
  database: DatabasePool;
  caches: Caches;
  secretBox: SecretBox;
  masterKey: Buffer;
  egress: Egress;
  metrics: Metrics;
  log: Log;
  now: () => Date;
  addressOf(tenantId: string): TenantAddress;
  findClient(tenantId: string, clientId: string): Promise<ClientRecord | undefined>;
  findUser(tenantId: string, userId: string): Promise<ClaimsUser | undefined>;
  pages: ProtocolPages;
}

export interface OidcApi {
  interactions: Interactions;
  verifyToken: TokenVerifier;
  /** Gives a new tenant its first signing and cookie keys. */
  createFirstKeys(scope: Scope): Promise<void>;
  keys: {
    list(scope: Scope, kind: store.KeyKind): Promise<store.KeyRow[]>;
    rotate(scope: Scope, kind: store.KeyKind, options: keys.RotateOptions): Promise<store.KeyRow[]>;
    remove(scope: Scope, kind: store.KeyKind, id: string): Promise<void>;
    reseal(scope: Scope): Promise<number>;
  };
  session: {
    /** Seconds a session lives without use. */
    getTtl(scope: Scope): Promise<number>;
    setTtl(scope: Scope, ttl: number): Promise<void>;
  };
  /** Ends all sessions, grants and tokens of a user, in the transaction in progress. */
  revokeUser(scope: Scope, userId: string): Promise<void>;
  /** Removes rows that expired more than a day ago. */
  deleteExpired(): Promise<void>;
}

export interface OidcModule {
  api: OidcApi;
  routes: Routes;
  /** Mounts `/oidc/*`. */
  mount(app: FastifyInstance, addressOf: (request: FastifyRequest) => TenantAddress): void;
}

/** The protocol: OpenID Connect and OAuth 2.0 for every tenant, on the stock engine. */
export function createOidcModule(deps: OidcDependencies): OidcModule {
  const { database, caches, secretBox, now } = deps;
  const successorKey = deriveKey(deps.masterKey, 'oidc-successors');
  const reads = createTokenReads(deps);

  const build = async (tenantId: string): Promise<BuiltProvider> => {
    const db = database.forTenant(tenantId);
    const tenantKeys = await keys.loadKeys(db, tenantId, secretBox, now());
    const provider = createProvider({
      address: deps.addressOf(tenantId),
      db,
      keys: tenantKeys,
      sessionTtl: await sessionTtl(db, tenantId),
      idTokenClaims: DEFAULT_ID_TOKEN_CLAIMS,
      secretKey: successorKey,
      findClient: (id) => deps.findClient(tenantId, id),
      findUser: (id) => deps.findUser(tenantId, id),
      roleNames: (userId) => store.findRoleNames(db, tenantId, userId),
      resources: {
        findResource: (indicator) => reads.resource.get(tenantId, indicator),
        findDefaultResource: async () => (await reads.defaultResource.get(tenantId, 'default'))?.row,
        grantedScopes: (resourceId, holder) => reads.grantedScopes(tenantId, resourceId, holder),
      },
      pages: deps.pages,
      egress: deps.egress,
      now,
    });
    reportServerErrors(provider, deps.log);
    provider.on('grant.success', (ctx) => {
      deps.metrics.tokens.inc({ grant: String(ctx.oidc.params?.grant_type) });
    });
    return { provider, handle: provider.callback(), validUntil: tenantKeys.changesAt };
  };

  const pool: ProviderPool = createProviderPool({ caches, build, now });

  const api: OidcApi = {
    interactions: createInteractions(pool),
    verifyToken: createTokenVerifier({
      addressOf: deps.addressOf,
      caches,
      now,
      loadKeys: async (tenantId) =>
        (await keys.loadKeys(database.forTenant(tenantId), tenantId, secretBox, now())).signing,
    }),
    createFirstKeys: (scope) => keys.createFirstKeys(scope, secretBox),
    keys: {
      list: keys.listKeys,
      rotate: (scope, kind, options) => keys.rotateKey(scope, secretBox, kind, options),
      remove: keys.removeKey,
      reseal: (scope) => keys.resealKeys(scope, secretBox),
    },
    session: {
      getTtl: (scope) => sessionTtl(scope.db, scope.tenantId),
      setTtl: (scope, ttl) =>
        transaction(scope, async (tx) => {
          const before = { ttl: await sessionTtl(tx.db, tx.tenantId) };
          await store.upsertSetting(tx.db, tx.tenantId, SESSION_SETTING, { ttl });
          await audit(tx, {
            key: 'OidcSession.Updated',
            target: { type: 'OidcSession', id: 'oidc.session' },
            before,
            after: { ttl },
          });
          await announceChange(tx, keys.PROVIDER_TOPIC, '*');
        }),
    },
    revokeUser: (scope, userId) => store.deleteModelsOfAccount(scope.db, scope.tenantId, userId),
    async deleteExpired() {
      const db = database.forSystem('delete expired protocol rows');
      const before = new Date(now().getTime() - 86_400_000);
      while ((await store.deleteExpiredModels(db, before, CLEANUP_BATCH)) === CLEANUP_BATCH);
    },
  };

  return { api, routes: oidcRoutes(api), mount: (app, addressOf) => mountProtocol(app, { pool, addressOf }) };
}

async function sessionTtl(db: Scope['db'], tenantId: string): Promise<number> {
  const setting = (await store.findSetting(db, tenantId, SESSION_SETTING)) as { ttl?: number } | undefined;
  return setting?.ttl ?? DEFAULT_SESSION_TTL;
}

/** What every token asks for, cached: a warm client-credentials token costs no statement. */
function createTokenReads({ database, caches }: OidcDependencies) {
  const granted = caches.create(GRANTED_SCOPES_TOPIC, async (tenantId, key) => {
    const [resourceId = '', applicationId = ''] = key.split('/');
    return {
      scopes: await store.findGrantedScopes(database.forTenant(tenantId), tenantId, resourceId, { applicationId }),
    };
  });
  return {
    resource: caches.create(RESOURCE_TOPIC, (tenantId, indicator) =>
      store.findResource(database.forTenant(tenantId), tenantId, indicator),
    ),
    defaultResource: caches.create('default-resource', async (tenantId) => ({
      row: await store.findDefaultResource(database.forTenant(tenantId), tenantId),
    })),
    /** A user's scopes are read for each token, because users are many and their roles change. */
    async grantedScopes(tenantId: string, resourceId: string, holder: { userId: string } | { applicationId: string }) {
      if ('userId' in holder)
        return store.findGrantedScopes(database.forTenant(tenantId), tenantId, resourceId, holder);
      return (await granted.get(tenantId, `${resourceId}/${holder.applicationId}`))?.scopes ?? [];
    },
  };
}
