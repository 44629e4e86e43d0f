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

const DEFAULT_SCOPE = 'login:info login:email login:avatar';

/** Yandex ID (https://yandex.com/dev/id/doc/en/). */
export const yandex = defineOAuthConnector({
  metadata: {
    id: 'yandex-universal',
    target: 'yandex',
    platform: 'Universal',
    name: { en: 'Yandex', ja: 'Yandex' },
    description: { en: 'Sign-in with a Yandex account.', ja: 'Yandex アカウントでサインインします。' },
    ...logos.yandex,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'ClientID', ja: 'ClientID' },
        clientSecret: { en: 'Client secret', ja: 'Client secret' },
        defaultScope: DEFAULT_SCOPE,
      }),
      trustEmailFormItem('Yandex'),
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, ...trustEmailShape }),
  endpoints: () => ({
    authorization: 'https://oauth.yandex.com/authorize',
    token: 'https://oauth.yandex.com/token',
    userInfo: 'https://login.yandex.ru/info?format=json',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  claims: z.object({
    id: idClaim,
    login: looseClaims.text,
    display_name: looseClaims.text,
    real_name: looseClaims.text,
    default_email: looseClaims.email,
    default_avatar_id: z
      .string()
      .regex(/^[\w/-]+$/)
      .optional()
      .catch(undefined),
    is_avatar_empty: looseClaims.yes,
  }),
  user: (claims, { trustUnverifiedEmail }) => ({
    id: claims.id,
    name: claims.real_name ?? claims.display_name ?? claims.login,
    email: trustUnverifiedEmail ? claims.default_email : undefined,
    avatar:
      claims.default_avatar_id && !claims.is_avatar_empty
        ? `https://avatars.yandex.net/get-yapic/${claims.default_avatar_id}/islands-200`
        : undefined,
  }),
});
