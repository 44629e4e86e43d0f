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

const VERSION = 'v21.0';
const DEFAULT_SCOPE = 'email,public_profile';

/** Sign-in with Facebook (https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow). */
export const facebook = defineOAuthConnector({
  metadata: {
    id: 'facebook-universal',
    target: 'facebook',
    platform: 'Universal',
    name: { en: 'Facebook', ja: 'Facebook' },
    description: {
      en: 'Sign-in with a Facebook account.',
      ja: 'Facebook アカウントでサインインします。',
    },
    ...logos.facebook,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'App ID', ja: 'アプリ ID' },
        clientSecret: { en: 'App secret', ja: 'app secret' },
        defaultScope: DEFAULT_SCOPE,
      }),
      trustEmailFormItem('Facebook'),
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, ...trustEmailShape }),
  endpoints: () => ({
    authorization: `https://www.facebook.com/${VERSION}/dialog/oauth`,
    token: `https://graph.facebook.com/${VERSION}/oauth/access_token`,
    userInfo: `https://graph.facebook.com/${VERSION}/me?fields=id,name,email,picture`,
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    id: idClaim,
    name: looseClaims.text,
    email: looseClaims.email,
    picture: z
      .object({ data: z.object({ url: looseClaims.picture }) })
      .optional()
      .catch(undefined),
  }),
  user: ({ id, name, email, picture }, { trustUnverifiedEmail }) => ({
    id,
    name,
    email: trustUnverifiedEmail ? email : undefined,
    avatar: picture?.data.url,
  }),
});
