// Every provider that speaks the plain code flow, played by the kit's scripted one at the addresses it documents.
import { type SocialConnectorCase, testSocialConnector } from '@latchkey/connector-kit/testing';
import { describe } from 'vitest';
import { amazon } from './amazon.ts';
import { bitbucket } from './bitbucket.ts';
import { discord } from './discord.ts';
import { facebook } from './facebook.ts';
import { feishu } from './feishu.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import { huggingFace } from './hugging-face.ts';
import { kakao } from './kakao.ts';
import { kook } from './kook.ts';
import { line } from './line.ts';
import { linkedIn } from './linkedin.ts';
import { microsoft } from './microsoft.ts';
import { naver } from './naver.ts';
import { notion } from './notion.ts';
import { oauth2 } from './oauth2.ts';
import { oidc } from './oidc.ts';
import { patreon } from './patreon.ts';
import { slack } from './slack.ts';
import { spotify } from './spotify.ts';
import { twitch } from './twitch.ts';
import { x } from './x.ts';
import { yahooJapan } from './yahoo-japan.ts';
import { yandex } from './yandex.ts';

const avatar = 'https://images.example/hana.png';
const name = 'Hana Sato';
const email = 'hana@example.com';
const openIdProfile = { sub: '42', name, email, email_verified: true, picture: avatar };
const openIdUser = { id: '42', name, email, avatar };
const standard: SocialConnectorCase['config'] = (_origin, client) => client;
const plain = { config: standard, without: ['idToken', 'pkce'] as const };
const trusting: SocialConnectorCase['config'] = (_origin, client) => ({ ...client, trustUnverifiedEmail: true });

