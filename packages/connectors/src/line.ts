import { defineOAuthConnector, idClaim, looseClaims, oauthConfigShape, oauthFormItems } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile';

/**
 * LINE Login v2.1 (https://developers.line.biz/en/docs/line-login/integrate-line-login/).
 * Its ID tokens are signed with the channel secret, which proves nothing that the profile endpoint does not.
 */
export const line = defineOAuthConnector({
  metadata: {
    id: 'line-universal',
    target: 'line',
    platform: 'Universal',
    name: { en: 'LINE', ja: 'LINE' },
    description: { en: 'Sign-in with a LINE account.', ja: 'LINE アカウントでサインインします。' },
    ...logos.line,
    formItems: oauthFormItems({
      clientId: { en: 'Channel ID', ja: 'チャネル ID' },
      clientSecret: { en: 'Channel secret', ja: 'チャネルシークレット' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://access.line.me/oauth2/v2.1/authorize',
    token: 'https://api.line.me/oauth2/v2.1/token',
    userInfo: 'https://api.line.me/v2/profile',
  }),
  scopes: { always: ['profile'], default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  clientAuthentication: 'client_secret_post',
  claims: z.object({ userId: idClaim, displayName: looseClaims.text, pictureUrl: looseClaims.picture }),
  user: ({ userId, displayName, pictureUrl }) => ({ id: userId, name: displayName, avatar: pictureUrl }),
});
