import type { SQL } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Egress } from '../../kernel/egress.ts';
import type { AccountToken } from '../../kernel/http.ts';
import { enqueueJob, type Job } from '../../kernel/jobs.ts';
import type { Log } from '../../kernel/log.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import { deriveKey, type SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { type CodeRedemption, createCodeRedemption } from './code-redemption.ts';
import { createDocumentClients, isDocumentId } from './document-clients.ts';
import { deleteOldEndings, type EndReason, endModels, ofAccount, ofGrants, ofSession } from './endings.store.ts';
import type { ProtocolGrant, ProtocolSession } from './grants.store.ts';
import * as grants from './grants.store.ts';
import { limitGrants } from './grants.ts';
import { hasuraRoutes } from './hasura.routes.ts';
import { createIdentityTokens, type IssueIdentityToken } from './identity-tokens.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import * as keys from './keys.ts';
import { mountProtocol } from './oidc.mount.ts';
import { oidcRoutes } from './oidc.routes.ts';
import * as store from './oidc.store.ts';
import { type LogoutNotice, queueLogoutTokens } from './policies/backchannel-logout.ts';
import { type ClaimsUser, scopesOf } from './policies/claims.ts';
import type { ClientRecord, ConsentCeiling } from './policies/clients.ts';
import { requestedOrganization } from './policies/organizations.ts';
import { reportServerErrors } from './policies/outages.ts';
import type { ProtocolPages } from './policies/pages.ts';
import type { ProtocolEvent } from './policies/protocol-events.ts';
import { keepSubmissions } from './policies/session-submissions.ts';
import type { CustomClaims, CustomClaimsRequest } from './policies/token-claims.ts';
import { createProvider, findAccount } from './provider.ts';
import { type BuiltProvider, createProviderPool, type ProviderPool } from './provider-pool.ts';
import * as submissions from './session-submissions.store.ts';
import { changeSetting, getSetting, type ProtocolSettings } from './settings.ts';
import { createTokenReads, type OrganizationReads } from './token-reads.ts';
import { createTokenVerifier, type FindSignedToken, type TokenVerifier, type VerifiedToken } from './token-verifier.ts';

export { hostOfDocument, isDocumentId } from './document-clients.ts';
export type { ProtocolGrant, ProtocolSession } from './grants.store.ts';
export type { InteractionDetails, Interactions } from './interactions.ts';
export { PROVIDER_TOPIC, SIGNING_ALGORITHMS } from './keys.ts';
export type { ClaimsUser } from './policies/claims.ts';
export type { ClientRecord, ConsentCeiling } from './policies/clients.ts';
export { readCookie, readInteractions } from './policies/cookies.ts';
export type { PageContext, ProtocolPage, ProtocolPages } from './policies/pages.ts';
export type { ProtocolEvent } from './policies/protocol-events.ts';
export { redirectUriProblem } from './policies/redirect-uris.ts';
export { DEFAULT_RESOURCE_TOPIC, GRANTED_SCOPES_TOPIC, RESOURCE_TOPIC } from './token-reads.ts';
export type { VerifiedToken };

/** How long a row that expired is still there, for a clock that is behind: a day. */
const EXPIRED_KEPT_MS = 86_400_000;
const CLEANUP_BATCH = 5000;

/** The job that sends one logout token. */
const SEND_LOGOUT_TOKEN = 'send-logout-token';

/** Owners act for themselves; everybody else is an administrator or a machine of one. */
const revokedBy = ({ actor }: Scope, userId: string): EndReason =>
  actor.type === 'user' && actor.id === userId ? 'revoked_by_user' : 'revoked_by_administrator';