const cases: Record<string, SocialConnectorCase> = {
  Google: {
    connector: google,
    origins: [
      'https://accounts.google.com',
      'https://oauth2.googleapis.com',
      'https://openidconnect.googleapis.com',
      'https://www.googleapis.com',
    ],
    issuer: 'https://accounts.google.com',
    paths: { authorization: '/o/oauth2/v2/auth', token: '/token', userInfo: '/v1/userinfo', keys: '/oauth2/v3/certs' },
    config: standard,
    profile: openIdProfile,
    expected: openIdUser,
  },
  Slack: {
    connector: slack,
    origins: ['https://slack.com'],
    issuer: 'https://slack.com',
    paths: {
      authorization: '/openid/connect/authorize',
      token: '/api/openid.connect.token',
      userInfo: '/api/openid.connect.userInfo',
      keys: '/openid/connect/keys',
    },
    config: standard,
    without: ['pkce'],
    profile: { ok: true, ...openIdProfile },
    expected: openIdUser,
  },
  'Yahoo! JAPAN': {
    connector: yahooJapan,
    origins: ['https://auth.login.yahoo.co.jp', 'https://userinfo.yahooapis.jp'],
    issuer: 'https://auth.login.yahoo.co.jp/yconnect/v2',
    paths: {
      authorization: '/yconnect/v2/authorization',
      token: '/yconnect/v2/token',
      userInfo: '/yconnect/v2/attribute',
      keys: '/yconnect/v2/jwks',
    },
    config: standard,
    profile: openIdProfile,
    expected: openIdUser,
  },
  'any OpenID provider': {
    connector: oidc,
    paths: { authorization: '/auth', token: '/token', userInfo: '/none', keys: '/keys' },
    config: (origin, client) => ({
      ...client,
      authorizationEndpoint: `${origin}/auth`,
      tokenEndpoint: `${origin}/token`,
      idTokenVerificationConfig: JSON.stringify({ jwksUri: `${origin}/keys`, issuer: origin }),
    }),
    without: ['userInfo'],
    profile: openIdProfile,
    expected: openIdUser,
  },
  'any OpenID provider with a profile of its own': {
    connector: oidc,
    paths: { authorization: '/auth', token: '/token', userInfo: '/me', keys: '/keys' },
    config: (origin, client) => ({
      ...client,
      authorizationEndpoint: `${origin}/auth`,
      tokenEndpoint: `${origin}/token`,
      userInfoEndpoint: `${origin}/me`,
      idTokenVerificationConfig: JSON.stringify({ jwksUri: `${origin}/keys`, issuer: origin }),
    }),
    profile: openIdProfile,
    expected: openIdUser,
  },
  'any OAuth provider': {
    ...plain,
    connector: oauth2,
    paths: { authorization: '/auth', token: '/token', userInfo: '/me' },
    config: (origin, client) => ({
      ...client,
      authorizationEndpoint: `${origin}/auth`,
      tokenEndpoint: `${origin}/token`,
      userInfoEndpoint: `${origin}/me`,
      tokenEndpointAuthMethod: 'client_secret_basic',
      tokenEndpointResponseType: 'json',
      profileMap: { id: 'user.id', name: 'user.name', avatar: 'picture' },
    }),
    profile: { user: { id: 42, name }, email, email_verified: true, picture: avatar },
    withoutId: { user: {} },
    expected: openIdUser,
  },
  Facebook: {
    ...plain,
    connector: facebook,
    origins: ['https://www.facebook.com', 'https://graph.facebook.com'],
    paths: { authorization: '/v21.0/dialog/oauth', token: '/v21.0/oauth/access_token', userInfo: '/v21.0/me' },
    config: trusting,
    profile: { id: '42', name, email, picture: { data: { url: avatar } } },
    expected: openIdUser,
  },
  GitHub: {
    connector: github,
    origins: ['https://github.com', 'https://api.github.com'],
    paths: { authorization: '/login/oauth/authorize', token: '/login/oauth/access_token', userInfo: '/user' },
    config: standard,
    without: ['idToken'],
    profile: { id: 42, login: 'hana', name, email: 'shown@example.com', avatar_url: avatar },
    more: {
      '/user/emails': [
        { email: 'other@example.com', primary: false, verified: true },
        { email, primary: true, verified: true },
      ],
    },
    expected: openIdUser,
  },
  'GitHub Enterprise Server': {
    connector: github,
    paths: { authorization: '/login/oauth/authorize', token: '/login/oauth/access_token', userInfo: '/api/v3/user' },
    config: (baseUrl, client) => ({ ...client, baseUrl }),
    without: ['idToken'],
    profile: { id: 42, login: 'hana', name: null, email: null, avatar_url: avatar },
    more: { '/api/v3/user/emails': [{ email, primary: true, verified: false }] },
    expected: { id: '42', name: 'hana', avatar },
  },
  Microsoft: {
    connector: microsoft,
    origins: ['https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    paths: { authorization: '/common/oauth2/v2.0/authorize', token: '/common/oauth2/v2.0/token', userInfo: '/v1.0/me' },
    config: (_origin, client) => ({ ...client, cloudInstance: 'login.microsoftonline.us/', tenantId: 'common' }),
    without: ['idToken'],
    profile: { id: '42', displayName: name, mail: email },
    expected: { id: '42', name },
  },
  Amazon: {
    connector: amazon,
    origins: ['https://www.amazon.com', 'https://api.amazon.com'],
    paths: { authorization: '/ap/oa', token: '/auth/o2/token', userInfo: '/user/profile' },
    config: standard,
    without: ['idToken'],
    profile: { user_id: 'amzn1.account.42', name, email },
    withoutId: { user_id: undefined },
    expected: { id: 'amzn1.account.42', name },
  },
  Discord: {
    ...plain,
    connector: discord,
    origins: ['https://discord.com'],
    paths: { authorization: '/oauth2/authorize', token: '/api/oauth2/token', userInfo: '/api/users/@me' },
    profile: { id: '42', username: 'hana', global_name: name, avatar: 'a1b2', email, verified: true },
    expected: { ...openIdUser, avatar: 'https://cdn.discordapp.com/avatars/42/a1b2.png' },
  },
  LinkedIn: {
    ...plain,
    connector: linkedIn,
    origins: ['https://www.linkedin.com', 'https://api.linkedin.com'],
    paths: { authorization: '/oauth/v2/authorization', token: '/oauth/v2/accessToken', userInfo: '/v2/userinfo' },
    profile: { ...openIdProfile, email_verified: 'true' },
    expected: openIdUser,
  },
  X: {
    connector: x,
    origins: ['https://x.com', 'https://api.x.com'],
    paths: { authorization: '/i/oauth2/authorize', token: '/2/oauth2/token', userInfo: '/2/users/me' },
    config: (_origin, client) => ({ ...client, scope: 'users.read tweet.read users.email' }),
    without: ['idToken'],
    profile: { data: { id: '42', name, username: 'hana', profile_image_url: avatar, confirmed_email: email } },
    withoutId: { data: {} },
    expected: openIdUser,
  },
  LINE: {
    connector: line,
    origins: ['https://access.line.me', 'https://api.line.me'],
    paths: { authorization: '/oauth2/v2.1/authorize', token: '/oauth2/v2.1/token', userInfo: '/v2/profile' },
    config: standard,
    without: ['idToken'],
    profile: { userId: 'U42', displayName: name, pictureUrl: avatar },
    withoutId: { userId: undefined },
    expected: { id: 'U42', name, avatar },
  },
  Kakao: {
    ...plain,
    connector: kakao,
    origins: ['https://kauth.kakao.com', 'https://kapi.kakao.com'],
    paths: { authorization: '/oauth/authorize', token: '/oauth/token', userInfo: '/v2/user/me' },
    profile: {
      id: 42,
      kakao_account: {
        email,
        is_email_valid: true,
        is_email_verified: true,
        profile: { nickname: name, profile_image_url: avatar },
      },
    },
    expected: openIdUser,
  },
  Naver: {
    ...plain,
    connector: naver,
    origins: ['https://nid.naver.com', 'https://openapi.naver.com'],
    paths: { authorization: '/oauth2.0/authorize', token: '/oauth2.0/token', userInfo: '/v1/nid/me' },
    profile: { resultcode: '00', response: { id: '42', nickname: name, email, profile_image: avatar } },
    withoutId: { response: {} },
    expected: { id: '42', name, avatar },
  },
  'Hugging Face': {
    connector: huggingFace,
    origins: ['https://huggingface.co'],
    paths: { authorization: '/oauth/authorize', token: '/oauth/token', userInfo: '/oauth/userinfo' },
    config: standard,
    without: ['idToken'],
    profile: openIdProfile,
    expected: openIdUser,
  },
  Patreon: {
    ...plain,
    connector: patreon,
    origins: ['https://www.patreon.com'],
    paths: { authorization: '/oauth2/authorize', token: '/api/oauth2/token', userInfo: '/api/oauth2/v2/identity' },
    profile: {
      data: { id: '42', attributes: { full_name: name, email, is_email_verified: true, image_url: avatar } },
    },
    withoutId: { data: {} },
    expected: openIdUser,
  },
  Bitbucket: {
    ...plain,
    connector: bitbucket,
    origins: ['https://bitbucket.org', 'https://api.bitbucket.org'],
    paths: { authorization: '/site/oauth2/authorize', token: '/site/oauth2/access_token', userInfo: '/2.0/user' },
    profile: { uuid: '{42}', display_name: name, links: { avatar: { href: avatar } } },
    more: { '/2.0/user/emails': { values: [{ email, is_primary: true, is_confirmed: true }] } },
    withoutId: { uuid: undefined },
    expected: { ...openIdUser, id: '{42}' },
  },
  Twitch: {
    ...plain,
    connector: twitch,
    origins: ['https://id.twitch.tv', 'https://api.twitch.tv'],
    paths: { authorization: '/oauth2/authorize', token: '/oauth2/token', userInfo: '/helix/users' },
    profile: { data: [{ id: '42', display_name: name, email, profile_image_url: avatar }] },
    withoutId: { data: [] },
    expected: openIdUser,
  },
  Spotify: {
    connector: spotify,
    origins: ['https://accounts.spotify.com', 'https://api.spotify.com'],
    paths: { authorization: '/authorize', token: '/api/token', userInfo: '/v1/me' },
    config: standard,
    without: ['idToken'],
    profile: { id: '42', display_name: name, email, images: [{ url: avatar }] },
    expected: { id: '42', name, avatar },
  },
  Notion: {
    ...plain,
    connector: notion,
    origins: ['https://api.notion.com'],
    paths: { authorization: '/v1/oauth/authorize', token: '/v1/oauth/token', userInfo: '/v1/users/me' },
    config: trusting,
    profile: {
      object: 'user',
      bot: { owner: { type: 'user', user: { id: '42', name, avatar_url: avatar, person: { email } } } },
    },
    withoutId: { bot: {} },
    expected: openIdUser,
  },
  Yandex: {
    connector: yandex,
    origins: ['https://oauth.yandex.com', 'https://login.yandex.ru'],
    paths: { authorization: '/authorize', token: '/token', userInfo: '/info' },
    config: trusting,
    without: ['idToken'],
    profile: {
      id: '42',
      login: 'hana',
      real_name: name,
      default_email: email,
      default_avatar_id: '131/a-b',
      is_avatar_empty: false,
    },
    expected: { ...openIdUser, avatar: 'https://avatars.yandex.net/get-yapic/131/a-b/islands-200' },
  },
  'Gitea and Forgejo': {
    connector: gitea,
    paths: {
      authorization: '/git/login/oauth/authorize',
      token: '/git/login/oauth/access_token',
      userInfo: '/git/login/oauth/userinfo',
    },
    config: (origin, client) => ({ ...client, baseUrl: `${origin}/git/` }),
    without: ['idToken'],
    profile: { sub: '42', name, preferred_username: 'hana', email, picture: avatar },
    expected: { id: '42', name, avatar },
  },
  KOOK: {
    ...plain,
    connector: kook,
    origins: ['https://www.kookapp.cn'],
    paths: { authorization: '/app/oauth2/authorize', token: '/api/oauth2/token', userInfo: '/api/v3/user/me' },
    profile: { code: 0, data: { id: '42', username: name, avatar } },
    withoutId: { data: {} },
    expected: { id: '42', name, avatar },
  },
  Feishu: {
    ...plain,
    connector: feishu,
    origins: ['https://passport.feishu.cn'],
    paths: {
      authorization: '/suite/passport/oauth/authorize',
      token: '/suite/passport/oauth/token',
      userInfo: '/suite/passport/oauth/userinfo',
    },
    config: (_origin, { clientId, clientSecret }) => ({ appId: clientId, appSecret: clientSecret }),
    profile: { sub: '42', name, picture: avatar, mobile: '+86 130 0000 0000' },
    expected: { id: '42', name, avatar, phone: '8613000000000' },
  },
};

describe.each(Object.entries(cases))('%s', (_provider, testCase) => {
  testSocialConnector(testCase);
});
