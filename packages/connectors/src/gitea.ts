import {
  baseUrlSchema,
  defineOAuthConnector,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  trustEmailFormItem,
  trustEmailShape,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile email';

/** Sign-in with an instance of Gitea or Forgejo (https://docs.gitea.com/development/oauth2-provider). */
export const gitea = defineOAuthConnector({
  metadata: {
    id: 'gitea-universal',
    target: 'gitea',
    platform: 'Universal',
    name: { en: 'Gitea', ja: 'Gitea' },
    description: {
      en: 'Sign-in with an account of a Gitea or Forgejo instance.',
      ja: 'Gitea または Forgejo のアカウントでサインインします。',
    },
    ...logos.gitea,
    formItems: [
      {
        key: 'baseUrl',
        type: 'Text',
        required: true,
        placeholder: 'https://git.example.com',
        label: { en: 'Instance URL', ja: 'インスタンスの URL' },
      },
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'クライアント ID' },
        clientSecret: { en: 'Client Secret', ja: 'クライアントシークレット' },
        defaultScope: DEFAULT_SCOPE,
      }),
      trustEmailFormItem('Gitea'),
    ],
  },
  configSchema: z.object({ baseUrl: baseUrlSchema, ...oauthConfigShape, ...trustEmailShape }),
  endpoints: ({ baseUrl }) => ({
    authorization: `${baseUrl}/login/oauth/authorize`,
    token: `${baseUrl}/login/oauth/access_token`,
    userInfo: `${baseUrl}/login/oauth/userinfo`,
  }),
  scopes: { always: ['openid'], default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  claims: z.object({
    sub: z.string().min(1).max(255),
    name: looseClaims.text,
    preferred_username: looseClaims.text,
    email: looseClaims.email,
    email_verified: looseClaims.yes,
    picture: looseClaims.picture,
  }),
  user: ({ sub, name, preferred_username, email, email_verified, picture }, { trustUnverifiedEmail }) => ({
    id: sub,
    name: name ?? preferred_username,
    email: email_verified || trustUnverifiedEmail ? email : undefined,
    avatar: picture,
  }),
});
