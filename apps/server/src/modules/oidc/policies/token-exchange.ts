import {
  type Account,
  errors,
  type KoaContextWithOIDC,
  type Provider,
  type TokenEndpointGrantContext,
} from 'oidc-provider';
import type { AccessGate } from './access.ts';
import { clientExtras, TOKEN_EXCHANGE } from './clients.ts';
import type { OrganizationGate } from './organizations.ts';
import type { resourceIndicators } from './resources.ts';

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';
const IMPERSONATION_TOKEN_TYPE = 'urn:logto:token-type:impersonation_token';
const PERSONAL_ACCESS_TOKEN_TYPE = 'urn:logto:token-type:personal_access_token';
const IMPERSONATION_PREFIX = 'sub_';

/** How long an exchanged token that is good for userinfo lives, in seconds, and the grant that it stands on. */
const OPAQUE_TTL = 3600;

export interface ExchangeSource {
  findImpersonation(token: string): Promise<{ userId: string; context: Record<string, unknown> } | undefined>;
  /** True for the one caller that spends the token. */
  spendImpersonation(token: string): Promise<boolean>;
  findPersonalAccessTokenOwner(token: string): Promise<string | undefined>;
  /** A JWT access token that this tenant issued and that has not expired. */
  verifyJwt(token: string): Promise<{ subject: string; clientId: string } | undefined>;
  findAccount(ctx: KoaContextWithOIDC, userId: string): Promise<Account | undefined>;
}

/** What a token was exchanged for. */
export interface Exchange {
  userId: string;
  /** What the maker of an impersonation token said about it. */
  context: Record<string, unknown> | undefined;
  /** Spends what may be used once; throws when somebody else was first. */
  spend?: () => Promise<void>;
  actor?: string;
}

type ExchangeParameters = Record<
  'subject_token' | 'subject_token_type' | 'actor_token' | 'actor_token_type' | 'requested_token_type',
  string | undefined
>;
type Context = TokenEndpointGrantContext<ExchangeParameters>;

const exchanges = new WeakMap<object, Exchange>();

/** The exchange that this request makes, for the claims of its token. */
export const exchangeOf = (ctx: KoaContextWithOIDC): Exchange | undefined => exchanges.get(ctx);

const PARAMETERS = [
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'resource',
  'scope',
  'organization_id',
];

/** RFC 8693 §2.2.2: a subject or actor token that is not good makes the request an invalid one. */
const refuse = (what: string) => new errors.InvalidRequest(what);

/** OAuth 2.0 Token Exchange (RFC 8693): another proof of who the user is, for an access token. */
export function registerTokenExchange(
  provider: Provider,
  deps: {
    source: ExchangeSource;
    access: AccessGate;
    gate: OrganizationGate;
    resources: Pick<ReturnType<typeof resourceIndicators>, 'defaultResource' | 'getResourceServerInfo'>;
  },
): void {
  const { source, access, gate, resources } = deps;

  const handler = async (ctx: Context): Promise<void> => {
    const { client, params } = ctx.oidc;
    checkParameters(params);
    const exchange = await subjectOf(ctx, source);
    const account = await source.findAccount(ctx, exchange.userId);
    if (!account) throw refuse('the user of the subject token is not there or is suspended');
    ctx.oidc.entity('Account', account);
    if (params.actor_token !== undefined) exchange.actor = await actorOf(provider, params.actor_token);
    exchanges.set(ctx, exchange);
    await access(ctx, 'exchange');
    await gate.check(ctx);

    const token = new provider.AccessToken({
      accountId: account.accountId,
      client,
      gty: TOKEN_EXCHANGE,
    } as ConstructorParameters<Provider['AccessToken']>[0]);
    const resource = params.resource ?? (await resources.defaultResource(ctx, client));
    if (Array.isArray(resource)) throw new errors.InvalidTarget('only one resource can be asked for');
    if (resource) {
      const server = new provider.ResourceServer(resource, await resources.getResourceServerInfo(ctx, resource));
      token.resourceServer = server;
      token.scope = [...ctx.oidc.requestParamScopes].filter((scope) => server.scopes.has(scope)).join(' ');
    } else {
      token.scope = [...ctx.oidc.requestParamOIDCScopes].filter((scope) => scope !== 'offline_access').join(' ');
    }
    await exchange.spend?.();
    // Userinfo answers by what a grant allows; a token for an API needs none.
    if (!resource) token.grantId = await grantFor(provider, ctx, account.accountId, token.scope);
    ctx.oidc.entity('AccessToken', token);
    const value = await token.save();
    ctx.body = {
      access_token: value,
      issued_token_type: ACCESS_TOKEN_TYPE,
      token_type: token.tokenType,
      expires_in: token.expiration,
      scope: token.scope,
    };
  };

  provider.registerGrantType<ExchangeParameters>(TOKEN_EXCHANGE, handler, PARAMETERS);
}

