import {
  type ConnectorContext,
  ConnectorError,
  defineSocialConnector,
  idClaim,
  looseClaims,
  readCode,
  requestJson,
  unexpectedAnswer,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { startRedirect } from './redirects.ts';

const API = 'https://qyapi.weixin.qq.com/cgi-bin';

const text = z.string().trim().min(1).max(1024);

const tokenAnswer = z.object({ errcode: z.literal(0).optional(), access_token: z.string().min(1) });
const identityAnswer = z.object({ errcode: z.literal(0), userid: idClaim });
const detailsAnswer = z.object({ errcode: z.literal(0), name: looseClaims.text, avatar: looseClaims.picture });

/** WeCom's codes for a code that is wrong, spent or late. */
const INVALID_CODE = new Set([40029, 42003]);

function refusal(
  what: string,
  answer: { status: number; body: Readonly<Record<string, unknown>> | null },
): ConnectorError {
  const code = answer.body?.errcode;
  if (typeof code !== 'number' || code === 0) return unexpectedAnswer(what, answer);
  if (INVALID_CODE.has(code)) {
    return new ConnectorError('social_auth_code_invalid', 'WeCom refused the authorization code.', {
      cause: { errcode: code },
    });
  }
  if (code === 40001 || code === 40013) {
    return new ConnectorError('invalid_config', 'WeCom refused the corporation id or secret.', {
      cause: { errcode: code },
    });
  }
  return new ConnectorError('invalid_response', `WeCom answered with an error (${what}).`, { data: { errcode: code } });
}

async function appToken(config: { corpId: string; appSecret: string }, context: ConnectorContext): Promise<string> {
  const query = new URLSearchParams({ corpid: config.corpId, corpsecret: config.appSecret });
  const answer = await requestJson(context, 'token', `${API}/gettoken?${query}`);
  const tokens = tokenAnswer.safeParse(answer.body);
  if (!tokens.success) throw refusal('token', answer);
  return tokens.data.access_token;
}

/** Sign-in of members of a company with WeCom (https://developer.work.weixin.qq.com/document/path/98151). */
export const weCom = defineSocialConnector({
  metadata: {
    id: 'wecom-universal',
    target: 'wecom',
    platform: 'Universal',
    name: { en: 'WeCom', ja: 'WeCom' },
    description: {
      en: 'Sign-in of your company’s members with WeCom (WeChat Work).',
      ja: '自社のメンバーが WeCom（WeChat Work）でサインインします。',
    },
    ...logos.weCom,
    formItems: [
      { key: 'corpId', type: 'Text', required: true, label: { en: 'Corp ID', ja: 'Corp ID' } },
      {
        key: 'appSecret',
        type: 'Text',
        required: true,
        isConfidential: true,
        label: { en: 'App Secret', ja: 'App Secret' },
      },
      { key: 'agentId', type: 'Text', required: true, label: { en: 'Agent ID', ja: 'Agent ID' } },
    ],
  },
  configSchema: z.object({ corpId: text, appSecret: text, agentId: text }),

  async authorizationUri({ config, state, redirectUri }) {
    return startRedirect(
      'https://login.work.weixin.qq.com/wwlogin/sso/login',
      { state, redirectUri },
      { login_type: 'CorpApp', appid: config.corpId, agentid: config.agentId, redirect_uri: redirectUri, state },
    );
  },

  async userInfo({ config, params, session }, context) {
    const code = readCode({ params, session });
    const accessToken = await appToken(config, context);
    const ask = (path: string, query: Record<string, string>) =>
      requestJson(
        context,
        'user info',
        `${API}/${path}?${new URLSearchParams({ access_token: accessToken, ...query })}`,
      );
    const identity = await ask('auth/getuserinfo', { code });
    // Somebody outside the company has an openid alone.
    const member = identityAnswer.safeParse(identity.body);
    if (!member.success) throw refusal('user info', identity);
    const { userid } = member.data;
    // An app that may not read the address book still signs people in.
    const details = await ask('user/get', { userid });
    const { data } = detailsAnswer.safeParse(details.body);
    return {
      id: userid,
      name: data?.name,
      avatar: data?.avatar,
      rawData: { userid, ...(data && { name: data.name, avatar: data.avatar }) },
    };
  },
});
