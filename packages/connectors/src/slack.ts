import { defineOAuthConnector, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile email';

/** Sign in with Slack (https://api.slack.com/authentication/sign-in-with-slack). */
export const slack = defineOAuthConnector({
  metadata: {
    id: 'slack-universal',
    target: 'slack',
    platform: 'Universal',
    name: { en: 'Slack', ja: 'Slack' },
    description: {
      en: 'Sign-in with an account of a Slack workspace.',
      ja: 'Slack ワークスペースのアカウントでサインインします。',
    },
    ...logos.slack,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'Client Secret', ja: 'Client Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://slack.com/openid/connect/authorize',
    token: 'https://slack.com/api/openid.connect.token',
    userInfo: 'https://slack.com/api/openid.connect.userInfo',
  }),
  openId: () => ({ issuer: 'https://slack.com', keys: 'https://slack.com/openid/connect/keys' }),
  scopes: { always: ['openid'], default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  claims: z.object({
    sub: z.string().min(1).max(255),
    name: looseClaims.text,
    email: looseClaims.email,
    email_verified: looseClaims.yes,
    picture: looseClaims.picture,
  }),
  user: ({ sub, name, email, email_verified, picture }) => ({
    id: sub,
    name,
    email: email_verified ? email : undefined,
    avatar: picture,
  }),
});