export interface OidcDependencies {
  database: DatabasePool;
  caches: Caches;
  secretBox: SecretBox;
  masterKey: Buffer;
  egress: Egress;
  metrics: Metrics;
  log: Log;
  now: () => Date;
  /** Where the tenant is whatever domains it has. */
  endpointOf(tenantId: string): string;
  /** The address that the tenant is asked at. */
  addressOf(tenantId: string): TenantAddress;
  /** The tenant's addresses at domains of its own; each has an issuer of its own. */
  domainEndpoints(tenantId: string): Promise<string[]>;
  findClient(tenantId: string, clientId: string): Promise<ClientRecord | undefined>;
  findUser(tenantId: string, userId: string): Promise<ClaimsUser | undefined>;
  /** What token exchange takes in (RFC 8693). */
  subjectTokens: {
    find(scope: Scope, token: string): Promise<{ userId: string; context: Record<string, unknown> } | undefined>;
    /** True for the one caller that spends the token. */
    spend(scope: Scope, token: string): Promise<boolean>;
    findOwner(scope: Scope, personalAccessToken: string): Promise<string | undefined>;
  };
  /** What a third-party application may ask for; without an id, what clients with a metadata document may. */
  ceilingOf(tenantId: string, applicationId: string | undefined): Promise<ConsentCeiling>;
  /** Whether the user let a third-party application act for an organization. */
  isOrganizationGranted(
    scope: Scope,
    key: { userId: string; clientId: string },
    organizationId: string,
  ): Promise<boolean>;
  grantOrganizations(
    scope: Scope,
    key: { userId: string; clientId: string },
    organizationIds: readonly string[],
  ): Promise<void>;
  /** Whom applications let in that check it. */
  accessControl: {
    mayEnter(scope: Scope, applicationId: string, userId: string): Promise<boolean>;
    recordRefusal(scope: Scope, applicationId: string, userId: string, gate: string): Promise<void>;
  };
  /** Claims of the tenant's script. */
  customClaims(
    scope: Scope,
    request: CustomClaimsRequest & {
      /** How the user of the token's session signed in; looked up when a script is there to be told. */
      findInteraction(): Promise<submissions.Submission | undefined>;
    },
  ): ReturnType<CustomClaims>;
  organizations: OrganizationReads & {
    recordActivity(scope: Scope, organizationId: string, userId: string): Promise<void>;
  };
  /** Whether the user has a second factor of any kind. */
  hasSecondFactor(tenantId: string, userId: string): Promise<boolean>;
  /** Counts a device's code that is typed; false when too many came from the scope's address. */
  admitDeviceCode(scope: Scope): Promise<boolean>;
  /** Looked up whenever one is shown. */
  pages(): ProtocolPages;
  /** Hears what the protocol endpoints did. */
  onProtocolEvent(tenantId: string, event: ProtocolEvent): void;
}

export interface OidcApi {
  interactions: Interactions;
  /** Who is signed in to the browser that sent the request. */
  findSignedIn(tenantId: string, request: FastifyRequest, reply: FastifyReply): Promise<string | undefined>;
  verifyToken: TokenVerifier;
  /** The opaque access token of a user, issued with the scope `openid` and for no API; undefined when it is no good. */
  findAccountToken(tenantId: string, token: string): Promise<AccountToken | undefined>;
  /**
   * Whether whom a token was issued to is still there, and not suspended, and what it stands on was not revoked: a JWT is
   * good by itself for its hour, and must not outlive that.
   */
  mayAct(token: VerifiedToken): Promise<boolean>;
  /** Gives a new tenant its first signing and cookie keys. */
  createFirstKeys(scope: Scope): Promise<void>;
  keys: {
    list(scope: Scope, kind: store.KeyKind): Promise<store.KeyRow[]>;
    rotate(scope: Scope, kind: store.KeyKind, options: keys.RotateOptions): Promise<store.KeyRow[]>;
    remove(scope: Scope, kind: store.KeyKind, id: string): Promise<void>;
    reseal(scope: Scope): Promise<number>;
  };
  settings: {
    get<Key extends keyof ProtocolSettings>(scope: Scope, key: Key): Promise<ProtocolSettings[Key]>;
    change<Key extends keyof ProtocolSettings>(
      scope: Scope,
      key: Key,
      change: Partial<ProtocolSettings[Key]>,
    ): Promise<ProtocolSettings[Key]>;
  };
  /** Spends an authorization code for a client whose pages this very server draws. */
  redeemCode: CodeRedemption;
  /** Tells an application that this very server stands in front of who is there. */
  issueIdentityToken: IssueIdentityToken;
  /** What is told of users to whom it is told by another protocol. */
  claims: {
    /** Scopes that unlock the claims. */
    scopesOf(names: readonly string[]): string[];
    /** Those of the claims that the user has, as userinfo would tell them; undefined for nobody who may sign in. */
    find(
      scope: Pick<Scope, 'tenantId'>,
      userId: string,
      names: readonly string[],
    ): Promise<Record<string, unknown> | undefined>;
  };
  /** What a user is signed in by, and what applications hold for the user. */
  holdings: {
    /** Whether the session lives, and is the user's. */
    isSignedIn(scope: Scope, userId: string, uid: string): Promise<boolean>;
    sessions(scope: Scope, userId: string): Promise<ProtocolSession[]>;
    grants(scope: Scope, userId: string): Promise<ProtocolGrant[]>;
    endSession(scope: Scope, userId: string, uid: string): Promise<void>;
    /** Ends grants with everything that stands on them. */
    endGrants(scope: Scope, userId: string, grantIds: readonly string[]): Promise<void>;
  };
  /** Ends all sessions, grants and tokens of a user, in the transaction in progress. */
  revokeUser(scope: Scope, userId: string, reason: EndReason): Promise<void>;
  /** Sends a logout token that `SEND_LOGOUT_TOKEN` has queued; fails when the application does not take it. */
  sendLogoutToken(order: LogoutNotice & { tenantId: string; endpoint?: string }): Promise<void>;
}

