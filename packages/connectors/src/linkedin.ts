import { defineOAuthConnector, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile email';

/** Sign In with LinkedIn using OpenID Connect (learn.microsoft.com/linkedin/consumer); it sends no nonce back. */
export const linkedIn = defineOAuthConnector({
  metadata: {
    id: 'linkedin-universal',
    target: 'linkedin',
    platform: 'Universal',
    name: { en: 'LinkedIn', ja: 'LinkedIn' },
    description: { en: 'Sign-in with a LinkedIn account.', ja: 'LinkedIn アカウントでサインインします。' },
    ...logos.linkedIn,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'Primary Client Secret', ja: 'Primary Client Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    userInfo: 'https://api.linkedin.com/v2/userinfo',
  }),
  scopes: { always: ['openid'], default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    sub: z.string().min(1).max(255),
    name: looseClaims.text,
    email: looseClaims.email,
    // LinkedIn has written it as a text too.
    email_verified: z
      .union([z.literal(true), z.literal('true')])
      .optional()
      .catch(undefined),
    picture: looseClaims.picture,
  }),
  user: ({ sub, name, email, email_verified, picture }) => ({
    id: sub,
    name,
    email: email_verified ? email : undefined,
    avatar: picture,
  }),
});
