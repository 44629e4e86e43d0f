import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'identity identity[email]';

/** Log in with Patreon (https://docs.patreon.com/#oauth). */
export const patreon = defineOAuthConnector({
  metadata: {
    id: 'patreon-universal',
    target: 'patreon',
    platform: 'Universal',
    name: { en: 'Patreon', ja: 'Patreon' },
    description: { en: 'Sign-in with a Patreon account.', ja: 'Patreon アカウントでサインインします。' },
    ...logos.patreon,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'Client Secret', ja: 'Client Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://www.patreon.com/oauth2/authorize',
    token: 'https://www.patreon.com/api/oauth2/token',
    userInfo:
      'https://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=email,full_name,image_url,is_email_verified',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  clientAuthentication: 'client_secret_post',
  claims: z.object({
    data: z.object({
      id: idClaim,
      attributes: z
        .object({
          full_name: looseClaims.text,
          email: looseClaims.email,
          is_email_verified: looseClaims.yes,
          image_url: looseClaims.picture,
        })
        .optional()
        .catch(undefined),
    }),
  }),
  user: ({ data: { id, attributes } }) => ({
    id,
    name: attributes?.full_name,
    email: attributes?.is_email_verified ? attributes.email : undefined,
    avatar: attributes?.image_url,
  }),
});
