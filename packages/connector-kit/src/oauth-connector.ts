import { z } from 'zod';
import { optionalText } from './config-schemas.ts';
import {
  type AuthorizationCallback,
  type ConnectorContext,
  defineSocialConnector,
  type SocialConnector,
  type SocialUserInfo,
} from './connector.ts';
import type { JsonObject } from './http.ts';
import { verifyIdToken } from './id-token.ts';
import type { ConnectorMetadata, FormItem, LocalizedText } from './metadata.ts';
import {
  exchangeCode,
  readCode,
  refreshTokens,
  requestUserInfo,
  scopeList,
  startCodeFlow,
  type TokenClient,
} from './oauth.ts';

/** Where an OAuth provider answers; `issuer` and `keys` belong to those that send ID tokens. */
export interface OAuthEndpoints {
  authorization: string;
  token: string;
  userInfo: string;
}

/** What an OpenID provider's ID tokens are checked against. */
export interface OpenIdIssuer {
  issuer: string;
  keys: string;
}

type Profile = Omit<SocialUserInfo, 'rawData'>;

export interface OAuthConnectorDefinition<Schema extends z.ZodObject, Claims extends z.ZodType> {
  metadata: ConnectorMetadata;
  configSchema: Schema;
  endpoints(config: z.output<Schema>): OAuthEndpoints;
  /** The configured scope, `default` where there is none; `always` comes first whatever is configured. */
  scopes: { always?: readonly string[]; default: string; configured(config: z.output<Schema>): string | undefined };
  credentials(config: z.output<Schema>): { clientId: string; clientSecret: string };
  /** RFC 7636; false where the provider is known not to support it. */
  pkce?: boolean;
  /** How the client shows who it is at the token endpoint; `basic` unless said otherwise (RFC 6749 §2.3.1). */
  clientAuthentication?: TokenClient['authentication'];
  /** How the token request is written; a form unless said otherwise. */
  tokenEncoding?: TokenClient['encoding'];
  /** Parameters of the provider's own in the authorization request. */
  parameters?(config: z.output<Schema>): Readonly<Record<string, string>>;
  /** Set for OpenID providers: their ID token is required and verified. */
  openId?(config: z.output<Schema>): OpenIdIssuer;
  /** What the user info must hold; only the id should be required, so that a broken profile locks nobody out. */
  claims: Claims;
  /** Reads what `userInfo` alone does not tell. */
  moreUserInfo?(
    input: { config: z.output<Schema>; accessToken: string },
    context: ConnectorContext,
  ): Promise<JsonObject>;
  /** Headers that the user info endpoint wants beside the token. */
  userInfoHeaders?(config: z.output<Schema>): Readonly<Record<string, string>>;
  /** Makes the user of what the provider told; an address or number only where the provider vouches for it. */
  user(claims: z.output<Claims>, config: z.output<Schema>, more: JsonObject): Profile;
}

/** A configuration has more members, which are nobody's business here. */
const credentialsOf = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }) => ({
  clientId,
  clientSecret,
});

