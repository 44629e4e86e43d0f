import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'identify email';

/** Sign-in with Discord (https://discord.com/developers/docs/topics/oauth2). */
export const discord = defineOAuthConnector({
  metadata: {
    id: 'discord-universal',
    target: 'discord',
    platform: 'Universal',
    name: { en: 'Discord', ja: 'Discord' },
    description: { en: 'Sign-in with a Discord account.', ja: 'Discord アカウントでサインインします。' },
    ...logos.discord,
    formItems: oauthFormItems({
      clientId: { en: 'Client ID', ja: 'Client ID' },
      clientSecret: { en: 'Client Secret', ja: 'Client Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://discord.com/oauth2/authorize',
    token: 'https://discord.com/api/oauth2/token',
    userInfo: 'https://discord.com/api/users/@me',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  claims: z.object({
    id: idClaim,
    username: looseClaims.text,
    global_name: looseClaims.text,
    avatar: z.string().regex(/^\w+$/).optional().catch(undefined),
    email: looseClaims.email,
    verified: looseClaims.yes,
  }),
  user: ({ id, username, global_name, avatar, email, verified }) => ({
    id,
    name: global_name ?? username,
    email: verified ? email : undefined,
    avatar: avatar && `https://cdn.discordapp.com/avatars/${id}/${avatar}.png`,
  }),
});
