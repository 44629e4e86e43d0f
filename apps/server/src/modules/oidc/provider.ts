import { createHmac } from 'node:crypto';
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Database } from '../../kernel/database.ts';
import type { Egress } from '../../kernel/egress.ts';
import { equalSecrets } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { type AdapterContext, createAdapter, judgeLost } from './adapter.ts';
import { isDocumentId } from './document-clients.ts';
import type { GrantLimit } from './grants.ts';
import { DEFAULT_SIGNING_ALGORITHM, type SigningAlgorithm, type TenantKeys } from './keys.ts';
import { type AccessGate, type AccessSource, createAccessGate } from './policies/access.ts';
import { drawSwitches } from './policies/account-switch.ts';
import {
  CLAIMS_BY_SCOPE,
  type ClaimsUser,
  claimsOf,
  type Membership,
  SCOPES_WITHOUT_CLAIMS,
} from './policies/claims.ts';
import {
  CLIENT_EXTRA_PROPERTIES,
  type ClientRecord,
  type ConsentCeiling,
  clientExtras,
  toClientMetadata,
} from './policies/clients.ts';
import { cookieNames, INTERACTION_TTL, rememberInteractions } from './policies/cookies.ts';
import { explainDeaths } from './policies/deaths.ts';
import { DEVICE_CODE_TTL, deviceFlow } from './policies/device-flow.ts';
import { EXTRA_PARAMETERS, existingGrant, interactionPath, interactionPrompts } from './policies/interactions.ts';
import { introspectionAllowed, introspectSignedTokens } from './policies/introspection.ts';
import { createOrganizationGate, type OrganizationGate, type OrganizationSource } from './policies/organizations.ts';
import { answerOutages, nameOutage } from './policies/outages.ts';
import { type ProtocolPages, pageContext, showError, showLostSession, showPage } from './policies/pages.ts';
import { type ProtocolEvent, tellProtocolEvents } from './policies/protocol-events.ts';
import { originAllowed, redirectUriAllowed } from './policies/redirect-uris.ts';
import { issueRefreshToken, nameSuccessors, refreshTokenTtl, rotateRefreshToken } from './policies/refresh-tokens.ts';
import { type ResourceSource, resourceIndicators } from './policies/resources.ts';
import { shapeResponses } from './policies/responses.ts';
import { type CustomClaims, tokenClaims } from './policies/token-claims.ts';
import { type ExchangeSource, registerTokenExchange } from './policies/token-exchange.ts';
import { settleAuthorizations, settleTokenRequests } from './settlement.ts';
import { GRANT_CLAIM, type VerifiedToken } from './token-verifier.ts';

/** Everything a provider instance of one tenant stands on. */
export interface ProviderContext {
  address: TenantAddress;
  db: Database;
  keys: TenantKeys;
  sessionTtl: number;
  idTokenClaims: readonly string[];
  /** Derives names of successors and unused client secrets. */
  secretKey: Buffer;
  findClient(clientId: string): Promise<ClientRecord | undefined>;
  findUser(userId: string): Promise<ClaimsUser | undefined>;
  roleNames(userId: string): Promise<string[]>;
  memberships(userId: string): Promise<Membership[]>;
  resources: ResourceSource;
  organizations: OrganizationSource;
  access: AccessSource;
  customClaims: CustomClaims;
  /** Clients that are known by their metadata documents; undefined while the tenant has that switched off. */
  findDocumentClient: ((clientId: string) => Promise<ClientRecord>) | undefined;
  /** Whether clients may register themselves; the endpoint is not the engine's. */
  registersClients: boolean;
  /** What a third-party application may ask for; without an id, what clients with a document may. */
  ceilingOf(clientId: string | undefined): Promise<ConsentCeiling>;
  exchange: Omit<ExchangeSource, 'findAccount'>;
  /** An access token of the tenant that is a JWT, while whom it names may act. */
  findSignedToken(token: string): Promise<VerifiedToken | undefined>;
  /** Ends the oldest grants of a user and an application beyond the number that the application allows. */
  limitGrants(limit: GrantLimit): Promise<void>;
  pages: ProtocolPages;
  /** Hears of what the endpoints did. */
  tell(event: ProtocolEvent): void;
  egress: Egress;
  now(): Date;
}

