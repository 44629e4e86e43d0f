import {
  ConnectorError,
  defineSocialConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  readCode,
  requestJson,
  trustEmailFormItem,
  trustEmailShape,
  unexpectedAnswer,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { startRedirect } from './redirects.ts';

const API = 'https://api.dingtalk.com';
const DEFAULT_SCOPE = 'openid';

const tokenAnswer = z.object({ accessToken: z.string().min(1) });

const claimsSchema = z.object({
  unionId: idClaim,
  nick: looseClaims.text,
  avatarUrl: looseClaims.picture,
  email: looseClaims.email,
  mobile: z.string().optional().catch(undefined),
  stateCode: z.string().optional().catch(undefined),
});

/** Sign-in with DingTalk (https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information). */
export const dingTalk = defineSocialConnector({
  metadata: {
    id: 'dingtalk-web',
    target: 'dingtalk',
    platform: 'Web',
    name: { en: 'DingTalk', ja: 'DingTalk' },
    description: { en: 'Sign-in with a DingTalk account.', ja: 'DingTalk アカウントでサインインします。' },
    ...logos.dingTalk,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'Client ID (AppKey)', ja: 'Client ID（AppKey）' },
        clientSecret: { en: 'Client Secret (AppSecret)', ja: 'Client Secret（AppSecret）' },
        defaultScope: DEFAULT_SCOPE,
      }),
      trustEmailFormItem('DingTalk'),
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, ...trustEmailShape }),

  async authorizationUri({ config, state, redirectUri, scope }) {
    return startRedirect(
      'https://login.dingtalk.com/oauth2/auth',
      { state, redirectUri },
      {
        response_type: 'code',
        client_id: config.clientId,
        redirect_uri: redirectUri,
        scope: scope ?? config.scope ?? DEFAULT_SCOPE,
        state,
        prompt: 'consent',
      },
    );
  },

  async userInfo({ config, params, session }, context) {
    const code = readCode({ params: { ...params, code: params.authCode ?? params.code }, session });
    const { clientId, clientSecret } = config;
    const token = await requestJson(context, 'token', `${API}/v1.0/oauth2/userAccessToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, code, grantType: 'authorization_code' }),
    });
    if (token.status === 400 || token.status === 401) {
      throw new ConnectorError('social_auth_code_invalid', 'DingTalk refused the authorization code.', {
        cause: { code: token.body?.code },
      });
    }
    const tokens = tokenAnswer.safeParse(token.body);
    if (token.status !== 200 || !tokens.success) throw unexpectedAnswer('token', token);
    const answer = await requestJson(context, 'user info', `${API}/v1.0/contact/users/me`, {
      headers: { 'x-acs-dingtalk-access-token': tokens.data.accessToken },
    });
    if (answer.status === 401) {
      throw new ConnectorError('social_invalid_access_token', 'DingTalk refused its own access token.');
    }
    const claims = claimsSchema.safeParse(answer.body);
    if (answer.status !== 200 || !claims.success) throw unexpectedAnswer('user info', answer);
    const { unionId, nick, avatarUrl, email, mobile, stateCode } = claims.data;
    return {
      id: unionId,
      name: nick,
      avatar: avatarUrl,
      email: config.trustUnverifiedEmail ? email : undefined,
      // The number is the one that its owner signs in to DingTalk with.
      phone: mobile && stateCode ? `${stateCode}${mobile}`.replace(/\D/g, '') : undefined,
      rawData: answer.body ?? {},
    };
  },
});
