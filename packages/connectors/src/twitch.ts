import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'user:read:email';

const twitchUser = z.object({
  id: idClaim,
  display_name: looseClaims.text,
  email: looseClaims.email,
  profile_image_url: looseClaims.picture,
});

/** Sign-in with Twitch (https://dev.twitch.tv/docs/authentication). */
export const twitch = defineOAuthConnector({
  metadata: {
    id: 'twitch-universal',
    target: 'twitch',
    platform: 'Universal',
    name: { en: 'Twitch', ja: 'Twitch' },
    description: { en: 'Sign-in with a Twitch account.', ja: 'Twitch アカウントでサインインします。' },
    ...logos.twitch,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'クライアント ID' },
      clientSecret: { en: 'Client Secret', ja: 'クライアントの秘密' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://id.twitch.tv/oauth2/authorize',
    token: 'https://id.twitch.tv/oauth2/token',
    userInfo: 'https://api.twitch.tv/helix/users',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  clientAuthentication: 'client_secret_post',
  userInfoHeaders: ({ clientId }) => ({ 'client-id': clientId }),
  claims: z.object({ data: z.tuple([twitchUser], z.unknown()) }),
  // Helix tells the verified address or none.
  user: ({ data: [{ id, display_name, email, profile_image_url }] }) => ({
    id,
    name: display_name,
    email,
    avatar: profile_image_url,
  }),
});
