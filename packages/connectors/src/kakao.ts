import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, optionalText } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

/** Kakao Login (https://developers.kakao.com/docs/latest/en/kakaologin/rest-api). */
export const kakao = defineOAuthConnector({
  metadata: {
    id: 'kakao-universal',
    target: 'kakao',
    platform: 'Universal',
    name: { en: 'Kakao', ja: 'Kakao' },
    description: { en: 'Sign-in with a Kakao account.', ja: 'Kakao アカウントでサインインします。' },
    ...logos.kakao,
    formItems: [
      { key: 'clientId', type: 'Text', required: true, label: { en: 'REST API key', ja: 'REST API キー' } },
      {
        key: 'clientSecret',
        type: 'Text',
        isConfidential: true,
        label: { en: 'Client secret code', ja: 'Client secret コード' },
        description: {
          en: 'Only when Client Secret is activated in Kakao Developers, which is recommended.',
          ja: 'Kakao Developers で Client Secret を有効にした場合のみ入力します。有効化をおすすめします。',
        },
      },
    ],
  },
  configSchema: z.object({
    clientId: oauthConfigShape.clientId,
    clientSecret: optionalText(oauthConfigShape.clientSecret),
  }),
  endpoints: () => ({
    authorization: 'https://kauth.kakao.com/oauth/authorize',
    token: 'https://kauth.kakao.com/oauth/token',
    userInfo: 'https://kapi.kakao.com/v2/user/me',
  }),
  // What is asked for is set up at Kakao, under Consent items.
  scopes: { default: '', configured: () => undefined },
  credentials: ({ clientId, clientSecret = '' }) => ({ clientId, clientSecret }),
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    id: idClaim,
    kakao_account: z
      .object({
        email: looseClaims.email,
        is_email_valid: looseClaims.yes,
        is_email_verified: looseClaims.yes,
        profile: z
          .object({ nickname: looseClaims.text, profile_image_url: looseClaims.picture })
          .optional()
          .catch(undefined),
      })
      .optional()
      .catch(undefined),
  }),
  user: ({ id, kakao_account: { email, is_email_valid, is_email_verified, profile } = {} }) => ({
    id,
    name: profile?.nickname,
    // Valid: nobody else has taken it over at Kakao since.
    email: is_email_valid && is_email_verified ? email : undefined,
    avatar: profile?.profile_image_url,
  }),
});
