import type { AdapterPayload } from 'oidc-provider';
import type { SigningAlgorithm } from '../keys.ts';

/** OAuth 2.0 Token Exchange (RFC 8693). */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** OAuth 2.0 Device Authorization Grant (RFC 8628). */
export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** An application as the protocol needs it; the applications module provides it, cached. */
export interface ClientRecord {
  id: string;
  name: string;
  type: 'Native' | 'SPA' | 'Traditional' | 'MachineToMachine' | 'Protected' | 'SAML';
  isThirdParty: boolean;
  /** Whether it lets in only whom its access rules name. */
  appLevelAccessControlEnabled: boolean;
  oidcClientMetadata: {
    redirectUris: string[];
    postLogoutRedirectUris: string[];
    backchannelLogoutUri?: string | undefined;
    backchannelLogoutSessionRequired?: boolean | undefined;
  };
  customClientMetadata: {
    corsAllowedOrigins?: string[] | undefined;
    idTokenTtl?: number | undefined;
    refreshTokenTtl?: number | undefined;
    refreshTokenTtlInDays?: number | undefined;
    alwaysIssueRefreshToken?: boolean | undefined;
    rotateRefreshToken?: boolean | undefined;
    allowTokenExchange?: boolean | undefined;
    isDeviceFlow?: boolean | undefined;
    maxAllowedGrants?: number | undefined;
  };
  secrets: { value: string; expiresAt: Date | null }[];
  /** It wants somebody signed in, and nothing to hold for it (OAuth 2.0 Multiple Response Types §4). */
  onlySignsIn?: true;
  /** Pages of this server, whose client's name means nothing to the people who are signed in for them. */
  isHostedPage?: true;
}

/** What a client that is not the tenant's own may ask for. */
export interface ConsentCeiling {
  userScopes: readonly string[];
  organizationScopes: readonly string[];
  /** Names of scopes by the indicator of their API, held through roles of the tenant. */
  resourceScopes: Readonly<Record<string, readonly string[]>>;
  /** The same, held through roles in an organization. */
  organizationResourceScopes: Readonly<Record<string, readonly string[]>>;
}

/** What we add to the engine's client model: read with `clientExtras(client)`. */
export interface ClientExtras {
  appName: string;
  appType: ClientRecord['type'];
  isThirdParty: boolean;
  redirectUriList: string[];
  postLogoutRedirectUriList: string[];
  corsOrigins: string[];
  idTokenTtl: number;
  refreshTokenTtl: number;
  alwaysIssueRefreshToken: boolean;
  rotateRefreshToken: boolean;
  /** How many grants one user may have with the application at a time. */
  maxAllowedGrants: number | undefined;
  checksAccess: boolean;
  /** Only for third parties. */
  ceiling: ConsentCeiling | undefined;
}

export const CLIENT_EXTRA_PROPERTIES = [
  'appName',
  'appType',
  'isThirdParty',
  'redirectUriList',
  'postLogoutRedirectUriList',
  'corsOrigins',
  'idTokenTtl',
  'refreshTokenTtl',
  'alwaysIssueRefreshToken',
  'rotateRefreshToken',
  'maxAllowedGrants',
  'checksAccess',
  'ceiling',
] as const satisfies (keyof ClientExtras)[];

export const clientExtras = (client: unknown): ClientExtras => client as ClientExtras;

const DAY_SECONDS = 86_400;
const DEFAULT_REFRESH_DAYS = 14;
const DEFAULT_ID_TOKEN_TTL = 3600;

/** The engine insists on one well-formed redirect URI; the real list, with patterns and schemes, is ours to match. */
const SCHEMA_REDIRECT_URI = 'https://redirect-uris.invalid/';

export const usesSecret = (type: ClientRecord['type']): boolean =>
  type === 'Traditional' || type === 'MachineToMachine' || type === 'Protected' || type === 'SAML';

/** What a client of each kind may ask of the token endpoint (features 1.4). */
function grantTypes({ type, isThirdParty, customClientMetadata: custom }: ClientRecord): string[] {
  const signIn = custom.isDeviceFlow ? DEVICE_CODE : 'authorization_code';
  const own = type === 'MachineToMachine' ? ['client_credentials'] : [signIn, 'refresh_token'];
  return custom.allowTokenExchange && !isThirdParty ? [...own, TOKEN_EXCHANGE] : own;
}

/** The registration (RFC 7591 names) of an application. */
export function toClientMetadata(
  app: ClientRecord,
  options: { algorithm: SigningAlgorithm; unusedSecret: string; ceiling: ConsentCeiling | undefined },
): AdapterPayload {
  // Machines have no browser, and devices leave it to another one.
  const redirects = app.type !== 'MachineToMachine' && !app.customClientMetadata.isDeviceFlow;
  const { oidcClientMetadata: oidc, customClientMetadata: custom } = app;
  const extras: ClientExtras = {
    appName: app.name,
    appType: app.type,
    isThirdParty: app.isThirdParty,
    redirectUriList: oidc.redirectUris,
    postLogoutRedirectUriList: oidc.postLogoutRedirectUris,
    corsOrigins: custom.corsAllowedOrigins ?? [],
    idTokenTtl: custom.idTokenTtl ?? DEFAULT_ID_TOKEN_TTL,
    refreshTokenTtl:
      custom.refreshTokenTtlInDays === undefined && custom.refreshTokenTtl !== undefined
        ? custom.refreshTokenTtl
        : (custom.refreshTokenTtlInDays ?? DEFAULT_REFRESH_DAYS) * DAY_SECONDS,
    alwaysIssueRefreshToken: custom.alwaysIssueRefreshToken ?? false,
    rotateRefreshToken: custom.rotateRefreshToken ?? true,
    maxAllowedGrants: custom.maxAllowedGrants,
    checksAccess: app.appLevelAccessControlEnabled,
    ceiling: options.ceiling,
  };
  return {
    client_id: app.id,
    client_name: app.name,
    application_type: app.type === 'Native' ? 'native' : 'web',
    grant_types: grantTypes(app),
    response_types: redirects ? [app.onlySignsIn ? 'none' : 'code'] : [],
    redirect_uris: redirects ? [SCHEMA_REDIRECT_URI] : [],
    token_endpoint_auth_method: usesSecret(app.type) ? 'client_secret_basic' : 'none',
    // Never compared: `compareClientSecret` looks at the application's secrets. The engine only wants one to be there.
    ...(usesSecret(app.type) && { client_secret: options.unusedSecret }),
    id_token_signed_response_alg: options.algorithm,
    ...(oidc.backchannelLogoutUri && {
      backchannel_logout_uri: oidc.backchannelLogoutUri,
      backchannel_logout_session_required: oidc.backchannelLogoutSessionRequired ?? false,
    }),
    // Anything else about the user is refused with invalid_scope.
    ...(options.ceiling && { scope: ['openid', 'offline_access', ...options.ceiling.userScopes].join(' ') }),
    ...extras,
  } as AdapterPayload;
}
