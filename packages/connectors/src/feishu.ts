import { defineOAuthConnector, looseClaims, oauthConfigShape } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const PASSPORT = 'https://passport.feishu.cn/suite/passport/oauth';

/** Sign-in of a Feishu web app (https://open.feishu.cn/document/common-capabilities/sso/web-application-sso). */
export const feishu = defineOAuthConnector({
  metadata: {
    id: 'feishu-web',
    target: 'feishu',
    platform: 'Web',
    name: { en: 'Feishu', ja: 'Feishu' },
    description: { en: 'Sign-in with a Feishu account.', ja: 'Feishu アカウントでサインインします。' },
    ...logos.feishu,
    formItems: [
      { key: 'appId', type: 'Text', required: true, label: { en: 'App ID', ja: 'App ID' } },
      {
        key: 'appSecret',
        type: 'Text',
        required: true,
        isConfidential: true,
        label: { en: 'App Secret', ja: 'App Secret' },
      },
    ],
  },
  configSchema: z.object({ appId: oauthConfigShape.clientId, appSecret: oauthConfigShape.clientSecret }),
  endpoints: () => ({
    authorization: `${PASSPORT}/authorize`,
    token: `${PASSPORT}/token`,
    userInfo: `${PASSPORT}/userinfo`,
  }),
  scopes: { default: '', configured: () => undefined },
  credentials: ({ appId, appSecret }) => ({ clientId: appId, clientSecret: appSecret }),
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    sub: z.string().min(1).max(255),
    name: looseClaims.text,
    picture: looseClaims.picture,
    mobile: z.string().optional().catch(undefined),
  }),
  // The number is the one that its owner signs in to Feishu with; the address is typed by the company's administrator.
  user: ({ sub, name, picture, mobile }) => ({
    id: sub,
    name,
    avatar: picture,
    phone: mobile?.replace(/\D/g, '') || undefined,
  }),
});
