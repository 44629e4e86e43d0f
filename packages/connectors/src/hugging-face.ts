import { defineOAuthConnector, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile email';

/** Sign in with Hugging Face (https://huggingface.co/docs/hub/oauth). */
export const huggingFace = defineOAuthConnector({
  metadata: {
    id: 'huggingface-universal',
    target: 'huggingface',
    platform: 'Universal',
    name: { en: 'Hugging Face', ja: 'Hugging Face' },
    description: { en: 'Sign-in with a Hugging Face account.', ja: 'Hugging Face アカウントでサインインします。' },
    ...logos.huggingFace,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'App Secret', ja: 'App Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://huggingface.co/oauth/authorize',
    token: 'https://huggingface.co/oauth/token',
    userInfo: 'https://huggingface.co/oauth/userinfo',
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
  user: ({ sub, name, preferred_username, email, email_verified, picture }) => ({
    id: sub,
    name: name ?? preferred_username,
    email: email_verified ? email : undefined,
    avatar: picture,
  }),
});