export interface OidcModule {
  api: OidcApi;
  routes: Routes;
  jobs: Job[];
  /** Mounts `/oidc/*`. */
  mount(app: FastifyInstance, addressOf: (request: FastifyRequest) => TenantAddress): void;
}

/** The protocol: OpenID Connect and OAuth 2.0 for every tenant, on the stock engine. */
export function createOidcModule(deps: OidcDependencies): OidcModule {
  const { database, caches, secretBox, now } = deps;
  const successorKey = deriveKey(deps.masterKey, 'oidc-successors');
  const reads = createTokenReads(deps);
  const protocolScope = (tenantId: string): Scope => ({ ...systemScope(deps, tenantId, 'protocol'), now: now() });
  const verifyToken = createTokenVerifier({
    endpointOf: deps.endpointOf,
    domainEndpoints: deps.domainEndpoints,
    caches,
    now,
    loadKeys: async (tenantId) =>
      (await keys.loadKeys(database.forTenant(tenantId), tenantId, secretBox, now())).signing,
  });

  const mayAct: OidcApi['mayAct'] = async ({ issuerTenantId: tenantId, subject, clientId, grantId }) => {
    // An application that introduces itself by a document is known nowhere else.
    const isThere = isDocumentId(clientId) || (await deps.findClient(tenantId, clientId)) !== undefined;
    if (!isThere || subject === clientId) return isThere;
    const [user, isGranted] = await Promise.all([
      deps.findUser(tenantId, subject),
      grantId === undefined || store.isGrantInForce(database.forTenant(tenantId), tenantId, grantId, now()),
    ]);
    return user !== undefined && !user.isSuspended && isGranted;
  };

  const findSignedToken: FindSignedToken = async (tenantId, token, audience) => {
    const found = await verifyToken(token, { audience, issuerTenantIds: [tenantId] });
    return found && (await mayAct(found)) ? found : undefined;
  };

  const exchangeSource = (tenantId: string) => ({
    findImpersonation: (token: string) => deps.subjectTokens.find(protocolScope(tenantId), token),
    spendImpersonation: (token: string) => deps.subjectTokens.spend(protocolScope(tenantId), token),
    findPersonalAccessTokenOwner: (token: string) => deps.subjectTokens.findOwner(protocolScope(tenantId), token),
    verifyJwt: (token: string) => findSignedToken(tenantId, token),
  });

  const build = async (address: TenantAddress): Promise<BuiltProvider> => {
    const { tenantId } = address;
    const db = database.forTenant(tenantId);
    const tenantKeys = await keys.loadKeys(db, tenantId, secretBox, now());
    const { organizations, ...tokenReads } = reads(tenantId);
    const provider = createProvider({
      address,
      db,
      keys: tenantKeys,
      sessionTtl: (await getSetting(db, tenantId, 'oidc.session')).ttl,
      idTokenClaims: (await getSetting(db, tenantId, 'oidc.idToken')).enabledExtendedClaims,
      secretKey: successorKey,
      findClient: (id) => deps.findClient(tenantId, id),
      findUser: (id) => deps.findUser(tenantId, id),
      ...tokenReads,
      organizations: {
        ...organizations,
        hasSecondFactor: (userId) => deps.hasSecondFactor(tenantId, userId),
        hasConsented: (userId, clientId, id) =>
          deps.isOrganizationGranted(protocolScope(tenantId), { userId, clientId }, id),
      },
      access: {
        mayEnter: (clientId, userId) => deps.accessControl.mayEnter(protocolScope(tenantId), clientId, userId),
        recordRefusal: (clientId, userId, gate) =>
          deps.accessControl.recordRefusal(protocolScope(tenantId), clientId, userId, gate),
      },
      customClaims: (request) =>
        deps.customClaims(protocolScope(tenantId), {
          ...request,
          findInteraction: async () => {
            const { userId, sessionUid } = request;
            return userId && sessionUid ? submissions.findSubmission(db, { tenantId, sessionUid, userId }) : undefined;
          },
        }),
      findDocumentClient: (await getSetting(db, tenantId, 'cimd')).enabled
        ? createDocumentClients({ egress: deps.egress, algorithms: tenantKeys.signing.map((key) => key.algorithm) })
        : undefined,
      registersClients: (await getSetting(db, tenantId, 'clientRegistration')).enabled,
      ceilingOf: (id) => deps.ceilingOf(tenantId, id),
      exchange: exchangeSource(tenantId),
      findSignedToken: (token) => findSignedToken(tenantId, token),
      limitGrants: (grant) => limitGrants(protocolScope(tenantId), grant),
      pages: deps.pages(),
      egress: deps.egress,
      tell: (event) => deps.onProtocolEvent(tenantId, event),
      now,
    });
    reportServerErrors(provider, deps.log);
    provider.use(keepSubmissions((signIn) => submissions.upsertSubmission(db, tenantId, signIn, now())));
    provider.on('grant.success', (ctx) => {
      deps.metrics.tokens.inc({ grant: String(ctx.oidc.params?.grant_type) });
      const organizationId = requestedOrganization(ctx);
      const userId = ctx.oidc.account?.accountId;
      if (!organizationId || !userId) return;
      const noted = deps.organizations.recordActivity(protocolScope(tenantId), organizationId, userId);
      noted.catch((error: unknown) => deps.log.warn({ err: error }, 'the activity of a member was not noted'));
    });
    const sendLogoutToken = queueLogoutTokens(provider, (notice) => queueNotice(protocolScope(tenantId), notice));
    return { provider, handle: provider.callback(), sendLogoutToken, validUntil: tenantKeys.changesAt };
  };

  const pool: ProviderPool = createProviderPool({ caches, addressOf: deps.addressOf, build, now });

  const queueNotice = (scope: Scope, notice: LogoutNotice) =>
    enqueueJob(scope, SEND_LOGOUT_TOKEN, {
      tenantId: scope.tenantId,
      endpoint: deps.addressOf(scope.tenantId).endpoint,
      ...notice,
    });

  /** Ends protocol rows, and tells the applications whose sessions ended. */
  const end = async (scope: Scope, which: SQL, reason: EndReason): Promise<void> => {
    for (const { userId, authorizations } of await endModels(scope.db, scope.tenantId, which, {
      reason,
      now: scope.now,
    })) {
      for (const [clientId, { sid }] of Object.entries(authorizations)) {
        const client = await deps.findClient(scope.tenantId, clientId);
        if (client?.oidcClientMetadata.backchannelLogoutUri) await queueNotice(scope, { clientId, userId, sid });
      }
    }
  };

  const api: OidcApi = {
    interactions: createInteractions(pool, (tenantId, key, organizationIds) =>
      deps.grantOrganizations(
        { ...protocolScope(tenantId), actor: { type: 'user', id: key.userId } },
        key,
        organizationIds,
      ),
    ),
    async findSignedIn(tenantId, request, reply) {
      const { provider } = await pool.get(tenantId);
      const session = await provider.Session.get(provider.createContext(request.raw, reply.raw) as KoaContextWithOIDC);
      return session.accountId;
    },
    verifyToken,
    async findAccountToken(tenantId, value) {
      const { provider } = await pool.get(tenantId);
      const token = await provider.AccessToken.find(value);
      const clientId = token?.clientId;
      if (!token?.accountId || !clientId || token.aud || !token.scopes.has('openid')) return undefined;
      const client = await deps.findClient(tenantId, clientId);
      return {
        userId: token.accountId,
        clientId,
        scopes: token.scopes,
        sessionUid: token.sessionUid,
        // A client that is no registered application is one that introduced itself.
        isThirdParty: client?.isThirdParty ?? true,
      };
    },
    mayAct,
    redeemCode: createCodeRedemption(pool),
    issueIdentityToken: createIdentityTokens({
      pool,
      findAccount: async ({ db, tenantId }, userId) => {
        const findUser = (id: string) => deps.findUser(tenantId, id);
        const { enabledExtendedClaims } = await getSetting(db, tenantId, 'oidc.idToken');
        return findAccount({ ...reads(tenantId), findUser, idTokenClaims: enabledExtendedClaims }, userId);
      },
    }),
    createFirstKeys: (scope) => keys.createFirstKeys(scope, secretBox),
    keys: {
      list: keys.listKeys,
      rotate: (scope, kind, options) => keys.rotateKey(scope, secretBox, kind, options),
      remove: keys.removeKey,
      reseal: (scope) => keys.resealKeys(scope, secretBox),
    },
    settings: {
      get: (scope, key) => getSetting(scope.db, scope.tenantId, key),
      change: changeSetting,
    },
    claims: {
      scopesOf,
      async find({ tenantId }, userId, names) {
        const findUser = (id: string) => deps.findUser(tenantId, id);
        const account = await findAccount({ ...reads(tenantId), findUser, idTokenClaims: [] }, userId);
        const claims = await account?.claims('userinfo', scopesOf(names).join(' '));
        return claims && Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)));
      },
    },
    holdings: {
      async isSignedIn(scope, userId, uid) {
        const row = await store.findModel(scope.db, scope.tenantId, 'Session', { uid });
        return row?.accountId === userId && row.expiresAt > scope.now;
      },
      sessions: (scope, userId) => grants.listSessions(scope.db, scope.tenantId, userId, scope.now),
      grants: (scope, userId) => grants.listGrants(scope.db, scope.tenantId, userId, scope.now),
      endSession: (scope, userId, uid) => end(scope, ofSession(userId, uid), revokedBy(scope, userId)),
      endGrants: (scope, userId, grantIds) => end(scope, ofGrants(grantIds), revokedBy(scope, userId)),
    },
    revokeUser: (scope, userId, reason) => end(scope, ofAccount(userId), reason),
    async sendLogoutToken({ tenantId, endpoint, ...notice }) {
      // The application knows the issuer where the person signed out, as long as the tenant has it.
      const isDomain = endpoint !== undefined && (await deps.domainEndpoints(tenantId)).includes(endpoint);
      const built = await (isDomain ? pool.get(tenantId, { tenantId, endpoint, basePath: '' }) : pool.get(tenantId));
      await built.sendLogoutToken(notice);
    },
  };

  const deleteExpired = async (): Promise<void> => {
    const db = database.forSystem('delete expired protocol rows');
    const before = new Date(now().getTime() - EXPIRED_KEPT_MS);
    await deleteOldEndings(db, before);
    while ((await store.deleteExpiredModels(db, before, CLEANUP_BATCH)) === CLEANUP_BATCH);
    await submissions.deleteOrphans(db, before);
  };

  return {
    api,
    routes: (route) => {
      oidcRoutes(api)(route);
      hasuraRoutes(findSignedToken)(route);
    },
    jobs: [
      { name: 'delete-expired-protocol-rows', schedule: '17 * * * *', run: deleteExpired },
      {
        name: SEND_LOGOUT_TOKEN,
        run: (order) => api.sendLogoutToken(order as Parameters<typeof api.sendLogoutToken>[0]),
      },
    ],
    mount: (app, addressOf) =>
      mountProtocol(app, {
        pool,
        addressOf,
        pages: deps.pages(),
        admitDeviceCode: (tenantId, ip) => deps.admitDeviceCode({ ...protocolScope(tenantId), ip }),
      }),
  };
}
