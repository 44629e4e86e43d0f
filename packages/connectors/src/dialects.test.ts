// Providers whose sign-in is a dialect of its own, played at the addresses they document.
import { generateKeyPairSync } from 'node:crypto';
import { type AnswersCase, testAnswers } from '@latchkey/connector-kit/testing';
import { describe } from 'vitest';
import { alipayNative, alipayWeb } from './alipay.ts';
import { dingTalk } from './dingtalk.ts';
import { qq } from './qq.ts';
import { wechatNative, wechatWeb } from './wechat.ts';
import { weCom } from './wecom.ts';
import { xiaomi } from './xiaomi.ts';

const avatar = 'https://images.example/hana.png';
const name = 'Hana Sato';
const client = { clientId: 'client', clientSecret: 'secret-of-the-client' };
const callback = { code: 'the-code', state: 'STATE' };

const wechatSteps: AnswersCase['steps'] = [
  {
    request: 'GET https://api.weixin.qq.com/sns/oauth2/access_token',
    expects: { appid: 'app', secret: 'secret-of-the-app', code: 'the-code', grant_type: 'authorization_code' },
    answer: { access_token: 'token', openid: 'open-42' },
    refusals: [
      ['the code is wrong', { errcode: 40029, errmsg: 'invalid code' }, 'social_auth_code_invalid'],
      ['the code is spent', { errcode: 40163 }, 'social_auth_code_invalid'],
      ['the app is unknown', { errcode: 40013 }, 'invalid_config'],
      ['something else', { errcode: 45011 }, 'invalid_response'],
    ],
  },
  {
    request: 'GET https://api.weixin.qq.com/sns/userinfo',
    expects: { access_token: 'token', openid: 'open-42' },
    answer: { openid: 'open-42', unionid: 'union-42', nickname: name, headimgurl: avatar },
    refusals: [['the token is refused', { errcode: 40001 }, 'social_invalid_access_token']],
  },
];
const wechat = { config: { appId: 'app', appSecret: 'secret-of-the-app' }, steps: wechatSteps };

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const oneLine = (type: 'pkcs1' | 'pkcs8') => privateKey.export({ format: 'der', type }).toString('base64');
const alipaySteps: AnswersCase['steps'] = [
  {
    request: 'GET https://openapi.alipay.com/gateway.do',
    expects: { method: 'alipay.system.oauth.token', app_id: 'app', code: 'the-code', sign_type: 'RSA2' },
    answer: { alipay_system_oauth_token_response: { access_token: 'token' }, sign: 's' },
    refusals: [
      [
        'the code is wrong',
        { error_response: { code: '40002', sub_code: 'isv.code-invalid' } },
        'social_auth_code_invalid',
      ],
      ['something else', { error_response: { code: '40002', sub_code: 'isv.invalid-signature' } }, 'invalid_response'],
    ],
  },
  {
    request: 'GET https://openapi.alipay.com/gateway.do',
    expects: { method: 'alipay.user.info.share', auth_token: 'token' },
    answer: { alipay_user_info_share_response: { code: '10000', user_id: '42', nick_name: name, avatar }, sign: 's' },
    refusals: [
      [
        'the token is refused',
        { alipay_user_info_share_response: { code: '20001', sub_code: 'aop.invalid-auth-token' } },
        'social_invalid_access_token',
      ],
    ],
  },
];