function checkParameters(params: ExchangeParameters): void {
  if (!params.subject_token || !params.subject_token_type) {
    throw refuse('subject_token and subject_token_type are required');
  }
  // RFC 8693 §2.1: the type comes with the token and never without it.
  if ((params.actor_token === undefined) !== (params.actor_token_type === undefined)) {
    throw refuse('actor_token and actor_token_type belong together');
  }
  if (params.actor_token_type !== undefined && params.actor_token_type !== ACCESS_TOKEN_TYPE) {
    throw refuse('the actor token must be an access token');
  }
  const requested = params.requested_token_type;
  if (requested !== undefined && requested !== ACCESS_TOKEN_TYPE) throw refuse('only access tokens are issued');
}

async function subjectOf(ctx: Context, source: ExchangeSource): Promise<Exchange> {
  const { subject_token: token = '', subject_token_type: type } = ctx.oidc.params;
  if (type === PERSONAL_ACCESS_TOKEN_TYPE) {
    const userId = await source.findPersonalAccessTokenOwner(token);
    if (!userId) throw refuse('the personal access token is unknown or has expired');
    return { userId, context: undefined };
  }
  // Impersonation tokens went by the access token's type before they had their own (features 1.3).
  const impersonates = type === IMPERSONATION_TOKEN_TYPE || token.startsWith(IMPERSONATION_PREFIX);
  if (impersonates && (type === IMPERSONATION_TOKEN_TYPE || type === ACCESS_TOKEN_TYPE)) {
    const found = await source.findImpersonation(token);
    if (!found) throw refuse('the subject token is unknown, used or has expired');
    return {
      ...found,
      spend: async () => {
        if (!(await source.spendImpersonation(token))) throw refuse('the subject token was used');
      },
    };
  }
  if (type !== ACCESS_TOKEN_TYPE) throw refuse('the type of the subject token is not supported');
  return { userId: await userOfAccessToken(ctx, source, token), context: undefined };
}

/** An access token stands for its user when it was issued to an application of the tenant's own that still exists. */
async function userOfAccessToken(ctx: Context, source: ExchangeSource, value: string): Promise<string> {
  const { provider } = ctx.oidc;
  const isJwt = value.split('.').length === 3;
  const jwt = isJwt ? await source.verifyJwt(value) : undefined;
  const opaque = isJwt ? undefined : await provider.AccessToken.find(value);
  const userId = jwt?.subject ?? opaque?.accountId;
  const clientId = jwt?.clientId ?? opaque?.clientId;
  if (!userId || !clientId || userId === clientId) throw refuse('the subject token is unknown or has expired');
  const issuedTo = await provider.Client.find(clientId);
  if (!issuedTo || clientExtras(issuedTo).isThirdParty) {
    throw refuse('the subject token was not issued to an application of this tenant');
  }
  return userId;
}

/** Who acts (RFC 8693 §4.1): the user of an opaque access token that is good for userinfo. */
async function actorOf(provider: Provider, value: string): Promise<string> {
  const token = await provider.AccessToken.find(value);
  if (!token?.accountId) throw refuse('the actor token is unknown or has expired');
  if (!token.scopes.has('openid')) throw refuse('the actor token lacks the scope openid');
  return token.accountId;
}

async function grantFor(provider: Provider, ctx: Context, accountId: string, scope: string): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId: ctx.oidc.client.clientId });
  grant.addOIDCScope(scope);
  return Object.assign(grant, { expiresIn: OPAQUE_TTL }).save();
}
