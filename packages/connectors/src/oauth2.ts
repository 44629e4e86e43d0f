import {
  ConnectorError,
  defineSocialConnector,
  endpointSchema,
  exchangeCode,
  type JsonObject,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  readCode,
  refreshTokens,
  requestUserInfo,
  scopeList,
  startCodeFlow,
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

/** Where a member stands in the user info: `data.user.id` is a path. */
const memberPath = z.string().trim().min(1).max(256);

const profileMap = z.object({
  id: memberPath.default('id'),
  email: memberPath.default('email'),
  phone: memberPath.default('phone'),
  name: memberPath.default('name'),
  avatar: memberPath.default('avatar'),
});

const configSchema = z.object({
  authorizationEndpoint: endpointSchema,
  tokenEndpoint: endpointSchema,
  userInfoEndpoint: endpointSchema,
  ...oauthConfigShape,
  ...clientAuthenticationShape,
  tokenEndpointResponseType: z.enum(['query-string', 'json']).default('query-string'),
  profileMap: jsonMember(profileMap.optional()),
  trustUnverifiedEmail: z.boolean().default(false),
  customConfig: customParameters,
});

const clientOf = ({ tokenEndpoint, clientId, clientSecret, ...config }: z.output<typeof configSchema>) => ({
  tokenEndpoint,
  clientId,
  clientSecret,
  authentication: config.tokenEndpointAuthMethod,
  assertionAlgorithm: config.clientSecretJwtSigningAlgorithm,
  acceptForm: config.tokenEndpointResponseType === 'query-string',
});

function memberAt(body: JsonObject, path: string): unknown {
  let at: unknown = body;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  return at;
}

const idSchema = z.union([z.string().min(1).max(255), z.number().int()]).transform(String);
const anyObject = z.record(z.string(), z.unknown());

/** Any provider that speaks OAuth 2.0 and tells who signed in (RFC 6749). */
export const oauth2 = defineSocialConnector({
  metadata: {
    id: 'oauth2',
    target: 'oauth2',
    platform: 'Universal',
    isStandard: true,
    name: { en: 'OAuth 2.0', ja: 'OAuth 2.0' },
    description: {
      en: 'Sign-in with any provider that speaks OAuth 2.0 and has a user info endpoint.',
      ja: 'OAuth 2.0 に対応し、ユーザー情報エンドポイントを持つ任意のプロバイダーでサインインします。',
    },
    ...logos.oauth2,
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
        required: true,
        label: { en: 'User info endpoint', ja: 'ユーザー情報エンドポイント' },
      },
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'クライアント ID' },
        clientSecret: { en: 'Client secret', ja: 'クライアントシークレット' },
        defaultScope: '',
      }),
      ...clientAuthenticationFormItems,
      {
        key: 'tokenEndpointResponseType',
        type: 'Select',
        defaultValue: 'query-string',
        selectItems: [
          { value: 'query-string', title: { en: 'JSON or form', ja: 'JSON またはフォーム形式' } },
          { value: 'json', title: { en: 'JSON', ja: 'JSON' } },
        ],
        label: { en: 'Token answer', ja: 'トークンレスポンスの形式' },
      },
      {
        key: 'profileMap',
        type: 'Json',
        defaultValue:
          '{\n  "id": "id",\n  "email": "email",\n  "phone": "phone",\n  "name": "name",\n  "avatar": "avatar"\n}',
        label: { en: 'Profile map', ja: 'プロフィールの対応付け' },
        description: {
          en: 'Where each member stands in the user info; `data.user.id` is a path.',
          ja: 'ユーザー情報の中で各項目がある場所です。`data.user.id` のようにパスで指定できます。',
        },
      },
      {
        key: 'trustUnverifiedEmail',
        type: 'Switch',
        defaultValue: false,
        label: { en: 'Trust unverified e-mail addresses', ja: '未確認のメールアドレスを信頼する' },
        description: {
          en: 'Off: an address counts only beside `email_verified: true`. On: only for a provider that belongs to you, because whoever may write an address there can take over the account that has it here.',
          ja: 'オフの場合、`email_verified: true` があるときだけアドレスを使います。オンにするのは自社のプロバイダーだけにしてください。そこで他人のアドレスを登録できる人は、そのアドレスのアカウントを乗っ取れます。',
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
      scope: scopeList([], scope ?? config.scope ?? ''),
      extra: config.customConfig,
      // It cannot be known whether the provider checks a code verifier, so the state alone has to do.
      pkce: false,
      nonce: false,
    });
  },

  async signIn({ config, params, session }, context) {
    const { profileMap: map = profileMap.parse({}) } = config;
    const code = readCode({ params, session });
    const { tokens } = await exchangeCode({ ...clientOf(config), code, session }, context);
    const { accessToken } = tokens;
    const { rawData } = await requestUserInfo(
      { endpoint: config.userInfoEndpoint, accessToken, schema: anyObject },
      context,
    );
    const id = idSchema.safeParse(memberAt(rawData, map.id));
    if (!id.success) {
      throw new ConnectorError('invalid_response', 'The provider did not say who signed in.', {
        data: { path: map.id },
      });
    }
    const emailIsTrusted = config.trustUnverifiedEmail || rawData.email_verified === true;
    const userInfo = {
      id: id.data,
      name: looseClaims.text.parse(memberAt(rawData, map.name)),
      email: emailIsTrusted ? looseClaims.email.parse(memberAt(rawData, map.email)) : undefined,
      phone:
        rawData.phone_number_verified === true
          ? looseClaims.text.parse(memberAt(rawData, map.phone))?.replace(/\D/g, '') || undefined
          : undefined,
      avatar: looseClaims.picture.parse(memberAt(rawData, map.avatar)),
      rawData,
    };
    return { userInfo, tokens };
  },

  refresh: ({ config, refreshToken }, context) => refreshTokens({ ...clientOf(config), refreshToken }, context),
});