const cases: Record<string, AnswersCase> = {
  DingTalk: {
    connector: dingTalk,
    config: client,
    params: { authCode: 'the-code', state: 'STATE' },
    steps: [
      {
        request: 'POST https://api.dingtalk.com/v1.0/oauth2/userAccessToken',
        expects: { ...client, code: 'the-code', grantType: 'authorization_code' },
        answer: { accessToken: 'token', expireIn: 7200 },
        refusals: [['the code is wrong', { code: 'invalidParameter' }, 'social_auth_code_invalid', 400]],
      },
      {
        request: 'GET https://api.dingtalk.com/v1.0/contact/users/me',
        expects: { headers: { 'x-acs-dingtalk-access-token': 'token' } },
        answer: {
          unionId: '42',
          nick: name,
          avatarUrl: avatar,
          email: 'a@b.example',
          mobile: '13000000000',
          stateCode: '86',
        },
        refusals: [['the token is refused', {}, 'social_invalid_access_token', 401]],
      },
    ],
    expected: { id: '42', name, avatar, phone: '8613000000000' },
  },
  WeChat: { ...wechat, connector: wechatWeb, params: callback, expected: { id: 'union-42', name, avatar } },
  'WeChat in an app': {
    ...wechat,
    connector: wechatNative,
    params: { code: 'the-code' },
    native: true,
    expected: { id: 'union-42', name, avatar },
  },
  WeCom: {
    connector: weCom,
    config: { corpId: 'corp', appSecret: 'secret-of-the-app', agentId: '1000002' },
    params: callback,
    steps: [
      {
        request: 'GET https://qyapi.weixin.qq.com/cgi-bin/gettoken',
        expects: { corpid: 'corp', corpsecret: 'secret-of-the-app' },
        answer: { errcode: 0, access_token: 'token' },
        refusals: [['the secret is wrong', { errcode: 40001 }, 'invalid_config']],
      },
      {
        request: 'GET https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo',
        expects: { access_token: 'token', code: 'the-code' },
        answer: { errcode: 0, userid: 'hana' },
        refusals: [
          ['the code is wrong', { errcode: 40029 }, 'social_auth_code_invalid'],
          ['somebody outside the company', { errcode: 0, openid: 'open-42' }, 'invalid_response'],
        ],
      },
      {
        request: 'GET https://qyapi.weixin.qq.com/cgi-bin/user/get',
        expects: { userid: 'hana' },
        answer: { errcode: 0, name, avatar },
        refusals: [],
        optional: true,
      },
    ],
    expected: { id: 'hana', name, avatar },
  },
  QQ: {
    connector: qq,
    config: client,
    params: callback,
    steps: [
      {
        request: 'GET https://graph.qq.com/oauth2.0/token',
        expects: { client_id: 'client', code: 'the-code', fmt: 'json' },
        answer: { access_token: 'token', expires_in: '7776000' },
        refusals: [['the code is wrong', { error: 100020, error_description: 'x' }, 'social_auth_code_invalid']],
      },
      {
        request: 'GET https://graph.qq.com/oauth2.0/me',
        expects: { access_token: 'token', unionid: '1' },
        answer: { client_id: 'client', openid: 'open-42', unionid: 'union-42' },
        refusals: [['the token is refused', { error: 100016 }, 'invalid_response']],
      },
      {
        request: 'GET https://graph.qq.com/user/get_user_info',
        expects: { oauth_consumer_key: 'client', openid: 'open-42' },
        answer: { ret: 0, nickname: name, figureurl_qq_2: avatar },
        refusals: [['an error', { ret: -1 }, 'invalid_response']],
      },
    ],
    expected: { id: 'union-42', name, avatar },
  },
  Xiaomi: {
    connector: xiaomi,
    config: client,
    params: callback,
    steps: [
      {
        request: 'POST https://account.xiaomi.com/oauth2/token',
        expects: { client_id: 'client', code: 'the-code' },
        answer: { access_token: 'token' },
        prefix: '&&&START&&&',
        refusals: [['the code is wrong', { error: 96013 }, 'social_auth_code_invalid']],
      },
      {
        request: 'GET https://open.account.xiaomi.com/user/profile',
        expects: { clientId: 'client', token: 'token' },
        answer: { result: 'ok', data: { unionId: '42', miliaoNick: name, miliaoIcon: avatar } },
        refusals: [['an error', { result: 'error', code: 96008 }, 'invalid_response']],
      },
    ],
    expected: { id: '42', name, avatar },
  },
  Alipay: {
    connector: alipayWeb,
    config: { appId: 'app', privateKey: oneLine('pkcs8') },
    params: { auth_code: 'the-code', state: 'STATE' },
    steps: alipaySteps,
    expected: { id: '42', name, avatar },
  },
  'Alipay in an app': {
    connector: alipayNative,
    config: { appId: 'app', privateKey: oneLine('pkcs1') },
    params: { auth_code: 'the-code' },
    native: true,
    steps: alipaySteps,
    expected: { id: '42', name, avatar },
  },
};

describe.each(Object.entries(cases))('%s', (_provider, testCase) => {
  testAnswers(testCase);
});
