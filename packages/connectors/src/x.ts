import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'tweet.read users.read';
const EMAIL_SCOPE = 'users.email';

/** Sign-in with X (https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code). */
export const x = defineOAuthConnector({
  metadata: {
    id: 'x-universal',
    target: 'x',
    platform: 'Universal',
    name: { en: 'X', ja: 'X' },
    description: { en: 'Sign-in with an X account.', ja: 'X アカウントでサインインします。' },
    ...logos.x,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'Client Secret', ja: 'Client Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: ({ scope = '' }) => {
    // Asked for without the scope, the address is not left out but the whole answer refused.
    const email = scope.split(/\s+/).includes(EMAIL_SCOPE) ? ',confirmed_email' : '';
    return {
      authorization: 'https://x.com/i/oauth2/authorize',
      token: 'https://api.x.com/2/oauth2/token',
      userInfo: `https://api.x.com/2/users/me?user.fields=profile_image_url${email}`,
    };
  },
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  claims: z.object({
    data: z.object({
      id: idClaim,
      name: looseClaims.text,
      profile_image_url: looseClaims.picture,
      confirmed_email: looseClaims.email,
    }),
  }),
  user: ({ data: { id, name, profile_image_url, confirmed_email } }) => ({
    id,
    name,
    email: confirmed_email,
    avatar: profile_image_url,
  }),
});
