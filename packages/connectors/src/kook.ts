import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'get_user_info';

/** Sign-in with KOOK (https://developer.kookapp.cn/doc/oauth2). */
export const kook = defineOAuthConnector({
  metadata: {
    id: 'kook-universal',
    target: 'kook',
    platform: 'Universal',
    name: { en: 'KOOK', ja: 'KOOK' },
    description: { en: 'Sign-in with a KOOK account.', ja: 'KOOK アカウントでサインインします。' },
    ...logos.kook,
    formItems: oauthFormItems({
      clientId: { en: 'Client Id', ja: 'Client Id' },
      clientSecret: { en: 'Client Secret', ja: 'Client Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://www.kookapp.cn/app/oauth2/authorize',
    token: 'https://www.kookapp.cn/api/oauth2/token',
    userInfo: 'https://www.kookapp.cn/api/v3/user/me',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    data: z.object({ id: idClaim, username: looseClaims.text, avatar: looseClaims.picture }),
  }),
  user: ({ data: { id, username, avatar } }) => ({ id, name: username, avatar }),
});
