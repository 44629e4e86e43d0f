import { defineOAuthConnector, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile email';
const ISSUER = 'https://auth.login.yahoo.co.jp/yconnect/v2';

/** Yahoo! ID Federation v2 (https://developer.yahoo.co.jp/yconnect/v2/). */
export const yahooJapan = defineOAuthConnector({
  metadata: {
    id: 'yahoo-japan-universal',
    target: 'yahoo-japan',
    platform: 'Universal',
    name: { en: 'Yahoo! JAPAN', ja: 'Yahoo! JAPAN' },
    description: { en: 'Sign-in with a Yahoo! JAPAN ID.', ja: 'Yahoo! JAPAN ID でサインインします。' },
    ...logos.yahooJapan,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'Client secret', ja: 'シークレット' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: `${ISSUER}/authorization`,
    token: `${ISSUER}/token`,
    userInfo: 'https://userinfo.yahooapis.jp/yconnect/v2/attribute',
  }),
  openId: () => ({ issuer: ISSUER, keys: `${ISSUER}/jwks` }),
  scopes: { always: ['openid'], default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  claims: z.object({
    sub: z.string().min(1).max(255),
    name: looseClaims.text,
    nickname: looseClaims.text,
    email: looseClaims.email,
    email_verified: looseClaims.yes,
    picture: looseClaims.picture,
  }),
  user: ({ sub, name, nickname, email, email_verified, picture }) => ({
    id: sub,
    name: name ?? nickname,
    email: email_verified ? email : undefined,
    avatar: picture,
  }),
});
