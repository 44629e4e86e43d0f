import {
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  trustEmailFormItem,
  trustEmailShape,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

/** Naver Login (https://developers.naver.com/docs/login/api/). */
export const naver = defineOAuthConnector({
  metadata: {
    id: 'naver-universal',
    target: 'naver',
    platform: 'Universal',
    name: { en: 'Naver', ja: 'NAVER' },
    description: { en: 'Sign-in with a Naver account.', ja: 'NAVER アカウントでサインインします。' },
    ...logos.naver,
    formItems: [
      { key: 'clientId', type: 'Text', required: true, label: { en: 'Client ID', ja: 'Client ID' } },
      {
        key: 'clientSecret',
        type: 'Text',
        required: true,
        isConfidential: true,
        label: { en: 'Client Secret', ja: 'Client Secret' },
      },
      trustEmailFormItem('Naver'),
    ],
  },
  configSchema: z.object({
    clientId: oauthConfigShape.clientId,
    clientSecret: oauthConfigShape.clientSecret,
    ...trustEmailShape,
  }),
  endpoints: () => ({
    authorization: 'https://nid.naver.com/oauth2.0/authorize',
    token: 'https://nid.naver.com/oauth2.0/token',
    userInfo: 'https://openapi.naver.com/v1/nid/me',
  }),
  // What is asked for is set up at Naver.
  scopes: { default: '', configured: () => undefined },
  credentials: (config) => config,
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    response: z.object({
      id: idClaim,
      nickname: looseClaims.text,
      email: looseClaims.email,
      profile_image: looseClaims.picture,
    }),
  }),
  user: ({ response: { id, nickname, email, profile_image } }, { trustUnverifiedEmail }) => ({
    id,
    name: nickname,
    email: trustUnverifiedEmail ? email : undefined,
    avatar: profile_image,
  }),
});