const GRANT_TTL = 180 * 86_400;
const CODE_TTL = 60;

/** Builds the protocol engine of one tenant from named policies. */
export function createProvider(context: ProviderContext): Provider {
  const { address, keys, db, now } = context;
  const unusedSecret = createHmac('sha256', context.secretKey).update('client').digest('base64url');
  const storage: AdapterContext = {
    db,
    tenantId: address.tenantId,
    now,
    findClient: async (clientId) => {
      const record = await findRecord(context, clientId);
      if (!record) return undefined;
      const ceiling = record.isThirdParty
        ? await context.ceilingOf(isDocumentId(clientId) ? undefined : clientId)
        : undefined;
      return toClientMetadata(record, { algorithm: algorithmOf(keys), unusedSecret, ceiling });
    },
  };
  const gate = createOrganizationGate(context.organizations);
  const accessGate = createAccessGate(context.access);
  const indicators = resourceIndicators({ ...context, gate }, () => algorithmOf(keys));
  const devices = deviceFlow(context);
  const provider = new Provider(
    `${address.endpoint}/oidc`,
    configuration({ ...context, storage, gate, accessGate, indicators, devices }, () => provider),
  );
  registerTokenExchange(provider, {
    source: { ...context.exchange, findAccount: (_ctx, userId) => findAccount(context, userId) },
    access: accessGate,
    gate,
    resources: indicators,
  });
  // The mount sets the forwarded headers from configuration, so the engine's links never follow the request's.
  provider.proxy = true;
  tellProtocolEvents(provider, context.tell);
  provider.use(rememberInteractions(address));
  provider.use(shapeResponses);
  provider.use(answerOutages);
  provider.use(introspectSignedTokens(context.findSignedToken));
  provider.use(devices.admitForm);
  provider.use(devices.prefill);
  provider.use(devices.answers);
  provider.use(drawSwitches(context, () => provider.urlFor('end_session_confirm')));
  provider.use(explainDeaths({ ...context, tenantId: address.tenantId }));
  provider.use(settleAuthorizations(db, address.tenantId, (ctx) => showLostSession(context, ctx)));
  provider.use(settleTokenRequests(db, now, (spent) => judgeLost(storage, spent)));
  applyClientPolicies(provider, context);
  nameSuccessors(provider, context.secretKey);
  if (keys.signing.length === 0) throw new Error(`tenant ${address.tenantId} has no signing key`);
  return provider;
}

const findRecord = (context: ProviderContext, clientId: string): Promise<ClientRecord | undefined> | undefined =>
  isDocumentId(clientId) ? context.findDocumentClient?.(clientId) : context.findClient(clientId);

const algorithmOf = (keys: TenantKeys): SigningAlgorithm => keys.signing[0]?.algorithm ?? DEFAULT_SIGNING_ALGORITHM;

/** The context with the policies that several parts of the configuration share. */
interface Policies extends ProviderContext {
  storage: AdapterContext;
  accessGate: AccessGate;
  gate: OrganizationGate;
  indicators: ReturnType<typeof resourceIndicators>;
  devices: ReturnType<typeof deviceFlow>;
}