/** The authorization code flow, as nearly every provider speaks it (RFC 6749 §4.1, OIDC Core §3.1). */
export function defineOAuthConnector<Schema extends z.ZodObject, Claims extends z.ZodType>(
  definition: OAuthConnectorDefinition<Schema, Claims>,
): SocialConnector {
  const { metadata, configSchema, scopes } = definition;

  const clientOf = (config: z.output<Schema>): TokenClient => ({
    tokenEndpoint: definition.endpoints(config).token,
    ...credentialsOf(definition.credentials(config)),
    authentication: definition.clientAuthentication,
    encoding: definition.tokenEncoding,
  });

  const proveUser = async (
    { config, params, session }: AuthorizationCallback<z.output<Schema>>,
    context: ConnectorContext,
  ) => {
    const openId = definition.openId?.(config);
    const code = readCode({ params, session }, openId?.issuer);
    const client = clientOf(config);
    const { tokens, idToken } = await exchangeCode({ ...client, code, session }, context);
    if (!openId) return { tokens, subject: undefined };
    const { clientId } = client;
    const expected = { idToken, jwksUri: openId.keys, issuer: openId.issuer, clientId, nonce: session.nonce };
    return { tokens, subject: await verifyIdToken(expected, context) };
  };

  return defineSocialConnector({
    metadata,
    configSchema,

    async authorizationUri({ config, state, redirectUri, scope }) {
      return startCodeFlow({
        authorizationEndpoint: definition.endpoints(config).authorization,
        clientId: definition.credentials(config).clientId,
        redirectUri,
        state,
        scope: scopeList(scopes.always ?? [], scope ?? scopes.configured(config) ?? scopes.default),
        extra: definition.parameters?.(config),
        pkce: definition.pkce,
        nonce: definition.openId !== undefined,
      });
    },

    async signIn(callback, context) {
      const { config } = callback;
      const { tokens, subject } = await proveUser(callback, context);
      const { accessToken } = tokens;
      const { claims, rawData } = await requestUserInfo(
        {
          endpoint: definition.endpoints(config).userInfo,
          accessToken,
          subject,
          schema: definition.claims,
          headers: definition.userInfoHeaders?.(config),
        },
        context,
      );
      const more = (await definition.moreUserInfo?.({ config, accessToken }, context)) ?? {};
      const userInfo = { ...definition.user(claims, config, more), rawData: { ...rawData, ...more } };
      return { userInfo, tokens };
    },

    refresh: ({ config, refreshToken }, context) => refreshTokens({ ...clientOf(config), refreshToken }, context),
  });
}

const credential = z.string().trim().min(1).max(1024);

/** The three members that most providers need. */
export const oauthConfigShape = {
  clientId: credential,
  clientSecret: credential,
  scope: optionalText(z.string().trim().max(1024)),
};

/** The form items of `oauthConfigShape`, with the names that the provider's own pages use. */
export const oauthFormItems = (texts: {
  clientId: LocalizedText;
  clientSecret: LocalizedText;
  defaultScope: string;
}): FormItem[] => [
  { key: 'clientId', type: 'Text', required: true, label: texts.clientId },
  { key: 'clientSecret', type: 'Text', required: true, isConfidential: true, label: texts.clientSecret },
  {
    key: 'scope',
    type: 'Text',
    placeholder: texts.defaultScope,
    label: { en: 'Scope', ja: 'スコープ' },
    description: { en: 'Separated by spaces.', ja: 'スペース区切りで入力します。' },
  },
];

/** The switch for providers that do not say whether an address was verified. */
export const trustEmailShape = { trustUnverifiedEmail: z.boolean().default(false) };

export const trustEmailFormItem = (provider: string): FormItem => ({
  key: 'trustUnverifiedEmail',
  type: 'Switch',
  defaultValue: false,
  label: { en: 'Trust unverified e-mail addresses', ja: '未確認のメールアドレスを信頼する' },
  description: {
    en: `${provider} does not say whether an address was verified. With this on, whoever can write an address into their ${provider} profile can take over the account that has it here.`,
    ja: `${provider} はメールアドレスが確認済みかどうかを示しません。オンにすると、${provider} のプロフィールに他人のアドレスを登録できる人が、そのアドレスのアカウントを乗っ取れるおそれがあります。`,
  },
});

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Claims that are left out when they have the wrong form, so that a broken profile never locks its user out. */
export const looseClaims = {
  text: z.string().trim().min(1).optional().catch(undefined),
  email: z.string().includes('@').max(320).optional().catch(undefined),
  picture: z.string().max(2048).refine(isWebAddress).optional().catch(undefined),
  yes: z.literal(true).optional().catch(undefined),
};

/** A user id, which some providers write as a number. */
export const idClaim = z.union([z.string().min(1).max(255), z.number().int()]).transform((id) => String(id));
