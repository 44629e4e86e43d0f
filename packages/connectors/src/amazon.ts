import {
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  trustEmailFormItem,
  trustEmailShape,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'profile';

/** Login with Amazon (https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html). */
export const amazon = defineOAuthConnector({
  metadata: {
    id: 'amazon-universal',
    target: 'amazon',
    platform: 'Universal',
    name: { en: 'Amazon', ja: 'Amazon' },
    description: { en: 'Sign-in with an Amazon account.', ja: 'Amazon アカウントでサインインします。' },
    ...logos.amazon,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'クライアント ID' },
        clientSecret: { en: 'Client Secret', ja: 'クライアントシークレット' },
        defaultScope: DEFAULT_SCOPE,
      }),
      trustEmailFormItem('Amazon'),
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, ...trustEmailShape }),
  endpoints: () => ({
    authorization: 'https://www.amazon.com/ap/oa',
    token: 'https://api.amazon.com/auth/o2/token',
    userInfo: 'https://api.amazon.com/user/profile',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  clientAuthentication: 'client_secret_post',
  claims: z.object({ user_id: idClaim, name: looseClaims.text, email: looseClaims.email }),
  user: ({ user_id, name, email }, { trustUnverifiedEmail }) => ({
    id: user_id,
    name,
    email: trustUnverifiedEmail ? email : undefined,
  }),
});