function configuration(context: Policies, provider: () => Provider): Configuration {
  const { address, keys, storage } = context;
  const algorithm = algorithmOf(keys);
  const cookie = {
    httpOnly: true,
    sameSite: 'lax',
    path: address.basePath || '/',
    secure: address.endpoint.startsWith('https:'),
    signed: true,
  } as const;

  return {
    adapter: (model: string) => createAdapter(storage, model),
    jwks: { keys: keys.signing.map((key) => key.jwk) },
    cookies: { names: cookieNames(address), keys: keys.cookies, long: cookie, short: cookie },
    routes: {
      authorization: '/auth',
      token: '/token',
      userinfo: '/me',
      jwks: '/jwks',
      revocation: '/token/revocation',
      introspection: '/token/introspection',
      end_session: '/session/end',
      pushed_authorization_request: '/request',
      device_authorization: '/device/auth',
      code_verification: '/device',
    },
    features: features(context, provider),
    // RFC 7636 §4.4.1: everybody proves possession, but clients that authenticate may leave it out (features 1.2).
    pkce: { required: (_ctx, client) => client.tokenEndpointAuthMethod === 'none' },
    enabledJWA: jwaFor(keys),
    responseTypes: ['code', 'code id_token', 'id_token', 'none'],
    subjectTypes: ['public'],
    claims: CLAIMS_BY_SCOPE,
    scopes: ['openid', 'offline_access', ...SCOPES_WITHOUT_CLAIMS],
    conformIdTokenClaims: false,
    clientDefaults: { id_token_signed_response_alg: algorithm },
    extraClientMetadata: { properties: [...CLIENT_EXTRA_PROPERTIES] },
    discovery: {
      ...(context.findDocumentClient && { client_id_metadata_document_supported: true }),
      ...(context.registersClients && { registration_endpoint: `${address.endpoint}/oidc/reg` }),
    },
    extraParams: [...EXTRA_PARAMETERS],
    interactions: {
      policy: interactionPrompts(async (userId) => (await context.findUser(userId))?.primaryEmail),
      url: (_ctx, interaction) => interactionPath(address.basePath, interaction),
    },
    loadExistingGrant: existingGrant(provider, { access: context.accessGate, limitGrants: context.limitGrants }),
    findAccount: (_ctx, userId) => findAccount(context, userId),
    extraTokenClaims: tokenClaims(context.customClaims),
    rotateRefreshToken: async (ctx) => {
      // Before the token is spent: a refusal leaves it as it was.
      await context.accessGate(ctx, 'refresh');
      await context.gate.check(ctx);
      return rotateRefreshToken(ctx);
    },
    issueRefreshToken,
    clientBasedCORS: (_ctx, origin, client) => corsAllowed(origin, client, address),
    formats: {
      customizers: {
        jwt: (_ctx, token, parts) => {
          // Resource servers and SDKs read `scope` without looking whether it is there (clients.md 1.3).
          parts.payload.scope ??= '';
          if ('grantId' in token && token.grantId) parts.payload[GRANT_CLAIM] = token.grantId;
        },
      },
    },
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: CODE_TTL,
      DeviceCode: DEVICE_CODE_TTL,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 3600,
      Grant: GRANT_TTL,
      IdToken: (_ctx, _token, client) => clientExtras(client).idTokenTtl,
      Interaction: INTERACTION_TTL,
      RefreshToken: refreshTokenTtl,
      Session: context.sessionTtl,
    },
    renderError: (ctx, out, error) => renderError(context, ctx, nameOutage(out, error), error),
    fetch: (url, init) => context.egress(url as URL, { method: init?.method ?? 'GET', ...(init as object) }),
  } as Configuration;
}

/** Algorithms of the keys that there are: an algorithm without a key would only be a promise. */
function jwaFor(keys: TenantKeys): Configuration['enabledJWA'] {
  const available = [...new Set(keys.signing.map((key) => key.algorithm))];
  return {
    idTokenSigningAlgValues: available,
    userinfoSigningAlgValues: available,
    introspectionSigningAlgValues: available,
    authorizationSigningAlgValues: available,
    requestObjectSigningAlgValues: available,
    clientAuthSigningAlgValues: available,
  } as Configuration['enabledJWA'];
}

