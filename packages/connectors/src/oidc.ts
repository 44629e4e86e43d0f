import {
  defineSocialConnector,
  endpointSchema,
  exchangeCode,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  optionalText,
  readCode,
  refreshTokens,
  requestUserInfo,
  scopeList,
  startCodeFlow,
  verifyIdTokenClaims,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import {
  clientAuthenticationFormItems,
  clientAuthenticationShape,
  customParameters,
  customParametersFormItem,
  jsonMember,
} from './standard-form-items.ts';

const DEFAULT_SCOPE = 'openid profile email';

/** OIDC Core §3.1.2.1, as far as an operator may choose. */
const requestOptions = z.object({
  display: z.string().max(128).optional(),
  prompt: z.string().max(128).optional(),
  maxAge: z.union([z.string().max(16), z.number()]).optional(),
  uiLocales: z.string().max(256).optional(),
  acrValues: z.string().max(512).optional(),
});

const configSchema = z.object({
  authorizationEndpoint: endpointSchema,
  tokenEndpoint: endpointSchema,
  userInfoEndpoint: optionalText(endpointSchema),
  ...oauthConfigShape,
  idTokenVerificationConfig: jsonMember(z.object({ jwksUri: endpointSchema, issuer: z.string().min(1).max(2048) })),
  ...clientAuthenticationShape,
  acceptStringTypedBooleanClaims: z.boolean().default(false),
  trustUnverifiedEmail: z.boolean().default(false),
  authRequestOptionalConfig: jsonMember(requestOptions.optional()),
  customConfig: customParameters,
});
type Config = z.output<typeof configSchema>;

const claimsSchema = z.object({
  name: looseClaims.text,
  preferred_username: looseClaims.text,
  email: looseClaims.email,
  email_verified: z.unknown().optional(),
  phone_number: z.string().max(64).optional().catch(undefined),
  phone_number_verified: z.unknown().optional(),
  picture: looseClaims.picture,
});

function optionalParameters({ authRequestOptionalConfig: options = {}, customConfig }: Config): Record<string, string> {
  const named = {
    display: options.display,
    prompt: options.prompt,
    max_age: options.maxAge === undefined ? undefined : String(options.maxAge),
    ui_locales: options.uiLocales,
    acr_values: options.acrValues,
  };
  const sent = Object.entries({ ...customConfig, ...named }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(sent);
}

const clientOf = ({ tokenEndpoint, clientId, clientSecret, ...config }: Config) => ({
  tokenEndpoint,
  clientId,
  clientSecret,
  authentication: config.tokenEndpointAuthMethod,
  assertionAlgorithm: config.clientSecretJwtSigningAlgorithm,
});

/** Any OpenID provider (OIDC Core); the user is whoever its verified ID token says. */
export const oidc = defineSocialConnector({
  metadata: {
    id: 'oidc',
    target: 'oidc',
    platform: 'Universal',
    isStandard: true,
    name: { en: 'OpenID Connect', ja: 'OpenID Connect' },
    description: {
      en: 'Sign-in with any provider that speaks OpenID Connect.',
      ja: 'OpenID Connect に対応した任意のプロバイダーでサインインします。',
    },
    ...logos.openId,
    formItems: [
      {
        key: 'authorizationEndpoint',
        type: 'Text',
        required: true,
        label: { en: 'Authorization endpoint', ja: '認可エンドポイント' },
      },
      {
        key: 'tokenEndpoint',
        type: 'Text',
        required: true,
        label: { en: 'Token endpoint', ja: 'トークンエンドポイント' },
      },
      {
        key: 'userInfoEndpoint',
        type: 'Text',
        label: { en: 'User info endpoint', ja: 'ユーザー情報エンドポイント' },
        description: {
          en: '`userinfo_endpoint` of the discovery document, for providers whose ID token has no name and no e-mail address. When set, the profile is read there.',
          ja: 'ディスカバリードキュメントの `userinfo_endpoint` です。ID トークンに名前やメールアドレスを含めないプロバイダーの場合に入力すると、プロフィールはここから読み込まれます。',
        },
      },
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'クライアント ID' },
        clientSecret: { en: 'Client secret', ja: 'クライアントシークレット' },
        defaultScope: DEFAULT_SCOPE,
      }),
      {
        key: 'idTokenVerificationConfig',
        type: 'Json',
        required: true,
        defaultValue: '{\n  "jwksUri": "",\n  "issuer": ""\n}',
        label: { en: 'ID token verification', ja: 'ID トークンの検証' },
        description: {
          en: '`jwks_uri` and `issuer` of the provider’s discovery document.',
          ja: 'プロバイダーのディスカバリードキュメントにある `jwks_uri` と `issuer` です。',
        },
      },
      ...clientAuthenticationFormItems,
      {
        key: 'acceptStringTypedBooleanClaims',
        type: 'Switch',
        isAdvanced: true,
        defaultValue: false,
        label: { en: 'Accept “true” as a text', ja: '文字列の "true" を受け入れる' },
        description: {
          en: 'For providers that write `email_verified` as a text.',
          ja: '`email_verified` を文字列で返すプロバイダー向けです。',
        },
      },
      {
        key: 'trustUnverifiedEmail',
        type: 'Switch',
        defaultValue: false,
        label: { en: 'Trust unverified e-mail addresses', ja: '未確認のメールアドレスを信頼する' },
        description: {
          en: 'Only for a provider that belongs to you: whoever may write an address there can take over the account that has it here.',
          ja: '自社のプロバイダーの場合のみオンにしてください。そこで他人のアドレスを登録できる人は、そのアドレスのアカウントを乗っ取れます。',
        },
      },
      {
        key: 'authRequestOptionalConfig',
        type: 'Json',
        isAdvanced: true,
        label: { en: 'Authorization request options', ja: '認可リクエストのオプション' },
        description: {
          en: 'JSON with any of `display`, `prompt`, `maxAge`, `uiLocales`, `acrValues`.',
          ja: '`display`、`prompt`、`maxAge`、`uiLocales`、`acrValues` を含む JSON です。',
        },
      },
      customParametersFormItem,
    ],
  },
  configSchema,

  async authorizationUri({ config, state, redirectUri, scope }) {
    return startCodeFlow({
      authorizationEndpoint: config.authorizationEndpoint,
      clientId: config.clientId,
      redirectUri,
      state,
      scope: scopeList(['openid'], scope ?? config.scope ?? DEFAULT_SCOPE),
      extra: optionalParameters(config),
    });
  },

  async signIn({ config, params, session }, context) {
    const { clientId } = config;
    const { jwksUri, issuer } = config.idTokenVerificationConfig;
    const code = readCode({ params, session }, issuer);
    const { tokens, idToken } = await exchangeCode({ ...clientOf(config), code, session }, context);
    const verified = await verifyIdTokenClaims({ idToken, jwksUri, issuer, clientId, nonce: session.nonce }, context);
    const { userInfoEndpoint: endpoint } = config;
    // OIDC Core §5.4: where there is an access token, a provider may keep the profile for this endpoint alone.
    const said = endpoint
      ? await requestUserInfo(
          { endpoint, accessToken: tokens.accessToken, subject: verified.sub, schema: claimsSchema },
          context,
        )
      : { claims: claimsSchema.parse(verified), rawData: verified };
    const { claims } = said;
    const isTrue = (value: unknown) => value === true || (config.acceptStringTypedBooleanClaims && value === 'true');
    const emailIsTrusted = isTrue(claims.email_verified) || config.trustUnverifiedEmail;
    const userInfo = {
      id: verified.sub,
      name: claims.name ?? claims.preferred_username,
      email: emailIsTrusted ? claims.email : undefined,
      phone: isTrue(claims.phone_number_verified) ? claims.phone_number?.replace(/\D/g, '') || undefined : undefined,
      avatar: claims.picture,
      rawData: { ...verified, ...said.rawData },
    };
    return { userInfo, tokens };
  },

  refresh: ({ config, refreshToken }, context) => refreshTokens({ ...clientOf(config), refreshToken }, context),
});
