import {
  type ConnectorContext,
  ConnectorError,
  defineSocialConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  optionalText,
  readCode,
  requestJson,
  type SocialUserInfo,
  unexpectedAnswer,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { readNativeCode, startRedirect } from './redirects.ts';

const API = 'https://api.weixin.qq.com/sns';
const DEFAULT_SCOPE = 'snsapi_login';

const tokenAnswer = z.object({ access_token: z.string().min(1), openid: z.string().min(1) });
const claimsSchema = z.object({
  openid: idClaim,
  unionid: idClaim.optional().catch(undefined),
  nickname: looseClaims.text,
  headimgurl: looseClaims.picture,
});

/** WeChat's codes for a code or a token that is wrong, spent or late. */
const INVALID_CODE = new Set([40029, 40163, 41008]);
const INVALID_TOKEN = new Set([40001, 40014, 42001]);
const INVALID_APP = new Set([40013, 40125]);

function refusal(body: Readonly<Record<string, unknown>> | null): ConnectorError | undefined {
  const code = body?.errcode;
  if (typeof code !== 'number' || code === 0) return undefined;
  const cause = { errcode: code };
  if (INVALID_CODE.has(code)) {
    return new ConnectorError('social_auth_code_invalid', 'WeChat refused the authorization code.', { cause });
  }
  if (INVALID_TOKEN.has(code)) {
    return new ConnectorError('social_invalid_access_token', 'WeChat refused its own access token.', { cause });
  }
  if (INVALID_APP.has(code))
    return new ConnectorError('invalid_config', 'WeChat refused the App ID or secret.', { cause });
  return new ConnectorError('invalid_response', 'WeChat answered with an error.', { data: { errcode: code } });
}

/** Code to token to user, the same for web and native apps; WeChat takes its credentials in the query. */
async function userOf(
  { appId, appSecret }: { appId: string; appSecret: string },
  code: string,
  context: ConnectorContext,
): Promise<SocialUserInfo> {
  const tokenQuery = new URLSearchParams({ appid: appId, secret: appSecret, code, grant_type: 'authorization_code' });
  const token = await requestJson(context, 'token', `${API}/oauth2/access_token?${tokenQuery}`);
  const tokens = tokenAnswer.safeParse(token.body);
  if (!tokens.success) throw refusal(token.body) ?? unexpectedAnswer('token', token);
  const { access_token, openid } = tokens.data;
  const userQuery = new URLSearchParams({ access_token, openid });
  const answer = await requestJson(context, 'user info', `${API}/userinfo?${userQuery}`);
  const claims = claimsSchema.safeParse(answer.body);
  if (!claims.success) throw refusal(answer.body) ?? unexpectedAnswer('user info', answer);
  return {
    // One person has an openid in each app, and one unionid in all apps of one developer.
    id: claims.data.unionid ?? claims.data.openid,
    name: claims.data.nickname,
    avatar: claims.data.headimgurl,
    rawData: answer.body ?? {},
  };
}

const credentials = { appId: oauthConfigShape.clientId, appSecret: oauthConfigShape.clientSecret };

const credentialItems = [
  { key: 'appId', type: 'Text', required: true, label: { en: 'AppID', ja: 'AppID' } },
  {
    key: 'appSecret',
    type: 'Text',
    required: true,
    isConfidential: true,
    label: { en: 'AppSecret', ja: 'AppSecret' },
  },
] as const;

/** WeChat's website application sign-in (https://developers.weixin.qq.com/doc/oplatform/en/Website_App). */
export const wechatWeb = defineSocialConnector({
  metadata: {
    id: 'wechat-web',
    target: 'wechat',
    platform: 'Web',
    name: { en: 'WeChat', ja: 'WeChat' },
    description: { en: 'Sign-in with WeChat by a QR code.', ja: 'QR コードを使って WeChat でサインインします。' },
    ...logos.wechat,
    formItems: [
      ...credentialItems,
      {
        key: 'scope',
        type: 'Text',
        placeholder: DEFAULT_SCOPE,
        label: { en: 'Scope', ja: 'スコープ' },
      },
    ],
  },
  configSchema: z.object({ ...credentials, scope: optionalText(z.string().trim().max(256)) }),

  async authorizationUri({ config, state, redirectUri, scope }) {
    const { uri, session } = startRedirect(
      'https://open.weixin.qq.com/connect/qrconnect',
      { state, redirectUri },
      {
        appid: config.appId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: scope ?? config.scope ?? DEFAULT_SCOPE,
        state,
      },
    );
    // WeChat's page does not work without this fragment.
    return { uri: `${uri}#wechat_redirect`, session };
  },

  userInfo: ({ config, params, session }, context) => userOf(config, readCode({ params, session }), context),
});

/** WeChat's mobile application sign-in; the app hands over the code that WeChat's SDK gave it. */
export const wechatNative = defineSocialConnector({
  metadata: {
    id: 'wechat-native',
    target: 'wechat',
    platform: 'Native',
    name: { en: 'WeChat', ja: 'WeChat' },
    description: {
      en: 'Sign-in with WeChat in a mobile app that uses WeChat’s SDK.',
      ja: 'WeChat の SDK を組み込んだモバイルアプリで WeChat にサインインします。',
    },
    ...logos.wechat,
    formItems: [
      ...credentialItems,
      {
        key: 'universalLinks',
        type: 'Text',
        placeholder: 'https://app.example.com/wechat/',
        label: { en: 'Universal link', ja: 'ユニバーサルリンク' },
        description: { en: 'For iOS: as registered at WeChat.', ja: 'iOS 向け。WeChat に登録した値を入力します。' },
      },
    ],
  },
  configSchema: z.object({ ...credentials, universalLinks: optionalText(z.url({ protocol: /^https$/ }).max(2048)) }),

  async authorizationUri({ config, state, redirectUri }) {
    return startRedirect(
      'wechat://',
      { state, redirectUri },
      { app_id: config.appId, state, universal_links: config.universalLinks },
    );
  },

  userInfo: ({ config, params, session }, context) => userOf(config, readNativeCode(params, session), context),
});
