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

const DEFAULT_SCOPE = 'user-read-email';

/** Sign-in with Spotify (https://developer.spotify.com/documentation/web-api/tutorials/code-flow). */
export const spotify = defineOAuthConnector({
  metadata: {
    id: 'spotify-universal',
    target: 'spotify',
    platform: 'Universal',
    name: { en: 'Spotify', ja: 'Spotify' },
    description: { en: 'Sign-in with a Spotify account.', ja: 'Spotify アカウントでサインインします。' },
    ...logos.spotify,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'Client ID' },
        clientSecret: { en: 'Client secret', ja: 'Client secret' },
        defaultScope: DEFAULT_SCOPE,
      }),
      trustEmailFormItem('Spotify'),
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, ...trustEmailShape }),
  endpoints: () => ({
    authorization: 'https://accounts.spotify.com/authorize',
    token: 'https://accounts.spotify.com/api/token',
    userInfo: 'https://api.spotify.com/v1/me',
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  claims: z.object({
    id: idClaim,
    display_name: looseClaims.text,
    email: looseClaims.email,
    images: z
      .array(z.object({ url: looseClaims.picture }))
      .optional()
      .catch(undefined),
  }),
  user: ({ id, display_name, email, images }, { trustUnverifiedEmail }) => ({
    id,
    name: display_name,
    email: trustUnverifiedEmail ? email : undefined,
    avatar: images?.[0]?.url,
  }),
});