function features(context: Policies, provider: () => Provider): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    userinfo: { enabled: true },
    revocation: { enabled: true, allowedPolicy: ownToken },
    introspection: { enabled: true, allowedPolicy: introspectionAllowed },
    clientCredentials: { enabled: true },
    backchannelLogout: { enabled: true },
    deviceFlow: context.devices.feature,
    pushedAuthorizationRequests: { enabled: true },
    resourceIndicators: context.indicators,
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx) => {
        const redirectUri = ctx.oidc.params?.post_logout_redirect_uri;
        const page = await context.pages.signOut(pageContext(context, ctx), {
          action: provider().urlFor('end_session_confirm'),
          xsrf: (ctx.oidc.session?.state as { secret: string } | undefined)?.secret ?? '',
          clientId: ctx.oidc.client?.clientId,
          redirectUri: typeof redirectUri === 'string' ? redirectUri : undefined,
        });
        showPage(ctx, page);
      },
      postLogoutSuccessSource: async (ctx) => {
        showPage(ctx, await context.pages.signedOut(pageContext(context, ctx)));
      },
    },
  } as Configuration['features'];
}

/** RFC 7009 §2.1: a client may revoke what was issued to it. */
function ownToken(_ctx: unknown, client: { clientId?: string }, token: { clientId?: string }): boolean {
  return token.clientId === client.clientId;
}

const ORGANIZATION_SCOPES = new Set(['urn:logto:scope:organizations', 'urn:logto:scope:organization_roles']);

export async function findAccount(
  context: Pick<ProviderContext, 'findUser' | 'roleNames' | 'memberships' | 'idTokenClaims'>,
  userId: string,
) {
  const user = await context.findUser(userId);
  // A suspended user's tokens and sessions stop here, whatever still names them.
  if (!user || user.isSuspended) return undefined;
  return {
    accountId: user.id,
    async claims(use: string, scope: string) {
      const granted = scope.split(' ');
      const [roles, memberships] = await Promise.all([
        granted.includes('roles') ? context.roleNames(user.id) : [],
        granted.some((name) => ORGANIZATION_SCOPES.has(name)) ? context.memberships(user.id) : [],
      ]);
      return claimsOf(user, { roles, memberships }, use, context.idTokenClaims);
    },
  };
}

/** The browser apps that may read token and userinfo answers (features 1.5). */
function corsAllowed(origin: string, client: unknown, address: TenantAddress): boolean {
  if (origin === new URL(address.endpoint).origin) return true;
  const { corsOrigins, redirectUriList } = clientExtras(client);
  return corsOrigins.includes(origin) || originAllowed(origin, redirectUriList);
}

/** Redirect matching and secrets of an application, in place of the engine's own comparison. */
function applyClientPolicies(provider: Provider, context: ProviderContext): void {
  const prototype = provider.Client.prototype as unknown as {
    applicationType: string;
    clientId: string;
    redirectUriAllowed(uri: string): boolean;
    postLogoutRedirectUriAllowed(uri: string): boolean;
    compareClientSecret(secret: string): Promise<boolean>;
  };
  prototype.redirectUriAllowed = function redirectUri(this: typeof prototype, uri) {
    return redirectUriAllowed(uri, clientExtras(this).redirectUriList, this.applicationType === 'native');
  };
  prototype.postLogoutRedirectUriAllowed = function postLogout(this: typeof prototype, uri) {
    return redirectUriAllowed(uri, clientExtras(this).postLogoutRedirectUriList, this.applicationType === 'native');
  };
  prototype.compareClientSecret = async function compareSecret(this: typeof prototype, presented) {
    const record = await context.findClient(this.clientId);
    const match = record?.secrets.find(({ value }) => equalSecrets(value, presented));
    if (match?.expiresAt && match.expiresAt <= context.now()) {
      throw new errors.InvalidRequest('the client secret has expired');
    }
    return match !== undefined;
  };
}

async function renderError(
  context: ProviderContext,
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string },
  error: Error,
): Promise<void> {
  if (ctx.accepts('json', 'html') !== 'html') ctx.body = out;
  else if (error instanceof errors.SessionNotFound) await showLostSession(context, ctx);
  else await showError(context, ctx, out);
}
